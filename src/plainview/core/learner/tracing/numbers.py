"""The numbers of all skills in one row, with what is held of each before any answer.

In:   how many starts, skills and cells there are; the Beta priors.
Out:  where each number stands, whose it is, its prior and its cap.
Not here: how the numbers are found (climb).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.bkt import Beta

Floats = NDArray[np.float64]
KINDS = ("known", "learn", "forget", "guess", "slip")
# No number is ever 0 or 1: a fit must not hold anything impossible. The priors keep a fit well inside.
LEAST = 1e-6


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where each number stands in the row: known, learn, forget (where the model forgets), guess, slip."""

    start_skill: NDArray[np.int32]  # (n_starts,)
    cell_skill: NDArray[np.int32]  # (n_cells,)
    n_skills: int
    forgets: bool

    @cached_property
    def of(self) -> dict[str, slice]:
        sizes = {
            "known": len(self.start_skill),
            "learn": self.n_skills,
            "forget": self.n_skills if self.forgets else 0,
            "guess": len(self.cell_skill),
            "slip": len(self.cell_skill),
        }
        ends = np.cumsum(list(sizes.values())).tolist()
        return {kind: slice(end - size, end) for (kind, size), end in zip(sizes.items(), ends, strict=True)}

    @property
    def n(self) -> int:
        return int(self.of["slip"].stop)

    @property
    def kinds(self) -> tuple[str, ...]:
        return KINDS if self.forgets else tuple(kind for kind in KINDS if kind != "forget")

    @cached_property
    def owner(self) -> NDArray[np.int32]:
        """(n,) the skill whose number it is."""
        skills = np.arange(self.n_skills, dtype=np.int32)
        forget = [skills] if self.forgets else []
        return np.concatenate([self.start_skill, skills, *forget, self.cell_skill, self.cell_skill])

    def filled(self, by_kind: dict[str, float]) -> Floats:
        """One value a kind, for all."""
        row = np.empty(self.n)
        for kind in self.kinds:
            row[self.of[kind]] = by_kind[kind]
        return row


@dataclass(frozen=True, kw_only=True)
class Held:
    """Beta(a, b) of every number, cut off at its cap."""

    a: Floats
    b: Floats
    cap: Floats

    def log_density(self, p: Floats) -> Floats:
        """Up to a constant."""
        return np.asarray((self.a - 1) * np.log(p) + (self.b - 1) * np.log1p(-p))

    def likeliest(self, hits: Floats, trials: Floats) -> Floats:
        """Where the density of so many hits in so many trials is highest: the M-step, and exact."""
        p = (hits + self.a - 1) / np.maximum(trials + self.a + self.b - 2, 1e-300)
        return self.inside(p)

    def inside(self, p: Floats) -> Floats:
        return np.clip(p, LEAST, np.minimum(self.cap, 1 - LEAST))

    def slope(self, hits: Floats, trials: Floats, p: Floats) -> Floats:
        """Of log-likelihood plus log prior, by the log-odds of each number (Fisher's identity)."""
        return np.asarray(hits + self.a - 1 - (trials + self.a + self.b - 2) * p)


def held(layout: Layout, priors: dict[str, Beta]) -> Held:
    """The same prior for every number of a kind."""
    return Held(
        a=layout.filled({kind: priors[kind].a for kind in layout.kinds}),
        b=layout.filled({kind: priors[kind].b for kind in layout.kinds}),
        cap=layout.filled({kind: priors[kind].cap for kind in layout.kinds}),
    )


def log_odds(p: Floats) -> Floats:
    return np.asarray(np.log(p) - np.log1p(-p))


def from_log_odds(z: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-z)))


def sums(which: NDArray[np.integer], of: NDArray[Any], n: int) -> Floats:
    """(n,) ``of``, added up by ``which``."""
    return np.bincount(which, of, n).astype(np.float64, copy=False)
