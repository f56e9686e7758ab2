"""What travelled compressed, unpacked with a bound: a small file that would fill a disk is cut short, aloud.

In:   bytes; how they were packed, where somebody says so.
Out:  the bytes within, whether that is all of them, and what went wrong.
Not here: what is in them.

Brotli and Zstandard come with pyarrow, which the core has anyway; the rest is Python's own zlib.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

MOST_BYTES = 64 << 20  # of one body, unpacked: no page of a lesson is larger
AT_ONCE = 1 << 16
_GZIP, _ZLIB, _RAW = 31, 15, -15
_ZLIB_SECOND = b"\x01\x5e\x9c\xda"
GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    content: bytes  # as much as there was
    is_whole: bool
    said: str = ""  # why it is not whole


def unpacked(packed: bytes, coding: str, *, most: int = MOST_BYTES) -> Unpacked:
    """Undo one content coding: gzip, deflate, br, zstd, identity.

    Parameters
    ----------
    packed : bytes
    coding : str
        As HTTP says it. ``deflate`` is read with and without zlib's wrapping, as browsers do.
    most : int
        Bytes at most; beyond, ``is_whole`` is False.
    """
    name = coding.strip().lower().removeprefix("x-")
    if name in ("", "identity", "none"):
        return Unpacked(content=packed, is_whole=True)
    if name == "gzip":
        return _members(packed, most)
    if name == "deflate":
        found = _flat(packed, _ZLIB, most)
        return found if found.content or found.is_whole else _flat(packed, _RAW, most)
    if name in ("br", "brotli", "zstd"):
        return _by_arrow(packed, "zstd" if name == "zstd" else "brotli", most)
    return Unpacked(content=packed, is_whole=False, said=f"packed in a way that we do not know, '{name}'")


def unpacked_by_look(packed: bytes, *, most: int = MOST_BYTES) -> Unpacked | None:
    """Undo what the first bytes show: gzip, zlib, zstd. None where they show none of these."""
    found = None
    if packed.startswith(GZIP_MAGIC):
        found = _members(packed, most)
    elif packed.startswith(ZSTD_MAGIC):
        found = _by_arrow(packed, "zstd", most)
    elif packed[:1] == b"\x78" and packed[1:2] in _ZLIB_SECOND:
        found = _flat(packed, _ZLIB, most)
    return found if found is not None and found.content else None


def unpacked_unmarked(packed: bytes, *, most: int = MOST_BYTES) -> Iterator[Unpacked]:
    """Brotli and bare deflate, which show no mark: only what comes out whole, as random bytes hardly do."""
    if _may_be_brotli(packed):
        found = _by_arrow(packed, "brotli", most)
        if found.is_whole and len(found.content) >= 4:
            yield found
    if (
        packed[:1] and packed[0] & 6 != 6 and _begins_flat(packed)
    ):  # of four kinds of block one does not exist
        found = _flat(packed, _RAW, most)
        if found.is_whole and len(found.content) >= 4:
            yield found


LEAST_ROOM, MOST_TIMES = 1 << 13, 128


def _may_be_brotli(packed: bytes) -> bool:
    """Tried in one go, which tells at once that it is none; six times quicker than a stream."""
    try:
        _brotli().decompress(packed, max(LEAST_ROOM, MOST_TIMES * len(packed)), asbytes=True)
    except OSError:
        return False
    return True


@cache
def _brotli() -> Any:
    import pyarrow as pa

    return pa.Codec("brotli")


def _begins_flat(packed: bytes) -> bool:
    try:
        zlib.decompressobj(_RAW).decompress(packed, 256)
    except zlib.error:
        return False
    return True


def _flat(packed: bytes, window: int, most: int) -> Unpacked:
    undo = zlib.decompressobj(window)
    try:
        content = undo.decompress(packed, most)
    except zlib.error:
        return Unpacked(content=_salvaged(packed, window, most), is_whole=False, said="it breaks off")
    if undo.eof:
        return Unpacked(content=content, is_whole=True)
    why = f"it holds more than {most >> 20} MB" if len(content) >= most else "it breaks off"
    return Unpacked(content=content, is_whole=False, said=why)


def _salvaged(packed: bytes, window: int, most: int) -> bytes:
    """What came out before the fault."""
    undo, found = zlib.decompressobj(window), bytearray()
    try:
        for start in range(0, len(packed), 64):
            found += undo.decompress(packed[start : start + 64], most - len(found) or 1)
            if len(found) >= most:
                break
    except zlib.error:
        pass
    return bytes(found)


def _members(packed: bytes, most: int) -> Unpacked:
    """A gzip file may be several, one behind the other."""
    found, rest, is_whole, said = bytearray(), packed, False, "it breaks off"
    while rest.startswith(GZIP_MAGIC) and len(found) < most:
        undo = zlib.decompressobj(_GZIP)
        try:
            found += undo.decompress(rest, most - len(found))
        except zlib.error:
            found += _salvaged(rest, _GZIP, most - len(found))
            break
        if not undo.eof:
            said = f"it holds more than {most >> 20} MB" if len(found) >= most else said
            break
        rest, is_whole = undo.unused_data, True
    return Unpacked(content=bytes(found), is_whole=is_whole, said="" if is_whole else said)


def _by_arrow(packed: bytes, codec: str, most: int) -> Unpacked:
    import pyarrow as pa  # takes a moment to load; most captures need it for nothing

    found, said = bytearray(), ""
    try:
        with pa.CompressedInputStream(pa.BufferReader(packed), codec) as stream:
            while len(found) < most and (more := stream.read(AT_ONCE)):
                found += more
    except (OSError, pa.ArrowException):
        said = "it breaks off"
    if len(found) >= most:
        said = f"it holds more than {most >> 20} MB"
    return Unpacked(content=bytes(found[:most]), is_whole=not said and bool(packed), said=said)
