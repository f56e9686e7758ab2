"""The parameters of all items together, and the grid that they are seen on.

In:   which model, how many categories each item has.
Out:  blocks of items, one vector of free parameters and back, the grid and its weights.
Not here: answers (answers), the search (climb).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import Block, Curves, curves, log_p

Floats = NDArray[np.float64]

SPAN = 7.0  # standard deviations to either side: beyond it lies 3e-12 of a normal distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta:
    """A prior on the lower asymptote, as a density of c itself: mode (right - 1) / (right + wrong - 2)."""

    right: float
    wrong: float

    def log_density(self, c: Floats) -> float:
        return float(np.sum((self.right - 1) * np.log(c) + (self.wrong - 1) * np.log1p(-c)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    nodes: Floats
    log_weight: Floats

    @property
    def spacing(self) -> float:
        return float(self.nodes[1] - self.nodes[0])


def grid(spacing: float) -> Grid:
    """Equally spaced nodes under the standard normal: the error falls faster than any power of spacing."""
    half = int(np.ceil(SPAN / spacing))
    nodes = spacing * np.arange(-half, half + 1, dtype=np.float64)
    return Grid(nodes=nodes, log_weight=-0.5 * nodes**2 + np.log(spacing / np.sqrt(2 * np.pi)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """All items' curves. ``one_slope``: every item shares the slope (1PL, Rasch)."""

    blocks: tuple[Block, ...]
    one_slope: bool
    guess_prior: Beta | None

    @property
    def n_items(self) -> int:
        return sum(len(block.items) for block in self.blocks)

    @property
    def n_parameters(self) -> int:
        n = sum(block.values.size for block in self.blocks)
        return n - (self.n_items - 1 if self.one_slope else 0)

    def log_p(self, theta: Floats) -> Floats:
        """(n_categories, n_items, n_nodes); 0 where an item has no such category."""
        most = max(block.n_categories for block in self.blocks)
        out = np.zeros((most, self.n_items, len(theta)))
        for block in self.blocks:
            out[: block.n_categories, block.items] = log_p(block, theta).transpose(1, 0, 2)
        return out

    def curves(self, theta: Floats) -> tuple[Curves, ...]:
        return tuple(curves(block, theta) for block in self.blocks)

    def at(self, values: list[Floats]) -> "Model":
        blocks = tuple(block.at(v) for block, v in zip(self.blocks, values, strict=True))
        return Model(blocks=blocks, one_slope=self.one_slope, guess_prior=self.guess_prior)

    def log_prior(self) -> float:
        if self.guess_prior is None:
            return 0.0
        return sum(self.guess_prior.log_density(b.values[:, 2]) for b in self.blocks if b.kind == "3pl")

    def values(self) -> list[Floats]:
        return [block.values for block in self.blocks]

    def moved(self, step: list[Floats]) -> "Model":
        return self.at([block.values + part for block, part in zip(self.blocks, step, strict=True)])

    def rescaled(self, *, mean: float, deviation: float) -> "Model":
        """The same curves for an ability that is counted from ``mean`` in units of ``deviation``."""
        values = []
        for block in self.blocks:
            new = block.values.copy()
            new[:, 0] *= deviation
            how_often = block.steps[1:] if block.kind == "steps" else np.ones(block.n_categories - 1)
            new[:, 1 : block.n_categories] += mean * block.values[:, :1] * how_often
            values.append(new)
        return self.at(values)
