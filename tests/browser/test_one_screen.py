"""The morning is read in a minute: all of it, to the last line, stands on one screen."""

import pytest

LAST_LINE = "document.querySelector('main').getBoundingClientRect().bottom"


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_the_morning_is_one_screen(enter, language):
    page = enter("teacher", viewport={"width": 1280, "height": 900}, locale=language)
    assert page.locator(".deciding > li").count() == 3
    assert page.evaluate(LAST_LINE) <= 900
