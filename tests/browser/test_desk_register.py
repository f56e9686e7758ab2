"""A district's officer at work, and what anyone reads of money, texts and law: axe, narrow, scripts off."""

import pytest
from tests.browser import look

OFFICERS = [
    "/desk/register/",
    "/desk/register/all/",
    "/desk/register/add/",
    "/desk/register/tables/",
    "/desk/register/letters/",
]
ANYONES = ["/funding/", "/es/funding/", "/reading/", "/law/", "/es/law/"]


def faults(page, path: str) -> list[str]:
    look.resize(page, look.WIDE)
    page.goto(path)
    return [*look.violations(page), *look.slips(page), *look.nowhere(page), *look.sideways(page)]


def test_an_officers_pages_are_sound(enter):
    page = enter("officer")
    found = [fault for path in OFFICERS for fault in faults(page, path)]
    page.goto("/desk/register/")
    contract = page.get_by_role("link", name="Fractal").first.get_attribute("href")
    found += [
        fault
        for path in (contract, f"{contract}pause/", f"{contract}clauses/")
        for fault in faults(page, path)
    ]
    assert not found, "\n".join(found)


def test_what_is_overdue_is_the_first_thing_an_officer_sees(enter):
    page = enter("officer")
    page.goto("/desk/register/")
    assert "past" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_text("overdue for").first.is_visible()


@pytest.mark.parametrize("path", ANYONES)
def test_money_texts_and_law_are_sound_without_scripts_and_set_no_cookie(enter, path):
    page = enter(java_script_enabled=False)
    page.goto(path)
    assert page.context.cookies() == []
    page = enter()
    assert not (found := faults(page, path)), "\n".join(found)


def test_a_letter_is_edited_and_becomes_a_sheet_with_scripts_off(enter):
    page = enter("officer", java_script_enabled=False)
    page.goto("/desk/register/")
    page.get_by_role("link", name="Fractal").first.click()
    page.get_by_role("link", name="A letter that asks to pause").click()
    page.get_by_label("The text").fill("Dear Acme,\n\nplease stop.")
    page.get_by_role("button", name="A sheet to print").click()
    assert page.locator(".sheet p").all_inner_texts() == ["Dear Acme,", "please stop."]
