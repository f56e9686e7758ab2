"""What every way of asking about one item answers with, and about all items together.

In:   numbers of a method.
Out:  the common results and their sentences.
Not here: the methods.
"""

from dataclasses import dataclass
from typing import Literal

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.interval import Interval

Grade = Literal["A", "B", "C"]  # ETS: negligible, moderate, large
Favours = Literal["group", "others", "neither"]
Purify = Literal["no", "once", "until stable"]

HOW_OFTEN: dict[Favours, str] = {
    "group": "more often than others who know as much",
    "others": "less often than others who know as much",
    "neither": "more often, or less, than others who know as much, depending on how much that is",
}
CHANCE = 0.05  # the p-value above which chance is named as the reason

FEWEST_STUDENTS = 20  # on each side; below, one student's day moves a class


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDif:
    """Does this item favour one side among students who are otherwise alike?"""

    name: str
    effect: float
    unit: str  # what the effect is counted in
    interval: Interval
    p_value: float
    p_adjusted: float  # Benjamini-Hochberg over the items of this test
    grade: Grade
    favours: Favours
    n_group: int  # who answered the item and could be matched
    n_others: int
    n_strata: int  # levels of the matching at which both sides are found
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purified:
    """Which items were kept out of the matching, since they seemed to favour one side themselves."""

    how: Purify
    n_rounds: int  # how often the matching was made anew
    is_stable: bool  # a further round would keep out the same items
    kept_out: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dif:
    """All items of a test, one method, one group."""

    items: tuple[ItemDif | CannotSay, ...]
    method: str
    group: str
    matched_on: str
    purified: Purified
    n_group: int
    n_others: int
    n_left_out: int  # students who could not be matched

    @property
    def flagged(self) -> tuple[str, ...]:
        """Items of class B or C, to be read by people."""
        return tuple(i.name for i in self.items if isinstance(i, ItemDif) and i.grade != "A")


def cannot(name: str, reason: str, would_need: str, check: str) -> CannotSay:
    return CannotSay(
        question=f"Does {name} favour one side among students who know as much?",
        reason=reason,
        would_need=would_need,
        check=check,
    )


def sentence(
    name: str,
    *,
    group: str,
    effect: float,
    interval: Interval,
    p_value: float,
    unit: str,
    grade: Grade,
    favours: Favours,
    small: float,
) -> str:
    """What was found. That a difference is small is said only where the interval leaves no room for more.

    ``small`` is where class B begins, in the same unit.
    """
    level = f"{100 * interval.level:.0f} %"
    numbers = f"{effect:.2f} {unit}, {interval.low:.2f} to {interval.high:.2f} ({level}): class {grade}."
    if grade != "A":
        chance = " Chance alone can do that." if p_value > CHANCE else ""
        return f"{name}: students of the group '{group}' get it right {HOW_OFTEN[favours]}. {numbers}{chance}"
    if -small < interval.low and interval.high < small:
        return f"{name}: any difference between students who know as much is small. {numbers}"
    if p_value <= CHANCE:
        return (
            f"{name}: there is a difference, and it seems small; a larger one cannot be ruled out. {numbers}"
        )
    return f"{name}: no difference was shown, and none that matters can be ruled out. {numbers}"
