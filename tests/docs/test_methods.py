"""Each method has a page, and each page says what is assumed, when it misleads, and where it comes from."""

from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
INDEX = (DOCS / "core" / "index.md").read_text(encoding="utf-8")
PAGES = sorted(path for path in (DOCS / "methods").glob("*.md") if path.stem != "validation")
# A log is read, not modelled: what is decided on the way stands there in its own words.
NO_MODEL = {"logs"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_it_asks_when_it_misleads_and_its_sources(page):
    text = page.read_text(encoding="utf-8").lower()
    assert "**what it asks.**" in text or "**what they ask.**" in text
    assert "misleads" in text or "mislead" in text
    assert "source" in text
    assert page.stem in NO_MODEL or "## what it assumes" in text or "## what they assume" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_index_leads_to_each_page(page):
    assert f"(../methods/{page.name})" in INDEX


def test_the_front_page_leads_to_the_index():
    assert "docs/core/index.md" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
