"""The same demonstration school as the browser's tests, walked without a browser."""

from tests.browser.conftest import built, school, visitor

__all__ = ["built", "school", "visitor"]
