"""Do different students see different content? That is differentiation; to adapt is more.

In:   steps.
Out:  how often two students are on different items at the same step, and how much of the difficulty of items
      lies between students.
Not here: why. A random draw differentiates, a teacher's tracks do, a product may.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.steps import Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Differ:
    """Of two students drawn by chance, at the same step."""

    other_item: float | None  # how often on different items, 0..1
    other_skill: float | None  # on different skills; None where the log names none
    n_pairs_of_steps: int


def differ(steps: Steps) -> Differ:
    """How often two students are on different items at the same step."""
    items, n = _unlike(steps.place, steps.item)
    skills = _unlike(steps.place, steps.skill)[0] if steps.names_skills else None
    return Differ(other_item=items, other_skill=skills, n_pairs_of_steps=n)


def _unlike(place: NDArray[np.int64], unit: NDArray[np.int32]) -> tuple[float | None, int]:
    """The share of pairs of students at the same place whose units differ, and how many pairs there are."""
    sizes = np.bincount(place).astype(np.float64)
    key = place * (int(unit.max(initial=0)) + 1) + unit
    same = np.unique(key, return_counts=True)[1].astype(np.float64)
    pairs = float((sizes * (sizes - 1) / 2).sum())
    alike = float((same * (same - 1) / 2).sum())
    return (1 - alike / pairs if pairs else None), int(pairs)
