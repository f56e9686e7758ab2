"""Can a prediction be taken at its word? Of all that was said to come at .7, did .7 come?

In:   what was predicted and what came, row by row, and whose row it is.
Out:  slope and intercept with intervals by student; shares that came, bin by bin; the mean gap (ECE)
      beside the gap that chance alone would show.
Not here: whether it tells right from wrong answers at all (discrimination).

Slope and intercept are those of a logistic curve of what came on the log-odds of what was said (Cox
1958): 1 and 0 for a prediction that can be taken at its word; a slope below 1 says that it is too sure.
The intercept is "in the large": how much came beyond what was said, in log-odds, with the slope held at 1.

Sources: Cox (1958), Biometrika 45, 562-565. Van Calster et al. (2019), BMC Medicine 17, 230. Broecker &
Smith (2007), Weather and Forecasting 22, 651-661 (a gap must be held against chance).
"""

from dataclasses import dataclass
from math import pi, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.clustered import PLAIN, Floats, Rows, Score, from_rows, rows
from plainview.core.stats.interval import Interval

CHECK = "stats.calibration/1"
# What is said with more certainty than this is held to it: the log-odds of 0 and 1 have no end.
MOST_SURE = 1e-6
MOST_STEPS = 50
SMALL_STEP = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The rows that were said to come at about the same rate."""

    said: float  # mean prediction
    came: float  # share right
    interval: Interval  # Wilson, over as many rows as the students' rows are worth
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Slope, intercept, and the curve in bins."""

    slope: Score | CannotSay  # 1 is right; below 1 the predictions are too sure
    intercept: Score | CannotSay  # 0 is right; above 0 more came than was said
    bins: tuple[Bin, ...]
    gap: float  # ECE: the mean over rows of |came - said| by bin
    gap_by_chance: float  # what the gap would be on average were every prediction right
    gap_by_chance_95: float  # in 19 of 20 such cases it would be below this
    n_rows: int
    n_students: int

    @property
    def beyond_chance(self) -> bool:
        return self.gap > self.gap_by_chance_95


def calibration(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    student: ArrayLike | None,
    n_bins: int = 10,
    level: float = 0.95,
) -> Calibration | CannotSay:
    """How well do the predictions match what came?

    Parameters
    ----------
    correct, predicted : (n_rows,) 0..1
    student : (n_rows,) codes, or None
        Whose row it is; with None every row stands for itself.
    n_bins : int
        Bins of equal width between 0 and 1; empty ones are left out.

    Returns
    -------
    Calibration
        Its slope or intercept may be a CannotSay of its own: a slope needs predictions that differ.
    CannotSay
        If there are no rows, or rows of one student only.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is outside 0..1 or absent.

    Source
    ------
    Cox (1958), Biometrika 45, 562-565.
    """
    table = rows(correct=correct, predicted=predicted, student=student)
    n_students = int((np.bincount(table.student) > 0).sum()) if len(table.student) else 0
    if n_students < 2:
        return _cannot(f"the rows are of {n_students} students", "rows of at least two students")
    log_odds = _log_odds(table.predicted)
    bins, spread = _bins(table, n_bins, level)
    gap = sum(one.n_rows * abs(one.came - one.said) for one in bins) / len(log_odds)
    chance, chance_95 = _floor(bins, spread)
    return Calibration(
        slope=_slope(table, log_odds, level),
        intercept=_intercept(table, log_odds, level),
        bins=tuple(bins),
        gap=gap,
        gap_by_chance=chance,
        gap_by_chance_95=chance_95,
        n_rows=len(log_odds),
        n_students=n_students,
    )


def _log_odds(predicted: Floats) -> Floats:
    said = np.clip(predicted, MOST_SURE, 1 - MOST_SURE)
    log_odds: Floats = np.log(said) - np.log1p(-said)
    return log_odds


# --- slope and intercept ------------------------------------------------------------------------------


def _intercept(table: Rows, log_odds: Floats, level: float) -> Score | CannotSay:
    """The a of logit P(right) = a + log-odds said."""
    if (cannot := _all_alike(table)) is not None:
        return cannot
    ones = np.ones((len(log_odds), 1))
    return _curve(table, ones, log_odds, level)


def _slope(table: Rows, log_odds: Floats, level: float) -> Score | CannotSay:
    """The b of logit P(right) = a + b log-odds said."""
    if (cannot := _all_alike(table)) is not None:
        return cannot
    if np.ptp(log_odds) < SMALL_STEP:
        return _cannot("every prediction is the same number", "predictions that differ")
    design = np.column_stack((log_odds - log_odds.mean(), np.ones(len(log_odds))))
    return _curve(table, design, np.zeros(len(log_odds)), level)


def _curve(table: Rows, design: Floats, offset: Floats, level: float) -> Score | CannotSay:
    """The first coefficient of a logistic curve, by Newton; its doubt by student."""
    at = np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        p = 1 / (1 + np.exp(-(offset + design @ at)))
        information = design.T @ (design * (p * (1 - p))[:, None])
        if np.linalg.cond(information) > 1e12:
            break
        step = np.linalg.solve(information, design.T @ (table.correct - p))
        at = at + step
        if np.abs(step).max() < SMALL_STEP:
            return _scored(table, design, p, information, float(at[0]), level)
    return _cannot(
        "the predictions part right from wrong answers completely", "right and wrong answers mixed"
    )


def _scored(table: Rows, design: Floats, p: Floats, information: Floats, value: float, level: float) -> Score:
    pull = np.linalg.inv(information)[0]
    moved = (table.correct - p) * (design @ pull)
    return from_rows(value, moved, table.student, scale=PLAIN).score(level=level)


def _all_alike(table: Rows) -> CannotSay | None:
    mean = table.correct.mean()
    if 0 < mean < 1:
        return None
    return _cannot(f"all answers are {'right' if mean else 'wrong'}", "right and wrong answers")


# --- bins ---------------------------------------------------------------------------------------------


def _bins(table: Rows, n_bins: int, level: float) -> tuple[list[Bin], list[float]]:
    """The bins that hold rows, and of each the standard deviation its share would have by chance."""
    place = np.minimum((table.predicted * n_bins).astype(np.int64), n_bins - 1)
    found, spread = [], []
    for here in np.flatnonzero(np.bincount(place, minlength=n_bins)):
        inside = place == here
        one, deviation = _bin(table, inside, level)
        found.append(one)
        spread.append(deviation)
    return found, spread


def _bin(table: Rows, inside: NDArray[np.bool_], level: float) -> tuple[Bin, float]:
    came, said, who = table.correct[inside], table.predicted[inside], table.student[inside]
    n, share = len(came), float(came.mean())
    worth = n / _crowding(came - said, said, who)
    low, high = _wilson(share, worth, level)
    deviation = sqrt(float((said * (1 - said)).mean()) / worth)
    return Bin(
        said=float(said.mean()), came=share, interval=Interval(low=low, high=high, level=level), n_rows=n
    ), deviation


def _crowding(miss: Floats, said: Floats, who: NDArray[np.int64]) -> float:
    """How many rows say as much as one independent row would: at least 1 (the design effect)."""
    by_student = from_rows(0.0, miss - miss.mean(), who)
    expected = float((said * (1 - said)).sum())
    if by_student.n_students < 2 or not expected:
        return float(max(1, len(miss)))
    return max(1.0, by_student.variance / expected)


def _wilson(share: float, n: float, level: float) -> tuple[float, float]:
    """Wilson's interval where n need not be whole (core.stats.interval has the one for counts)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def _floor(bins: list[Bin], spread: list[float]) -> tuple[float, float]:
    """Mean and 95th percentile of the gap, were all predictions right: half-normals, bin by bin."""
    n = sum(one.n_rows for one in bins)
    weighed = np.array([one.n_rows / n * deviation for one, deviation in zip(bins, spread, strict=True)])
    mean = float(weighed.sum() * sqrt(2 / pi))
    return mean, mean + NormalDist().inv_cdf(0.95) * sqrt(float((weighed**2).sum()) * (1 - 2 / pi))


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="Can the predictions be taken at their word?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
