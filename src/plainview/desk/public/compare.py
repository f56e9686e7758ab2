"""Up to four products side by side, row by row of the label.

In:   slugs.
Out:  the products that there are, and for each row what was found of each.
Not here: a winner. Rows are not added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from plainview.desk.public.shelf import shelf
from plainview.desk.published import words
from plainview.desk.published.cards import Card, CardRow
from plainview.desk.published.page import Row

MOST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    row: Row
    question: str
    cells: tuple[tuple[Card, CardRow], ...]


def chosen(slugs: Iterable[str]) -> tuple[Card, ...]:
    """The first four that there are, each once, in the order in which they were asked for."""
    by_slug = shelf().by_slug
    return tuple(by_slug[one] for one in dict.fromkeys(slugs) if one in by_slug)[:MOST]


def lines(cards: Iterable[Card]) -> tuple[Line, ...]:
    cards = tuple(cards)
    return tuple(
        Line(row=row, question=question, cells=tuple((one, one.label[row]) for one in cards))
        for row, question in words.ROWS.items()
    )
