"""What a printer makes of it: one sheet where one sheet is promised, and no navigation on paper."""

import pytest
from playwright.sync_api import expect
from tests.browser import look


def test_the_morning_is_one_sheet(enter):
    page = enter("teacher")
    assert look.sheets(page) == 1


def test_what_the_morning_folds_stands_on_its_sheet(enter):
    """On the screen eleven children's supports are one line; on paper nobody can unfold them."""
    page = enter("teacher")
    supports = page.locator("#today ~ div details:not(.screen-only) li")
    assert supports.count() > 5
    expect(supports.last).to_be_hidden()
    page.emulate_media(media="print")
    expect(supports.last).to_be_visible()


def test_a_card_is_two_sheets_at_most(enter):
    page = enter("teacher")
    page.goto("/guidance/cards/")
    page.locator("h3.card-do a").first.click()
    assert look.sheets(page) <= 2


def test_the_class_map_is_one_sheet(enter):
    page = enter("teacher")
    page.goto("/class/")
    assert look.sheets(page) == 1


def test_a_paper_twin_is_two_sheets_at_most(enter, school):
    """Every one of them: a third sheet is a third copy for each of 28 children."""
    twins = school.ask("SELECT identifier FROM curriculum_activity WHERE NOT retired")
    assert len(twins) > 40
    page = enter("teacher")
    sheets = {}
    for (activity,) in twins:
        page.goto(f"/learn/activity/{activity}/paper/")
        sheets[activity] = look.sheets(page)
    assert {activity: n for activity, n in sheets.items() if n > 2} == {}


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
