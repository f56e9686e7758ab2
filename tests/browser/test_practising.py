"""A child answers on a screen: by touch, by keys alone, with scripts and without; never against a clock."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser import children

MOST = 12  # a set has ten questions at most
SAID = re.compile("Yes, that is it|Not yet|Thank you")


@pytest.fixture
def practice(enter, school):
    """``practice()`` opens a set that the teacher has just given to a child, in that child's browser."""

    def begin(*, scripts: bool = True) -> Page:
        child = children.given_practice(enter("teacher"), school)
        page = enter(java_script_enabled=scripts)
        children.sign_in(page, child)
        page.get_by_role("button", name=child.activity).click()
        expect(page.get_by_role("heading", name=re.compile(r"^Question 1 of \d+"))).to_be_visible()
        return page

    return begin


def answer(page: Page) -> None:
    if page.get_by_role("radio").count():
        page.get_by_role("radio").first.check()
    else:
        page.get_by_role("textbox", name="Your answer").fill("1/2")


def n_answers(school) -> int:
    [(n,)] = school.ask("SELECT count(*) FROM evidence_evidence WHERE kind = 'answer'")
    return n


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_set_is_answered_to_its_end(practice, school, scripts):
    page, before = practice(scripts=scripts), n_answers(school)
    for number in range(1, MOST):
        if page.get_by_role("heading", name="All done").count():
            break
        expect(page.get_by_role("heading", name=re.compile(f"^Question {number} of"))).to_be_visible()
        answer(page)
        page.get_by_role("button", name="That is my answer").click()
        expect(page.locator("#question")).to_contain_text(SAID)
        expect(page.locator("#question")).not_to_contain_text(re.compile(rf"Question {number} of"))
    expect(page.get_by_role("heading", name="All done")).to_be_visible()
    assert n_answers(school) == before + number - 1
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_role("heading", name="My week")).to_be_visible()


def test_a_hint_opens_and_a_double_press_is_one_answer(practice, school):
    page, before = practice(), n_answers(school)
    page.get_by_role("link", name="A hint").click()
    expect(page.locator(".hint")).to_have_count(1)
    expect(page.locator(".hint")).to_be_focused()
    answer(page)
    page.get_by_role("button", name="That is my answer").dblclick()
    expect(page.locator("#question")).to_contain_text(SAID)
    assert n_answers(school) == before + 1
    assert school.ask("SELECT hints FROM evidence_evidence ORDER BY id DESC LIMIT 1") == [(1,)]


def test_keys_alone_choose_and_answer(practice, school):
    page = practice()
    for _question in range(MOST):
        if page.get_by_role("radio").count() >= 2:
            break
        page.get_by_role("textbox", name="Your answer").fill("1/2")
        page.keyboard.press("Enter")
        expect(page.locator("#question")).to_contain_text(SAID)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("2")
    second = page.get_by_role("radio").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    expect(second).to_be_checked()
    before = n_answers(school)
    page.keyboard.press("Enter")
    expect(page.locator("#question [data-focus]").first).to_be_focused()
    assert n_answers(school) == before + 1


def test_nothing_on_the_page_counts_time(practice):
    page = practice()
    before = page.inner_text("main")
    page.wait_for_timeout(2500)
    assert page.inner_text("main") == before
    assert not re.search(r"\b(seconds?|timer|time left|hurry)\b", before, re.IGNORECASE)
