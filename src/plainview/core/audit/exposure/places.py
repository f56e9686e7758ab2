"""Where in a request something can leave: its address part by part, referrer, cookies, headers, body, frames.

In:   the entries of a capture.
Out:  every text that travelled, each once, with all the places in which it stood.
Not here: unwrapping it (unwrap), what is sought in it (leaks).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from plainview.core.formats.har import Entry, as_bytes

MOST_RECEIVED = 4 << 20  # bytes of one answer that are searched


class Place(StrEnum):
    HOST = "host name"
    PATH = "path"
    QUERY = "query"
    FRAGMENT = "fragment"
    REFERRER = "referrer"
    COOKIE = "cookie"
    HEADER = "header"
    BODY = "body"
    FRAME = "websocket frame"
    FRAME_BACK = "websocket frame received"
    SET_COOKIE = "cookie set by the answer"
    HEADER_BACK = "header of the answer"
    BODY_BACK = "body of the answer"


CAME_BACK = frozenset({Place.FRAME_BACK, Place.SET_COOKIE, Place.HEADER_BACK, Place.BODY_BACK})


class Stood(NamedTuple):
    """In which entry (its place in the row), in which part of it, under which name."""

    entry: int
    place: Place
    name: str  # of the parameter, the cookie, the header; "" where it has none


@dataclass(slots=True)
class Texts:
    """Each text once."""

    known: dict[bytes, int] = field(default_factory=dict)
    stood: list[list[Stood]] = field(default_factory=list)

    def add(self, text: bytes, where: Stood) -> None:
        if len(text) < 4:
            return
        number = self.known.setdefault(text, len(self.stood))
        if number == len(self.stood):
            self.stood.append([])
        self.stood[number].append(where)

    @property
    def contents(self) -> list[bytes]:
        return list(self.known)


def sent(entries: Iterable[tuple[int, Entry]]) -> Texts:
    """What the browser sent."""
    texts = Texts()
    for number, entry in entries:
        for place, name, text in _sent(entry):
            texts.add(text, Stood(number, place, name))
    return texts


def received(entries: Iterable[tuple[int, Entry]]) -> Texts:
    """What came back."""
    texts = Texts()
    for number, entry in entries:
        for place, name, text in _received(entry):
            texts.add(text, Stood(number, place, name))
    return texts


Part = tuple[Place, str, bytes]


def _sent(entry: Entry) -> Iterator[Part]:
    yield from _address(entry.url)
    for query in entry.query:
        yield Place.QUERY, query.name, as_bytes(f"{query.name}={query.value}")
    for one in entry.headers:
        yield from _header(one.name, one.value, entry.url)
    for cookie in entry.cookies:
        yield Place.COOKIE, cookie.name, as_bytes(f"{cookie.name}={cookie.value}")
    if entry.body:
        yield Place.BODY, "", entry.body
    for one in entry.params:
        yield Place.BODY, one.name, as_bytes(f"{one.name}={one.value}")
    for frame in entry.frames:
        if frame.is_sent:
            yield Place.FRAME, "", frame.content


def _address(url: str) -> Iterator[Part]:
    """Cut by hand: what a parser would refuse or tidy up has left all the same."""
    rest, _, fragment = url.partition("#")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("://")[2].partition("/") if "://" in rest else ("", "/", rest)
    yield Place.HOST, "", as_bytes(host)
    yield Place.PATH, "", as_bytes(slash + path)
    for segment in path.split("/"):
        yield Place.PATH, "", as_bytes(segment)
    for part in query.split("&"):
        yield Place.QUERY, part.partition("=")[0], as_bytes(part)
    yield Place.FRAGMENT, "", as_bytes(fragment)


def _header(name: str, value: str, url: str) -> Iterator[Part]:
    small = name.lower()
    if small == "cookie":
        for part in value.split(";"):
            yield Place.COOKIE, part.strip().partition("=")[0], as_bytes(part.strip())
    elif small in ("referer", "referrer"):
        yield Place.REFERRER, "", as_bytes(value)
    elif small == ":path" or small == ":authority":
        if value not in url:  # what the address says is told once
            yield Place.HEADER, name, as_bytes(value)
    else:
        yield Place.HEADER, name, as_bytes(f"{name}: {value}")


def _received(entry: Entry) -> Iterator[Part]:
    answer = entry.response
    for one in answer.headers:
        place = Place.SET_COOKIE if one.name.lower() == "set-cookie" else Place.HEADER_BACK
        yield place, one.name, as_bytes(f"{one.name}: {one.value}")
    for cookie in answer.cookies:
        yield Place.SET_COOKIE, cookie.name, as_bytes(f"{cookie.name}={cookie.value}")
    if answer.redirect:
        yield Place.HEADER_BACK, "location", as_bytes(answer.redirect)
    if answer.text:
        yield Place.BODY_BACK, "", answer.content(most=MOST_RECEIVED)[:MOST_RECEIVED]
    for frame in entry.frames:
        if not frame.is_sent:
            yield Place.FRAME_BACK, "", frame.content
