"""The minute: a new teacher reads the morning page, opens why on a card, decides it, and sees it on the week.

With scripts and without; and what a hasty finger does to it.
"""

import re
import time

import pytest
from playwright.sync_api import Page, expect
from tests.browser import children

# A card that puts an activity on a plan, and shows itself at once: “Half a wall”, 25 minutes.
PUTS_ON_A_PLAN = re.compile(r"”, \d+ minutes")
STANDS = "It stands on the plans now."


def open_a_card(page: Page) -> None:
    """From the morning page; where none of the first three fits any more, from the list of all."""
    page.goto("/")
    if not page.get_by_role("link", name=PUTS_ON_A_PLAN).count():
        page.get_by_role("link", name=re.compile("^All . cards")).click()
    page.get_by_role("link", name=PUTS_ON_A_PLAN).first.click()
    expect(page.locator("h1")).to_contain_text(PUTS_ON_A_PLAN)


def open_any_card(page: Page) -> None:
    """One that shows its four buttons at once."""
    page.goto("/guidance/cards/")
    card = page.locator("article", has=page.get_by_role("button", name="Do it")).first
    card.get_by_role("link", name=re.compile("^Why, how sure")).click()
    expect(page.get_by_role("button", name="Do it")).to_be_visible()


def n_decisions(school) -> int:
    [(n,)] = school.ask("SELECT count(*) FROM guidance_decision")
    return n


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_read_open_why_decide_and_see_it_on_the_childs_week(enter, school, scripts):
    began = time.monotonic()
    teacher = enter("teacher", java_script_enabled=scripts)
    for what in ("To decide", "Most missed this week", "To talk with", "Today"):
        expect(teacher.get_by_role("heading", name=what)).to_be_visible()

    open_a_card(teacher)
    for part in ("How sure", "What would change our mind", "Other good choices", "What this does not know"):
        expect(teacher.get_by_text(part, exact=True)).to_be_visible()
    assert teacher.get_by_role("link", name=re.compile("ago|day$")).count() >= 1  # real work, with its date

    teacher.get_by_role("button", name="Do it").click()
    expect(teacher.get_by_role("status")).to_contain_text(STANDS)

    child = children.of_the_newest_decision(school)
    week = enter(java_script_enabled=scripts)
    children.sign_in(week, child)
    decided = week.get_by_role("region", name="Decided for these days")
    expect(decided).to_contain_text(child.activity)
    expect(decided).to_contain_text("Maria Delgado decided it: today")
    assert time.monotonic() - began < 60


def test_a_double_click_decides_once(enter, school):
    page = enter("teacher")
    open_any_card(page)
    before = n_decisions(school)
    page.get_by_role("button", name="Do it").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Decided: Do it.")
    assert n_decisions(school) == before + 1


def test_whoever_comes_second_is_told_and_nothing_happens_twice(enter, school):
    """Two windows with the same card: the second press finds the first decision."""
    one = enter("teacher")
    open_any_card(one)
    other = one.context.new_page()
    other.goto(one.url)
    one.get_by_role("button", name="Not now").click()
    expect(one.get_by_role("status")).to_contain_text("No plan was changed.")
    before = n_decisions(school)
    other.get_by_role("button", name="Do it").click()
    expect(other.get_by_role("status")).to_contain_text("You decided this")
    assert n_decisions(school) == before
