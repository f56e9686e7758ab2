"""A round through all pages of a role in a real browser, looking closely at each.

In:   a page in which somebody has signed in, and the addresses to look at.
Out:  every fault of the round, each in a line; none where all is well.
Not here: which faults there are (look), where the addresses come from (walk).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser import look
from tests.browser.walk import Answer

FIRST_LOAD = 150_000  # bytes: the page, its style, its scripts
LATER_LOAD = 30_000  # bytes beside the page itself; pictures of a child's work are the page itself
WORK = "/evidence/work/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    url: str
    kind: str  # Document, Stylesheet, Script, Image ...
    size: int  # bytes on the wire, headers included


class Scale:
    """What the browser fetched over the network, as its own developer tools count it."""

    def __init__(self, page: Page) -> None:
        self.loads: list[Load] = []
        self._page = page
        self._asked: dict[str, tuple[str, str]] = {}
        tools = page.context.new_cdp_session(page)
        tools.on("Network.responseReceived", self._asked_for)
        tools.on("Network.loadingFinished", self._finished)
        tools.send("Network.enable")

    def _asked_for(self, event: dict) -> None:
        self._asked[event["requestId"]] = (event["response"]["url"], event["type"])

    def _finished(self, event: dict) -> None:
        url, kind = self._asked.get(event["requestId"], ("", ""))
        if event["encodedDataLength"] > 0:
            self.loads.append(Load(url=url, kind=kind, size=int(event["encodedDataLength"])))

    def weigh(self, path: str) -> tuple[int, int]:
        """Bytes of the page itself, and bytes of all that came with it."""
        self.loads.clear()
        self._page.goto(path)
        itself = sum(load.size for load in self.loads if load.kind == "Document")
        beside = sum(load.size for load in self.loads if load.kind != "Document" and WORK not in load.url)
        return itself, beside


def faults(page: Page, link: str, answers: Iterable[Answer]) -> list[str]:
    """Enter by the link, with nothing in the browser's store; then look at each page and weigh it."""
    scale, found = Scale(page), []
    _itself, brought = scale.weigh(link)
    for answer in answers:
        itself, beside = scale.weigh(answer.path)
        # Had this been the first page, it would have brought style and scripts along as well.
        if itself + brought > FIRST_LOAD:
            found.append(f"{page.url} is heavy as a first page: {itself} + {brought} bytes")
        if beside > LATER_LOAD:
            found.append(f"{page.url} brings {beside} bytes beside itself")
        found += look.faults(page)
    return found
