"""The page that says where each figure is counted names every check, and only files that are there."""

import re
from pathlib import Path

from plainview.core.audit.catalogue import CHECKS, without_version

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "for-reviewers" / "what-is-asked.md").read_text(encoding="utf-8")


def test_every_check_is_on_the_page_and_no_other():
    named = set(re.findall(r"`((?:adaptivity|efficacy|fairness|soundness|exposure)\.[a-z_]+)`", PAGE))
    assert named == {without_version(name) for name in CHECKS}


def test_every_file_that_it_names_is_there():
    files = re.findall(r"`(core/[\w/]+\.py)`", PAGE)
    assert len(files) > 50
    assert [one for one in files if not (ROOT / "src" / "plainview" / one).exists()] == []
