"""One demonstration school a run, one server and one browser a worker, a fresh visitor a test.

Whoever visits is watched: a request to another host, an error on the console, a policy that was broken or a
page that fell over fails the test in which it happened.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.browser.served import School, build_once, served
from tests.browser.walk import Visitor

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is cut: no name leads anywhere but to this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
]
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id) -> Path:
    """The school as `plainview demo --only-build` makes it. Nobody visits this one: it is copied."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    build_once(shared / "school")
    return shared / "school"


@pytest.fixture(scope="session")
def school(built, tmp_path_factory) -> Iterator[School]:
    with served(built, tmp_path_factory.mktemp("served") / "home") as school:
        yield school


@pytest.fixture
def visitor(school) -> Callable[..., Visitor]:
    """``visitor("teacher")`` walks without a browser; ``visitor()`` has not signed in."""
    return lambda role="": Visitor(school.url, school.links.get(role, ""))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("The browser's tests need Chromium: scripts/browser says how to get it.")
    # Playwright's loop runs in this thread; Django would take every later test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watch:
    """What no page may do, written down while it does it."""

    def __init__(self, context: BrowserContext, *, expected: tuple[int | str, ...]) -> None:
        self.faults: list[str] = []
        self.expected = expected
        context.on("request", lambda request: self._host(request.url))
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.faults.append(f"script: {fault.error}"))

    def _host(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1":
            self.faults.append(f"a request left the machine: {url}")

    def _console(self, message) -> None:
        if message.type not in ("error", "warning"):
            return
        if not any(str(words) in message.text for words in self.expected):
            self.faults.append(f"console on {message.page.url if message.page else '?'}: {message.text}")


@pytest.fixture
def enter(browser, school) -> Iterator[Callable[..., Page]]:
    """``enter("teacher")`` opens a browser by the printed link; options are those of a browser context.

    ``expected`` are words of the trouble that the test is about: a status of 400 and above, a cut network.
    """
    visits: list[tuple[BrowserContext, Watch]] = []

    def enter(role: str = "", *, expected: tuple[int | str, ...] = (), **options) -> Page:
        context = browser.new_context(
            base_url=school.url, **{"viewport": {"width": 1280, "height": 800}, "locale": "en-US"} | options
        )
        context.set_default_timeout(10_000)
        visits.append((context, Watch(context, expected=expected)))
        page = context.new_page()
        if role:
            page.goto(school.links[role])
        return page

    yield enter
    for context, _watch in visits:
        context.close()
    assert [fault for _context, watch in visits for fault in watch.faults] == []
