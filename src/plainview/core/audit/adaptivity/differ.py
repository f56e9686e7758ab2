"""Do different students see different content? That is differentiation; to adapt is more.

In:   steps.
Out:  how often two students are on different items at the same step, and how much of the difficulty of items
      lies between students.
Not here: why. A random draw differentiates, a teacher's tracks do, a product may.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.ranges import sum_range
from plainview.core.audit.adaptivity.steps import Steps
from plainview.core.stats.clustered import LOGIT, Influence, of_ratio
from plainview.core.stats.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Differ:
    """Of two students drawn by chance, at the same step."""

    other_item: float | None  # how often on different items, 0..1
    item_interval: Interval | None
    other_skill: float | None  # on different skills; None where the log names none
    skill_interval: Interval | None
    n_pairs_of_steps: int


def differ(steps: Steps) -> Differ:
    """How often two students are on different items at the same step."""
    items, item_interval = _told(_unlike(steps, steps.item))
    skills, skill_interval = _told(_unlike(steps, steps.skill) if steps.names_skills else None)
    return Differ(
        other_item=items,
        item_interval=item_interval,
        other_skill=skills,
        skill_interval=skill_interval,
        n_pairs_of_steps=int(_pairs(np.bincount(steps.place)).sum()),
    )


def _told(found: Influence | None) -> tuple[float | None, Interval | None]:
    return (None, None) if found is None else (found.value, sum_range(found))


def _pairs(n: NDArray[np.int64]) -> NDArray[np.float64]:
    return n.astype(np.float64) * (n - 1) / 2


def _unlike(steps: Steps, unit: NDArray[np.int32]) -> Influence | None:
    """The share of pairs of students at the same place whose units differ, and how far each moves it.

    Who is drawn into a pair moves it twice as far as a mean: the figure is about two students at a time.
    """
    key = steps.place * (int(unit.max(initial=0)) + 1) + unit
    _, which, n = np.unique(key, return_inverse=True, return_counts=True)
    others = np.bincount(steps.place)[steps.place] - 1.0
    unlike = others - (n[which.reshape(-1)] - 1.0)
    part, whole = (np.bincount(steps.student, each, minlength=steps.n_students) for each in (unlike, others))
    if not whole.sum() > 0:
        return None
    found = of_ratio(part, whole, scale=LOGIT)
    return replace(found, by_student=2 * found.by_student)
