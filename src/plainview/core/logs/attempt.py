"""One row of the learning log: one attempt of one student at one item.

In:   values that are already read.
Out:  a frozen attempt; the columns in the order in which they are written, and how each is read.
Not here: files (read, write), names of people (pseudonym).

One attempt is one row, with all its skills in it: a row per skill would let the answer leak from one
row into the estimate for the next.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from math import isfinite
from typing import Any


class AssignedBy(StrEnum):
    ALGORITHM = "algorithm"
    TEACHER = "teacher"
    STUDENT = "student"
    FIXED = "fixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Only student, at, item and correct must be there; each check says what else it needs."""

    student: str  # a pseudonym
    session: str = ""
    at: datetime | int  # a time, or a place in the order; one file holds one sort
    item: str
    item_version: str = ""
    skills: tuple[str, ...] = ()
    correct: float  # of the first attempt, 0..1
    response_ms: int | None = None
    hints: int | None = None
    attempts: int | None = None
    assigned_by: AssignedBy = AssignedBy.UNKNOWN
    estimate_before: float | None = None
    estimate_after: float | None = None
    reason: str = ""
    difficulty: float | None = None
    build: str = ""
    activity: str = ""
    class_: str = ""
    school: str = ""
    language: str = ""
    medium: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.at, datetime) and self.at.tzinfo is None:
            raise ValueError(f"{self.student}: found a time without a zone, expected one with it.")


REQUIRED = ("student", "at", "item", "correct")
# "class" is a word of Python's own, so the field carries an underscore and the column does not.
COLUMNS = tuple(field.name.rstrip("_") for field in fields(Attempt))


def field_of(column: str) -> str:
    return "class_" if column == "class" else column


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a cell is read, and what is said when it cannot be."""

    read: Callable[[str], Any]  # raises ValueError
    expected: str
    is_text: bool = False


def _when(cell: str) -> datetime | int:
    if cell.isascii() and cell.isdigit():
        return int(cell)
    found = datetime.fromisoformat(cell)
    # A time without a zone is taken as UTC: only the order is used, and it must be one order.
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _plain(cell: str) -> str:
    # Python reads 1_000 as a thousand; nobody who writes a log means that.
    if "_" in cell:
        raise ValueError
    return cell


def _share(cell: str) -> float:
    if not 0 <= (found := float(_plain(cell))) <= 1:
        raise ValueError
    return found


def _count(cell: str) -> int:
    if (found := int(_plain(cell))) < 0:
        raise ValueError
    return found


def _number(cell: str) -> float:
    if not isfinite(found := float(_plain(cell))):
        raise ValueError
    return found


def _skills(cell: str) -> tuple[str, ...]:
    return tuple(skill for part in cell.split(";") if (skill := part.strip()))


_TEXT = Way(read=str, expected="text", is_text=True)
_SHARE = Way(read=_share, expected="a number from 0 to 1")
_COUNT = Way(read=_count, expected="a whole number, 0 or more")
WAYS: dict[str, Way] = dict.fromkeys(COLUMNS, _TEXT) | {
    "at": Way(read=_when, expected="a time such as 2025-02-28T09:15:00Z, or a place in the order such as 17"),
    "skills": Way(read=_skills, expected="skills with ; between them", is_text=True),
    "correct": _SHARE,
    "response_ms": _COUNT,
    "hints": _COUNT,
    "attempts": _COUNT,
    "assigned_by": Way(read=AssignedBy, expected=f"one of {', '.join(AssignedBy)}"),
    "estimate_before": _SHARE,
    "estimate_after": _SHARE,
    "difficulty": Way(read=_number, expected="a number"),
}
