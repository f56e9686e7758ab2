"""The page on rules says what the code says."""

import re
from pathlib import Path

from plainview.core.rules.catalogue import RULES
from plainview.core.rules.line import GAPS

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text()


def test_every_rule_and_its_author_are_on_the_page():
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*?) \| .* \|$", PAGE, flags=re.MULTILINE))
    assert rows == {name: rule.written_by for name, rule in RULES.items()}


def test_every_gap_of_a_message_is_on_the_page():
    table = PAGE[PAGE.index("| gap | holds |") : PAGE.index("A line that has other gaps")]
    named = set(re.findall(r"`(\w+)`", table))
    assert {gap for gap in GAPS if not gap.startswith("n_")} <= named
