"""Were the arms alike before it began?

In:   the standardised difference of the analysed students before it began, and whether it was adjusted for.
Out:  satisfied, satisfied by adjustment, or not.
Not here: the difference's size (effect).

    |g| <= .05 satisfied;  .05 < |g| <= .25 satisfied only with an adjustment for it;  above: not satisfied

Source: What Works Clearinghouse, Procedures and Standards Handbook 5.0 (2022), chapter II.
"""

from dataclasses import dataclass
from enum import StrEnum

from plainview.core.stats.interval import Interval

SATISFIED_TO, ADJUSTABLE_TO = 0.05, 0.25
A_HAIR = 1e-12


class Baseline(StrEnum):
    SATISFIED = "alike"
    BY_ADJUSTMENT = "alike after adjustment"
    NOT_ADJUSTED = "apart, and not adjusted for"
    TOO_FAR = "too far apart"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    measure: str
    g: float | None  # of the analysed students; None: the study does not say
    adjusted: bool
    interval: Interval | None = None  # of g: the rule looks at its size alone, a reader at both

    @property
    def says(self) -> Baseline:
        if self.g is None:
            return Baseline.NOT_KNOWN
        far = abs(self.g)
        if far <= SATISFIED_TO + A_HAIR:
            return Baseline.SATISFIED
        if far > ADJUSTABLE_TO + A_HAIR:
            return Baseline.TOO_FAR
        return Baseline.BY_ADJUSTMENT if self.adjusted else Baseline.NOT_ADJUSTED

    @property
    def is_satisfied(self) -> bool:
        return self.says in (Baseline.SATISFIED, Baseline.BY_ADJUSTMENT)
