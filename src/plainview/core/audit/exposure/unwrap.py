"""What a text is wrapped in, undone layer by layer: percent, JSON's escapes, HTML's, base64, hex, packing.

In:   bytes as they travelled.
Out:  everything that comes out of them, each piece once, with the ways that led to it.
Not here: what is sought in them (find), which request they came from (places).

Nothing is parsed: JSON in a string in JSON is text with escapes, and its escapes are undone; so a body that
is broken, or no JSON at all, gives up what it holds just the same.
"""

import binascii
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from plainview.core.formats.decompress import (
    GZIP_MAGIC,
    ZSTD_MAGIC,
    unpacked_by_look,
    unpacked_unmarked,
)

DEEPEST = 8  # wrappings within wrappings; what lies deeper is not looked into
MOST_OF_ONE = 8 << 20  # bytes that one packed piece may give
SHORTEST_TOKEN = 8  # signs of base64 or hex that are worth undoing
LONGEST_PATH, MOST_SLASHES = 4096, 8  # a path's segments that may be base64 with a slash in it
MOST_UNMARKED = 40_000  # packed pieces without a mark that are tried


@dataclass(slots=True)
class Piece:
    """One text, with what it was unwrapped from: (which piece, how)."""

    content: bytes
    ways: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Unwrapped:
    """All pieces; the first ``n_given`` are as they travelled, in the order in which they were given."""

    pieces: list[Piece]
    n_given: int
    layers: list[tuple[int, int]]  # the pieces of each depth: from, to
    said: list[str]

    def roots(self, piece: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The given texts that a piece came out of, and how, the shortest way to each."""
        seen, row = {piece}, [(piece, ())]  # type: ignore[var-annotated]
        for at, how in row:
            if at < self.n_given:
                yield at, how
            for parent, name in self.pieces[at].ways:
                if parent not in seen:
                    seen.add(parent)
                    row.append((parent, (name, *how)))


def unwrap(given: Sequence[bytes], *, deepest: int = DEEPEST, most: int | None = None) -> Unwrapped:
    """Undo every wrapping that shows, and what comes out again, to a depth.

    Parameters
    ----------
    given : sequence of bytes
        Each text once.
    deepest : int
        Wrappings within wrappings.
    most : int, optional
        Bytes in all; by default eight times what was given, and at least 64 MB. Beyond, it stops, aloud.
    """
    whole = sum(map(len, given))
    return _Work(given, left=max(8 * whole, 64 << 20) if most is None else most).run(deepest)


class _Work:
    def __init__(self, given: Sequence[bytes], *, left: int) -> None:
        self.out = Unwrapped(
            pieces=[Piece(content) for content in given],
            n_given=len(given),
            layers=[(0, len(given))],
            said=[],
        )
        self.known = {content: number for number, content in enumerate(given)}
        self.tokens: dict[bytes, tuple[tuple[str, bytes], ...]] = {}
        self.left, self.unmarked_left = left, MOST_UNMARKED

    def run(self, deepest: int) -> Unwrapped:
        for _ in range(deepest):
            begin, end = self.out.layers[-1]
            for number in range(begin, end):
                self._open(number)
            if len(self.out.pieces) == end or self.left < 0:
                break
            self.out.layers.append((end, len(self.out.pieces)))
        if self.left < 0:
            self.out.said.append("There was more to unwrap than fits: not every wrapping was undone.")
        if self.unmarked_left < 0:
            self.out.said.append("There were more packed pieces without a mark than were tried.")
        return self.out

    def _open(self, number: int) -> None:
        content = self.out.pieces[number].content
        for name, undo in _TEXT_WAYS:
            if (found := undo(content)) is not None and found != content:
                self._keep(number, name, found)
        for name, found in (*self._packed(content), *self._in_tokens(content)):
            self._keep(number, name, found)

    def _keep(self, parent: int, name: str, content: bytes) -> None:
        if len(content) < 4 or self.left < 0:
            return
        known = self.known.get(content)
        if known is None:
            known = self.known[content] = len(self.out.pieces)
            self.out.pieces.append(Piece(content))
            self.left -= len(content)
        if known != parent:
            self.out.pieces[known].ways.append((parent, name))

    def _packed(self, content: bytes) -> Iterator[tuple[str, bytes]]:
        """Compressed as a whole, or from somewhere inside: a part of a form, behind a frame's head."""
        if (found := unpacked_by_look(content, most=MOST_OF_ONE)) is not None:
            yield "packed", found.content
        elif not is_text(content):
            for magic in (GZIP_MAGIC, ZSTD_MAGIC):
                yield from _packed_inside(content, magic)
            yield from self._unmarked(content)

    def _unmarked(self, content: bytes) -> Iterator[tuple[str, bytes]]:
        if len(content) > MOST_OF_ONE or self.unmarked_left < 0:
            return
        self.unmarked_left -= 1
        for found in unpacked_unmarked(content, most=MOST_OF_ONE):
            if is_text(found.content) or unpacked_by_look(found.content, most=64):
                yield "packed", found.content

    def _in_tokens(self, content: bytes) -> Iterator[tuple[str, bytes]]:
        for pattern, undo in _TOKENS:
            for match in pattern.finditer(content):
                token = match[0]
                found = self.tokens.get(token)
                if found is None:
                    found = self.tokens[token] = tuple(self._of_token(token, undo))
                yield from found

    def _of_token(self, token: bytes, undo: "Undo") -> Iterator[tuple[str, bytes]]:
        for name, plain in undo(token):
            if is_telling(plain):
                yield name, plain
            elif (found := unpacked_by_look(plain, most=MOST_OF_ONE)) is not None:
                yield f"{name}, packed", found.content
            elif len(plain) >= 12 and self.unmarked_left >= 0:
                yield from ((f"{name}, {how}", inner) for how, inner in self._unmarked(plain))


Undo = Callable[[bytes], Iterator[tuple[str, bytes]]]

_PRINTED = bytes(range(32, 127)) + b"\t\r\n"
_PLAIN_RUN = re.compile(rb"[\t\r\n -~]{12}")


def is_text(content: bytes) -> bool:
    """Whether the beginning reads as UTF-8 text."""
    start = content[:512]
    odd = start.translate(None, _PRINTED)
    if not odd:
        return True
    if len([byte for byte in odd if byte < 0x80]) > len(start) // 32:
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start >= len(start) - 3 and len(content) > 512
    return True


def is_telling(content: bytes) -> bool:
    """Text, or bytes with a stretch of text in them, as chance hardly makes it."""
    return is_text(content) or _PLAIN_RUN.search(content) is not None


_PERCENT_U = re.compile(rb"%u([0-9A-Fa-f]{4})")


def _percent(content: bytes) -> bytes | None:
    if b"%" not in content:
        return None
    if b"%u" in content:
        content = _PERCENT_U.sub(_utf16_units, content)
    return unquote_to_bytes(content)


_ESCAPE = re.compile(
    rb"((?:\\u[0-9A-Fa-f]{4})+)|\\x([0-9A-Fa-f]{2})|\\u\{([0-9A-Fa-f]{1,6})\}|\\(.)", re.DOTALL
)
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _escapes(content: bytes) -> bytes | None:
    return _ESCAPE.sub(_unescaped, content) if b"\\" in content else None


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return _from_units(match[1].replace(b"\\u", b""))
    if match[2]:
        return bytes.fromhex(match[2].decode())
    if match[3]:
        number = int(match[3], 16)
        return chr(number).encode("utf-8", "surrogatepass") if number <= 0x10FFFF else b""
    return _SHORT.get(match[4], match[4])


def _utf16_units(match: re.Match[bytes]) -> bytes:
    return _from_units(match[1])


def _from_units(digits: bytes) -> bytes:
    units = bytes.fromhex(digits.decode())
    return units.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


_ENTITY = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")


def _entities(content: bytes) -> bytes | None:
    if b"&" not in content:
        return None
    return _ENTITY.sub(_entity, content)


def _entity(match: re.Match[bytes]) -> bytes:
    return html.unescape(match[0].decode()).encode("utf-8", "surrogatepass")


def _wide(content: bytes) -> bytes | None:
    """UTF-16, which shows by its zeros."""
    if content.count(0) * 3 < len(content):
        return None
    coding = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    return content.decode(coding, "replace").encode()


_QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|\r?\n)")


def _quoted_printable(content: bytes) -> bytes | None:
    """Of a multipart body. Elsewhere an equals sign is an equals sign, and undoing it does no harm."""
    return binascii.a2b_qp(content) if b"=" in content and _QUOTED.search(content) else None


_TEXT_WAYS: tuple[tuple[str, Callable[[bytes], bytes | None]], ...] = (
    ("percent", _percent),
    ("JSON escapes", _escapes),
    ("HTML escapes", _entities),
    ("quoted-printable", _quoted_printable),
    ("UTF-16", _wide),
)


def _packed_inside(content: bytes, magic: bytes) -> Iterator[tuple[str, bytes]]:
    at = content.find(magic, 1)
    for _ in range(16):
        if at < 0:
            return
        if (found := unpacked_by_look(content[at:], most=MOST_OF_ONE)) is not None:
            yield "packed", found.content
        at = content.find(magic, at + 1)


_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_LINES = re.compile(rb"(?:[A-Za-z0-9+/]{40,}\r?\n)+[A-Za-z0-9+/]*")
_TOKEN = re.compile(rb"[A-Za-z0-9+/]{%d,}" % SHORTEST_TOKEN)
_URL_TOKEN = re.compile(rb"[A-Za-z0-9_-]{%d,}" % SHORTEST_TOKEN)
_HEX_TOKEN = re.compile(rb"[0-9A-Fa-f]{%d,}" % (2 * SHORTEST_TOKEN - 4))
_SLASH = re.compile(rb"/")
# What programs call things by, and long numbers in base 16: no base64 of anything, but for the rarest chance.
_NAME = re.compile(rb"[A-Z]?[a-z]+(?:[A-Z][a-z]+)*[A-Z]?|[a-z_-]+|[A-Z_-]+|[0-9a-f-]+|[0-9A-F-]+|[0-9_-]+")
_BREAKS = re.compile(rb"\s+")


def _base64_lines(lines: bytes) -> Iterator[tuple[str, bytes]]:
    yield "base64", _undone64(_BREAKS.sub(b"", lines))


def _base64(token: bytes) -> Iterator[tuple[str, bytes]]:
    """From its beginning; and, where letters of something else run into it, from where it makes sense."""
    if _NAME.fullmatch(token):
        return
    signs = token.translate(_TO_STANDARD)
    yield "base64", _undone64(signs)
    for offset in (1, 2, 3):
        if is_text(_undone64(signs[offset : offset + 32])[:23]):
            yield "base64", _undone64(signs[offset:])
    for start in (b"H4sI", b"KLUv"):
        if (at := signs.find(start, 1)) > 0:
            yield "base64", _undone64(signs[at:])
    if b"/" in token and len(token) < LONGEST_PATH:
        for slash in [match.end() for match in _SLASH.finditer(token)][:MOST_SLASHES]:
            yield "base64", _undone64(signs[slash:])


def _undone64(signs: bytes) -> bytes:
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _hex(token: bytes) -> Iterator[tuple[str, bytes]]:
    for offset in (0, 1):
        signs = token[offset:]
        yield "hex", binascii.unhexlify(signs[: len(signs) // 2 * 2])


_TOKENS: tuple[tuple[re.Pattern[bytes], Undo], ...] = (
    (_HEX_TOKEN, _hex),
    (_LINES, _base64_lines),
    (_TOKEN, _base64),
    (_URL_TOKEN, _base64),
)
