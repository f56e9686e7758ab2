"""How far are predictions from what came? Log loss, Brier score, RMSE, accuracy.

In:   what was predicted and what came, row by row, and whose row it is.
Out:  a mean over rows with an interval by student; the Brier score taken apart.
Not here: order alone (discrimination), the curve of said against came (calibration).

Sources: Murphy (1973), Journal of Applied Meteorology 12, 595-600. Stephenson, Coelho & Jolliffe (2008),
Weather and Forecasting 23, 752-757 (the two terms inside bins, without which the parts do not add up).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.clustered import LOG, LOGIT, Floats, Influence, Score, minus, of_mean, rows

CHECK = "stats.losses/1"
# A prediction of exactly 0 or 1 that fails would cost infinitely much; it is held to this much doubt.
LEAST_DOUBT = 1e-12


def _log_loss(correct: Floats, predicted: Floats) -> Floats:
    said = np.clip(predicted, LEAST_DOUBT, 1 - LEAST_DOUBT)
    loss: Floats = -(correct * np.log(said) + (1 - correct) * np.log1p(-said))
    return loss


def _squared(correct: Floats, predicted: Floats) -> Floats:
    return (correct - predicted) ** 2


def _agrees(correct: Floats, predicted: Floats) -> Floats:
    """1 where the likelier side came; a prediction of exactly a half counts half."""
    side = np.where(predicted == 0.5, 0.5, predicted > 0.5)
    agrees: Floats = side * correct + (1 - side) * (1 - correct)
    return agrees


EACH: Mapping[str, tuple[Callable[[Floats, Floats], Floats], str]] = {
    "log_loss": (_log_loss, LOG),  # nats a row
    "brier": (_squared, LOG),
    "accuracy": (_agrees, LOGIT),
}


def mean_influence(
    name: str, *, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None
) -> Influence:
    """The mean over rows of "log_loss", "brier" or "accuracy", and how far each student moves it."""
    table = rows(correct=correct, predicted=predicted, student=student)
    each, scale = EACH[name]

    def loss(here: slice) -> Floats:
        return each(table.correct[here].astype(float), table.predicted[here].astype(float))

    return of_mean(loss, table.student, scale=scale)


def log_loss(
    *, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None, level: float = 0.95
) -> Score | CannotSay:
    """The mean of -log(what was said of what came), in nats a row: 0 is certainty, 0.693 a coin.

    Parameters
    ----------
    correct, predicted : (n_rows,) 0..1
    student : (n_rows,) codes, or None
        Whose row it is; with None every row stands for itself.

    Returns
    -------
    Score
        Its interval is symmetric in the logarithm.
    CannotSay
        If there are no rows, or rows of one student only.
    """
    return _score("log_loss", correct, predicted, student, level)


def accuracy(
    *, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None, level: float = 0.95
) -> Score | CannotSay:
    """How often the likelier side came. A poor figure where most answers are right: see AUC and log loss."""
    return _score("accuracy", correct, predicted, student, level)


def rmse(
    *, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None, level: float = 0.95
) -> Score | CannotSay:
    """The root of the mean squared difference, 0..1."""
    if (cannot := _too_few(correct, student)) is not None:
        return cannot
    square = mean_influence("brier", correct=correct, predicted=predicted, student=student)
    root = float(np.sqrt(square.value))
    moved = square.by_student / (2 * root) if root else square.by_student
    found = Influence(value=root, by_student=moved, n_of_student=square.n_of_student, scale=LOG)
    return found.score(level=level)


def loss_difference(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    other: ArrayLike,
    student: ArrayLike | None,
    level: float = 0.95,
) -> Score | CannotSay:
    """Log loss of ``predicted`` less that of ``other`` on the same rows: below 0, ``predicted`` is nearer."""
    if (cannot := _too_few(correct, student)) is not None:
        return cannot
    one = mean_influence("log_loss", correct=correct, predicted=predicted, student=student)
    two = mean_influence("log_loss", correct=correct, predicted=other, student=student)
    return minus(one, two).score(level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brier:
    """The mean squared difference, and its parts: value = reliability - resolution + uncertainty + inside."""

    score: Score
    reliability: float  # how far what was said is from what came, bin by bin; 0 is best
    resolution: float  # how far the bins are from the mean; more is better
    uncertainty: float  # what any prediction has to face: p (1 - p) where answers are right or wrong
    inside: float  # what binning hides
    n_bins: int


def brier(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    student: ArrayLike | None,
    n_bins: int = 10,
    level: float = 0.95,
) -> Brier | CannotSay:
    """The Brier score with Murphy's parts over ``n_bins`` bins of equal width."""
    found = _score("brier", correct, predicted, student, level)
    if isinstance(found, CannotSay):
        return found
    table = rows(correct=correct, predicted=predicted, student=student)
    place = np.minimum((table.predicted * n_bins).astype(np.int64), n_bins - 1)
    share = np.bincount(place, minlength=n_bins) / len(place)
    filled = share > 0
    came = _by_bin(table.correct, place, n_bins)[filled]
    said = _by_bin(table.predicted, place, n_bins)[filled]
    mean, share = float(table.correct.mean()), share[filled]
    reliability, resolution = float(share @ (said - came) ** 2), float(share @ (came - mean) ** 2)
    uncertainty = float(((table.correct - mean) ** 2).mean())
    return Brier(
        score=found,
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        inside=found.value - (reliability - resolution + uncertainty),
        n_bins=n_bins,
    )


def _by_bin(values: Floats, place: np.ndarray[tuple[int], np.dtype[np.int64]], n_bins: int) -> Floats:
    n = np.bincount(place, minlength=n_bins)
    means: Floats = np.bincount(place, weights=values, minlength=n_bins) / np.maximum(n, 1)
    return means


def _score(
    name: str, correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None, level: float
) -> Score | CannotSay:
    if (cannot := _too_few(correct, student)) is not None:
        return cannot
    found = mean_influence(name, correct=correct, predicted=predicted, student=student)
    return found.score(level=level)


def _too_few(correct: ArrayLike, student: ArrayLike | None) -> CannotSay | None:
    who = np.asarray(correct if student is None else student)
    several = len(who) > 1 if student is None else bool(len(who)) and bool(np.any(who != who[0]))
    if several:
        return None
    return CannotSay(
        question="How far are the predictions from what came?",
        reason="the rows are of one student" if len(who) else "there are no rows",
        would_need="rows of at least two students, better thirty",
        check=CHECK,
    )
