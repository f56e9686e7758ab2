"""How well did a model predict students it had not seen?

In:   what came, what was said, whose row and which fold.
Out:  discrimination and calibration, each with its interval by student.
Not here: the choice between models (compare).

AUC is taken inside each fold and averaged by rows, since numbers of two fits are not on one scale.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.keep import Held
from plainview.core.logs.coded import Coded
from plainview.core.stats.calibration import Calibration, calibration
from plainview.core.stats.clustered import LOGIT, Influence, Score, minus
from plainview.core.stats.discrimination import auc_influence
from plainview.core.stats.losses import accuracy, brier, mean_influence, rmse

Ints = NDArray[np.int64]
Figure = TypeVar("Figure")


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
        auc=auc_by_fold(log, which, held.predicted, level=level),
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


def auc_by_fold(
    log: Coded, which: Ints, predicted: NDArray[np.float64], *, level: float
) -> Score | CannotSay:
    """AUC inside each fold, averaged by rows. A fold of right answers alone has none and does not count."""
    fold, found = which[log.student], []
    for number in range(int(which.max()) + 1):
        here = fold == number
        one = auc_influence(correct=log.correct[here], predicted=predicted[here], student=log.student[here])
        if isinstance(one, Influence):
            found.append(one)
    if not found:
        return CannotSay(
            question="Are right answers given higher numbers than wrong ones?",
            reason="no fold holds both right and wrong answers",
            would_need="right and wrong answers of more students",
            check="learner.choose/1",
        )
    return _averaged(found).score(level=level)


def _averaged(found: list[Influence]) -> Influence:
    share = np.array([one.n_rows for one in found]) / sum(one.n_rows for one in found)
    return Influence(
        value=float(sum(part * one.value for part, one in zip(share, found, strict=True))),
        by_student=np.concatenate([part * one.by_student for part, one in zip(share, found, strict=True)]),
        n_of_student=np.concatenate([one.n_of_student for one in found]),
        scale=LOGIT,
    )
