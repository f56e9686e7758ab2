"""Follow every link of a role, as its person would, without a browser.

In:   a school's address and a sign-in link.
Out:  each page with its address, its status and its words, at most a few of one kind.
Not here: what a page must be (the tests).
"""

import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve

from plainview.desk.published.door import tongue_and_path


@dataclass(frozen=True)
class Answer:
    path: str
    status: int
    kind: str  # the content type
    body: bytes
    is_taken_away: bool = False  # the browser saves it instead of showing it
    is_boxed: bool = False  # shown in a box in which nothing runs, axe neither: a report of the core's own

    @property
    def view(self) -> str:
        return view_of(self.path)

    @property
    def is_page(self) -> bool:
        """Something to be read here, and not a picture, a file of figures or a record to take away."""
        is_here = not self.is_taken_away and not self.is_boxed
        return self.status == 200 and self.kind == "text/html" and is_here

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def links(self) -> list[str]:
        found = Links()
        found.feed(self.text)
        return [_inside(urljoin("http://here" + self.path, link)) for link in found.links if _is_page(link)]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        address = dict(attributes).get({"a": "href", "img": "src"}.get(tag, ""))
        if address:
            self.links.append(address)


class Visitor:
    """Cookies and addresses: what a browser without scripts or pictures would keep."""

    def __init__(self, url: str, link: str = "") -> None:
        self.url = url
        self.cookies = CookieJar()
        # No proxy of the machine's: a visitor of the demonstration goes nowhere but here.
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        if link:
            entered = self.get(link.removeprefix(url))
            assert entered.status == 200, f"{entered.status} {entered.path}"

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(self.url + path))  # noqa: S310 (our own server)

    def post(self, path: str, data: bytes, **headers: str) -> Answer:
        request = urllib.request.Request(self.url + path, data=data, headers=headers)  # noqa: S310
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            got = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as fault:
            got = fault
        with got:
            path = got.url.removeprefix(self.url)
            taken = (got.headers.get_content_disposition() or "").startswith("attachment")
            boxed = "sandbox" in got.headers.get("Content-Security-Policy", "")
            return Answer(path, got.status, got.headers.get_content_type(), got.read(), taken, boxed)

    def walk(self, *starts: str, of_a_kind: int = 3, within: str = "/") -> Iterator[Answer]:
        """Breadth first from the first page; no more than ``of_a_kind`` pages made by the same view.

        ``within``: only links are followed that begin so.
        """
        waiting, many = deque(starts or ["/"]), Counter()
        seen = set(waiting)
        while waiting:
            path = waiting.popleft()
            if many[kind_of(path)] >= of_a_kind:
                continue
            answer = self.get(path)
            many[kind_of(path)] += 1
            if answer.path != path:  # sent on to another page
                if answer.path in seen:
                    continue
                seen.add(answer.path)
                many[kind_of(answer.path)] += 1
            yield answer
            if answer.kind == "text/html":
                links = [link for link in answer.links if link.startswith(within)]
                new = [link for link in dict.fromkeys(links) if link not in seen]
                seen.update(new)
                waiting.extend(new)


def pages(answers: Iterable[Answer]) -> list[Answer]:
    """What is read here, one page made by each view and for each way of asking it."""
    kinds: dict[tuple[str, ...], Answer] = {}
    for answer in answers:
        if answer.is_page:
            kinds.setdefault(kind_of(answer.path), answer)
    return list(kinds.values())


def kind_of(path: str) -> tuple[str, ...]:
    """The view, and which questions the address asks it."""
    return (view_of(path), *sorted(name for name, _ in parse_qsl(urlsplit(path).query)))


def view_of(path: str) -> str:
    """Of a public page with its language before it; an address that nothing answers stands for itself."""
    tongue, bare = tongue_and_path(urlsplit(path).path)
    try:
        return f"{tongue} {resolve(bare).view_name}".strip()
    except Resolver404:
        return path


def _is_page(link: str) -> bool:
    return not link.startswith(("#", "data:", "http:", "https:", "mailto:", "/static/"))


def _inside(address: str) -> str:
    split = urlsplit(address)
    return split.path + (f"?{split.query}" if split.query else "")
