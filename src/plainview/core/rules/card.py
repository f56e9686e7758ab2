"""A suggestion card: ten parts, the same for every rule, none of them optional.

In:   nothing; these are shapes. ``write`` fills them.
Out:  what a page shows, a teacher decides on, a family reads and an auditor recomputes.
Not here: a verdict. A card is paper until a teacher decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Medium
from plainview.core.rules.canonical import plain
from plainview.core.rules.line import Line

LEAVE_IT = "leave_it"
MOST_BECAUSE = 3
FEWEST_CHOICES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What would be done: an activity of the class, or a few minutes that need none."""

    minutes: int
    adult_minutes: int = 0
    medium: Medium = Medium.PAPER
    activity: str = ""
    screen_minutes: int = 0
    is_twin: bool = False  # on paper because the screen minutes are used up


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Part 1: do what, with whom, how long, on what medium."""

    say: Line
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """Part 3, for one child and one competency: how sure, in words and a range."""

    student: str
    competency: str
    low: float  # 90 % range, widened by age
    high: float
    n_pieces: int
    n_kinds: int
    n_days: int
    newest_on: date
    is_old: bool
    state: State  # what the evidence says now
    held: State  # the word that the child's page and the map have; what was earned is not withdrawn
    judged: State | None  # the teacher's own word, which wins
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Part 5: something else that would also be reasonable."""

    name: str
    say: Line
    task: Task | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """What would remain of one child's screen minutes today."""

    student: str
    minutes_left: int
    minutes_left_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Part 7: minutes; a child's are one child's, the teacher's are for the whole card."""

    teacher_minutes: int
    student_minutes: int
    screen_minutes: int
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """Part 8: for the teacher only. The site adds how the group compares with the class."""

    sticky: tuple[str, ...]  # children whose last five groups were nearly all of this kind
    lowers_expectation: bool
    needs_reason: bool
    review_by: date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportsApplied:
    """Part 9: what travels with one child to whatever is done."""

    student: str
    supports: tuple[str, ...]
    say: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Part 10: where the card comes from. The author is a colleague, not a vendor."""

    rule: str
    version: int
    title: str
    words: str
    written_by: str
    written_on: date
    may: str
    model: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One suggestion, complete. ``key`` tells two cards of one day apart."""

    key: str
    rule: str
    students: tuple[str, ...]  # by reference, in the order of references: never by estimate
    competency: str
    about: str  # the misconception, or the second competency, where the card has one
    is_group: bool
    lowers_expectation: bool
    as_of: date
    needs: tuple[str, ...]  # competencies without which it cannot be computed again

    do: Doing
    because: tuple[Line, ...]
    rests_on: tuple[Line, ...]  # what carries the card where every estimate on it is wide; else empty
    how_sure: tuple[Sure, ...]
    would_change: tuple[Line, ...]
    choices: tuple[Choice, ...]
    does_not_know: tuple[Line, ...]
    cost: Cost
    fairness: Fairness
    supports: tuple[SupportsApplied, ...]
    provenance: Provenance

    @property
    def activity(self) -> str:
        return self.do.task.activity

    @property
    def may(self) -> str:
        return self.provenance.may

    @property
    def activities(self) -> frozenset[str]:
        """Every activity the card names, the other choices' too."""
        tasks = [self.do.task, *(choice.task for choice in self.choices if choice.task)]
        return frozenset(task.activity for task in tasks if task.activity)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Every piece that a line links to, each once."""
        return tuple(dict.fromkeys(ref for line in self.because for ref in line.evidence))


def as_json(card: Card) -> dict[str, Any]:
    """The card as plain values: what is stored, exported and compared."""
    written: dict[str, Any] = plain(card)
    return written
