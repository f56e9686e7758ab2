"""The tutorial runs from top to bottom, and prints what stands on its page."""

import re
from math import isclose

import pytest
from scripts import tutorial

PAGE = tutorial.PAGE.read_text(encoding="utf-8")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@pytest.fixture(scope="module")
def blocks():
    """What each block says it prints, and what it prints."""
    return [(block["code"], block["out"] or "", said) for block, said in tutorial.outputs(PAGE)]


def words(text):
    return " ".join(NUMBER.sub("#", text).replace("−", "-").split())


def test_every_block_prints_the_words_on_the_page(blocks):
    for code, on_the_page, printed in blocks:
        assert words(on_the_page) == words(printed), f"{code}\nrun: python scripts/tutorial.py"


def test_every_block_prints_the_numbers_on_the_page(blocks):
    """Up to what another machine's way of adding up may change in the last digits."""
    for code, on_the_page, printed in blocks:
        theirs, ours = (list(map(float, NUMBER.findall(text))) for text in (on_the_page, printed))
        near = [isclose(a, b, rel_tol=0.05, abs_tol=0.011) for a, b in zip(theirs, ours, strict=True)]
        assert all(near), f"{code}\n{on_the_page}\n{printed}"


def test_the_tutorial_walks_from_a_file_to_a_picture(blocks):
    ran = "".join(code for code, _, _ in blocks)
    for step in (
        "log check",
        "plainview fit",
        "open_log",
        "tracing.fit",
        "explain(",
        "alpha(",
        "items(",
        "2pl",
    ):
        assert step in ran
    for step in ("mantel_haenszel(", "krippendorff(", "standalone(", "learning_curve("):
        assert step in ran


def test_every_page_it_leads_to_is_there():
    for place in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (tutorial.PAGE.parent / place).exists(), place
