"""White: how much practice a model asks for, and how well students do once it holds them to know.

In:   sequences, P(known) after each attempt.
Out:  for some criteria: attempts until the criterion (effort), and the share right after it (score).
Not here: a single number. Effort and score are two things, and a reader weighs them.

Source: Gonzalez-Brenes & Huang (2015), Your model is predictive, but is it useful?, EDM 2015, 187-194.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.ranges import mean_range, share_range
from plainview.core.audit.adaptivity.sequences import Sequences
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.effort_and_score/1"
CRITERIA = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class White:
    criterion: float
    effort: float  # mean attempts until the criterion; all of a sequence where it is never reached
    effort_interval: Interval | None
    score: (
        float | None
    )  # share right of the attempts after it, each sequence counting alike; None without any
    score_interval: Interval | None
    n_sequences: int  # students at a skill
    n_with_score: int
    reached: float  # share of sequences that reach it
    reached_interval: Interval | None


def white(found: Sequences, p_known: NDArray[np.float64], criterion: float) -> White:
    """Effort and score at one criterion."""
    reached = found.first(p_known >= criterion)
    effort = np.where(reached > 0, reached, found.lengths)
    later = found.nth() >= np.repeat(effort, found.lengths)
    which = np.repeat(np.arange(found.n), found.lengths)[later]
    n_later = np.bincount(which, minlength=found.n)
    right = np.bincount(which, found.right[later], minlength=found.n)
    with_score = (n_later > 0) & (reached > 0)
    share = np.where(with_score, right / np.maximum(n_later, 1), 0.0)
    all_of = found.by_student(np.ones(found.n))
    return White(
        criterion=criterion,
        effort=float(effort.mean()) if found.n else 0.0,
        effort_interval=mean_range(found.by_student(effort), all_of),
        score=float(share[with_score].mean()) if with_score.any() else None,
        score_interval=share_range(found.by_student(share), found.by_student(with_score)),
        n_sequences=found.n,
        n_with_score=int(with_score.sum()),
        reached=float((reached > 0).mean()) if found.n else 0.0,
        reached_interval=share_range(found.by_student(reached > 0), all_of),
    )
