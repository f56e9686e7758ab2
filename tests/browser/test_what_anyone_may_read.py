"""Products' pages in a real browser: by the rules of axe, narrow, in the dark, on paper, by keyboard.

Every other public page is looked at in test_pages_of_the_desk.
"""

import re

import pytest
from tests.browser import look


@pytest.fixture
def slugs(enter) -> list[str]:
    """The products that the demonstration has published."""
    page = enter()
    page.goto("/products/")
    links = page.eval_on_selector_all("ul.products h3 a", "found => found.map(one => one.href)")
    return [re.search(r"/products/([\w-]+)/$", one)[1] for one in links]


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_the_page_of_a_product_is_without_fault(enter, slugs, tongue):
    assert slugs
    page = enter(color_scheme="dark" if tongue == "es" else "light")
    found = []
    for slug in slugs[:2]:
        for address in (f"/products/{slug}/", f"/products/{slug}/1/", f"/products/{slug}/versions/"):
            page.goto(f"/{tongue}{address}")
            found += look.faults(page)
    page.goto(f"/{tongue}/products/compare/?" + "&".join(f"p={slug}" for slug in slugs[:4]))
    assert found + look.faults(page) == []


def test_it_is_read_whole_without_scripts_and_leaves_no_cookie(enter, slugs):
    page = enter(java_script_enabled=False, viewport={"width": 375, "height": 800}, locale="es-US")
    page.goto(f"/products/{slugs[0]}/")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator(".label-rows > li").count() == 8
    page.locator(".label-rows .why").first.click()
    assert "#" in page.url
    assert page.context.cookies() == []


def test_the_label_stands_on_the_first_sheet(enter, slugs):
    page = enter()
    page.goto(f"/products/{slugs[0]}/1/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 960})
    bottom = page.locator("section.label").evaluate("one => one.getBoundingClientRect().bottom")
    assert bottom < 960
    assert not page.locator(".nav").is_visible()


def test_it_is_searched_by_keyboard_alone(enter):
    page = enter()
    page.goto("/products/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#q").focus()
    page.keyboard.type("zzz nothing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/products/?q=zzz+nothing*")
    assert page.locator("#found").inner_text().startswith("0 of")
