"""How hard each step was, whoever took it: item, practice and place, from discordant pairs.

In:   windows of a student's answers.
Out:  for each row the log-odds of a right answer, but for what is the student's own.
Not here: ability. In a pair of answers of one student, one right and one wrong, it cancels.

P(i right, j wrong | one of the two right) = expit(eta_i - eta_j), summed over all such pairs in a window.
eta is minus the item's difficulty, and, where asked for, what practice adds: how often the student has met
the skill before, how often the item, and how far on in her sequence she is. Where students learn on a
schedule that does not look at answers, right answers come late in a lesson and so does the next lesson:
without these terms that would look like a reaction.

Each set of numbers is drawn towards 0 (b ~ N(0, 1/ridge)): items by as much as the log itself says that they
differ, and at least by ``RIDGE``. With 25 answers an item and a fixed small ridge, difficulties are spread
too wide, the redrawn answers follow them, and chance looks like a reaction in 12 logs of 100, not 5.

Source: Rasch (1960); pairwise conditional likelihood: Zwinderman (1995), Applied Psychological Measurement
19, 369-375.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RIDGE = 0.02
MOST_STEPS, MEMORY = 100, 8
FINE_ENOUGH = 3e-3  # log-odds, of the next step a number would take by itself
ROUNDS = 4  # of finding how much items differ
Floats = NDArray[np.float64]
Codes = NDArray[np.integer]


@dataclass(frozen=True, kw_only=True)
class Hard:
    """What was found."""

    log_odds: Floats  # (n_rows,) of a right answer, but for the student's own part
    difficulty: Floats  # (n_items,) of the items, in log-odds
    ridge: float  # 1 / variance of the items' difficulties
    terms: Mapping[str, Floats]  # what practice adds, by name and code


def difficulties(
    *,
    item: NDArray[np.int32],
    right: NDArray[np.uint8],
    windows: NDArray[np.int64],
    n_items: int,
    terms: Mapping[str, Codes] | None = None,
    weight: Floats | None = None,
) -> Hard:
    """Rasch difficulties and practice terms, in log-odds.

    Parameters
    ----------
    item, right : (n_rows,)
    windows : (n_windows + 1,) where each window begins
    terms : by name (n_rows,) a code of each row, from 0
    weight : (n_windows,) how much each counts; None: all the same

    Returns
    -------
    Hard
    """
    fit = _Fit(item, right, windows, n_items, dict(terms or {}), weight)
    ridge, b = RIDGE, np.zeros(fit.n)
    for _ in range(ROUNDS):
        b = fit.climb(b, ridge)
        ridge_then = fit.ridge_of(b, ridge)
        if abs(np.log(ridge_then / ridge)) < 0.1:
            break
        ridge = ridge_then
    return fit.found(b, ridge)


class _Fit:
    """One log-likelihood, climbed with several ridges."""

    def __init__(
        self,
        item: NDArray[np.int32],
        right: NDArray[np.uint8],
        windows: NDArray[np.int64],
        n_items: int,
        terms: dict[str, Codes],
        weight: Floats | None,
    ) -> None:
        from plainview.core.audit.adaptivity import kernels

        self.kernels, self.right, self.windows = kernels, right, windows
        self.weight = np.ones(len(windows) - 1) if weight is None else weight
        self.names = ("item", *terms)
        self.codes = (item, *terms.values())
        sizes = [n_items, *(int(codes.max(initial=0)) + 1 for codes in terms.values())]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.n, self.n_items = int(self.starts[-1]), n_items
        self.slope = np.zeros(len(item))
        tells = np.zeros(len(item))
        kernels.information(right, windows, self.weight, tells)
        self.tells = self._by_number(tells)

    def _by_number(self, of_rows: Floats) -> Floats:
        """Sums over the rows of each number."""
        return np.concatenate(
            [
                np.bincount(codes, of_rows, minlength=int(high - low))
                for codes, low, high in zip(self.codes, self.starts, self.starts[1:], strict=False)
            ]
        )

    def log_odds(self, b: Floats) -> Floats:
        total = np.zeros(len(self.slope))
        for codes, low in zip(self.codes, self.starts, strict=False):
            total += b[low:][codes]
        return total

    def climb(self, b: Floats, ridge: float) -> Floats:
        drawn = np.full(self.n, RIDGE)
        drawn[: self.n_items] = ridge

        def at(b: Floats) -> tuple[float, Floats]:
            odds = np.exp(np.clip(self.log_odds(b), -60, 60))
            value = self.kernels.pairs(odds, self.right, self.windows, self.weight, self.slope)
            return 0.5 * float(drawn @ (b * b)) - value, drawn * b - self._by_number(self.slope)

        return climb(at, b, curvature=self.tells + drawn)

    def ridge_of(self, b: Floats, ridge: float) -> float:
        """1 / variance of the items that were in pairs (one step of expectation and maximisation)."""
        tells, of_items = self.tells[: self.n_items], b[: self.n_items]
        there = tells > 0
        if not there.any():
            return ridge
        spread = float((of_items[there] ** 2 + 1 / (tells[there] + ridge)).mean())
        return max(RIDGE, 1 / spread)

    def found(self, b: Floats, ridge: float) -> Hard:
        parts = {
            name: b[low:high]
            for name, low, high in zip(self.names, self.starts, self.starts[1:], strict=False)
        }
        return Hard(
            log_odds=self.log_odds(b),
            difficulty=-parts.pop("item"),
            ridge=ridge,
            terms=parts,
        )


def climb(at: Callable[[Floats], tuple[float, Floats]], b: Floats, *, curvature: Floats) -> Floats:
    """The foot of a smooth bowl: limited-memory steps (Nocedal & Wright 2006, algorithm 7.4), scaled by
    ``curvature``, halved until they lead down."""
    value, slope = at(b)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(MOST_STEPS):
        if np.abs(slope / curvature).max(initial=0.0) < FINE_ENOUGH:
            break
        way = -_times_inverse(slope, steps, curvature)
        length, down = 1.0, float(way @ slope)
        then, slope_then = at(b + way)
        while then > value + 1e-4 * length * down and length > 1e-6:
            length /= 2
            then, slope_then = at(b + length * way)
        steps = [*steps[1 - MEMORY :], (length * way, slope_then - slope)]
        b, value, slope = b + length * way, then, slope_then
    return b


def _times_inverse(slope: Floats, steps: list[tuple[Floats, Floats]], curvature: Floats) -> Floats:
    q, kept = slope.copy(), list[tuple[float, float]]()
    for moved, changed in reversed(steps):
        rho = 1 / max(float(moved @ changed), 1e-300)
        alpha = rho * float(moved @ q)
        q -= alpha * changed
        kept.append((alpha, rho))
    q /= curvature
    for (moved, changed), (alpha, rho) in zip(steps, reversed(kept), strict=True):
        q += moved * (alpha - rho * float(changed @ q))
    return q
