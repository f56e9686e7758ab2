"""From a design to its weights: how strongly each block is held, where to start, which curvature guides.

In:   a design, perhaps its chunks, perhaps where to start.
Out:  the weights, the priors they were held by, and how the search ended.
Not here: one step of it (solve), what the weights mean (told).

How strongly a block is held is chosen from the log itself where the layout says so: the variance of its
weights that the log speaks for (MacKay 1992, Neural Computation 4, 415-447: strength = well-determined
weights / sum of their squares), drawn towards the stated one
as if STATED_COUNTS_AS more weights spoke for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.logistic import layout as shapes
from plainview.core.learner.logistic.curvature import Curvature, curvature, diagonal
from plainview.core.learner.logistic.design import Chunk, Design, places
from plainview.core.learner.logistic.solve import MOST_STEPS, Prior, Solution, minimise

Floats = NDArray[np.float64]
Kept = tuple[Chunk, ...] | None

# The search ends when another step would win less log-likelihood than this, of all rows together: what
# double and single precision can hold.
TOLERANCE, TOLERANCE_SINGLE, TOLERANCE_FIRST = 1e-13, 1e-4, 0.1
# In a long log each million rows allow this much more: one standard error is worth half a unit.
TOLERANCE_A_MILLION = 1e-2
# The curvature that guides the search, and the choice of strengths, need no more rows than this; where a
# pass over the whole log is dear, a tenth of it, so that few such passes are left to do.
ROWS_FOR_STEPS, MOST_FOR_STEPS = 100_000, 1_000_000
ROUNDS = 4
STATED_COUNTS_AS = 10.0
STATED_COUNTS_AS_COLUMNS = 40.0  # a class's log must not free them: 25 students were then foreseen worse
WEAKEST, STRONGEST = 0.2, 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    solution: Solution
    prior: Prior
    strengths: Mapping[str, float]  # by block, as chosen


def search(
    design: Design, kept: Kept, *, most_steps: int = MOST_STEPS, before: Floats | None = None
) -> Found:
    """First on some of the students, where strengths are chosen; then on all, from there.

    ``before``: weights found for much the same rows, where the search on all starts instead. Strengths are
    chosen without them, so that they are what these rows alone would choose.
    """
    few = tuple(some(design, kept, rows_for_steps(design)))
    strengths, start = _first(design, few)
    start = start if before is None else before
    prior = prior_of(design, strengths)
    solution = minimise(
        lambda: kept or design.chunks(),
        start=start,
        prior=prior,
        curve=bent(design, kept, start, prior, rows_for_steps(design)).step,
        n_rows=design.n_rows,
        tolerance=tolerance(design),
        most_steps=most_steps,
    )
    return Found(solution=solution, prior=prior, strengths=strengths)


def tolerance(design: Design) -> float:
    if design.double:
        return TOLERANCE
    return max(TOLERANCE_SINGLE, TOLERANCE_A_MILLION * design.n_rows / 1e6)


def rows_for_steps(design: Design) -> int:
    return min(max(ROWS_FOR_STEPS, design.n_rows // 10), max(MOST_FOR_STEPS, ROWS_FOR_STEPS))


def _first(design: Design, few: tuple[Chunk, ...]) -> tuple[dict[str, float], Floats]:
    """Strengths, and weights near the end, from a few students; else the stated ones as they are."""
    chosen, strengths = design.layout.chosen, dict(design.layout.penalty)
    weights = prior_of(design, strengths).centre
    n_few = sum(len(chunk.right) for chunk in few)
    if not chosen and design.n_rows < 3 * n_few:
        return strengths, weights
    for _ in range(ROUNDS if chosen else 1):
        prior = prior_of(design, strengths)
        bend = curvature(few, weights, prior.strength)
        find = partial(minimise, lambda: few, start=weights, prior=prior, curve=bend.step)
        weights = find(n_rows=n_few, tolerance=TOLERANCE_FIRST).weights
        if chosen:
            strengths = _chosen(design, few, strengths, weights, bend)
    return strengths, weights


def _chosen(
    design: Design, few: tuple[Chunk, ...], strengths: dict[str, float], weights: Floats, bend: Curvature
) -> dict[str, float]:
    """One round of MacKay's rule; in a block, a weight's own curvature says how well it is determined."""
    n_dense = 1 + len(design.layout.columns)
    told, off = diagonal(few, weights), weights - prior_of(design, strengths).centre
    well = told / (told + prior_of(design, strengths).strength + 1e-12)
    well[:n_dense] = 1 - strengths[shapes.COLUMNS] * np.diag(bend.covariance)
    spans = {block: slice(n_dense + a, n_dense + b) for block, a, b in places(design.layout, design.names)}
    spans[shapes.COLUMNS] = slice(1, n_dense)
    return strengths | {
        block: _strength(
            well[span],
            off[span][told[span] > 0],
            design.layout.penalty[block],
            STATED_COUNTS_AS_COLUMNS if block == shapes.COLUMNS else STATED_COUNTS_AS,
        )
        for block, span in spans.items()
        if block in design.layout.chosen
    }


def _strength(well: Floats, off: Floats, stated: float, counts_as: float) -> float:
    found = (float(well.sum()) + counts_as) / (float(off @ off) + counts_as / stated)
    return float(np.clip(found, WEAKEST, STRONGEST))


def prior_of(design: Design, strengths: Mapping[str, float]) -> Prior:
    """None for the intercept; columns about their expected weights; blocks about 0."""
    layout = design.layout
    sizes = [design.names.size(block) for block in layout.blocks]
    blocks = [np.full(size, strengths[block]) for size, block in zip(sizes, layout.blocks, strict=True)]
    columns = np.full(len(layout.columns), strengths[shapes.COLUMNS])
    expected = np.array([column.expected for column in layout.columns])
    return Prior(
        centre=np.concatenate([[0.0], expected, np.zeros(sum(sizes))]),
        strength=np.concatenate([[0.0], columns, *blocks]),
    )


def bent(design: Design, kept: Kept, weights: Floats, prior: Prior, n_rows: int) -> Curvature:
    """The curvature on about ``n_rows`` of the rows, stretched to all of them."""
    chunks = some(design, kept, n_rows)
    if design.n_rows < 2 * n_rows:
        return curvature(chunks, weights, prior.strength)
    whole = diagonal(kept or design.chunks(), weights)
    return curvature(chunks, weights, prior.strength, whole=whole)


def means(design: Design, kept: Kept, n_rows: int) -> Floats:
    """(1 + n_columns,) of the dense columns, over about ``n_rows`` of the rows."""
    total, n = np.zeros(1 + len(design.layout.columns)), 0
    for chunk in some(design, kept, n_rows):
        total += chunk.dense.sum(axis=0, dtype=np.float64)
        n += len(chunk.right)
    return total / n


def some(design: Design, kept: Kept, n_rows: int) -> Iterable[Chunk]:
    """Every so-manieth chunk, so that about ``n_rows`` rows are seen from all over the log."""
    every = max(1, design.n_rows // n_rows)
    numbers = range(0, len(kept or design.stretches), every)
    return (kept[n] if kept else design.chunk(n) for n in numbers)
