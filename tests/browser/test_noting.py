"""A note in three taps on a phone: with scripts, without, and with no network at all."""

import pytest
from playwright.sync_api import Page, expect

NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}


def n_notes(school, words: str) -> int:
    [(n,)] = school.ask("SELECT count(*) FROM evidence_evidence WHERE words = ?", words)
    return n


def three_taps(page: Page, *, words: str, outcome: str = "Alone") -> None:
    """Two taps here; the third, which skill, is remembered from the last note or is the first of the list."""
    page.locator("#about label.choice:visible").first.tap()
    page.locator("#who label.choice").nth(3).tap()
    page.get_by_label("In words").fill(words)
    page.get_by_role("button", name=outcome, exact=True).tap()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_three_taps_write_a_note(enter, school, scripts):
    words = f"Folded it again, scripts {scripts}."
    page = enter("teacher", java_script_enabled=scripts, **PHONE)
    page.goto("/evidence/")
    three_taps(page, words=words)
    expect(page.get_by_role("status")).to_contain_text("Saved." if scripts else "Written down for")
    assert n_notes(school, words) == 1


def test_what_was_wrong_with_a_note_is_gone_when_the_note_is_kept(enter):
    page = enter("teacher", expected=(422,), **PHONE)
    page.goto("/evidence/")
    page.get_by_role("button", name="Alone", exact=True).tap()
    expect(page.get_by_role("alert")).to_contain_text("Tap a name")
    three_taps(page, words="Named a child this time.")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_three_answers_are_under_the_thumb(enter):
    """Without scrolling, on a small phone, each large enough to hit."""
    page = enter("teacher", **PHONE)
    page.goto("/evidence/")
    for name in ("Alone", "With help", "Not yet"):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=1)
        box = button.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_a_note_waits_for_the_network_and_is_kept_once(enter, school):
    words = "Said it in her own words in the corridor."
    page = enter("teacher", expected=(NO_NETWORK,), **PHONE)
    page.goto("/evidence/")
    page.context.set_offline(True)
    three_taps(page, words=words)
    expect(page.get_by_role("status")).to_contain_text("Kept on this device")
    assert n_notes(school, words) == 0
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert n_notes(school, words) == 1
    page.reload()
    expect(page.get_by_role("heading", name="You wrote down today")).to_be_visible()
    assert n_notes(school, words) == 1


def test_several_notes_wait_and_another_person_does_not_send_them(enter, school):
    """A shared tablet: what the teacher wrote stays hers until she is signed in again."""
    page = enter("teacher", expected=(NO_NETWORK,), **PHONE)
    page.goto("/evidence/")
    page.context.set_offline(True)
    for words in ("First of two.", "Second of two."):
        three_taps(page, words=words)
        expect(page.get_by_role("status")).to_contain_text("Kept on this device")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.wait_for_timeout(500)
    assert (n_notes(school, "First of two."), n_notes(school, "Second of two.")) == (1, 1)
