"""What the pages say about intervals is what was found when they were held against known truths."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOUND = json.loads((ROOT / "tests/references/classical_coverage.json").read_text())["held"]
PAGES = {"tests": "classical", "fairness": "dif", "decisions": "classification", "ratings": "agreement"}
each_setting = pytest.mark.parametrize("setting", FOUND)


@each_setting
def test_95_in_100_is_about_95_in_100(setting):
    for name, share in FOUND[setting].items():
        if name.startswith("called significant"):
            assert 0.03 <= share <= 0.07, (setting, name)
        else:
            assert 0.91 <= share <= 1, (setting, name)


@each_setting
def test_the_page_says_what_was_found(setting):
    page = (ROOT / "docs/methods" / f"{PAGES[setting.split(' ')[0].rstrip(',')]}.md").read_text()
    for name, share in FOUND[setting].items():
        (row,) = (line for line in page.splitlines() if line.startswith(f"| {name} |"))
        assert f"{share:.3f}" in row
