"""How well did a model predict students it had not seen?

In:   what came, what was said, whose row and which fold.
Out:  discrimination and calibration, each with its interval by student.
Not here: the choice between models (compare).

AUC is taken over all folds together. Inside a fold of two students it would compare each with hardly anyone
but herself, and miss what tells students apart. But an able fold is predicted by fits of the others, whose
level is lower for that very reason; so predictions are ordered by their log-odds beyond those of the share
right that their fit had seen (``on_one_level``). In use there is one fit, and its level changes no order.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.keep import Held
from plainview.core.logs.coded import Coded
from plainview.core.stats.calibration import Calibration, calibration
from plainview.core.stats.clustered import Influence, Score, minus
from plainview.core.stats.discrimination import auc
from plainview.core.stats.losses import accuracy, brier, mean_influence, rmse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Figure = TypeVar("Figure")
LEAST_DOUBT = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One model on students it had not seen."""

    name: str
    words: str
    log_loss: Score  # nats a row; less is better
    worse_by: Score  # its log loss less the best model's, student by student
    auc: Score | CannotSay
    brier: Score
    rmse: Score
    accuracy: Score
    calibration: Calibration
    converged: bool  # in every fold
    said: tuple[str, ...]  # how it ended, fold by fold


def log_loss_of(log: Coded, held: Held) -> Influence:
    return mean_influence("log_loss", correct=log.correct, predicted=held.predicted, student=log.student)


def judge(log: Coded, which: Ints, held: Held, *, words: str, best: Influence, level: float) -> Result:
    """All figures of one model."""
    came: dict[str, Any] = {
        "correct": log.correct,
        "predicted": held.predicted,
        "student": log.student,
        "level": level,
    }
    loss, squared = log_loss_of(log, held), brier(**came)
    return Result(
        name=held.name,
        words=words,
        log_loss=loss.score(level=level),
        worse_by=minus(loss, best).score(level=level),
        auc=auc(**came | {"predicted": on_one_level(log, which, held.predicted)}),
        brier=_must(squared).score,
        rmse=_must(rmse(**came)),
        accuracy=_must(accuracy(**came)),
        calibration=_must(calibration(**came)),
        converged=held.converged,
        said=held.said,
    )


def _must(figure: Figure | CannotSay) -> Figure:
    """There are students enough, or nothing would have been compared."""
    if isinstance(figure, CannotSay):
        raise ValueError(str(figure))
    return figure


def on_one_level(log: Coded, which: Ints, predicted: Floats) -> Floats:
    """(n_rows,) 0..1, in an order that does not depend on which students a fold's fit happened to see."""
    fold = which[log.student]
    n, right = np.bincount(fold), np.bincount(fold, weights=log.correct)
    seen = np.clip((right.sum() - right) / (n.sum() - n), LEAST_DOUBT, 1 - LEAST_DOUBT)
    said = np.clip(predicted, LEAST_DOUBT, 1 - LEAST_DOUBT)
    beyond = np.log(said / (1 - said)) - np.log(seen / (1 - seen))[fold]
    # What differs by less than this is a tie: fits end within about so much of each other.
    level: Floats = 1 / (1 + np.exp(-np.round(beyond, 5)))
    return level
