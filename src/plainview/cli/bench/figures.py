"""The arithmetic of the bench: medians, percentiles, ratios; a figure beside its bar.

In:   what was measured, run by run.
Out:  one figure each, and whether it holds.
Not here: measuring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the report. Without a bar it is told, not judged."""

    group: str
    what: str
    measured: float | None  # None: it cannot be measured here
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""
    digits: int = 3  # that say something

    @property
    def is_judged(self) -> bool:
        return self.at_most is not None or self.at_least is not None

    @property
    def holds(self) -> bool | None:
        if not self.is_judged or self.measured is None:
            return None
        not_above = self.at_most is None or self.measured <= self.at_most
        return not_above and (self.at_least is None or self.measured >= self.at_least)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not pass (nearest rank)."""
    if not values:
        raise ValueError("no values: nothing was measured")
    if not 0 < share <= 1:
        raise ValueError(f"found a share of {share}, expected more than 0 and at most 1")
    return sorted(values)[ceil(share * len(values)) - 1]


def median_of_medians(runs: Sequence[Sequence[float]]) -> float:
    """A slow moment of the machine falls into one run, and the other runs outvote it."""
    return median(median(run) for run in runs)


def ratio_by_run(these: Sequence[Sequence[float]], those: Sequence[Sequence[float]]) -> float:
    """How many times as much, run by run, so that both sides met the same machine; the median of that."""
    return median(median(this) / median(that) for this, that in zip(these, those, strict=True))


def all_hold(figures: Sequence[Figure]) -> bool:
    """A bar that could not be measured does not hold: silence is no proof."""
    return all(figure.holds for figure in figures if figure.is_judged)
