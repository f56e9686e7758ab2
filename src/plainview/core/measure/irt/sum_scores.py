"""How sums of answers are distributed, given ability; with every item, and with each left out.

In:   probabilities of the categories of each item at some abilities.
Out:  probabilities of each sum score.
Not here: what is compared with them (score_groups, conditional).

Source: Lord & Wingersky (1984), Applied Psychological Measurement 8, 453-461. Leaving each item out in turn
is done by halves (all but this half, then all but a quarter ...): nothing is ever divided or subtracted, so
nothing is lost to rounding.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def together(first: Floats, second: Floats) -> Floats:
    """(n_first + n_second - 1, n_nodes): the distribution of the sum of two independent scores."""
    if len(first) < len(second):
        first, second = second, first
    out = np.zeros((len(first) + len(second) - 1, first.shape[1]))
    for score, chance in enumerate(second):
        out[score : score + len(first)] += first * chance
    return out


def of_all(items: Sequence[Floats]) -> Floats:
    """``items``: for each (n_categories, n_nodes). Out: (highest sum + 1, n_nodes)."""
    if len(items) == 1:
        return items[0]
    half = len(items) // 2
    return together(of_all(items[:half]), of_all(items[half:]))


def without_each(items: Sequence[Floats]) -> Iterator[Floats]:
    """For each item in order: the distribution of the sum of all others."""
    nothing = np.ones((1, items[0].shape[1]))
    yield from _without_each(items, nothing)


def _without_each(items: Sequence[Floats], others: Floats) -> Iterator[Floats]:
    if len(items) == 1:
        yield others
        return
    half = len(items) // 2
    yield from _without_each(items[:half], together(others, of_all(items[half:])))
    yield from _without_each(items[half:], together(others, of_all(items[:half])))
