"""No child of the demonstration school meets herself, or her family, in a word problem."""

import re
from pathlib import Path

from plainview.site.demo.school import CHILDREN, GUARDIANS

CONTENT = Path(__file__).parents[2] / "content"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def names_of_the_school() -> set[str]:
    whole = {given for given, *_more in CHILDREN} | set(GUARDIANS)
    return whole | {part for name in whole for part in name.split("-")}


def test_the_names_that_problems_draw_from_are_nobodys_of_the_school():
    for unit in CONTENT.glob("*/unit.yaml"):
        [line] = re.findall(r"^  names: \[(.*)\]$", unit.read_text(), re.MULTILINE)
        drawn = set(WORD.findall(line))
        assert len(drawn) > 20
        assert not drawn & names_of_the_school()


def test_no_file_of_the_content_names_a_child_of_the_school():
    children = {given for given, *_more in CHILDREN}
    children |= {name.split("-")[0] for name in children}
    told = {
        f"{path.name}: {word}"
        for path in CONTENT.rglob("*.yaml")
        for word in WORD.findall(path.read_text())
        if word in children
    }
    assert not told
