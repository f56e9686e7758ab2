"""What a tutor is, seen from outside: open a session, ask for the next item, post an answer.

In:   a profile and answers.
Out:  an offer with its stated reason, or a stop.
Not here: any tutor (products), the same over HTTP (cli.tutor, docs/for-reviewers/tutor.openapi.json).

A vendor's sandbox, an open tutor or a practice of our own can stand behind these words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias


class RestsOn(StrEnum):
    """What a tutor says that its choice was made from."""

    ORDER = "order"  # the next one in a list
    CHANCE = "chance"
    PLACEMENT = "placement"  # where a teacher has put the student
    LAST_ANSWER = "last answer"
    ANSWERS_IN_A_ROW = "answers in a row"
    ANSWERS = "answers"  # all of them: an estimate, a count
    ERROR = "error"  # which mistake was made
    SPEED = "speed"
    HINTS = "hints"
    PROFILE = "profile"  # something about the person
    TEACHER = "teacher"  # a teacher's own decision
    STUDENT = "student"  # the student's own choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who a tutor is told that it teaches. Nobody: these are made up."""

    name: str = "Sam"
    gender: str = ""
    locale: str = "en"
    grade: str = "5"
    school_poverty: str = ""  # "high", "low"
    device: str = ""
    group: str = ""  # the class
    placement: str = ""  # the track that a teacher has chosen
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    words: str  # as a student or a teacher would read it
    rests_on: RestsOn


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The next item."""

    item: str
    skill: str
    difficulty: float | None  # in log-odds, where the tutor knows one
    reason: Reason
    approach: str = "practice"  # another word where the tutor teaches another way


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """No further item: what was reached, or who was called."""

    reason: Reason
    calls_teacher: bool = False


Next: TypeAlias = Offer | Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer, and how it came."""

    item: str
    correct: float  # 0..1
    error: str = ""  # which mistake, where a wrong answer shows one
    response_ms: int | None = None
    hints: int = 0


class Session(Protocol):
    """One student with one tutor."""

    def next(self) -> Next: ...
    def answer(self, reply: Reply) -> None: ...
    def override(self, skill: str) -> None:
        """A teacher decides: this skill, until she says otherwise."""


class Tutor(Protocol):
    """Opens sessions. ``seed`` is for whatever the tutor leaves to chance; a product may not take one."""

    def open(self, profile: Profile, *, seed: int) -> Session: ...
