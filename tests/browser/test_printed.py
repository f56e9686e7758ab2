"""What a printer makes of it: one sheet where one sheet is promised, and no navigation on paper."""

import pytest
from playwright.sync_api import expect
from tests.browser import look


def test_the_morning_is_one_sheet(enter):
    page = enter("teacher")
    assert look.sheets(page) == 1


def test_a_card_is_two_sheets_at_most(enter):
    page = enter("teacher")
    page.goto("/guidance/cards/")
    page.locator("h3.card-do a").first.click()
    assert look.sheets(page) <= 2


def test_the_class_map_is_one_sheet(enter):
    page = enter("teacher")
    page.goto("/class/")
    assert look.sheets(page) == 1


def test_a_paper_twin_is_two_sheets_at_most(enter, visitor):
    walk = visitor("teacher").walk("/learn/", of_a_kind=3)
    twins = [answer.path for answer in walk if answer.view == "curriculum:activity_paper"]
    assert len(twins) == 3
    page = enter("teacher")
    for path in twins:
        page.goto(path)
        assert look.sheets(page) <= 2, path


@pytest.mark.parametrize(
    ("role", "path"),
    [("teacher", "/"), ("teacher", "/class/"), ("student", "/my/week/"), ("family", "/family/")],
)
def test_paper_has_no_navigation(enter, role, path):
    page = enter(role)
    page.goto(path)
    page.emulate_media(media="print")
    expect(page.locator("nav.nav")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_a_sheet_with_tables_fits_a_narrow_window_too(enter, school):
    """Children read their sheets on a phone before they print them."""
    tables = school.ask("SELECT identifier FROM curriculum_activity WHERE paper_html LIKE '%<table%'")
    assert len(tables) > 5
    page = enter("teacher")
    found = []
    for (activity,) in tables:
        page.goto(f"/learn/activity/{activity}/paper/")
        found += look.sideways(page)
    assert not found, "\n".join(found)
