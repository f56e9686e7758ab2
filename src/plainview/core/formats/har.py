"""HAR: what a browser sent and received, read from the file that its developer tools write.

In:   the bytes of a HAR file (1.1, 1.2; Chrome's, Firefox's, Safari's, Playwright's), also packed with gzip.
Out:  the requests with everything in them, as bytes; websocket frames; each fault by its place. A file that
      is broken or cut short is read up to there, and from where it makes sense again.
Not here: who the recipients are, what any of it means (core.audit.exposure).

Source: HTTP Archive 1.2 (Odvarko, 2012); `_webSocketMessages`, `_initiator` and `_resourceType` as Chrome
writes them; `_plainview` is what `plainview capture` adds.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from plainview.core.formats.decompress import GZIP_MAGIC, MOST_BYTES, unpacked
from plainview.core.formats.without_sweeping import without_sweeping
from plainview.core.mendable import Mendable

MOST_FILE_BYTES = 1 << 30
MOST_DECODED = 1 << 30  # of all bodies together: many small bombs are one large one


class Header(NamedTuple):
    """A name and a value. There are a dozen of them in every request, so they are made to be light."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    name: str
    value: str
    domain: str = ""
    path: str = ""
    expires: str = ""  # as it stands in the file; "" where it lives as long as the browser
    is_set: bool = False  # the response set it, rather than the request sent it


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One websocket message."""

    is_sent: bool
    content: bytes
    at: float = 0.0  # seconds since 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    status: int
    headers: tuple[Header, ...]
    cookies: tuple[Cookie, ...]
    mime: str
    text: str  # as the file holds it
    encoding: str  # "base64", or ""
    redirect: str

    def content(self, *, most: int = MOST_BYTES) -> bytes:
        """The body as bytes. HAR holds it unpacked; where it does not, the content coding is undone."""
        if not self.text:
            return b""
        plain = from_base64(self.text) if self.encoding == "base64" else as_bytes(self.text)
        coding = header(self.headers, "content-encoding")
        if coding and self.encoding == "base64" and plain[:1] not in b"{[<":
            found = unpacked(plain, coding, most=most)
            return found.content or plain
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request and what came back."""

    number: int  # from 1, in the file's order
    started_at: str  # ISO 8601, as it stands in the file
    method: str
    url: str
    headers: tuple[Header, ...]
    cookies: tuple[Cookie, ...]
    query: tuple[Header, ...]
    body_mime: str
    body: bytes
    params: tuple[Header, ...]  # of the body, where the file holds them apart
    response: Response
    frames: tuple[Frame, ...]
    initiator: str  # the script or page that asked for it; "" where the file does not say
    resource: str  # "script", "image", "xhr" ...
    page: str  # the address of the page that was open, as far as the file says


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    file: str
    creator: str
    pages: tuple[str, ...]  # titles; Chrome writes addresses
    entries: tuple[Entry, ...]
    faults: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)  # what `plainview capture` noted beside it

    @property
    def n_bytes_sent(self) -> int:
        return sum(len(entry.url) + len(entry.body) for entry in self.entries)


def header(headers: tuple[Header, ...], name: str) -> str:
    """The first header of this name; "" where there is none."""
    return next((one.value for one in headers if one.name.lower() == name), "")


def read_har(path: str | Path, *, name: str = "") -> Capture:
    """Read a capture.

    Parameters
    ----------
    path : str or Path
        The file.
    name : str
        What it is called in faults; its own name where nothing is given.

    Returns
    -------
    Capture
        With every fault of the file. Entries that cannot be read are left out, each with its place.

    Raises
    ------
    Mendable
        If nothing of it can be read.
    """
    path = Path(path)
    called = name or path.name
    if not path.is_file():
        raise Mendable(f"{called}: there is no such file.")
    if path.stat().st_size > MOST_FILE_BYTES:
        raise Mendable(
            f"{called}: found {path.stat().st_size >> 20:,} MB, expected at most "
            f"{MOST_FILE_BYTES >> 20:,} MB. Record in shorter pieces."
        )
    return parsed(path.read_bytes(), name=called)


def parsed(content: bytes, *, name: str) -> Capture:
    """The same of bytes."""
    with without_sweeping():
        return _parsed(content, name)


def _parsed(content: bytes, name: str) -> Capture:
    faults: list[str] = []
    if content.startswith(GZIP_MAGIC):
        found = unpacked(content, "gzip", most=MOST_FILE_BYTES)
        content = found.content
        if not found.is_whole:
            faults.append(f"{name}: packed with gzip, and {found.said}; what there is was read.")
    text = _as_text(content, name, faults)
    log = _log(text, name, faults)
    entries = tuple(_entries(log, name, faults))
    if not entries and not faults:
        faults.append(f"{name}: found no requests, expected a list 'log.entries' with at least one.")
    if not entries:
        raise Mendable(*faults)
    creator = _table(log.get("creator"))
    return Capture(
        file=name,
        creator=" ".join(filter(None, (_word(creator.get("name")), _word(creator.get("version"))))),
        pages=tuple(_word(_table(page).get("title")) for page in _row(log.get("pages"))),
        entries=entries,
        faults=tuple(faults),
        extra=_table(log.get("_plainview")),
    )


def _as_text(content: bytes, name: str, faults: list[str]) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        faults.append(
            f"{name}, line {line}: found bytes that are not UTF-8, expected UTF-8; they were read as Latin-1."
        )
        return content.decode("latin-1")


def _log(text: str, name: str, faults: list[str]) -> dict[str, Any]:
    try:
        whole = json.loads(text, strict=False)
    except json.JSONDecodeError as fault:
        faults.append(_broken(name, fault.lineno, fault.colno, fault.msg))
        return {"entries": list(_salvaged(text, name, faults))}
    except RecursionError:
        faults.append(f"{name}: found lists within lists a thousand deep, expected a HAR file.")
        return {}
    log = _table(whole).get("log") if isinstance(whole, dict) else None
    if not isinstance(log, dict):
        faults.append(f"{name}: found {_kind(whole)} without a table 'log', expected a HAR file.")
        return {}
    if not isinstance(log.get("entries"), list):
        faults.append(
            f"{name}: found {_kind(log.get('entries'))} as log.entries, expected a list of requests."
        )
    return log


def _broken(name: str, line: int, column: int, what: str) -> str:
    return (
        f"{name}, line {line}, column {column}: found broken JSON ({what.lower()}), expected a HAR file. "
        "What makes sense before and after it was read."
    )


_START = re.compile(r'"entries"\s*:\s*\[')
_ENTRY = re.compile(r'\{\s*"(?:_[A-Za-z]+|startedDateTime|pageref|time|request|cache|connection)"\s*:')


def _salvaged(text: str, name: str, faults: list[str]) -> Iterator[Any]:
    """Entry by entry; behind a broken one, from the next place that looks like the beginning of one."""
    begin = _START.search(text)
    if begin is None:
        return
    one, at, n_lost = json.JSONDecoder(strict=False), begin.end(), 0
    while (start := _ENTRY.search(text, at)) is not None:
        try:
            entry, at = one.raw_decode(text, start.start())
        except (json.JSONDecodeError, RecursionError):
            at = start.end()
            continue
        if isinstance(entry, dict) and "request" in entry:
            yield entry
        else:
            n_lost += 1
    if n_lost:
        faults.append(f"{name}: {n_lost} pieces of broken requests were passed by.")


def _entries(log: Mapping[str, Any], name: str, faults: list[str]) -> Iterator[Entry]:
    pages = {
        _word(_table(page).get("id")): _word(_table(page).get("title")) for page in _row(log.get("pages"))
    }
    budget = _Budget(name, faults)
    for number, said in enumerate(_row(log.get("entries")), start=1):
        if not isinstance(said, dict) or not isinstance(said.get("request"), dict):
            faults.append(f"{name}, entry {number}: found {_kind(said)} without a request, expected one.")
            continue
        if not isinstance(said["request"].get("url"), str) or not said["request"]["url"]:
            faults.append(f"{name}, entry {number}: found no address, expected request.url.")
            continue
        yield _entry(said, number, pages, budget)


class _Budget:
    """What may still be unpacked, of all bodies together."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self.name, self.faults, self.left = name, faults, MOST_DECODED

    def body(self, packed: bytes, coding: str, number: int) -> bytes:
        for one in reversed([part for part in coding.split(",") if part.strip()]):
            found = unpacked(packed, one, most=min(MOST_BYTES, self.left))
            if not found.is_whole:
                self.faults.append(
                    f"{self.name}, entry {number}: found a body packed as '{one.strip()}' that cannot be "
                    f"unpacked whole ({found.said}); what there is was searched."
                )
            self.left = max(0, self.left - len(found.content))
            packed = found.content or packed
        return packed


def _entry(said: Mapping[str, Any], number: int, pages: Mapping[str, str], budget: _Budget) -> Entry:
    request = _table(said.get("request"))
    post = _table(request.get("postData"))
    headers = _headers(request.get("headers"))
    body = _posted(post)
    coding = header(headers, "content-encoding")
    return Entry(
        number=number,
        started_at=_word(said.get("startedDateTime")),
        method=_word(request.get("method")) or "GET",
        url=request["url"],
        headers=headers,
        cookies=_cookies(request.get("cookies"), is_set=False),
        query=_headers(request.get("queryString")),
        body_mime=_word(post.get("mimeType")),
        body=_undone(body, coding, number, budget) if body and coding else body,
        params=_params(post.get("params")),
        response=_response(_table(said.get("response"))),
        frames=tuple(_frames(said.get("_webSocketMessages") or said.get("_webSocketFrames"))),
        initiator=_initiator(_table(said.get("_initiator"))),
        resource=_word(said.get("_resourceType")),
        page=pages.get(_word(said.get("pageref")), ""),
    )


def _undone(body: bytes, coding: str, number: int, budget: _Budget) -> bytes:
    """Some tools write a packed body unpacked and leave its header standing: then it is taken as it is."""
    looks_plain = body[:1] in b'{["<' or (body[:200].isascii() and body[:200].decode().isprintable())
    return body if looks_plain else budget.body(body, coding, number)


def _posted(post: Mapping[str, Any]) -> bytes:
    text = post.get("text")
    if not isinstance(text, str):
        return b""
    if _word(post.get("encoding") or post.get("_encoding")).lower() == "base64":
        return from_base64(text)
    return as_bytes(text)


def as_bytes(text: str) -> bytes:
    """UTF-8; but what a browser wrote byte by byte (a packed body) is taken back byte by byte."""
    if text[:1] in _PACKED_SIGNS and text[:2] in _PACKED_STARTS:
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            pass
    # Half a surrogate pair may stand in a file; nothing is lost by keeping it as it is.
    return text.encode("utf-8", errors="surrogatepass")


_PACKED_SIGNS = "\x1f\x78\x28"
_PACKED_STARTS = ("\x1f\x8b", "\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda", "\x28\xb5")


def from_base64(text: str) -> bytes:
    """Also without padding, with line breaks, in the form for addresses; what is no base64 stays as it is."""
    plain = re.sub(r"\s+", "", text).rstrip("=").translate(_URL_SAFE)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return as_bytes(text)


_URL_SAFE = str.maketrans("-_", "+/")


def _response(said: Mapping[str, Any]) -> Response:
    content = _table(said.get("content"))
    return Response(
        status=_whole(said.get("status")),
        headers=_headers(said.get("headers")),
        cookies=_cookies(said.get("cookies"), is_set=True),
        mime=_word(content.get("mimeType")),
        text=_word(content.get("text")),
        encoding=_word(content.get("encoding")).lower(),
        redirect=_word(said.get("redirectURL")),
    )


def _headers(said: Any) -> tuple[Header, ...]:
    """A list of names and values; some tools write a table."""
    if isinstance(said, dict):
        return tuple(Header(name=str(name), value=_word(value)) for name, value in said.items())
    return tuple(
        Header(name=_word(one.get("name")), value=_word(one.get("value")))
        for one in _row(said)
        if isinstance(one, dict)
    )


def _params(said: Any) -> tuple[Header, ...]:
    found = []
    for one in _row(said):
        if isinstance(one, dict):
            value = " ".join(filter(None, (_word(one.get("value")), _word(one.get("fileName")))))
            found.append(Header(name=_word(one.get("name")), value=value))
    return tuple(found)


def _cookies(said: Any, *, is_set: bool) -> tuple[Cookie, ...]:
    return tuple(
        Cookie(
            name=_word(one.get("name")),
            value=_word(one.get("value")),
            domain=_word(one.get("domain")),
            path=_word(one.get("path")),
            expires=_word(one.get("expires")),
            is_set=is_set,
        )
        for one in _row(said)
        if isinstance(one, dict)
    )


def _frames(said: Any) -> Iterator[Frame]:
    """Chrome's: ``type``, ``opcode`` (1 text, 2 bytes as base64), ``data``."""
    for one in _row(said):
        if not isinstance(one, dict):
            continue
        text = _word(one.get("data") or one.get("payload"))
        is_bytes = one.get("opcode") not in (None, 1, 1.0, "1")
        yield Frame(
            is_sent=_word(one.get("type")).lower() not in ("receive", "received"),
            content=from_base64(text) if is_bytes else as_bytes(text),
            at=float(one["time"]) if isinstance(one.get("time"), int | float) else 0.0,
        )


def _initiator(said: Mapping[str, Any]) -> str:
    """The script nearest to the request, or the page."""
    stack: Any = said.get("stack")
    while isinstance(stack, dict):
        for call in _row(stack.get("callFrames")):
            if address := _word(_table(call).get("url")):
                return address
        stack = stack.get("parent")
    return _word(said.get("url"))


def _table(said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}


def _row(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _word(said: Any) -> str:
    """Text as it stands; a number as it is written; anything else is nothing."""
    if isinstance(said, str):
        return said
    if said is None or isinstance(said, dict | list):
        return ""
    return str(said).lower() if isinstance(said, bool) else str(said)


def _whole(said: Any) -> int:
    return int(said) if isinstance(said, int | float) and abs(said) < 1e6 else 0


def _kind(said: Any) -> str:
    kinds = {dict: "a table", list: "a list", str: "text", type(None): "nothing"}
    return kinds.get(type(said), "a number")
