"""A new dossier can be opened as it is, and writes over nothing."""

import re

import pytest

from plainview.core.dossier.folder import open_dossier
from plainview.core.dossier.new import FILES, new
from plainview.core.dossier.unfilled import CLAIM, PLAN, PRODUCT
from plainview.core.mendable import Mendable


def test_what_is_written_is_a_dossier_whose_only_faults_are_words_to_be_filled_in(tmp_path):
    written = new(tmp_path / "mathpath")
    assert [path.relative_to(tmp_path / "mathpath").as_posix() for path in written] == list(FILES)
    dossier = open_dossier(tmp_path / "mathpath", aside=tmp_path / "aside")
    own = re.compile(r"(product|plan)\.toml, line \d+, '(\w+)': found the template's own words, expected .+")
    assert [own.fullmatch(one)[2] for one in dossier.faults] == [*PRODUCT, *CLAIM, *PLAN]
    assert dossier.told == ()
    assert dossier.product.claims[0].form["reacts_to"] == "the answer just given"


def test_what_is_commented_out_can_be_used_as_it_stands(tmp_path):
    new(tmp_path)
    for name in ("product.toml", "plan.toml", "exhibits/exhibits.toml"):
        text = (tmp_path / name).read_text()
        lines = [line.removeprefix("# ") if _is_toml(line) else line for line in text.splitlines()]
        (tmp_path / name).write_text("\n".join(lines))
    for name in ("export-2026.csv", "roster.csv"):
        (tmp_path / "exhibits" / name).write_text("user_id\n")
    dossier = open_dossier(tmp_path, aside=tmp_path / "aside")
    assert dossier.told == () and len(dossier.refusals) == 1 and len(dossier.exhibits) == 2
    assert dossier.product.said["subprocessor"][0]["domains"] == ["example.org"]


def _is_toml(line: str) -> bool:
    return line.startswith("# [") or (line.startswith("# ") and " = " in line)


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "plan.toml").write_text("seed = 5\n")
    with pytest.raises(Mendable, match=r"plan.toml: is there already"):
        new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]
