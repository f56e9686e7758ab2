"""A form that cannot be taken: one clear sentence, what was typed is kept, and the page is sound as ever."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import look

TYPED = "Words that took a while to write."


def send_as_it_is(page: Page, press: str) -> None:
    """Past the browser's own checks, as an old browser or a hasty script would."""
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_role("main").get_by_role("button", name=press, exact=True).click()


@pytest.mark.parametrize(
    ("role", "path", "field", "press"),
    [
        ("teacher", "/plans/plan/5/", "Why, in words for the child", "Put it on the plan"),
        ("teacher", "/plans/groups/", "What the group is called", "Make the group"),
        ("teacher", "/guidance/decisions/new/", "Why, for the record", "Decide it"),
        ("student", "/evidence/self/", "How do you know?", "I can do this"),
    ],
)
def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(enter, role, path, field, press):
    page = enter(role, java_script_enabled=True, expected=(422,))
    page.goto(path)
    page.get_by_label(field).fill(TYPED)
    send_as_it_is(page, press)
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label(field)).to_have_value(TYPED)
    assert look.faults(page) == []


def test_a_note_without_a_child_is_asked_for_and_kept(enter, school):
    """Three taps minus one."""
    page = enter("teacher", expected=(422,))
    page.goto("/evidence/")
    page.get_by_label("In words").fill(TYPED)
    page.get_by_role("button", name="Alone", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label("In words")).to_have_value(TYPED)
    assert look.faults(page) == []
    assert school.ask("SELECT count(*) FROM evidence_evidence WHERE words = ?", TYPED) == [(0,)]


def test_the_wrong_picture_is_met_kindly(enter):
    page = enter(expected=(422,))
    page.goto("/people/badge/MAPLE10/")
    for picture in ("moon", "sun"):
        page.get_by_role("button", name=picture, exact=True).click()
        if page.get_by_role("alert").count():
            break
    expect(page.get_by_role("alert")).to_contain_text("Try again, or ask your teacher.")
    assert look.faults(page) == []


def test_a_wrong_password_names_neither_name_nor_password(enter):
    page = enter()
    page.goto("/account/sign-in/")
    page.get_by_label("Username").fill("delgado")
    page.get_by_label("Password", exact=True).fill("not this one either")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert look.faults(page) == []
