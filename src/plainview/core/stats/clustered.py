"""A figure about many rows of few students: the students are the sample, not the rows.

In:   a figure, and how far each student moves it.
Out:  the figure with its standard error and interval; the difference of two figures, student by student.
Not here: which figure (discrimination, losses, calibration).

Rows of one student hang together, so an interval that counts rows is too narrow. Here each student is
one draw: the variance is the sum over students of their squared influence (Liang & Zeger 1986), times
G / (G - 1), and the quantile is Student's t with the *effective* number of students less one, which is
smaller than the number of students where some answered far more than others (Carter et al. 2017).

Sources: Liang & Zeger (1986), Biometrika 73, 13-22. Carter, Schnepel & Steigerwald (2017), Review of
Economics and Statistics 99, 698-709.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

A_CHUNK = 1 << 20  # rows
ALL_ALIKE = 1e-12  # influence of a student, below which it is none
PLAIN, LOG, LOGIT = "plain", "log", "logit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One figure about predictions, and how well the students at hand pin it down."""

    value: float
    standard_error: float  # on the figure's own scale
    interval: Interval
    n_rows: int
    n_students: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """A figure and how far each student moved it. Influences sum to nearly 0."""

    value: float
    by_student: Floats  # (n_students,), only students with rows
    n_of_student: Ints  # (n_students,) rows of each
    scale: str = PLAIN  # where the interval is symmetric: "plain", "log" (above 0), "logit" (between 0 and 1)
    least_error: float = 0.0  # of rows that stand for themselves: where all students happen to be alike

    @property
    def n_rows(self) -> int:
        return int(self.n_of_student.sum())

    @property
    def n_students(self) -> int:
        return len(self.n_of_student)

    @property
    def variance(self) -> float:
        n = self.n_students
        return float(n / (n - 1) * (self.by_student**2).sum()) if n > 1 else float("inf")

    def score(self, *, level: float = 0.95) -> Score:
        """The figure with its interval; needs two students or says (-inf, inf) by its standard error."""
        error = max(float(np.sqrt(self.variance)), self.least_error)
        return Score(
            value=self.value,
            standard_error=error,
            interval=self._interval(error, level),
            n_rows=self.n_rows,
            n_students=self.n_students,
        )

    def _interval(self, error: float, level: float) -> Interval:
        ends = LIMITS[self.scale]
        if not np.isfinite(error):
            return Interval(low=ends[0], high=ends[1], level=level)
        if self.scale == LOGIT and self.value in (0.0, 1.0):
            return _at_the_edge(self.value, self.n_students, level)
        half = _t(self.n_effective, level) * error
        if self.scale == PLAIN or self.value <= 0:
            return Interval(low=self.value - half, high=self.value + half, level=level)
        if self.scale == LOG:
            times = float(np.exp(half / self.value))
            return Interval(low=self.value / times, high=self.value * times, level=level)
        middle = np.log(self.value / (1 - self.value))
        wide = half / (self.value * (1 - self.value))
        # One student with nearly all rows: the range is nearly endless, and exp must not run over.
        odds = np.clip([middle - wide, middle + wide], -700, 700)
        low, high = (float(1 / (1 + np.exp(-end))) for end in odds)
        return Interval(low=low, high=high, level=level)

    @property
    def n_effective(self) -> float:
        """As many students of equal length would say as much."""
        share = self.n_of_student / self.n_of_student.sum()
        return float(1 / (share**2).sum())


LIMITS = {PLAIN: (float("-inf"), float("inf")), LOG: (0.0, float("inf")), LOGIT: (0.0, 1.0)}


def minus(one: Influence, other: Influence) -> Influence:
    """``one`` less ``other`` over the same students: what moves both alike cancels."""
    if not np.array_equal(one.n_of_student, other.n_of_student):
        raise ValueError("the two figures are about different rows; a difference needs the same ones.")
    return Influence(
        value=one.value - other.value,
        by_student=one.by_student - other.by_student,
        n_of_student=one.n_of_student,
    )


def of_mean(each: Callable[[slice], Floats], student: Ints, *, scale: str = PLAIN) -> Influence:
    """The mean over rows of ``each(rows)``, and how far each student moves it."""
    n_of, total = by_student(each, student)
    value = float(total.sum() / n_of.sum())
    there = n_of > 0
    moved = (total - value * n_of)[there] / n_of.sum()
    found = Influence(value=value, by_student=moved, n_of_student=n_of[there], scale=scale)
    if float(np.abs(moved).max(initial=0.0)) > ALL_ALIKE:
        return found
    return replace(found, least_error=_error_of_rows(each, len(student), value))


def of_ratio(part: ArrayLike, whole: ArrayLike, *, scale: str = PLAIN) -> Influence:
    """A ratio of sums over students (Cochran 1977, section 6.4), and how far each student moves it.

    ``part`` and ``whole`` (n_students,) are what each brings above and below the line; who has nothing below
    is left out. ``scale`` is "logit" for a share, whose ``part`` counts some of the cases of ``whole``.
    """
    above, below = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    there = below > 0
    above, below = above[there], below[there]
    if not len(below):
        raise ValueError("found nothing below the line of a ratio, expected at least one case.")
    n = float(below.sum())
    value = float(above.sum()) / n
    moved = (above - value * below) / n
    found = Influence(value=value, by_student=moved, n_of_student=below.astype(np.int64), scale=scale)
    if scale != LOGIT or float(np.abs(moved).max()) > ALL_ALIKE:
        return found
    return replace(found, least_error=float(np.sqrt(max(value * (1 - value), 0.0) / n)))


def _error_of_rows(each: Callable[[slice], Floats], n_rows: int, value: float) -> float:
    """The standard error if every row stood for itself: students who are all alike are not certainty."""
    squares = sum(float(((each(here) - value) ** 2).sum()) for here in chunks(n_rows))
    return float(np.sqrt(squares / max(n_rows - 1, 1) / max(n_rows, 1)))


def by_student(each: Callable[[slice], Floats], student: Ints) -> tuple[Ints, Floats]:
    """Rows of each student, and the sum of ``each(rows)`` over them; a chunk of rows at a time."""
    n_students = int(student.max()) + 1 if len(student) else 0
    n_of, total = np.zeros(n_students, dtype=np.int64), np.zeros(n_students)
    for here in chunks(len(student)):
        n_of += np.bincount(student[here], minlength=n_students)
        total += np.bincount(student[here], weights=each(here), minlength=n_students)
    return n_of, total


def chunks(n_rows: int) -> Iterator[slice]:
    """The rows, so many at a time that what is computed of them stays small beside the log itself."""
    for at in range(0, n_rows, A_CHUNK):
        yield slice(at, min(at + A_CHUNK, n_rows))


def from_rows(value: float, moved: Floats, student: Ints, *, scale: str = PLAIN) -> Influence:
    """Row by row influence, summed by student; students without a row are left out."""
    n_of = np.bincount(student)
    there = n_of > 0
    moves: Floats = np.bincount(student, weights=moved).astype(np.float64)
    return Influence(value=value, by_student=moves[there], n_of_student=n_of[there], scale=scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What was said and what came, checked: the same length, shares between 0 and 1."""

    correct: Floats  # in single precision where they came so
    predicted: Floats
    student: Ints


def rows(*, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None) -> Rows:
    """The three as arrays. Without ``student`` every row stands for itself."""
    right, said = _floats(correct), _floats(predicted)
    who: NDArray[Any] = np.arange(len(right)) if student is None else np.asarray(student)
    if not right.ndim == said.ndim == who.ndim == 1 or not len(right) == len(said) == len(who):
        raise ValueError(
            f"correct, predicted and student have shapes {right.shape}, {said.shape} and {who.shape}: "
            "expected one number a row in each."
        )
    _check_shares(right, "correct")
    _check_shares(said, "predicted")
    if who.dtype.kind not in "iu":
        who = np.unique(who, return_inverse=True)[1]
    return Rows(correct=right, predicted=said, student=who)


def _floats(shares: ArrayLike) -> Floats:
    """Single precision stays: of a hundred million rows it is half the memory."""
    given = np.asarray(shares)
    return given if given.dtype == np.float32 else given.astype(np.float64)


def _check_shares(shares: Floats, name: str) -> None:
    if len(shares) and not (shares.min() >= 0 and shares.max() <= 1):  # NaN is neither
        raise ValueError(f"{name} must be numbers from 0 to 1, found {shares.min()} to {shares.max()}.")


def _t(n_effective: float, level: float) -> float:
    from scipy.special import stdtrit  # the one function of scipy here, and the light one

    return float(stdtrit(max(n_effective - 1, 1e-3), (1 + level) / 2))


def _at_the_edge(value: float, n_students: int, level: float) -> Interval:
    """Nothing went against it: with n students a rate of (1 - level) / 2 to the n-th root could look so."""
    far = 1 - float(((1 - level) / 2) ** (1 / n_students))
    return Interval(low=1 - far, high=1.0, level=level) if value else Interval(low=0.0, high=far, level=level)
