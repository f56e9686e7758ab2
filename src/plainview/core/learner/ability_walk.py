"""One answer after the other, each told to everything that took part in it: plain Python, and compiled.

In:   arrays of a log, spreads, the beliefs about items and skills.
Out:  the prediction made before each answer, what is believed after it; items and skills moved.
Not here: where the spreads come from, and words (ability_tracing).

Everything is a mean and a variance. Before an answer their sum x has the variance V, and P(right) is
logistic(k x) with k = 1 / sqrt(1 + pi V / 8), which stands in for averaging the logistic over x (MacKay
1992). After it each part moves by its own variance times the slope of log P, and its variance shrinks by
the square of itself times the curvature (assumed-density filtering). There is one text, read by Python for
short logs and compiled by numba for long ones (as elo_walk).
"""

import sys
from collections.abc import Callable
from functools import cache
from math import exp, pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.elo_walk import PYTHON_READS

Floats = NDArray[np.float64]


def walk(
    order: NDArray[np.int64],  # (n_rows,) rows, student by student
    starts: NDArray[np.int64],  # (n_students + 1,)
    item: NDArray[np.int32],  # (n_rows,) -1: not known
    correct: NDArray[np.float32],
    skill: NDArray[np.int32],  # (n_pairs,) -1: not known
    skill_from: NDArray[np.int64],
    spreads: Floats,  # (5,) variances: general, at a skill, of an unknown item; gain and drift an answer
    middle: float,
    difficulty: Floats,  # (n_items,) means, and their variances
    difficulty_var: Floats,
    ease: Floats,  # (n_skills,)
    ease_var: Floats,
    moves: bool,  # whether items and the population's skills learn
    general: Floats,  # (2,) mean and variance of the last student's ability, written
    own: Floats,  # (n_skills,) the last student's strengths, written
    own_var: Floats,
    of_whom: NDArray[np.int32],  # (n_skills,) whose strength stands there; -1: nobody's
    predicted: Floats,  # (n_rows,) written
    ability: Floats,  # (n_rows,) or empty: what is believed of the general ability after each answer
    ability_var: Floats,
) -> None:
    """Predict each answer, then tell it to the student, her skills, and the item."""
    for student in range(starts.shape[0] - 1):
        m, v = 0.0, spreads[0]
        for at in range(starts[student], starts[student + 1]):
            row = order[at]
            here, end = skill_from[row], skill_from[row + 1]
            n_here = 0
            x, total = 0.0, 0.0
            for pair in range(here, end):
                k = skill[pair]
                if k >= 0:
                    n_here += 1
                    if of_whom[k] != student:
                        own[k] = 0.0
                        own_var[k] = spreads[1]
                        of_whom[k] = student
                    x += ease[k] + own[k]
                    total += ease_var[k] + own_var[k]
            share = 1.0
            if n_here:
                share = 1.0 / n_here
                x *= share
                total *= share * share
            x += middle + m
            total += v
            i = item[row]
            if i >= 0:
                x -= difficulty[i]
                total += difficulty_var[i]
            else:
                total += spreads[2]
            k_shrink = 1.0 / sqrt(1.0 + pi * total / 8.0)
            p = 1.0 / (1.0 + exp(-k_shrink * x))
            predicted[row] = p
            slope = k_shrink * (float(correct[row]) - p)
            bend = k_shrink * k_shrink * p * (1.0 - p)
            m += v * slope
            v -= v * v * bend
            for pair in range(here, end):
                k = skill[pair]
                if k >= 0:
                    w = own_var[k]
                    own[k] += w * share * slope + spreads[3] * share
                    own_var[k] = w - w * w * share * share * bend + spreads[4]
                    if moves:
                        w = ease_var[k]
                        ease[k] += w * share * slope
                        ease_var[k] = w - w * w * share * share * bend
            if moves and i >= 0:
                w = difficulty_var[i]
                difficulty[i] -= w * slope
                difficulty_var[i] = w - w * w * bend
            if ability.shape[0]:
                ability[row] = m
                ability_var[row] = v
        general[0] = m
        general[1] = v


def fast(n_rows: int) -> Callable[..., None]:
    """The walk for a log of this length."""
    return _compiled() if n_rows > PYTHON_READS or "numba" in sys.modules else walk


@cache
def _compiled() -> Callable[..., None]:
    from numba import njit  # loads the compiler, half a second

    compiled: Any = njit(cache=True, nogil=True)(walk)
    return compiled  # type: ignore[no-any-return]
