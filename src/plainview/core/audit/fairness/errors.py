"""How well does a prediction serve each group? AUC, calibration, both kinds of error, each with its range.

In:   what came, what was said, whose row it is, each row's group (or crossing of groups), a threshold.
Out:  for each group the figures with intervals by student, and each figure's difference from all others.
Not here: the whole curve (abroca), decisions that were made (parity).

A false alarm is a prediction at or above the threshold where the answer was wrong; a miss one below it where
it was right. Calibration: slope and intercept of what came on the log-odds of what was said.

Differences, group less all others, as in apart: the sides are different students. Error rates are compared
where each side would hold five errors were they equal; curves where each holds ten right and ten wrong
answers.

Sources: Chouldechova (2017), Big Data 5, 153-163 (they cannot all be equal). Obuchowski (1997), Biometrics
53, 567-578. Cox (1958), Biometrika 45, 562-565.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.audit.fairness.apart import Difference, can_be_compared, of_shares, welch
from plainview.core.audit.fairness.whose import codes, n_students
from plainview.core.cannot_say import CannotSay
from plainview.core.stats.calibration import calibration
from plainview.core.stats.clustered import LOGIT, Score, of_mean
from plainview.core.stats.discrimination import auc
from plainview.core.stats.interval import Interval
from plainview.core.stats.multiplicity import adjusted

CHECK = "fairness.errors_by_group/1"
FEWEST_STUDENTS = 10
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
FIGURES = ("AUC", "calibration slope", "calibration intercept", "false alarms", "misses")
RATES = ("false alarms", "misses")
FEWEST_ANSWERS = 10  # right and wrong ones on each side, for a curve to be compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """One figure of a group less that of all others."""

    figure: str
    value: float
    interval: Interval
    p_value: float
    p_adjusted: float  # Benjamini-Hochberg over all figures and groups


@dataclass(frozen=True, slots=True, kw_only=True)
class OfGroup:
    group: str
    n_students: int
    n_rows: int
    figures: dict[str, Score | None]  # None: the group's rows carry none
    apart: tuple[Apart, ...]


def errors_by_group(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    student: ArrayLike | None,
    group: ArrayLike,
    names: tuple[str, ...],
    threshold: float = 0.5,
    fewest: int = FEWEST_STUDENTS,
) -> tuple[OfGroup, ...] | CannotSay:
    """Figures for every group of at least ``fewest`` students, against all other students.

    Parameters
    ----------
    correct, predicted : (n_rows,) 0..1
    student : (n_rows,) codes, or None
    group : (n_rows,) int
        The code of each row's group among ``names``; -1: none is said, and the row is left out.
    threshold : float
        Where the product acts. 0.5 unless it says otherwise.

    Returns
    -------
    CannotSay
        If fewer than two groups have ``fewest`` students.
    """
    y, said = np.asarray(correct, dtype=np.float64), np.asarray(predicted, dtype=np.float64)
    who = codes(student, len(y))
    code = np.asarray(group)
    known = code >= 0
    y, said, who, code = y[known], said[known], who[known], code[known]
    n_of = [n_students(who, code == g) for g in range(len(names))]
    large = [g for g, n in enumerate(n_of) if n >= fewest]
    if len(large) < 2:
        return CannotSay(
            question="Does the prediction serve every group as well?",
            reason=f"{len(large)} of the groups have at least {fewest} students",
            would_need=f"two groups of at least {fewest} students",
            check=CHECK,
        )
    raw = []
    for g in large:
        mine = code == g
        figures = _figures(y, said, who, mine, threshold)
        others = _figures(y, said, who, ~mine, threshold)
        right = [float(y[side].sum()) for side in (mine, ~mine)]
        wrong = [float((1 - y[side]).sum()) for side in (mine, ~mine)]
        apart = _differences(figures, others, min(*right, *wrong) >= FEWEST_ANSWERS)
        raw.append((names[g], n_of[g], int(mine.sum()), figures, apart))
    if not any(apart for *_, apart in raw):
        return CannotSay(
            question="Does the prediction serve every group as well?",
            reason="the groups hold too few right and wrong answers to be compared",
            would_need="ten right and ten wrong answers on each side",
            check=CHECK,
        )
    p = adjusted(np.array([one.p_value for *_, apart in raw for _, one in apart] or [np.nan]))
    made, k = [], 0
    for name, n_of_group, n_rows, figures, apart in raw:
        told = tuple(
            Apart(
                figure=figure,
                value=one.value,
                interval=one.interval,
                p_value=one.p_value,
                p_adjusted=float(p[k + n]),
            )
            for n, (figure, one) in enumerate(apart)
        )
        k += len(apart)
        made.append(
            OfGroup(group=name, n_students=n_of_group, n_rows=n_rows, figures=dict(figures), apart=told)
        )
    return tuple(made)


def _figures(y: Floats, said: Floats, who: Ints, mask: Bools, threshold: float) -> dict[str, Score | None]:
    y, said, who = y[mask], said[mask], who[mask]
    curve = calibration(correct=y, predicted=said, student=who)
    slope, intercept = (None, None) if isinstance(curve, CannotSay) else (curve.slope, curve.intercept)
    return {
        "AUC": _score(auc(correct=y, predicted=said, student=who)),
        "calibration slope": _score(slope),
        "calibration intercept": _score(intercept),
        "false alarms": _share(said >= threshold, y < 0.5, who),
        "misses": _share(said < threshold, y >= 0.5, who),
    }


def _score(found: Score | CannotSay | None) -> Score | None:
    return found if isinstance(found, Score) and isfinite(found.value) else None


def _share(hit: Bools, among: Bools, who: Ints) -> Score | None:
    """The share of hits among some rows, its doubt by student."""
    if not among.any():
        return None
    values, mine = hit[among].astype(np.float64), who[among]
    found = of_mean(lambda here: values[here], mine, scale=LOGIT)
    return found.score() if found.n_students > 1 else None


def _differences(
    mine: dict[str, Score | None], others: dict[str, Score | None], enough: bool
) -> list[tuple[str, Difference]]:
    """Figures that both sides carry. Rare errors, and curves of few answers, are not compared."""
    made = list[tuple[str, Difference]]()
    for figure in FIGURES:
        one, other = mine[figure], others[figure]
        if one is None or other is None:
            continue
        if figure in RATES:
            if can_be_compared(one, other):
                made.append((figure, of_shares(one, other)))
        elif enough and (found := welch(one, other)) is not None:
            made.append((figure, found))
    return made
