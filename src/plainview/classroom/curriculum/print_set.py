"""Questions for a sheet of paper, and the key that stays with the teacher.

In:   families of questions, and how many questions are wanted.
Out:  the questions as the sheet has them, letters before the choices; the key with what a wrong answer shows.
Not here: reading a filled-in sheet (evidence).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from .models import Item, ItemFamily, Misconception
from .vocabulary import Response

ON_ONE_SHEET = 8
MOST = 40
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetteredChoice:
    letter: str
    label_html: str
    text: str
    right: bool
    misconception: str  # in words; empty on the right one

    @property
    def says_its_letter(self) -> bool:
        """A choice among points A, B, C and D needs no second letter before it."""
        return self.text == self.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedItem:
    """A question as it stands on paper, and what the key says of it."""

    item: Item
    choices: list[LetteredChoice]
    right: str  # "B" or "3/4"
    likely_wrong: list[tuple[str, str]]  # what is written, what it may show

    @property
    def is_chosen(self) -> bool:
        return self.item.response == Response.CHOICE


def pick(families: Iterable[ItemFamily], *, most: int = ON_ONE_SHEET) -> list[Item]:
    """One question of each family in turn, the easier first: variety before more of the same."""
    families = list(families)
    items = Item.objects.offered().filter(family__in=families).order_by("family__order", "family", "order")
    by_family: dict[int, list[Item]] = {}
    for item in items:
        by_family.setdefault(item.family_id, []).append(item)
    in_turn = chain.from_iterable(zip_longest(*by_family.values()))
    return list(islice((item for item in in_turn if item is not None), min(most, MOST)))


def lay_out(items: Iterable[Item]) -> list[PrintedItem]:
    names = dict(Misconception.objects.values_list("identifier", "name"))
    return [_printed(item, names) for item in items]


def _printed(item: Item, names: dict[str, str]) -> PrintedItem:
    choices = [
        LetteredChoice(
            letter=letter,
            label_html=choice["label_html"],
            text=choice["text"],
            right=choice["right"],
            misconception=names.get(choice["misconception"], ""),
        )
        for letter, choice in zip(LETTERS, item.choices, strict=False)
    ]
    return PrintedItem(
        item=item,
        choices=choices,
        right=_right(item, choices),
        likely_wrong=_likely_wrong(item, choices, names),
    )


def _right(item: Item, choices: list[LetteredChoice]) -> str:
    for choice in choices:
        if choice.right:
            return choice.letter if choice.says_its_letter else f"{choice.letter}: {choice.text}"
    return item.answer["text"]


def _likely_wrong(item: Item, choices: list[LetteredChoice], names: dict[str, str]) -> list[tuple[str, str]]:
    if choices:
        return [(c.letter, c.misconception) for c in choices if not c.right and c.misconception]
    known = item.answer.get("known_wrong", [])
    return [(wrong["text"], names.get(wrong["misconception"], "")) for wrong in known]
