"""All products at once: found by words, by mark, by what is claimed, by vendor.

In:   the cards that were frozen with each page; what a reader looks for.
Out:  the cards that fit, in the order of their names.
Not here: a page. Two thousand cards are read once and kept until something is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from plainview.desk.published import read
from plainview.desk.published.cards import Card, CardClaim
from plainview.desk.published.page import ClaimKind, Mark, Row

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    cards: tuple[Card, ...]
    by_slug: Mapping[str, Card]
    vendors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader looks for; what cannot be understood is not asked for."""

    words: str = ""
    marks: Mapping[Row, Mark] = field(default_factory=dict)
    claim: ClaimKind | None = None
    vendor: str = ""
    page: int = 1

    @property
    def is_anything(self) -> bool:
        return bool(self.words or self.marks or self.claim or self.vendor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    cards: tuple[Card, ...]  # of this page
    n: int
    page: int
    n_pages: int


def shelf() -> Shelf:
    return _shelf(read.as_of())


@lru_cache(maxsize=2)
def _shelf(as_of: tuple) -> Shelf:
    told = read.all_newest().values_list("card", flat=True)
    cards = sorted((Card.model_validate(one) for one in told), key=lambda one: one.name.casefold())
    return Shelf(
        cards=tuple(cards),
        by_slug={one.slug: one for one in cards},
        vendors=tuple(sorted({one.vendor for one in cards}, key=str.casefold)),
    )


def wanted(asked: Mapping[str, str]) -> Wanted:
    """From an address: ?q=fractions&adapts=shown&claim=works&vendor=Acme&page=2."""
    marks = {row: _one_of(Mark, asked.get(row.value, "")) for row in Row}
    page = asked.get("page", "")
    return Wanted(
        words=asked.get("q", "").strip()[:200],
        marks={row: mark for row, mark in marks.items() if mark},
        claim=_one_of(ClaimKind, asked.get("claim", "")),
        vendor=asked.get("vendor", "").strip()[:200],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 and int(page) else 1,
    )


def find(wanted: Wanted) -> Found:
    fitting = [one for one in shelf().cards if _fits(one, wanted)]
    n_pages = max(1, -(-len(fitting) // A_PAGE))
    page = min(wanted.page, n_pages)
    first = (page - 1) * A_PAGE
    return Found(cards=tuple(fitting[first : first + A_PAGE]), n=len(fitting), page=page, n_pages=n_pages)


def claims_of(kind: ClaimKind) -> tuple[tuple[Card, CardClaim], ...]:
    """Every claim of a kind, across products."""
    return tuple((card, one) for card in shelf().cards for one in card.claims if one.kind == kind)


def _fits(card: Card, wanted: Wanted) -> bool:
    return (
        all(word in card.words_to_find for word in wanted.words.casefold().split())
        and all(card.label[row].mark == mark for row, mark in wanted.marks.items())
        and (wanted.claim is None or any(one.kind == wanted.claim for one in card.claims))
        and (not wanted.vendor or card.vendor == wanted.vendor)
    )


def _one_of(closed, key: str):
    return next((one for one in closed if one.value == key), None)
