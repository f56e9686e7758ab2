"""One piece of evidence: what was shown, how, with what help, on which day.

In:   what an answer, an observation, a piece of work, a talk, a rating or a child's own word said.
Out:  a frozen piece, and the one order in which pieces are read.
Not here: how much a piece counts (weights), what it does to an estimate (estimate).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    ANSWER = "answer"
    OBSERVATION = "observation"
    WORK = "work"
    TALK = "talk"
    RUBRIC = "rubric"
    SELF_ASSESSMENT = "self_assessment"


class Helped(StrEnum):
    NONE = "none"
    PEER = "peer"
    ADULT = "adult"
    TOOL = "tool"


class Medium(StrEnum):
    SCREEN = "screen"
    PAPER = "paper"
    HANDS_ON = "hands_on"
    TALK = "talk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence of one student on one competency."""

    ref: str  # "e123"
    kind: Kind
    shown: float  # 0 not yet, 0.5 partly, 1 showed it
    on: date
    helped: Helped = Helped.NONE
    medium: Medium = Medium.SCREEN
    source: str = ""  # what it came from: an item family's identifier, an activity's, or ""
    misconception: str = ""  # a named misconception, when a wrong choice or an adult named one

    def __post_init__(self) -> None:
        if not 0 <= self.shown <= 1:
            raise ValueError(f"{self.ref}: found shown={self.shown!r}, expected a number from 0 to 1.")


_DIGITS = re.compile(r"\d+")


def in_order(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """By day, then by the number in the reference ("e9" before "e10"), whatever order they came in."""
    return tuple(sorted(pieces, key=_place))


def _place(piece: Piece) -> tuple[date, int, str]:
    number = _DIGITS.search(piece.ref)
    return piece.on, int(number.group()) if number else 0, piece.ref
