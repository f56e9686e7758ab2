"""The area between two ROC curves in one walk along both: compiled, for a thousand draws of labels.

In:   rows in the order of their levels, whose they are, who is in the group.
Out:  the area; NaN where a side has no right or no wrong answers.
Not here: the plain form that it is held against (abroca.area_between).
"""

import numba
import numpy as np
from numpy.typing import NDArray


@numba.njit(cache=True, nogil=True)
def areas(
    y: NDArray[np.float64],
    level: NDArray[np.int32],
    who: NDArray[np.int32],
    member: NDArray[np.bool_],
    n_levels: int,
) -> float:
    """The area between the curves of members and others."""
    counts = np.zeros((2, 2, n_levels))  # side, wrong or right, level
    for r in range(len(y)):
        side = 1 if member[who[r]] else 0
        counts[side, 1, level[r]] += y[r]
        counts[side, 0, level[r]] += 1 - y[r]
    total = np.zeros((2, 2))
    for side in range(2):
        for kind in range(2):
            total[side, kind] = counts[side, kind].sum()
            if total[side, kind] <= 0:
                return np.nan
    return _walk(counts, total, n_levels)


@numba.njit(cache=True, nogil=True)
def _walk(counts: NDArray[np.float64], total: NDArray[np.float64], n_levels: int) -> float:
    at = np.zeros(2, np.int64)  # the piece each curve is on
    x0, y0 = np.zeros(2), np.zeros(2)  # where that piece begins
    x, area = 0.0, 0.0
    now, then = np.zeros(2), np.zeros(2)
    while True:
        reach = 2.0
        for side in range(2):
            # Pieces that end here, upright ones among them, are behind us.
            while at[side] < n_levels:
                end = x0[side] + counts[side, 0, at[side]] / total[side, 0]
                if end > x + 1e-15:
                    break
                x0[side] = end
                y0[side] += counts[side, 1, at[side]] / total[side, 1]
                at[side] += 1
            if at[side] < n_levels:
                end = x0[side] + counts[side, 0, at[side]] / total[side, 0]
                reach = min(reach, end)
        if reach > 1.5:
            return area
        for side in range(2):
            if at[side] >= n_levels:
                now[side] = y0[side]
                then[side] = y0[side]
                continue
            wide = counts[side, 0, at[side]] / total[side, 0]
            high = counts[side, 1, at[side]] / total[side, 1]
            now[side] = y0[side] + high * (x - x0[side]) / wide
            then[side] = y0[side] + high * (reach - x0[side]) / wide
        left, right = now[1] - now[0], then[1] - then[0]
        size = abs(left) + abs(right)
        if left * right < 0:
            area += (reach - x) * (left * left + right * right) / (2 * size)
        else:
            area += (reach - x) * size / 2
        x = reach
