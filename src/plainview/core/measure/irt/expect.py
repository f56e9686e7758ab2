"""The expectation step: where on the grid each student may stand, and what was answered from there.

In:   answers, log-probabilities on a grid, the grid's weights.
Out:  the log-likelihood, the expected counts of each category at each node, students' means and deviations.
Not here: the next parameters (climb).

Students are sorted, so that the students of a chunk stand near each other: only the nodes where one of them
may stand are computed (a window). Each window is checked at its edges and widened when it cut anything off.

Source: Bock & Aitkin (1981), Psychometrika 46, 443-459.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.answers import SPARSE, Answers
from plainview.core.measure.irt.model import Grid

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-11  # the share of a student's probability that a node may hold and yet be left out
EDGE = 1e-9  # more than this at a window's edge: the window was too narrow, and is widened


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """``counts[k, j, q]``: how many answers of category k to item j are expected from node q."""

    log_likelihood: float
    counts: Floats  # (n_categories, n_items, n_nodes)
    mass: Floats  # (n_nodes,) students
    mean: Floats  # (n_rows,)
    deviation: Floats  # (n_rows,)


class Windows:
    """For each chunk of students the nodes that matter; everything until it is known better."""

    def __init__(self, answers: Answers, n_nodes: int) -> None:
        self.n_nodes = n_nodes
        self.chunks = answers.chunks()
        self.low = np.zeros(len(self.chunks), dtype=np.intp)
        self.high = np.full(len(self.chunks), n_nodes, dtype=np.intp)

    def start_from(self, before: "Windows", old: Grid, new: Grid) -> None:
        """A finer grid begins where the coarser one ended, a node wider to be safe."""
        low = old.nodes[before.low] - 2 * old.spacing
        high = old.nodes[before.high - 1] + 2 * old.spacing
        self.low = np.searchsorted(new.nodes, low)
        self.high = np.minimum(np.searchsorted(new.nodes, high) + 1, self.n_nodes)

    def narrow(self, chunk: int, heaviest: Floats) -> None:
        """``heaviest``: the most that any student of the chunk has at each node of the present window."""
        there = np.flatnonzero(heaviest > NEGLIGIBLE)
        low = self.low[chunk]
        self.low[chunk] = max(0, low + there[0] - 2)
        self.high[chunk] = min(self.n_nodes, low + there[-1] + 3)

    def widen(self, chunk: int) -> None:
        width = self.high[chunk] - self.low[chunk]
        self.low[chunk] = max(0, self.low[chunk] - width)
        self.high[chunk] = min(self.n_nodes, self.high[chunk] + width)

    def cuts(self, chunk: int, heaviest: Floats) -> bool:
        below = self.low[chunk] > 0 and heaviest[0] > EDGE
        above = self.high[chunk] < self.n_nodes and heaviest[-1] > EDGE
        return bool(below or above)


class Tables:
    """The answers as tables to multiply with: dense by chunks, or only the answers given where few are."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.n_categories = int(answers.n_categories.max())
        self.is_sparse = not answers.complete and answers.share_given < SPARSE
        self._sparse = self._only_given() if self.is_sparse else []

    def _only_given(self) -> list[Any]:
        from scipy.sparse import csr_array  # only where few answers were given

        codes = self.answers.codes
        tables = [csr_array(codes >= 0, dtype=np.float64)]
        return tables + [csr_array(codes == k, dtype=np.float64) for k in range(1, self.n_categories)]

    def of(self, rows: slice) -> list[Any]:
        """[was answered (or nothing, when all were), category 1, category 2, ...]."""
        if self.is_sparse:
            return [table[rows] for table in self._sparse]
        codes = self.answers.codes[rows]
        given = None if self.answers.complete else (codes >= 0).astype(np.float64)
        if self.answers.complete and self.n_categories == 2:
            return [None, codes.astype(np.float64)]
        return [given, *((codes == k).astype(np.float64) for k in range(1, self.n_categories))]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Where the students of a chunk may stand: a row of weights each, summing to 1, on the nodes ``here``."""

    rows: slice
    here: slice
    tables: list[Any]
    weight: Floats  # (n_rows of the chunk, n_nodes of the window)
    log_likelihood: Floats  # (n_rows of the chunk,)


class Pass:
    """One pass over all answers with fixed curves. ``log_p``: (n_categories, n_items, n_nodes)."""

    def __init__(self, tables: Tables, log_p: Floats, grid: Grid, windows: Windows) -> None:
        self.tables, self.grid, self.windows = tables, grid, windows
        # A category that an item does not have is never answered: its odds are never used.
        self.odds = log_p[1:] - log_p[:1]
        self.base, self.total = log_p[0], log_p[0].sum(axis=0)

    def __iter__(self) -> Iterator[Standing]:
        for chunk, rows in enumerate(self.windows.chunks):
            parts = self.tables.of(rows)
            yield self._standing(chunk, rows, parts)

    def _standing(self, chunk: int, rows: slice, parts: list[Any]) -> Standing:
        while True:
            here = slice(self.windows.low[chunk], self.windows.high[chunk])
            weight = self._log_joint(parts, here)
            top = weight.max(axis=1)
            np.exp(np.subtract(weight, top[:, None], out=weight), out=weight)
            sums = weight.sum(axis=1)
            weight /= sums[:, None]
            heaviest = weight.max(axis=0)
            if not self.windows.cuts(chunk, heaviest):
                break
            self.windows.widen(chunk)
        self.windows.narrow(chunk, heaviest)
        logs = top + np.log(sums)
        return Standing(rows=rows, here=here, tables=parts, weight=weight, log_likelihood=logs)

    def _log_joint(self, parts: list[Any], here: slice) -> Floats:
        given = parts[0]
        logs = self.total[here] if given is None else given @ self.base[:, here]
        for part, odd in zip(parts[1:], self.odds, strict=True):
            logs = logs + part @ odd[:, here]
        joint: Floats = logs + self.grid.log_weight[here]
        return joint


def expect(tables: Tables, log_p: Floats, grid: Grid, windows: Windows) -> Expected:
    """The sums that a search needs, in one pass."""
    n_rows = len(tables.answers.codes)
    counts, mass = np.zeros_like(log_p), np.zeros(len(grid.nodes))
    mean, deviation, total = np.empty(n_rows), np.empty(n_rows), 0.0
    for standing in Pass(tables, log_p, grid, windows):
        rows, here, weight = standing.rows, standing.here, standing.weight
        times, nodes = tables.answers.times[rows], grid.nodes[here]
        mean[rows] = weight @ nodes
        deviation[rows] = np.sqrt(np.maximum(weight @ nodes**2 - mean[rows] ** 2, 0))
        total += float(times @ standing.log_likelihood)
        weight *= times[:, None]
        mass[here] += weight.sum(axis=0)
        for table, part in zip(counts, standing.tables, strict=True):
            if part is not None:
                table[:, here] += part.T @ weight
    _first_category(counts, mass, tables.answers.complete)
    return Expected(log_likelihood=total, counts=counts, mass=mass, mean=mean, deviation=deviation)


def _first_category(counts: Floats, mass: Floats, complete: bool) -> None:
    """Until here the first table counts whoever answered; from here, whoever gave category 0."""
    if complete:
        counts[0] += mass
    counts[0] -= counts[1:].sum(axis=0)
    np.maximum(counts, 0, out=counts)
