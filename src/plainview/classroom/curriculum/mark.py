"""Is this answer right, and if not, which way of thinking leads there?

In:   an item and what was answered: the key of a choice, or what was typed or written on paper.
Out:  right, not right, or for a person to read; the misconception that the answer shows, where one is named.
Not here: writing it down (evidence), and what it means (core.learner).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .amounts import Amount, read_typed
from .models import Item
from .vocabulary import Response

FORMS = {
    "mixed": re.compile(r"\d+( \d+/\d+)?"),
    "whole": re.compile(r"\d+"),
    "decimal": re.compile(r"\d*\.\d+|\d+\.?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    right: bool | None  # None: we cannot tell, a person reads it
    misconception: str = ""


def can_be_read(item: Item, response: str) -> bool:
    """Whether it is an answer at all: one of the choices, a number where a number is asked."""
    if item.response == Response.CHOICE:
        return _chosen(item, response) is not None
    if item.response == Response.TEXT:
        return bool(response.strip())
    return read_typed(response) is not None


def mark(item: Item, response: str) -> Marked:
    if item.response == Response.CHOICE:
        return _mark_choice(item, response)
    if item.response == Response.TEXT:
        same = _plain(response) == _plain(item.answer["text"])
        return Marked(right=True if same else None)
    return _mark_amount(item.answer, read_typed(response))


def _mark_choice(item: Item, response: str) -> Marked:
    choice = _chosen(item, response)
    if choice is None:
        return Marked(right=False)
    right = bool(choice["right"])
    return Marked(right=right, misconception="" if right else choice["misconception"])


def _chosen(item: Item, response: str) -> Mapping[str, Any] | None:
    """By its key, or on paper by its words."""
    by_key = {choice["key"]: choice for choice in item.choices}
    by_words = {_plain(choice["text"]): choice for choice in item.choices}
    return by_key.get(response.strip()) or by_words.get(_plain(response))


def _mark_amount(answer: Mapping[str, Any], typed: Amount | None) -> Marked:
    """Equal in value is right: 2/4 is 1/2, unless the question asks for a way of writing it."""
    if typed is None:
        return Marked(right=False)
    expected = read_typed(answer["text"])
    if expected is not None and typed.value == expected.value:
        return Marked(right=_has_form(typed, answer.get("form")))
    for known in answer.get("known_wrong", ()):
        amount = read_typed(known["text"])
        if amount is not None and amount.value == typed.value:
            return Marked(right=False, misconception=known["misconception"])
    return Marked(right=False)


def _has_form(typed: Amount, form: str | Mapping[str, int] | None) -> bool:
    if form in (None, "any"):
        return True
    if isinstance(form, Mapping):
        return typed.text.endswith(f"/{form['bottom']}")
    return FORMS[form].fullmatch(typed.text) is not None


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
