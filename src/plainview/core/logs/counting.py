"""The counting kernel, compiled. Import it only where it pays: it loads the compiler.

In:   a code a row; the number of groups.
Out:  the rows group by group, and where each group begins.
Not here: when to use it (order).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def count(codes: NDArray[np.integer], n_groups: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count each code, add up, then put every row in its place: two passes, no comparison."""
    starts = np.zeros(n_groups + 1, np.int64)
    for code in codes:
        starts[code + 1] += 1
    for g in range(n_groups):
        starts[g + 1] += starts[g]
    free = starts[:-1].copy()
    order = np.empty(codes.size, np.int64)
    for row in range(codes.size):
        code = codes[row]
        order[free[code]] = row
        free[code] += 1
    return order, starts


@njit(cache=True, nogil=True)
def by_value(values: NDArray[np.int64], least: int, n_digits: int) -> NDArray[np.uint32]:
    """The order of fewer than 2**32 whole numbers, 16 bits after 16 bits: eight bytes a row."""
    order, then = np.arange(values.size).astype(np.uint32), np.empty(values.size, np.uint32)
    for digit in range(n_digits):
        shift, free = 16 * digit, np.zeros(65_537, np.int64)
        for value in values:
            free[(((value - least) >> shift) & 0xFFFF) + 1] += 1
        for code in range(65_536):
            free[code + 1] += free[code]
        for row in order:
            code = ((values[row] - least) >> shift) & 0xFFFF
            then[free[code]] = row
            free[code] += 1
        order, then = then, order
    return order
