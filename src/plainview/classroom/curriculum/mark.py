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

# 5/4 is not a mixed number, 1 5/4 is not yet one, and 4/4 is not written as a whole number.
FORMS = {
    "mixed": re.compile(r"\d+ \d+/\d+"),
    "whole": re.compile(r"\d+(\.0*)?"),
    "decimal": re.compile(r"\d*\.\d+|\d+\.?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What an answer is worth, and how it was read."""

    right: bool | None  # None: we cannot tell, a person reads it
    misconception: str = ""  # identifier; empty when right, or when the wrong answer is not a known one
    read_as: str = ""  # what we took it for, to be shown beside it
    equal_but_written_otherwise: bool = False  # the amount is right, the asked-for form is not


def can_be_read(item: Item, response: str) -> bool:
    """Whether it is an answer at all: one of the choices, a number where a number is asked."""
    if item.response == Response.CHOICE:
        return _chosen(item, response) is not None
    if item.response == Response.TEXT:
        return bool(response.strip())
    return read_typed(response) is not None


def mark(item: Item, response: str) -> Marked:
    if item.response == Response.CHOICE:
        return _mark_choice(_chosen(item, response))
    if item.response == Response.TEXT:
        return _mark_words(item.answer, response)
    return _mark_amount(item.answer, read_typed(response))


def _mark_choice(choice: Mapping[str, Any] | None) -> Marked:
    if choice is None:
        return Marked(right=None)
    thinking = "" if choice["right"] else choice["misconception"]
    return Marked(right=bool(choice["right"]), misconception=thinking, read_as=choice["text"])


def _chosen(item: Item, response: str) -> Mapping[str, Any] | None:
    """By its key, or on paper by its words."""
    by_key = {choice["key"]: choice for choice in item.choices}
    by_words = {_plain(choice["text"]): choice for choice in item.choices}
    return by_key.get(response.strip()) or by_words.get(_plain(response))


def _mark_words(answer: Mapping[str, Any], response: str) -> Marked:
    """Only ever right: a collection of others may mean the same in other words, and a person can tell."""
    accepted = {_plain(words) for words in answer.get("accept", [answer["text"]])}
    return Marked(right=True if _plain(response) in accepted else None, read_as=response.strip())


def _mark_amount(answer: Mapping[str, Any], typed: Amount | None) -> Marked:
    """Equal in value is right: 2/4 is 1/2, unless the question asks for a way of writing it."""
    if typed is None:
        return Marked(right=None)
    if any(_value(words) == typed.value for words in answer.get("accept", [answer["text"]])):
        right = _has_form(typed, answer.get("form", "any"))
        return Marked(right=right, read_as=typed.text, equal_but_written_otherwise=not right)
    return Marked(right=False, misconception=_thinking(answer, typed), read_as=typed.text)


def _value(words: str):
    amount = read_typed(words)
    return None if amount is None else amount.value


def _thinking(answer: Mapping[str, Any], typed: Amount) -> str:
    for known in answer.get("known_wrong", ()):
        if _value(known["text"]) == typed.value:
            return known["misconception"]
    return ""


def _has_form(typed: Amount, form: str | Mapping[str, int]) -> bool:
    if isinstance(form, Mapping):
        return " " not in typed.text and typed.text.endswith(f"/{form['bottom']}")
    if form == "mixed" and not _part_is_below_one(typed.text):
        return False
    return form == "any" or FORMS[form].fullmatch(typed.text) is not None


def _part_is_below_one(text: str) -> bool:
    part = _value(text.rpartition(" ")[2])
    return part is not None and part < 1


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
