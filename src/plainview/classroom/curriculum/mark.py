"""Is an answer right, and what does a wrong one show?

In:   an item, and the choice that was pressed or the words that were typed.
Out:  right, wrong, or "a person must read this"; with the way of thinking that a known wrong answer points to.
Not here: keeping the answer (evidence.record), and what follows from it (nothing does by itself).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .amounts import read_typed
from .models import Item
from .vocabulary import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What an answer is worth, and how it was read."""

    right: bool | None  # None: it could not be read, or only a person can tell
    misconception: str  # identifier; empty when right, or when the wrong answer is not a known one
    read_as: str  # what we took it for, to be shown beside it
    equal_but_written_otherwise: bool = False  # the amount is right, the asked-for form is not


def mark(item: Item, given: str) -> Marked:
    """Mark what a child chose (a key) or typed (words)."""
    if item.response == Response.CHOICE:
        return _mark_choice(item, given)
    if item.response == Response.TEXT:
        return _mark_words(item, given)
    return _mark_amount(item, given)


def _mark_choice(item: Item, key: str) -> Marked:
    for choice in item.choices:
        if choice["key"] == key:
            thinking = "" if choice["right"] else choice["misconception"]
            return Marked(right=choice["right"], misconception=thinking, read_as=choice["text"])
    return Marked(right=None, misconception="", read_as="")


def _mark_words(item: Item, given: str) -> Marked:
    """Only ever right: words of a collection of others may say the same in another way."""
    plain = " ".join(given.split())
    expected = [" ".join(words.split()) for words in item.answer.get("accept", [item.answer["text"]])]
    return Marked(right=True if plain in expected else None, misconception="", read_as=plain)


def _mark_amount(item: Item, given: str) -> Marked:
    read = read_typed(given)
    if read is None:
        return Marked(right=None, misconception="", read_as="")
    if read.value == _size(item.answer["text"]):
        in_form = _in_form(read.text, item.answer.get("form", "any"))
        return Marked(
            right=in_form, misconception="", read_as=read.text, equal_but_written_otherwise=not in_form
        )
    return Marked(right=False, misconception=_thinking(item, read.value), read_as=read.text)


def _size(text: str) -> Fraction:
    return read_typed(text).value


def _thinking(item: Item, value: Fraction) -> str:
    for wrong in item.answer.get("known_wrong", []):
        if _size(wrong["text"]) == value:
            return wrong["misconception"]
    return ""


def _in_form(text: str, form: str | dict) -> bool:
    if isinstance(form, dict):
        return text.rpartition("/")[2] == str(form["bottom"]) and " " not in text
    if form == "mixed":
        wholes, space, part = text.rpartition(" ")
        return bool(space) and _size(part) < 1
    if form == "whole":
        return _size(text).denominator == 1 and "/" not in text
    if form == "decimal":
        return "/" not in text
    return True
