"""Keys alone: past the navigation, to a card, and through a decision; focus is always to be seen."""

import re

from playwright.sync_api import Page, expect


def tab_to(page: Page, name: re.Pattern, *, most: int = 80) -> None:
    for _press in range(most):
        page.keyboard.press("Tab")
        if name.search(page.evaluate("document.activeElement.innerText || ''")):
            return
    raise AssertionError(f"{most} times Tab do not lead to {name.pattern}")


def test_the_first_tab_skips_to_the_page(enter):
    page = enter("teacher")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_card_is_opened_and_decided(enter):
    page = enter("teacher")
    page.goto("/guidance/cards/")
    tab_to(page, re.compile("^Why, how sure"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("What would change our mind")).to_be_visible()
    tab_to(page, re.compile("^Not now"))
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Decided: Not now.")


WHERE = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const ringed = part => part && getComputedStyle(part).outlineStyle !== "none";
  return {
    what: at.outerHTML.slice(0, 120),
    seen: box.bottom > 0 && box.top < innerHeight,
    ringed: [at, at.parentElement, at.nextElementSibling].some(ringed),
  };
}"""


def test_every_stop_on_the_way_can_be_seen(enter):
    """On the morning page and on the page that has most to press."""
    page = enter("teacher")
    for path in ("/", "/evidence/"):
        page.goto(path)
        for _press in range(25):
            page.keyboard.press("Tab")
            stop = page.evaluate(WHERE)
            if stop["what"].startswith("<body"):
                break
            assert stop["seen"], stop["what"]
            assert stop["ringed"], stop["what"]
