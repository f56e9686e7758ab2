"""What a check found: a sentence, its numbers with their doubt, and what it could not see.

In:   numbers that were computed, words that a reader without statistics understands.
Out:  one frozen answer, the same fields for every check: stored, shown, compared and computed again.
Not here: how it was computed (core.audit), what it means for a claim (core.audit.check), pages.
"""

from dataclasses import dataclass
from typing import TypeAlias

from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart
from plainview.core.stats.interval import Interval

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number with its doubt and what it rests on."""

    name: str  # in plain words, once in a finding: "steps of 100 that would have differed"
    value: float | None  # None where it has no value; never NaN
    unit: str = ""  # "share", "percentage points", "standard deviations", "" for a bare number
    interval: Interval | None = None
    n: int | None = None
    of: str = ""  # what ``n`` counts: "students"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Many numbers of one kind."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]  # None is "no value"; a suppressed cell is the word "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Readers see ``sentence`` first, and everything else before they must believe it."""

    check: str  # who says so, with its version: "adaptivity.log_test/1"
    question: str  # "Does the next item depend on the answer just given?"
    answer: str  # one word of the check's own closed vocabulary: "adapts", "not shown"
    sentence: str  # the answer in plain words, with the effect in it
    effect: Number | None  # the one number that the sentence rests on
    numbers: tuple[Number, ...] = ()  # all others
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()  # made from the numbers: shown, not stored
    said: tuple[str, ...] = ()  # what was decided or left out on the way, each a sentence
    noise_floor: str  # what would be seen where nothing is there: "R up to .012 in 95 of 100 redrawn logs"
    power: str  # what could have been seen: "80 in 100 such logs would show R of .02"
    not_seen: str  # what this check cannot see, in a sentence
    seed: int | None = None  # None where no chance was used


Answer: TypeAlias = Finding | CannotSay
