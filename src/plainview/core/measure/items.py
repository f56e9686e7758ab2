"""Items one by one: how hard is each, and does it pull with the others?

In:   scores, students x items, NaN where nobody answered.
Out:  difficulty and item-rest correlation of each item with intervals, a flag, a sentence.
Not here: what wrong answers were chosen (distractors), the test as a whole (classical), models (irt).

The rest of an item is the mean over the *other* items that the student answered: without gaps that orders
students as the sum of the others does; with gaps an unanswered item counts neither for nor against. Where
students are given items by ability (adaptive products) that compares unlike sets: give ``criterion`` then.

Source: Crocker & Algina (1986), Introduction to Classical and Modern Test Theory, chapter 14.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.scores import ROWS_AT_ONCE, Floats, blocks, checked, has_gaps, named, spread
from plainview.core.plural import counted
from plainview.core.stats.correlation import Correlation, correlation
from plainview.core.stats.interval import Interval, wilson

CHECK = "measure.items/1"
FEWEST_STUDENTS = 3
LEAST_ITEM_REST = 0.15  # below it an item is flagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item: how hard, and whether who does well elsewhere does well here."""

    name: str
    difficulty: float  # mean points: the share right where points are 0 or 1; high is easy
    difficulty_interval: Interval
    item_rest: Correlation | CannotSay
    n_students: int  # who answered it
    n_left_out: int  # who did not
    is_flagged: bool
    sentence: str


def items(
    scores: ArrayLike,
    *,
    criterion: ArrayLike | None = None,
    names: Sequence[str] | None = None,
    level: float = 0.95,
) -> tuple[Item | CannotSay, ...]:
    """Difficulty and item-rest correlation of every item.

    Parameters
    ----------
    scores : (n_students, n_items) float
        Points; NaN where not answered.
    criterion : (n_students,) float, optional
        What an item should go with, instead of the rest of the test: another test, an ability estimate. NaN
        leaves a student out.

    Returns
    -------
    tuple of Item
        An item that fewer than three students answered is a ``CannotSay`` in its place. ``is_flagged``: the
        item-rest correlation is below .15.

    Raises
    ------
    ValueError
        For a wrong shape.
    """
    table = checked(scores)
    called = named(names, table.shape[1])
    n, means, variances = _each(table)
    r, n_behind = _against(table, criterion) if criterion is not None else _against_rest(table)
    is_share = _zeros_and_ones(table)
    return tuple(
        _item(
            name,
            n=int(n[j]),
            n_left_out=len(table) - int(n[j]),
            mean=float(means[j]),
            variance=float(variances[j]),
            r=float(r[j]),
            n_behind=int(n_behind[j]),
            is_share=bool(is_share[j]),
            level=level,
        )
        for j, name in enumerate(called)
    )


def item_from_sums(
    name: str,
    *,
    n_all: float,
    x_all: float,
    xx_all: float,
    between: float,
    n: float,
    x: float,
    y: float,
    xx: float,
    yy: float,
    xy: float,
    level: float = 0.95,
) -> Item | CannotSay:
    """The same of one item whose students were added up elsewhere: no table of scores is needed.

    Parameters
    ----------
    n_all, x_all, xx_all : of everybody who answered it: how many, their points, their squared points
    between : how many of them had points other than 0 and 1
    n, x, y, xx, yy, xy : of those who answered another item too; y is the mean over their other items
    """
    mean = x_all / max(n_all, 1)
    spread = max(xx_all - n_all * mean * mean, 0.0) / max(n_all - 1, 1)
    shared, first, second = (np.array([v]) for v in (n * xy - x * y, n * xx - x * x, n * yy - y * y))
    r = _ratio(*(v / max(n, 1) ** 2 for v in (shared, first, second)))
    return _item(
        name,
        n=round(n_all),
        n_left_out=0,
        mean=mean,
        variance=spread,
        r=float(r[0]),
        n_behind=round(n),
        is_share=between == 0,
        level=level,
    )


def _item(
    name: str,
    *,
    n: int,
    n_left_out: int,
    mean: float,
    variance: float,
    r: float,
    n_behind: int,
    is_share: bool,
    level: float,
) -> Item | CannotSay:
    if n < FEWEST_STUDENTS:
        return _cannot(name, f"{counted(n, 'student')} answered it", f"at least {FEWEST_STUDENTS} students")
    rest: Correlation | CannotSay = correlation(r, n=n_behind, level=level)
    if not np.isfinite(r):
        rest = _cannot(
            name, "everybody has the same score here, or elsewhere", "students whose scores differ"
        )
    flagged = isinstance(rest, Correlation) and rest.value < LEAST_ITEM_REST
    return Item(
        name=name,
        difficulty=mean,
        difficulty_interval=_around(mean, variance, n, is_share, level),
        item_rest=rest,
        n_students=n,
        n_left_out=n_left_out,
        is_flagged=flagged,
        sentence=_sentence(name, mean, n, rest, is_share),
    )


def _around(mean: float, variance: float, n: int, is_share: bool, level: float) -> Interval:
    if is_share:
        return wilson(n_hits=round(mean * n), n=n, level=level).interval
    half = float(t_distribution.ppf((1 + level) / 2, n - 1)) * sqrt(variance / n)
    return Interval(low=mean - half, high=mean + half, level=level)


def _sentence(name: str, mean: float, n: int, rest: Correlation | CannotSay, is_share: bool) -> str:
    how_hard = (
        f"{100 * mean:.0f} % of {counted(n, 'student')} got it right"
        if is_share
        else f"{counted(n, 'student')} got {mean:.2f} on average"
    )
    if isinstance(rest, CannotSay):
        return f"{name}: {how_hard}; whether it goes with the rest cannot be said: {rest.reason}."
    if rest.value < LEAST_ITEM_REST:
        return f"{name}: {how_hard}. Look again: it hardly goes with the rest ({rest.value:.2f}, below .15)."
    return f"{name}: {how_hard}; it goes with the rest ({rest.value:.2f})."


def _each(table: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """How many answered, their mean and their variance, item by item."""
    k = table.shape[1]
    if table.size and not has_gaps(table):
        whole = spread(table)
        return np.full(k, len(table)), whole.means, whole.variances
    n, sums, squares = np.zeros(k, dtype=np.int64), np.zeros(k), np.zeros(k)
    for block in blocks(table):
        n += len(block) - np.isnan(block).sum(axis=0)
        sums += np.nansum(block, axis=0)
    means = sums / np.maximum(n, 1)
    for block in blocks(table):
        apart = np.nan_to_num(block - means, nan=0.0)
        squares += np.einsum("ij,ij->j", apart, apart)
    return n, means, squares / np.maximum(n - 1, 1)


def _zeros_and_ones(table: Floats) -> NDArray[np.bool_]:
    only = np.ones(table.shape[1], dtype=bool)
    for block in blocks(table):
        only &= ((block == 0) | (block == 1) | np.isnan(block)).all(axis=0)
    return only


def _against_rest(table: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Each item against the mean of the others that the same student answered."""
    if not table.size or has_gaps(table):
        return _against_rest_with_gaps(table)
    whole = spread(table)
    rest = whole.total - 2 * whole.with_total + whole.variances
    r = _ratio(whole.with_total - whole.variances, whole.variances, rest)
    return r, np.full(table.shape[1], len(table))


def _against_rest_with_gaps(table: Floats) -> tuple[Floats, NDArray[np.int64]]:
    sums = _Sums(table.shape[1])
    for block in blocks(table):
        there = ~np.isnan(block)
        filled = np.where(there, block, 0.0)
        others = there.sum(axis=1, keepdims=True) - 1
        both = there & (others > 0)
        sums.add(filled, (filled.sum(axis=1, keepdims=True) - filled) / np.maximum(others, 1), both)
    return sums.correlations()


def _against(table: Floats, criterion: ArrayLike) -> tuple[Floats, NDArray[np.int64]]:
    other = np.asarray(criterion, dtype=np.float64)
    if other.shape != (len(table),):
        raise ValueError(
            f"found a criterion of shape {other.shape} for {len(table)} students, expected one each."
        )
    sums = _Sums(table.shape[1])
    # Points and criterion are first brought near 0, so that large ones do not cancel.
    middle = float(np.nanmean(other)) if np.isfinite(other).any() else 0.0
    for start, block in enumerate(blocks(table)):
        beside = (other - middle)[start * ROWS_AT_ONCE :][: len(block), None]
        both = ~np.isnan(block) & ~np.isnan(beside)
        sums.add(np.where(both, block, 0.0), np.nan_to_num(np.broadcast_to(beside, block.shape)), both)
    return sums.correlations()


class _Sums:
    """What the correlations of many columns need, gathered block by block."""

    def __init__(self, k: int) -> None:
        self.n, self.x, self.y, self.xx, self.yy, self.xy = (np.zeros(k) for _ in range(6))

    def add(self, x: Floats, y: Floats, both: NDArray[np.bool_]) -> None:
        y = y * both
        x = x * both
        self.n += both.sum(axis=0)
        self.x += x.sum(axis=0)
        self.y += y.sum(axis=0)
        self.xx += np.einsum("ij,ij->j", x, x)
        self.yy += np.einsum("ij,ij->j", y, y)
        self.xy += np.einsum("ij,ij->j", x, y)

    def correlations(self) -> tuple[Floats, NDArray[np.int64]]:
        n = np.maximum(self.n, 1)
        shared, first = self.xy / n - self.x * self.y / n**2, self.xx / n - (self.x / n) ** 2
        return _ratio(shared, first, self.yy / n - (self.y / n) ** 2), self.n.astype(np.int64)


def _ratio(shared: Floats, first: Floats, second: Floats) -> Floats:
    # What rounding leaves of a variance of 0 is no variance.
    enough = (first > 1e-12) & (second > 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(enough, shared / np.sqrt(first * second), np.nan)


def _cannot(name: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question=f"How hard is {name}, and does it go with the rest?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
