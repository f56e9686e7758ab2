"""The same pages in the dark, in Spanish, and from right to left."""

import pytest
from tests.browser import look
from tests.browser.walk import pages

# The page of each role that is seen first, and those with the most on them.
MOST_SEEN = [
    ("teacher", ["/", "/class/", "/guidance/cards/", "/evidence/"]),
    ("student", ["/my/week/", "/my/learning/"]),
    ("family", ["/family/"]),
]


@pytest.mark.parametrize(("role", "paths"), MOST_SEEN)
def test_in_the_dark_words_can_be_read(enter, role, paths):
    page = enter(role, color_scheme="dark")
    found = []
    for path in paths:
        page.goto(path)
        found += look.violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("role", "paths"), MOST_SEEN)
def test_from_right_to_left_nothing_falls_off_the_page(enter, role, paths):
    """No language here is written so yet; the style is ready for the first."""
    page = enter(role)
    found = []
    for path in paths:
        page.goto(path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        found += look.sideways(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", ["teacher", "student"])
def test_in_spanish_the_words_are_spanish_and_fit(enter, visitor, role):
    """They are longer by a fifth."""
    page = enter(role, locale="es-US")
    found = []
    for answer in pages(visitor(role).walk(of_a_kind=1)):
        page.goto(answer.path)
        assert page.locator("html").get_attribute("lang") == "es"
        found += look.slips(page) + look.sideways(page)
    assert not found, "\n".join(found)
