"""Weights and predictions in words: what each raises or lowers, how sure that is, and what moved a row.

In:   a fit; a row of its design.
Out:  named weights with standard error, odds ratio and sentence; explanations that add up exactly.
Not here: the numbers behind them (fit, design).
"""

from dataclasses import dataclass, replace
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.explanation import Explanation, Part, additive
from plainview.core.learner.logistic.columns import Column
from plainview.core.learner.logistic.design import Chunk, places
from plainview.core.learner.logistic.layout import AFTER
from plainview.core.stats.interval import Interval

if TYPE_CHECKING:
    from plainview.core.learner.logistic.fit import LogisticFit

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A column's weight, in log-odds for each 1 of the column, and told for its step."""

    name: str
    family: str
    value: float
    se: float
    odds_ratio: float  # for one step of the column
    interval: Interval  # of the odds ratio, 95 %
    sentence: str


def weights(fit: "LogisticFit") -> tuple[Weight, ...]:
    """Every column's, in the order of the layout."""
    return tuple(_weight(fit, n, column) for n, column in enumerate(fit.layout.columns, start=1))


def _weight(fit: "LogisticFit", n: int, column: Column) -> Weight:
    value, se = float(fit.coefficients[n]), sqrt(float(fit.covariance[n, n]))
    ratio, low, high = (_exp(column.step * v) for v in (value, value - Z95 * se, value + Z95 * se))
    interval = Interval(low=low, high=high, level=0.95)
    return Weight(
        name=column.name,
        family=column.family,
        value=value,
        se=se,
        odds_ratio=ratio,
        interval=interval,
        sentence=sentence(column.told or column.name, ratio, interval),
    )


def _exp(x: float) -> float:
    return exp(min(x, 700.0))


def sentence(what: str, ratio: float, interval: Interval) -> str:
    """ "Each doubling of ... raises the odds of a right answer by 12 % (8 % to 16 %)." """
    what = what[0].upper() + what[1:]
    if interval.holds(1.0):
        between = f"times {interval.low:.2f} to {interval.high:.2f}"
        return f"{what}: may raise or lower the odds of a right answer ({between}); the log does not say."
    way = "raises" if ratio > 1 else "lowers"
    ends = sorted((abs(interval.low - 1), abs(interval.high - 1)))
    return (
        f"{what}: {way} the odds of a right answer by {100 * abs(ratio - 1):.0f} % "
        f"({100 * ends[0]:.0f} % to {100 * ends[1]:.0f} %)."
    )


def block(fit: "LogisticFit", name: str) -> NDArray[np.float64]:
    """The weights of one block."""
    n_dense = 1 + len(fit.layout.columns)
    for this, begin, end in places(fit.layout, fit.names):
        if this == name:
            return fit.coefficients[n_dense + begin : n_dense + end]
    raise ValueError(f"{name!r} is no block of {fit.model}: expected one of {', '.join(fit.layout.blocks)}.")


def explain(fit: "LogisticFit", chunk: Chunk, place: int, *, drawn_in: float = 1.0) -> Explanation:
    """Columns from the training mean, then what item and skills bring of their own."""
    n_dense = chunk.dense.shape[1]
    dense, own = chunk.dense[place].astype(np.float64), fit.coefficients[:n_dense]
    base = float(own @ fit.means)
    columns = tuple(
        Part(what=c.name, value=float(dense[n]), moved=float(own[n] * (dense[n] - fit.means[n])))
        for n, c in enumerate(fit.layout.columns, start=1)
    )
    parts = (*columns, *_own(fit, chunk.sparse[[place]].tocoo(), n_dense))
    drawn = tuple(replace(part, moved=drawn_in * part.moved) for part in parts)
    return additive(row=int(chunk.rows[place]), base=drawn_in * base, parts=drawn)


def _own(fit: "LogisticFit", row: "object", n_dense: int) -> tuple[Part, ...]:
    """What student, item and skills of the row bring; an unknown one brings nothing and is not named."""
    where = places(fit.layout, fit.names)
    cells = zip(row.col.tolist(), row.data.tolist(), strict=True)  # type: ignore[attr-defined]
    return tuple(
        _part(fit, where, int(place), float(value), float(fit.coefficients[n_dense + place]))
        for place, value in sorted(cells)
        if value
    )


def _part(
    fit: "LogisticFit", where: tuple[tuple[str, int, int], ...], place: int, value: float, weight: float
) -> Part:
    name, begin, _ = next(b for b in where if b[1] <= place < b[2])
    if name == AFTER:
        return Part(what=_after(fit, place - begin), value=value, moved=weight * value)
    kind, _, times = name.partition(" x ")
    names = {"student": fit.names.students, "item": fit.names.items, "skill": fit.names.skills}[kind]
    what = f"{kind} {names[place - begin]}" + (f": {times}" if times else "")
    return Part(what=what, value=value, moved=weight * value)


def _after(fit: "LogisticFit", place: int) -> str:
    """ "item B right after item A was answered wrong" """
    items = fit.names.items
    before, item = divmod(int(fit.names.followed[place]), len(items))
    how = "right" if before % 2 else "wrong"
    return f"item {items[item]} right after item {items[before // 2]} was answered {how}"
