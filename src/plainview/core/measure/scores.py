"""A table of scores, checked once: rows are students, columns are items, NaN is "not answered".

In:   whatever a caller calls a table; names of the items, or none.
Out:  floats in two dimensions; who answered everything; sums that every other page of this room needs.
Not here: what any of it means.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
ROWS_AT_ONCE = 4096  # a block of 200 columns stays in the cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How items and their total vary, without the full table of covariances."""

    n: int
    means: Floats  # (n_items,)
    variances: Floats  # (n_items,), divided by n - 1
    with_total: Floats  # (n_items,) covariance of each item with the total
    total: float  # variance of the total


def checked(scores: ArrayLike) -> Floats:
    """The table as floats; a wrong shape is the caller's mistake."""
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"found an array of {table.ndim} dimensions, expected two: students x items.")
    # A finite sum rules out gaps and infinities in one pass; only otherwise is each score looked at.
    if not np.isfinite(table.sum()) and np.isinf(table).any():
        raise ValueError("found an infinite score, expected numbers, or NaN where nobody answered.")
    return table


def named(names: Sequence[str] | None, n: int) -> tuple[str, ...]:
    """The items' names, or "item 1", "item 2" ..."""
    if names is None:
        return tuple(f"item {j + 1}" for j in range(n))
    if len(names) != n:
        raise ValueError(f"found {len(names)} names for {n} items, expected one each.")
    return tuple(str(name) for name in names)


def has_gaps(table: Floats) -> bool:
    return bool(np.isnan(table.sum())) if table.size else False


def complete(table: Floats) -> tuple[Floats, int]:
    """The students who answered every item, and how many were left out."""
    if not has_gaps(table):
        return table, 0
    keep = ~np.isnan(table).any(axis=1)
    return table[keep], int((~keep).sum())


def blocks(table: Floats) -> Iterator[Floats]:
    for start in range(0, len(table), ROWS_AT_ONCE):
        yield table[start : start + ROWS_AT_ONCE]


def spread(table: Floats) -> Spread:
    """Variances of a table without gaps, in two passes: means first, so that nothing cancels."""
    n, k = table.shape
    means = table.mean(axis=0) if n else np.zeros(k)
    variances, with_total, total = np.zeros(k), np.zeros(k), 0.0
    for block in blocks(table):
        apart = block - means
        sums = apart.sum(axis=1)
        variances += np.einsum("ij,ij->j", apart, apart)
        with_total += sums @ apart
        total += float(sums @ sums)
    d = max(n - 1, 1)
    return Spread(n=n, means=means, variances=variances / d, with_total=with_total / d, total=total / d)


def covariances(table: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Covariances of each pair of items over whoever answered both, and how many those were."""
    if not has_gaps(table):
        apart = table - table.mean(axis=0)
        n = np.full((table.shape[1],) * 2, len(table), dtype=np.int64)
        return apart.T @ apart / max(len(table) - 1, 1), n
    there = (~np.isnan(table)).astype(np.float64)
    # Taking a mean away first changes no covariance and keeps large scores from cancelling.
    means = np.nansum(table, axis=0) / np.maximum(there.sum(axis=0), 1)
    filled = np.where(there > 0, table - means, 0.0)
    n_both, sums = there.T @ there, filled.T @ there
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (filled.T @ filled - sums * sums.T / n_both) / (n_both - 1)
    return found, n_both.astype(np.int64)
