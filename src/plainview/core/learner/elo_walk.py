"""The walk of Elo through a log, one student after the other: plain Python, and the same text compiled.

In:   arrays of a log, steps, the state of items and skills.
Out:  the prediction made before each answer, if asked for, and how likely all of them were; items and skills
      moved, if they are to learn.
Not here: where the steps come from, and words (elo).

There is one text. For a short log Python reads it; for a long one numba compiles it, the first time into
a file beside this one. A test holds the two together to the last bit.
"""

import sys
from collections.abc import Callable
from functools import cache
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Loading the compiler takes about as long as Python takes for this many rows.
PYTHON_READS = 100_000
MOST_SURE = 1e-12  # what is said with more certainty is held to this


def walk(
    starts: NDArray[np.int64],  # (n_students + 1,) where each one's rows begin
    item: NDArray[np.int32],  # (n_rows,) student by student; -1: not known
    correct: NDArray[np.float32],  # (n_rows,)
    one_skill: NDArray[np.int32],  # (n_rows,) -1: none, or not known; -2: several
    place: NDArray[np.int32],  # (n_rows,) of each row in the log; empty: as it stands here
    skill: NDArray[np.int32],  # (n_pairs,) of the log, in its own codes
    skill_from: NDArray[np.int64],  # (n_rows of the log + 1,)
    skill_known: NDArray[np.int32],  # (the log's skills,) what the model calls each; -1: not known
    steps: NDArray[np.float64],  # (6,) first step and its fading: of student, of skill, of item
    middle: float,  # log-odds of the log as a whole
    floor: float,  # the chance of a right answer by luck
    difficulty: NDArray[np.float64],  # (n_items,)
    n_of_item: NDArray[np.float64],
    ease: NDArray[np.float64],  # (n_skills,) of the population
    n_of_skill: NDArray[np.float64],
    moves: bool,  # whether items and the population's skills learn
    predicted: NDArray[np.float64],  # (n_rows of the log,) written; or (0,), where nobody asks
) -> float:
    """Each answer: predict, then move everything that took part by its step times the surprise.

    Returns the log-likelihood of the answers, each predicted before it was seen; a part right counts in part.
    """
    n_skills, tells = ease.shape[0], predicted.shape[0] > 0
    likely, product, n_product = 0.0, 1.0, 0  # one logarithm for eight chances
    own, n_own = np.zeros(n_skills), np.zeros(n_skills)
    of_whom = np.full(n_skills, -1, dtype=np.int32)  # whose ``own`` stands there
    for student in range(starts.shape[0] - 1):
        ability = 0.0
        n_answers = 0.0
        for at in range(starts[student], starts[student + 1]):
            row = place[at] if place.shape[0] else at
            n_here = 0
            strength = 0.0
            only = one_skill[at]
            here, end = (skill_from[row], skill_from[row + 1]) if only == -2 else (0, 1 if only >= 0 else 0)
            for pair in range(here, end):
                k = skill_known[skill[pair]] if only == -2 else only
                if k >= 0:
                    n_here += 1
                    strength += ease[k]
                    if of_whom[k] == student:
                        strength += own[k]
                    else:
                        own[k] = 0.0
                        n_own[k] = 0.0
                        of_whom[k] = student
            x = middle + ability
            if n_here:
                x += strength / n_here
            i = item[at]
            if i >= 0:
                x -= difficulty[i]
            p = floor + (1.0 - floor) / (1.0 + exp(-x))
            if tells:
                predicted[row] = p
            right = float(correct[at])  # in double precision, whoever reads this
            surprise = right - p
            came = min(max(p, MOST_SURE), 1.0 - MOST_SURE)
            if right == 0.0:
                came = 1.0 - came
            elif right != 1.0:
                likely += (1.0 - right) * log(1.0 - came)
                came **= right
            product *= came
            n_product += 1
            if n_product == 8:
                likely += log(product)
                product, n_product = 1.0, 0
            ability += steps[0] / (1.0 + steps[1] * n_answers) * surprise
            n_answers += 1.0
            if n_here:
                share = surprise / n_here
                for pair in range(here, end):
                    k = skill_known[skill[pair]] if only == -2 else only
                    if k >= 0:
                        own[k] += steps[2] / (1.0 + steps[3] * n_own[k]) * share
                        n_own[k] += 1.0
                        if moves:
                            ease[k] += steps[4] / (1.0 + steps[5] * n_of_skill[k]) * share
                            n_of_skill[k] += 1.0
            if moves and i >= 0:
                difficulty[i] -= steps[4] / (1.0 + steps[5] * n_of_item[i]) * surprise
                n_of_item[i] += 1.0
    return likely + log(product)


def fast(n_rows: int) -> Callable[..., float]:
    """The walk for a log of this length."""
    return _compiled() if n_rows > PYTHON_READS or "numba" in sys.modules else walk


@cache
def _compiled() -> Callable[..., float]:
    from numba import njit  # loads the compiler, half a second

    # No divisor of the walk can be 0: without a check at each, it takes three quarters of the time.
    compiled: Any = njit(cache=True, nogil=True, error_model="numpy")(walk)
    return compiled  # type: ignore[no-any-return]
