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

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from plainview.core.cannot_say import CannotSay
from plainview.core.plural import counted
from plainview.core.stats.clustered import (
    PLAIN,
    Floats,
    Influence,
    Ints,
    Rows,
    Score,
    by_student,
    chunks,
    rows,
)
from plainview.core.stats.interval import Interval

CHECK = "stats.calibration/1"
# What is said with more certainty than this is held to it: the log-odds of 0 and 1 have no end.
MOST_SURE = 1e-6
MOST_STEPS = 50
SMALL_STEP = 1e-10
LONGEST_STEP = 4.0  # in log-odds of any row
ROUNDING = 1e-12  # of a loss, that sums may be off by
NOTHING_LEFT = 1e12  # of the digits, where a matrix is worse conditioned than this
# Beyond so many rows, those whose log-odds are this near count as one.
EXACT_ROWS, A_STEP = 1_000_000, 1e-4


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
        return _cannot(f"the rows are of {counted(n_students, 'student')}", "rows of at least two students")
    bins, spread = _bins(table, n_bins, level)
    n_rows = len(table.correct)
    gap = sum(one.n_rows * abs(one.came - one.said) for one in bins) / n_rows
    chance, chance_95 = _floor(bins, spread)
    said = _said(table)
    return Calibration(
        slope=_slope(table, said, level),
        intercept=_intercept(table, said, level),
        bins=tuple(bins),
        gap=gap,
        gap_by_chance=chance,
        gap_by_chance_95=chance_95,
        n_rows=n_rows,
        n_students=n_students,
    )


def _log_odds(predicted: Floats) -> Floats:
    sure = np.clip(predicted.astype(np.float64), MOST_SURE, 1 - MOST_SURE)
    log_odds: Floats = np.log(sure) - np.log1p(-sure)
    return log_odds


# --- slope and intercept ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Rows with the same log-odds together: a curve needs only how many, and how many right."""

    log_odds: Floats
    n: Floats
    right: Floats


def _said(table: Rows) -> _Said:
    """All levels of a short log; of a long one log-odds a ten-thousandth apart, each with its own mean."""
    if len(table.correct) <= EXACT_ROWS:
        log_odds, level = np.unique(_log_odds(table.predicted), return_inverse=True)
        return _Said(log_odds=log_odds, n=np.bincount(level).astype(float), right=_sum(level, table.correct))
    end = -float(_log_odds(np.zeros(1))[0])
    n_levels = int(2 * end / A_STEP) + 2
    n, right, total = np.zeros(n_levels), np.zeros(n_levels), np.zeros(n_levels)
    for here in chunks(len(table.correct)):
        at = _log_odds(table.predicted[here])
        level = ((at + end) / A_STEP).astype(np.int64)
        n += np.bincount(level, minlength=n_levels)
        right += np.bincount(level, weights=table.correct[here], minlength=n_levels)
        total += np.bincount(level, weights=at, minlength=n_levels)
    there = n > 0
    return _Said(log_odds=total[there] / n[there], n=n[there], right=right[there])


def _sum(level: Ints, values: Floats) -> Floats:
    return np.bincount(level, weights=values).astype(np.float64)


def _intercept(table: Rows, said: _Said, level: float) -> Score | CannotSay:
    """The a of logit P(right) = a + log-odds said."""
    if (cannot := _all_alike(said)) is not None:
        return cannot

    def design(log_odds: Floats) -> tuple[Floats, Floats]:
        return np.ones((len(log_odds), 1)), log_odds

    return _curve(table, said, design, level)


def _slope(table: Rows, said: _Said, level: float) -> Score | CannotSay:
    """The b of logit P(right) = a + b log-odds said."""
    if (cannot := _all_alike(said)) is not None:
        return cannot
    if np.ptp(said.log_odds) < SMALL_STEP:
        return _cannot("every prediction is the same number", "predictions that differ")
    middle = float(said.log_odds @ said.n / said.n.sum())

    def design(log_odds: Floats) -> tuple[Floats, Floats]:
        return np.column_stack((log_odds - middle, np.ones(len(log_odds)))), np.zeros(len(log_odds))

    return _curve(table, said, design, level)


_Design = Callable[[Floats], tuple[Floats, Floats]]  # log-odds said: columns, and what is held fixed


def _curve(table: Rows, said: _Said, design: _Design, level: float) -> Score | CannotSay:
    """The first coefficient of a logistic curve, by Newton; its doubt by student."""
    columns, fixed = design(said.log_odds)
    at = np.zeros(columns.shape[1])
    for _ in range(MOST_STEPS):
        p = 1 / (1 + np.exp(-(fixed + columns @ at)))
        information = columns.T @ (columns * (said.n * p * (1 - p))[:, None])
        if np.linalg.cond(information) > NOTHING_LEFT:
            break
        step = np.linalg.solve(information, columns.T @ (said.right - said.n * p))
        # Where nearly all was said with certainty, a whole step goes far beyond the top, where all is flat.
        step = step * min(1.0, LONGEST_STEP / max(float(np.abs(columns @ step).max()), SMALL_STEP))
        here = _loss(said, fixed + columns @ at)
        # A sum over n rows is only as exact as its size: a difference below that is none.
        while _loss(said, fixed + columns @ (at + step)) > here * (1 + ROUNDING):
            step = step / 2
        at = at + step
        if np.abs(step).max() < SMALL_STEP:
            return _scored(table, design, at, information, level)
    return _cannot(
        "the predictions part right from wrong answers completely", "right and wrong answers mixed"
    )


def _loss(said: _Said, log_odds: Floats) -> float:
    return float(said.n @ np.logaddexp(0, log_odds) - said.right @ log_odds)


def _scored(table: Rows, design: _Design, at: Floats, information: Floats, level: float) -> Score:
    pull = np.linalg.inv(information)[0]

    def moved(here: slice) -> Floats:
        columns, fixed = design(_log_odds(table.predicted[here]))
        p = 1 / (1 + np.exp(-(fixed + columns @ at)))
        moves: Floats = (table.correct[here] - p) * (columns @ pull)
        return moves

    n_of, moves = by_student(moved, table.student)
    there = n_of > 0
    found = Influence(value=float(at[0]), by_student=moves[there], n_of_student=n_of[there], scale=PLAIN)
    return found.score(level=level)


def _all_alike(said: _Said) -> CannotSay | None:
    share = said.right.sum() / said.n.sum()
    if 0 < share < 1:
        return None
    return _cannot(f"all answers are {'right' if share else 'wrong'}", "right and wrong answers")


# --- bins ---------------------------------------------------------------------------------------------


def _bins(table: Rows, n_bins: int, level: float) -> tuple[list[Bin], list[float]]:
    """The bins that hold rows, and of each the standard deviation its share would have by chance."""
    size = (int(table.student.max()) + 1) * n_bins
    n, came, said, varies = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(n_bins)
    for here in chunks(len(table.correct)):
        p = table.predicted[here].astype(np.float64)
        place = np.minimum((p * n_bins).astype(np.int64), n_bins - 1)
        cell = table.student[here].astype(np.int64) * n_bins + place
        n += np.bincount(cell, minlength=size)
        came += np.bincount(cell, weights=table.correct[here], minlength=size)
        said += np.bincount(cell, weights=p, minlength=size)
        varies += np.bincount(place, weights=p * (1 - p), minlength=n_bins)
    filled = np.flatnonzero(n.reshape(-1, n_bins).any(axis=0)).tolist()
    found = [_bin(n[b::n_bins], came[b::n_bins], said[b::n_bins], float(varies[b]), level) for b in filled]
    return [one for one, _ in found], [deviation for _, deviation in found]


def _bin(n_of: Floats, came_of: Floats, said_of: Floats, varies: float, level: float) -> tuple[Bin, float]:
    """One bin, from its rows' numbers by student."""
    n, came, said = (float(numbers.sum()) for numbers in (n_of, came_of, said_of))
    worth = n / _crowding(came_of - said_of, n_of, varies)
    low, high = _wilson(came / n, worth, level)
    interval = Interval(low=low, high=high, level=level)
    return Bin(said=said / n, came=came / n, interval=interval, n_rows=int(n)), sqrt(varies / n / worth)


def _crowding(miss: Floats, n_of: Floats, varies: float) -> float:
    """How many rows say as much as one independent row would: at least 1 (the design effect)."""
    there = n_of > 0
    n_students = int(there.sum())
    if n_students < 2 or not varies:
        return float(max(1, n_of.sum()))
    beyond = (miss - n_of * (miss.sum() / n_of.sum()))[there]
    return max(1.0, n_students / (n_students - 1) * float((beyond**2).sum()) / varies)


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
