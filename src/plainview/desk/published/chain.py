"""How one publication hangs on the one before: whoever changes an old page breaks every later hash.

In:   the hash before, which product and number, when, and every file's name and hash.
Out:  a hash; whether a chain holds.
Not here: who keeps it (freeze). Anyone can compute it from what /products/<slug>/chain.json says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from plainview.desk.published.page import canonical_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One publication, as the chain knows it."""

    product: str
    number: int
    published_at: datetime
    files: Mapping[str, str]  # name to sha256
    previous_hash: str
    hash: str


def hash_of(
    *, product: str, number: int, published_at: datetime, files: Mapping[str, str], previous_hash: str
) -> str:
    """SHA-256 of these five as canonical JSON; the time in UTC to the second."""
    told = {
        "files": dict(files),
        "number": number,
        "previous_hash": previous_hash,
        "product": product,
        "published_at": in_utc(published_at),
    }
    return sha256(canonical_json(told)).hexdigest()


def in_utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def faults(links: Iterable[Link]) -> list[str]:
    """What does not fit, each a sentence; nothing where the chain holds. ``links``: the oldest first."""
    found, before = [], ""
    for expected, link in enumerate(links, start=1):
        if link.number != expected:
            found.append(f"Number {expected} is not there: {link.number} stands in its place.")
        if link.previous_hash != before:
            found.append(f"Number {link.number} does not hang on the one before.")
        if link.hash != _again(link):
            found.append(f"Number {link.number} is not what its hash says.")
        before = link.hash
    return found


def _again(link: Link) -> str:
    return hash_of(
        product=link.product,
        number=link.number,
        published_at=link.published_at,
        files=link.files,
        previous_hash=link.previous_hash,
    )
