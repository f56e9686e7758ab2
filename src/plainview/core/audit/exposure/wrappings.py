"""Each wrapping by itself: percent, JSON's escapes, HTML's, quoted-printable, UTF-16, base64, hex.

In:   bytes.
Out:  what is inside them, where they show that wrapping; the stretches of a text that may be base64 or hex.
Not here: wrappings within wrappings (unwrap).
"""

import binascii
import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from plainview.core.formats.decompress import GZIP_MAGIC, ZSTD_MAGIC, unpacked_by_look

MOST_OF_ONE = 8 << 20  # bytes that one packed piece may give
SHORTEST_TOKEN = 8  # signs of base64 that are worth undoing
SHORTEST_HEX = 12
MOST_SLASHES = 8  # folders of a path before the base64 that stands in it
DIGESTS = frozenset({16, 20, 24, 28, 32, 48, 64})  # bytes of an id or a hash: compared, not unpacked
Undone: TypeAlias = tuple[str, bytes]  # how, and what came out
Undo: TypeAlias = Callable[[bytes], Iterator[Undone]]

_PRINTED = bytes(range(32, 127)) + b"\t\r\n"
_PRINTED_RUN = re.compile(rb"[\t\r\n -~]{12}")


def is_text(content: bytes) -> bool:
    """Whether the beginning reads as UTF-8 text."""
    start = content[:512]
    odd = start.translate(None, _PRINTED)
    if not odd:
        return True
    if len(odd.translate(None, _HIGH)) > len(start) // 32:
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start >= len(start) - 3 and len(content) > len(start)
    return True


_HIGH = bytes(range(128, 256))


def is_telling(content: bytes) -> bool:
    """Text, or bytes with a stretch of text in them, as chance hardly makes it."""
    return is_text(content) or _PRINTED_RUN.search(content) is not None


# A text as a whole


_PERCENT_U = re.compile(rb"%u([0-9A-Fa-f]{4})")


def percent(content: bytes) -> bytes:
    if b"%u" in content:
        content = _PERCENT_U.sub(lambda match: _from_units(match[1]), content)
    return unquote_to_bytes(content)


_ESCAPE = re.compile(
    rb"((?:\\u[0-9A-Fa-f]{4})+)|\\x([0-9A-Fa-f]{2})|\\u\{([0-9A-Fa-f]{1,6})\}|\\(.)", re.DOTALL
)
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def escapes(content: bytes) -> bytes:
    """Of JSON and JavaScript."""
    return _ESCAPE.sub(_unescaped, content)


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return _from_units(match[1].replace(b"\\u", b""))
    if match[2]:
        return bytes.fromhex(match[2].decode())
    if match[3]:
        number = int(match[3], 16)
        return chr(number).encode("utf-8", "surrogatepass") if number <= 0x10FFFF else b""
    return _SHORT.get(match[4], match[4])


def _from_units(digits: bytes) -> bytes:
    units = bytes.fromhex(digits.decode())
    return units.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


_ENTITY = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")


def entities(content: bytes) -> bytes:
    """Of HTML."""
    return _ENTITY.sub(_entity, content)


def _entity(match: re.Match[bytes]) -> bytes:
    return html.unescape(match[0].decode()).encode("utf-8", "surrogatepass")


_QUOTED = re.compile(rb"=3D|=\r?\n|quoted-printable", re.IGNORECASE)


def quoted_printable(content: bytes) -> bytes | None:
    """Of a part of a multipart body, which says so. Elsewhere an equals sign is an equals sign."""
    return binascii.a2b_qp(content) if _QUOTED.search(content) else None


def wide(content: bytes) -> bytes | None:
    """UTF-16, which shows by its zeros."""
    if content.count(0) * 8 < len(content):
        return None
    coding = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    return content.decode(coding, "replace").encode()


# What shows each; its name; how it is undone.
TEXT_WAYS: tuple[tuple[bytes, str, Callable[[bytes], bytes | None]], ...] = (
    (b"%", "percent", percent),
    (b"\\", "JSON escapes", escapes),
    (b"&", "HTML escapes", entities),
    (b"=", "quoted-printable", quoted_printable),
    (b"\0", "UTF-16", wide),
)


def packed_inside(content: bytes) -> Iterator[Undone]:
    """Gzip and Zstandard from somewhere within: a part of a form, behind a frame's head."""
    for magic in (GZIP_MAGIC, ZSTD_MAGIC):
        at = content.find(magic, 1)
        for _ in range(16):
            if at < 0:
                break
            if (found := unpacked_by_look(content[at:], most=MOST_OF_ONE)) is not None:
                yield "packed", found.content
            at = content.find(magic, at + 1)


# Stretches of a text


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_STANDARD = _LETTERS + b"+/"
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_SPACES = bytes(byte if byte in _STANDARD + b"-_" else 32 for byte in range(256))
_URL_PART, _STANDARD_PART = (
    bytes(byte if byte in _LETTERS + signs else 32 for byte in range(256)) for signs in (b"-_", b"+/")
)
_HEX_RUN = re.compile(rb"[0-9A-Fa-f]{%d,}" % SHORTEST_HEX)


def runs(content: bytes) -> Iterable[bytes]:
    """Stretches that may be base64 or hex: all else becomes a space, and the rest is cut there.

    A pattern would try anew at every letter of every word.
    """
    return dict.fromkeys(run for run in content.translate(_SPACES).split() if len(run) >= SHORTEST_TOKEN)


def of_run(run: bytes) -> Iterator[Undone]:
    """What a stretch holds as hex, and in either alphabet of base64."""
    for match in _HEX_RUN.finditer(run):
        yield from _of_hex(match[0])
    mixed = len(run.translate(None, b"-_")) < len(run)
    for part in run.translate(_STANDARD_PART).split() if mixed else (run,):
        if len(part) >= SHORTEST_TOKEN:
            yield from _of_base64(part)
    for part in run.translate(_URL_PART).split() if mixed else ():
        if len(part) >= SHORTEST_TOKEN and len(part.translate(None, b"-_")) < len(part):
            yield from _of_base64(part)


def lines_of_base64(content: bytes) -> Iterator[bytes]:
    """Base64 as mail writes it: long lines, and a last one."""
    if content.count(b"\n") < 2:
        return
    block: list[bytes] = []
    for line in (*content.replace(b"\r\n", b"\n").split(b"\n"), b" "):
        is_base64 = b" " not in line and not line.translate(None, _STANDARD + b"=")
        if is_base64 and len(line) >= 40:
            block.append(line)
        elif block:
            yield b"".join([*block, line] if is_base64 else block)
            block = []


def of_lines(lines: bytes) -> Iterator[Undone]:
    yield "base64", from_signs(lines.rstrip(b"="))


_FOLDER = re.compile(rb"[A-Z]?[a-z]*[0-9]{0,4}|[0-9A-Fa-f]*")
# What programs call things by, and long numbers in base 16: no base64 of anything, but for the rarest chance.
_NAME = re.compile(rb"[A-Z]?[a-z]+(?:[A-Z][a-z]+)*[A-Z]?|[a-z_-]+|[A-Z_-]+|[0-9a-f-]+|[0-9A-F-]+|[0-9_-]+")


def _of_base64(token: bytes) -> Iterator[Undone]:
    """From its beginning; and, where letters of something else run into it, from where it makes sense."""
    if _NAME.fullmatch(token):
        return
    signs = token.translate(_TO_STANDARD)
    yield "base64", from_signs(signs)
    for offset in (1, 2, 3):
        if _begins_as_text(signs, offset):
            yield "base64", from_signs(signs[offset:])
    for start in (b"H4sI", b"KLUv"):
        if (at := signs.find(start, 1)) > 0:
            yield "base64", from_signs(signs[at:])
    for behind in _behind_folders(token):
        yield "base64", from_signs(signs[behind:])


# The first of every four signs holds the upper six bits of a byte: of plain text, half the alphabet.
_OF_TEXT = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"


def _begins_as_text(signs: bytes, offset: int) -> bool:
    if len(signs[offset : offset + 32 : 4].translate(None, _OF_TEXT)) > 2:
        return False
    return is_text(from_signs(signs[offset : offset + 32])[:23])


def _behind_folders(token: bytes) -> Iterator[int]:
    """In "v1/collect/eyJtYWls...": where the names of folders are over."""
    at = 0
    for _ in range(MOST_SLASHES):
        slash = token.find(b"/", at)
        if slash < 0 or not _FOLDER.fullmatch(token, at, slash):
            return
        at = slash + 1
        yield at


def from_signs(signs: bytes) -> bytes:
    """Base64 without its padding; one sign too many is left off."""
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _of_hex(token: bytes) -> Iterator[Undone]:
    for offset in (0, 1):
        signs = token[offset:]
        yield "hex", binascii.unhexlify(signs[: len(signs) // 2 * 2])
