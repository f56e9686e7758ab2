"""A bound that no check reads would look set, and would not be: it is told."""

import re
from pathlib import Path

from plainview.core.dossier.bounds import BOUNDS

ROOT = Path(__file__).resolve().parents[3]
READS = re.compile(r"""(?:\.bound|\bbounds)\(\s*"([a-z_.]+)",\s*"([a-z_]+)\"""")


def test_the_table_holds_every_bound_that_a_check_reads_and_no_other():
    audit = ROOT / "src" / "plainview" / "core" / "audit"
    read = {pair for path in audit.rglob("*.py") for pair in READS.findall(path.read_text(encoding="utf-8"))}
    assert read == {(check, name) for check, named in BOUNDS.items() for name in named}


def test_every_bound_stands_on_the_page_of_the_dossier():
    page = (ROOT / "docs" / "for-reviewers" / "dossier.md").read_text(encoding="utf-8")
    absent = [f"{c} {n}" for c, named in BOUNDS.items() for n in named if f"| `{c}` | `{n}` |" not in page]
    assert absent == []


def test_a_bound_of_no_check_and_a_name_that_its_check_does_not_know_are_told_by_line(put, opened):
    put(
        "plan.toml",
        'seed = 1\n[bounds."fairness.abrocca"]\nbound = 1\n'
        '[bounds."adaptivity.log_test"]\nbound = 0.02\nbund = 0.1\n'
        '[bounds."adaptivity.memory/1"]\nbound = 0.1\n',
    )
    abroca, bund, versioned = opened().faults
    assert abroca.startswith(
        "plan.toml, line 2, bounds: found 'fairness.abrocca', expected a check that reads"
    )
    assert bund == "plan.toml, line 6, bounds, adaptivity.log_test: found 'bund', expected bound."
    assert versioned.startswith("plan.toml, line 7, bounds: found 'adaptivity.memory/1', expected a check")
    assert "perhaps 'adaptivity.memory'" in versioned
