"""The report of a review, opened from a disk: wide, narrow, dark, on paper; without a network."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.browser import look
from tests.core.audit.conftest import FOUND, SILENT, answered, named

from plainview.core.audit.check import Bearing
from plainview.core.audit.findings import versions
from plainview.core.audit.report.html import html
from plainview.core.audit.report.page import page_of
from plainview.core.audit.review import review
from plainview.core.dossier.folder import open_dossier

DOCS = Path(__file__).resolve().parents[2] / "docs"
PRODUCT = """
name = "A product with a rather long name that goes on and on"
vendor = "Acme"
version = "4.2"
about = "An app with which children practise fractions."
[[claim]]
id = "adapts"
says = "It adapts to each learner in real time."
checks = ["adaptivity.log_test"]
[[claim]]
id = "works"
says = "Students learn twice as fast."
checks = ["efficacy.rating"]
[[claim]]
id = "fair"
says = "It is fair."
checks = ["fairness.dif"]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A report with every part that a report can have."""
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "exhibits").mkdir()
    (folder / "ratings").mkdir()
    (folder / "product.toml").write_text(PRODUCT)
    (folder / "exhibits" / ("log-with-a-long-name-" * 4 + ".csv")).write_text(
        "student,at,item,correct\na,1,x,1\n"
    )
    refused = '[[exhibit]]\nkind = "study"\nrefused = 2026-03-01\nsays = "No."\n'
    (folder / "exhibits" / "exhibits.toml").write_text(refused)
    (folder / "ratings" / "r.csv").write_text("rater,question,level\nA,5,1\nB,5,2\nC,5,1\n")
    other = replace(FOUND, answer="different", sentence="Two of 40 items are harder for newcomers.")
    checks = (
        named("adaptivity.log_test/1", FOUND.question, answered(FOUND), adapts=Bearing.SUPPORTS),
        named("efficacy.rating/1", SILENT.question, answered(SILENT)),
        named("fairness.dif/1", "Are items alike?", answered([other, other]), different=Bearing.CONTRADICTS),
    )
    found = review(open_dossier(folder, aside=folder / "aside"), checks={one.name: one for one in checks})
    path = folder / "report.html"
    path.write_text(html(page_of(found, made_with=versions(), at="2026-03-09")))
    return path


@pytest.fixture(params=["made up", "of the demo school"])
def report(request, made) -> Path:
    if request.param == "made up":
        return made
    return DOCS / "for-reviewers" / "demo-school" / "report.html"


@pytest.fixture
def page(browser, report):
    context = browser.new_context(offline=True, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    yield page
    context.close()
    assert asked == [report.as_uri()], "a report asks nobody for anything"


def test_axe_finds_nothing_and_nothing_is_too_wide(page):
    assert look.faults(page) == []


def test_nor_in_the_dark(page):
    page.emulate_media(color_scheme="dark")
    look.resize(page, look.WIDE)
    assert look.violations(page) == []


def test_on_paper_the_claims_stand_on_the_first_sheet_and_nothing_is_folded(page):
    page.emulate_media(media="print")
    assert page.locator("details:visible, .screen-only:visible").count() == 0
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins, at 96 dots an inch
    ends = page.locator(".claims > li").last.evaluate("one => one.getBoundingClientRect().bottom + scrollY")
    assert ends < 960


def test_every_picture_can_be_read_aloud(page):
    for picture in page.locator("figure svg").all():
        assert picture.get_attribute("role") == "img"
        assert picture.locator("title").inner_html() and picture.locator("desc").inner_html()
