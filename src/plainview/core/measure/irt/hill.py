"""The marginal likelihood as a hill: how high it is anywhere, and which way is up.

In:   answers, a grid, a model.
Out:  a Place: expected counts, height, and the slope by the free parameters.
Not here: where to go from there (metric, climb).

The slope is that of the expected complete data: Fisher's identity. It comes free with every pass.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import Block, Curves
from plainview.core.measure.irt.expect import Expected, Tables, Windows, expect
from plainview.core.measure.irt.model import Grid, Model

Floats = NDArray[np.float64]

STEEPEST = 12.0  # a slope beyond it is a step; the likelihood then only says "steeper still"
FARTHEST = 60.0  # an intercept (of each step, where there are several) beyond it: nobody answers otherwise
SLIGHT = 1e-3  # a pull off its bound that is slighter leaves a parameter there: else it would go to and fro
HIGHEST_GUESS = 0.95
LOWEST_GUESS_WITH_PRIOR = 1e-6  # a prior's density may be 0 at 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """Where the search stands: everything that one pass over the answers tells."""

    model: Model
    nodes: Floats
    expected: Expected
    curves: tuple[Curves, ...]
    objective: float
    gradient: Floats  # of the objective, by the free parameters; 0 where a parameter is held at its bound
    held: list[NDArray[np.bool_]]

    @property
    def log_likelihood(self) -> float:
        return self.expected.log_likelihood


class Hill:
    """The marginal likelihood on one grid."""

    def __init__(self, tables: Tables, grid: Grid, *, before: "Hill | None" = None) -> None:
        self.tables, self.grid = tables, grid
        self.windows = Windows(tables.answers, len(grid.nodes))
        if before is not None:
            self.windows.start_from(before.windows, before.grid, grid)

    def expect(self, model: Model) -> Expected:
        return expect(self.tables, model.log_p(self.grid.nodes), self.grid, self.windows)

    def look(self, model: Model) -> Place:
        expected, found = self.expect(model), model.curves(self.grid.nodes)
        slopes = [_gradient(b, c, expected) for b, c in zip(model.blocks, found, strict=True)]
        _add_prior_gradient(model, slopes)
        held = _held_everywhere(model, slopes)
        for part, at_bound in zip(slopes, held, strict=True):
            part[at_bound] = 0.0
        return Place(
            model=model,
            nodes=self.grid.nodes,
            expected=expected,
            curves=found,
            objective=expected.log_likelihood + model.log_prior(),
            gradient=pack_gradient(model, slopes),
            held=held,
        )


def counts_of(block: Block, expected: Expected) -> Floats:
    """(n, n_categories, n_nodes)."""
    counts: Floats = expected.counts[: block.n_categories, block.items].transpose(1, 0, 2)
    return counts


def _gradient(block: Block, found: Curves, expected: Expected) -> Floats:
    counts = counts_of(block, expected)
    out: Floats = np.einsum("jkq,jkpq->jp", counts, found.score, optimize=True)
    return out


def _add_prior_gradient(model: Model, slopes: list[Floats]) -> None:
    if model.guess_prior is None:
        return
    right, wrong = model.guess_prior.right - 1, model.guess_prior.wrong - 1
    for block, slope in zip(model.blocks, slopes, strict=True):
        if block.kind == "3pl":
            c = block.values[:, 2]
            slope[:, 2] += right / c - wrong / (1 - c)


def bounds(model: Model, block: Block) -> tuple[Floats, Floats]:
    lowest_guess = 0.0 if model.guess_prior is None else LOWEST_GUESS_WITH_PRIOR
    farthest = FARTHEST * (block.n_categories - 1)
    low, high = np.full_like(block.values, -farthest), np.full_like(block.values, farthest)
    low[:, 0], high[:, 0] = -STEEPEST, STEEPEST
    if block.kind == "3pl":
        low[:, 2], high[:, 2] = lowest_guess, HIGHEST_GUESS
    return low, high


def _held_everywhere(model: Model, gradients: list[Floats]) -> list[NDArray[np.bool_]]:
    if model.one_slope:  # the pull on a shared slope is that of all items together
        together = sum(float(gradient[:, 0].sum()) for gradient in gradients)
        gradients = [np.column_stack([np.full(len(g), together), g[:, 1:]]) for g in gradients]
    return [_held(model, block, g) for block, g in zip(model.blocks, gradients, strict=True)]


def _held(model: Model, block: Block, gradient: Floats) -> NDArray[np.bool_]:
    """At a bound, and the likelihood pulls outward."""
    low, high = bounds(model, block)
    at_low = (block.values <= low) & (gradient <= SLIGHT)
    at_high = (block.values >= high) & (gradient >= -SLIGHT)
    held: NDArray[np.bool_] = at_low | at_high
    return held


# --- one vector of free parameters: [slope, rest] where the slope is shared, all in order otherwise ---


def pack_gradient(model: Model, parts: list[Floats]) -> Floats:
    if not model.one_slope:
        return np.concatenate([part.ravel() for part in parts])
    rest = [part[:, 1:].ravel() for part in parts]
    return np.concatenate([[sum(part[:, 0].sum() for part in parts)], *rest])


def pack_step(model: Model, parts: list[Floats]) -> Floats:
    if not model.one_slope:
        return np.concatenate([part.ravel() for part in parts])
    return np.concatenate([[parts[0][0, 0]], *(part[:, 1:].ravel() for part in parts)])


def unpack(model: Model, free: Floats) -> list[Floats]:
    parts, start = [], int(model.one_slope)
    for block in model.blocks:
        n, width = block.values.shape
        width -= int(model.one_slope)
        part = free[start : start + n * width].reshape(n, width)
        start += n * width
        parts.append(np.column_stack([np.full(n, free[0]), part]) if model.one_slope else part)
    return parts
