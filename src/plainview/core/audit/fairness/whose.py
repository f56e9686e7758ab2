"""Whose row is it? Students as codes, without sorting where they are codes already.

In:   names or codes, a row each.
Out:  codes from 0; how many different students some rows are of.
Not here: what is counted of them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
TIMES = 4  # codes that reach further than this many times the rows are dealt anew


def codes(student: ArrayLike | None, n_rows: int) -> Ints:
    """(n_rows,) codes, not necessarily without gaps; with None every row stands for itself."""
    if student is None:
        return np.arange(n_rows)
    who = np.asarray(student)
    is_coded = who.dtype.kind in "iu" and len(who) and who.min() >= 0 and who.max() < TIMES * len(who) + 1000
    if not is_coded:
        who = np.unique(who, return_inverse=True)[1].reshape(-1)
    found: Ints = who.astype(np.int64, copy=False)
    return found


def n_students(who: Ints, among: NDArray[np.bool_] | None = None) -> int:
    """How many different students these rows are of."""
    mine = who if among is None else who[among]
    return int((np.bincount(mine) > 0).sum()) if len(mine) else 0
