"""What the columns are called, so that every weight can be read aloud.

In:   the places that `past` and `times` fill.
Out:  for each, its name, its family, and the step in which its weight is told.
Not here: what the columns hold (past, times), what they weigh (solve).

No column is centred or divided by anything of the log: each stands in a stated unit, so a weight means the
same in every log, and a penalty too. Counts enter as log(1 + count); rates run from -1 to 1.
"""

from dataclasses import dataclass
from math import log

from plainview.core.learner.logistic import past

DOUBLING = log(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A number of the row before the answer, and how its weight is told."""

    name: str  # "right answers so far"
    family: str
    step: float = 1.0  # a weight is told as the change of the odds for this much more
    expected: float = 0.0  # the weight that few answers are held to
    told: str = ""  # "each doubling of the right answers so far"; "" is the name itself


def _doubling(name: str, family: str) -> Column:
    return Column(name=name, family=family, step=DOUBLING, told=f"each doubling of: 1 + {name}")


def _rate(half_life: float, whose: str) -> Column:
    name = f"share right beyond what such items get, {whose}, half-life {half_life:g} answers"
    return Column(name=name, family="rates", step=0.1, told=f"ten points more in: {name}")


def _last(whose: str) -> Column:
    told = f"the last answer {whose} being right, not wrong"
    return Column(name=f"last answer {whose} (right 0.5, wrong -0.5)", family="recent", told=told)


_STUDENT = (
    _doubling("right answers so far", "counts"),
    _doubling("wrong answers so far", "counts"),
    *(_rate(h, "any skill") for h in past.STUDENT_HALF_LIVES),
    _last("of all"),
    _doubling("right answers in a row", "recent"),
    _doubling("wrong answers in a row", "recent"),
    Column(name="ability so far, any skill", family="ability", expected=0.8),
)
_SKILL = (
    _doubling("right answers so far at this skill", "counts"),
    _doubling("wrong answers so far at this skill", "counts"),
    *(_rate(h, "this skill") for h in past.SKILL_HALF_LIVES),
    _last("at this skill"),
    _doubling("right answers in a row at this skill", "recent"),
    _doubling("wrong answers in a row at this skill", "recent"),
    _doubling("answers since this skill came last", "recent"),
    Column(name="first time at this skill", family="recent"),
    Column(name="ability so far at this skill", family="ability", expected=0.5),
    Column(name="how far the weakest of several skills lies below their mean", family="ability"),
)
_ITEM = (
    _doubling("right answers so far at this very item", "counts"),
    _doubling("wrong answers so far at this very item", "counts"),
    _last("at this very item"),
    _doubling("answers since this very item came last", "recent"),
    Column(name="this very item came before", family="recent"),
)
_ROW = (
    _doubling("skills of the item, beyond one", "row"),
    Column(name="same skill as the answer before", family="row"),
)
_WINDOWS = ("hour", "day", "week", "30 days")
_TIMES = (
    _doubling("hours since the answer before", "times"),
    _doubling("hours since this skill came last", "times"),
    _doubling("hours since this very item came last", "times"),
    *(
        _doubling(f"{what} at this skill within the last {window}", "times")
        for window in _WINDOWS
        for what in ("right answers", "answers")
    ),
)

PAST: tuple[Column, ...] = (*_STUDENT, *_SKILL, *_ITEM, *_ROW)
TIMES: tuple[Column, ...] = _TIMES
# Best-LR's four (Gervet et al. 2020): wins and answers, of the student at the item and of all.
BEST_LR: tuple[Column, ...] = (
    _doubling("right answers so far", "counts"),
    _doubling("answers so far", "counts"),
    _doubling("right answers so far at this very item", "counts"),
    _doubling("answers so far at this very item", "counts"),
)
FAMILIES = ("counts", "rates", "recent", "ability", "row", "times")
