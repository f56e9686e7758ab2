"""Does a prediction put the right answers above the wrong ones? The area under the ROC curve.

In:   what was predicted and what came, row by row, and whose row it is.
Out:  AUC with an interval by student; the difference of two predictions on the same rows.
Not here: whether the numbers can be taken at their word (calibration).

AUC is the chance that a right answer was given the higher number than a wrong one, ties counting half.
It is a mean over pairs, so its influence is DeLong's structural component; summed by student that is
Obuchowski's variance for clustered rows. Up to 500 students each is left out in turn instead (jackknife),
which covers better where students are few. An answer that is partly right counts as so much of a right
and so much of a wrong one.

Sources: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845. Obuchowski (1997), Biometrics 53,
567-578.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.clustered import (
    LOGIT,
    Floats,
    Influence,
    Ints,
    Rows,
    Score,
    by_student,
    chunks,
    minus,
    rows,
)

CHECK = "stats.auc/1"
# Up to here every distinct prediction is a level of its own (sorting); beyond it levels are 2.4e-7 of
# the predictions' range apart (counting), which moves AUC by less than a tie in ten million does.
EXACT_ROWS = 4_000_000
N_LEVELS = 1 << 22
FEW_STUDENTS = 500  # up to here each is left out in turn; beyond it that says the same as the slope
ALMOST_NOTHING = 1e-9


def auc(
    *, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None, level: float = 0.95
) -> Score | CannotSay:
    """How often is a right answer given the higher number than a wrong one?

    Parameters
    ----------
    correct : (n_rows,) 0..1
        What came. A half is half a right and half a wrong answer.
    predicted : (n_rows,) 0..1
        What was said before. Only its order matters.
    student : (n_rows,) codes, or None
        Whose row it is; with None every row stands for itself.
    level : float
        Of the interval, which is symmetric in log-odds.

    Returns
    -------
    Score
        0.5 is a coin, 1 a perfect order.
    CannotSay
        If all answers are right or all are wrong, or there are fewer than two students.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is outside 0..1 or absent.

    Source
    ------
    Obuchowski (1997), Biometrics 53, 567-578.
    """
    found = auc_influence(correct=correct, predicted=predicted, student=student)
    if isinstance(found, CannotSay):
        return found
    if found.n_students < 2:
        return _cannot(
            f"the rows are of {found.n_students} student", "rows of at least two students, better thirty"
        )
    return found.score(level=level)


def auc_difference(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    other: ArrayLike,
    student: ArrayLike | None,
    level: float = 0.95,
) -> Score | CannotSay:
    """AUC of ``predicted`` less AUC of ``other`` on the same rows; what is hard for both cancels."""
    one = auc_influence(correct=correct, predicted=predicted, student=student)
    two = auc_influence(correct=correct, predicted=other, student=student)
    if isinstance(one, CannotSay):
        return one
    if isinstance(two, CannotSay):
        return two
    if one.n_students < 2:
        return _cannot("the rows are of one student", "rows of at least two students, better thirty")
    return minus(one, two).score(level=level)


def auc_influence(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    student: ArrayLike | None,
    weight: Floats | None = None,
) -> Influence | CannotSay:
    """AUC and how far each student moves it. ``weight`` (n_rows,) counts a row so often."""
    sides = _Sides(rows(correct=correct, predicted=predicted, student=student), weight)
    if not sides.n_right or not sides.n_wrong:
        which = "all answers are right" if sides.n_right else "all answers are wrong"
        return _cannot(which if len(sides.table.correct) else "there are no rows", "right and wrong answers")
    return _influence(sides)


class _Sides:
    """Rows as shares of all right and of all wrong answers, a chunk at a time."""

    def __init__(self, table: Rows, weight: Floats | None) -> None:
        self.table, self.weight = table, weight
        self.n_right, self.n_wrong = 1.0, 1.0
        sums = np.zeros(2)
        for here in chunks(len(table.correct)):
            sums += [side.sum() for side in self.of(here)]
        self.n_right, self.n_wrong = sums.tolist()

    def of(self, here: slice) -> tuple[Floats, Floats]:
        right = self.table.correct[here].astype(np.float64)
        times = 1.0 if self.weight is None else self.weight[here]
        return right * times / self.n_right, (1 - right) * times / self.n_wrong


def _influence(sides: _Sides) -> Influence:
    levels, student = _Levels(sides.table.predicted), sides.table.student
    right_at, wrong_at = np.zeros(levels.n), np.zeros(levels.n)
    for here in chunks(len(student)):
        (right, wrong), level = sides.of(here), levels.of(here)
        right_at += np.bincount(level, weights=right, minlength=levels.n)
        wrong_at += np.bincount(level, weights=wrong, minlength=levels.n)
    wrong_below, right_above = np.cumsum(wrong_at) - wrong_at / 2, 1 - np.cumsum(right_at) + right_at / 2
    value = float(right_at @ wrong_below)

    def moved(here: slice) -> Floats:
        (right, wrong), level = sides.of(here), levels.of(here)
        return right * (wrong_below[level] - value) + wrong * (right_above[level] - value)

    n_of, moves = by_student(moved, student)
    there = n_of > 0
    found = Influence(value=_tidy(value), by_student=moves[there], n_of_student=n_of[there], scale=LOGIT)
    if found.n_students > FEW_STUDENTS or len(student) > EXACT_ROWS:
        return found
    level, (right, wrong) = levels.of(slice(None)), sides.of(slice(None))
    own = _own_pairs(student, level, right, wrong)
    return _left_out(
        found, student, right * wrong_below[level], wrong * right_above[level], right, wrong, own
    )


def _left_out(
    linear: Influence, student: Ints, won: Floats, lost: Floats, right: Floats, wrong: Floats, own: Floats
) -> Influence:
    """Influences by leaving each student out in turn: where there are few, the slope alone is too sure."""
    there = np.bincount(student) > 0
    of_right, of_wrong = (np.bincount(student, weights=side)[there] for side in (right, wrong))
    of_won, of_lost = (np.bincount(student, weights=side)[there] for side in (won, lost))
    left = (1 - of_right) * (1 - of_wrong)
    safe = np.where(left > ALMOST_NOTHING, left, 1)
    without = (linear.value - of_won - of_lost + own[there]) / safe
    n = linear.n_students
    moved = (n - 1) / n * (without.mean() - without)
    # Where a student holds all right or all wrong answers, nothing is left without her.
    return replace(linear, by_student=moved if (left > ALMOST_NOTHING).all() else linear.by_student)


def _own_pairs(student: Ints, level: Ints, right: Floats, wrong: Floats) -> Floats:
    """By student: her own right answers above her own wrong ones, ties half, in shares of all pairs."""
    order = np.lexsort((level, student))
    who, at, below = student[order], level[order], np.cumsum(wrong[order])
    before = below - wrong[order]
    new_tie = np.r_[True, (who[1:] != who[:-1]) | (at[1:] != at[:-1])]
    new_student = np.r_[True, who[1:] != who[:-1]]
    tie, first = np.cumsum(new_tie) - 1, np.flatnonzero(new_tie)
    last = np.r_[first[1:], len(who)] - 1
    middle = (before[first] + below[last]) / 2
    start = before[np.flatnonzero(new_student)][np.cumsum(new_student) - 1]
    pairs: Floats = np.bincount(who, weights=right[order] * (middle[tie] - start)).astype(np.float64)
    return pairs


def _tidy(value: float) -> float:
    """Cumulated shares stray by a hair around a perfect order."""
    return min(1.0, max(0.0, round(value, 13)))


class _Levels:
    """Predictions as levels 0, 1, ... in rising order."""

    def __init__(self, predicted: Floats) -> None:
        self.predicted, self.exact = predicted, len(predicted) <= EXACT_ROWS
        if self.exact:
            distinct, self.level = np.unique(predicted, return_inverse=True)
            self.n = len(distinct)
        else:
            self.low, high = float(predicted.min()), float(predicted.max())
            self.step, self.n = (high - self.low) / (N_LEVELS - 1) or 1.0, N_LEVELS

    def of(self, here: slice) -> Ints:
        if self.exact:
            return self.level[here]
        level: Ints = ((self.predicted[here] - self.low) / self.step).astype(np.int64)
        return level


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="Are right answers given higher numbers than wrong ones?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
