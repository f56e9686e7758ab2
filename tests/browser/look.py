"""What a page looks like to those who look closely: axe's rules, a narrow window, a sheet of paper.

In:   an open page.
Out:  each fault in a line that says what, where and on which page; nothing where all is well.
Not here: which pages are looked at (the tests).
"""

import re
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
WIDE, PHONE, NARROWEST = 1280, 375, 320

CODE = re.compile(r"\w+\(\w+=.{0,40}|datetime\.\w+|<\w+: .{0,40}|object at 0x|{{|{%|%\(\w+\)[sd]|&#x?\w+;")

RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.target.join(" ")}: ${node.html}`))"""

# Where something is wider than the window although nobody may scroll it there. What scrolls in a region of
# its own (a table) does not move the page.
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")]
    .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && !part.closest(".scroll"))
    .map(part => part.outerHTML.slice(0, 120)).slice(0, 5)"""

# A link within the page (past the navigation, from a fault to its field) whose place is not there.
NOWHERE = """() => [...document.querySelectorAll('a[href^="#"]')]
  .filter(link => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
  .map(link => link.outerHTML.slice(0, 120))"""


# What keys can come to, and where nothing shows that they have: on it, around it, or beside it (the picture
# of a choice). Whoever has pressed Tab once sees the ring of whatever is focused next.
UNSEEN = """() => {
  const ringed = part => part && getComputedStyle(part).outlineStyle !== "none";
  const stops = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  return [...stops].filter(stop => {
    const style = getComputedStyle(stop);
    if (stop.tabIndex < 0 || stop.disabled || style.visibility === "hidden" || !stop.getClientRects().length)
      return false;
    stop.focus();
    if (document.activeElement !== stop) return false;
    return ![stop, stop.parentElement, stop.nextElementSibling].some(ringed);
  }).map(stop => stop.outerHTML.slice(0, 120)).slice(0, 5);
}"""


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})


def violations(page: Page) -> list[str]:
    """What axe-core finds, at the width the page has now."""
    page.evaluate(AXE)
    width = page.viewport_size["width"]
    return [f"{page.url} at {width} px: {found[:400]}" for found in page.evaluate(RUN)]


def sideways(page: Page) -> list[str]:
    """Whether a reader of a narrow window would have to scroll sideways, and because of what."""
    resize(page, NARROWEST)
    return [f"{page.url} at {NARROWEST} px is too wide: {part}" for part in page.evaluate(TOO_WIDE)]


def slips(page: Page) -> list[str]:
    """Code that shows through: an object instead of its words, a placeholder that nobody filled."""
    said = page.inner_text("body")
    return [f"{page.url} shows code: {found[0]}" for found in CODE.finditer(said)]


def nowhere(page: Page) -> list[str]:
    return [f"{page.url} leads nowhere: {link}" for link in page.evaluate(NOWHERE)]


def unseen(page: Page) -> list[str]:
    """Where the focus of the keyboard cannot be seen."""
    page.keyboard.press("Tab")
    return [f"{page.url} hides where the keyboard is: {stop}" for stop in page.evaluate(UNSEEN)]


def faults(page: Page) -> list[str]:
    found = slips(page) + nowhere(page) + unseen(page)
    for width in (WIDE, PHONE):
        resize(page, width)
        found += violations(page)
    return found + sideways(page)


def sheets(page: Page) -> int:
    """How many sheets of letter paper the page takes when printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter", prefer_css_page_size=True)))
