"""Does a prediction put the right answers above the wrong ones? The area under the ROC curve.

In:   what was predicted and what came, row by row, and whose row it is.
Out:  AUC with an interval by student; the difference of two predictions on the same rows.
Not here: whether the numbers can be taken at their word (calibration).

AUC is the chance that a right answer was given the higher number than a wrong one, ties counting half.
It is a mean over pairs, so its influence is DeLong's structural component; summed by student that is
Obuchowski's variance for clustered rows. An answer that is partly right counts as so much of a right
and so much of a wrong one.

Sources: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845. Obuchowski (1997), Biometrics 53,
567-578.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.clustered import LOGIT, Floats, Influence, Ints, Rows, Score, from_rows, minus, rows

CHECK = "stats.auc/1"
# Up to here every distinct prediction is a level of its own (sorting); beyond it levels are 2.4e-7 of
# the predictions' range apart (counting), which moves AUC by less than a tie in ten million does.
EXACT_ROWS = 4_000_000
N_LEVELS = 1 << 22


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
    table = rows(correct=correct, predicted=predicted, student=student)
    if weight is None:
        right, wrong = table.correct, 1 - table.correct
    else:
        right, wrong = table.correct * weight, (1 - table.correct) * weight
    n_right, n_wrong = float(right.sum()), float(wrong.sum())
    if not n_right or not n_wrong:
        which = "all answers are wrong" if len(right) and not n_right else "all answers are right"
        return _cannot(which if len(right) else "there are no rows", "right and wrong answers")
    return _influence(table, right, wrong, n_right, n_wrong)


def _influence(table: Rows, right: Floats, wrong: Floats, n_right: float, n_wrong: float) -> Influence:
    level, n_levels = _levels(table.predicted)
    right_at = np.bincount(level, weights=right, minlength=n_levels) / n_right
    wrong_at = np.bincount(level, weights=wrong, minlength=n_levels) / n_wrong
    wrong_below = np.cumsum(wrong_at) - wrong_at / 2
    right_above = 1 - np.cumsum(right_at) + right_at / 2
    value = float(right_at @ wrong_below)
    moved = right * ((wrong_below - value) / n_right)[level]
    moved += wrong * ((right_above - value) / n_wrong)[level]
    # Cumulated shares stray by a hair around a perfect order.
    return from_rows(min(1.0, max(0.0, _tidy(value))), moved, table.student, scale=LOGIT)


def _tidy(value: float) -> float:
    return round(value, 13)


def _levels(predicted: Floats) -> tuple[NDArray[np.intp] | Ints, int]:
    """Predictions as levels 0, 1, ... in rising order."""
    if len(predicted) <= EXACT_ROWS:
        distinct, level = np.unique(predicted, return_inverse=True)
        return level, len(distinct)
    low, high = float(predicted.min()), float(predicted.max())
    step = (high - low) / (N_LEVELS - 1) or 1.0
    return ((predicted - low) / step).astype(np.int64), N_LEVELS


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="Are right answers given higher numbers than wrong ones?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
