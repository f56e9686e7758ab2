"""The area between two ROC curves in one walk along both: compiled, for a thousand draws of labels.

In:   rows in the order of their levels, whose they are, who is in the group in each of some draws.
Out:  the area of each draw; NaN where a side has no right or no wrong answers.
Not here: the plain form that it is held against (abroca.area_between).

Rows are read once for many draws: at each row stand the memberships of its student in all of them, side by
side in memory, so that the processor adds several at a time.
"""

import numba
import numpy as np
from numpy.typing import NDArray

AT_ONCE = 16  # draws


@numba.njit(cache=True, nogil=True)
def areas(
    y: NDArray[np.float64],
    level: NDArray[np.int32],
    who: NDArray[np.int32],
    member: NDArray[np.float64],
    n_levels: int,
) -> NDArray[np.float64]:
    """The area between the curves of members and others, for each column of ``member`` (n_students, n_draws).

    Rows stand by rising level.
    """
    n_draws = member.shape[1]
    inside = np.zeros((n_draws, 2, n_levels))  # draw, wrong or right, level
    whole = np.zeros((2, n_levels))
    right, every = np.zeros(n_draws), np.zeros(n_draws)
    r = 0
    while r < len(y):
        here = level[r]
        right[:], every[:] = 0.0, 0.0
        while r < len(y) and level[r] == here:
            got, row = y[r], member[who[r]]
            for d in range(n_draws):
                every[d] += row[d]
                right[d] += got * row[d]
            whole[1, here] += got
            whole[0, here] += 1 - got
            r += 1
        for d in range(n_draws):
            inside[d, 1, here] = right[d]
            inside[d, 0, here] = every[d] - right[d]
    found = np.empty(n_draws)
    counts, total = np.empty((2, 2, n_levels)), np.empty((2, 2))
    for d in range(n_draws):
        counts[1] = inside[d]
        counts[0] = whole - inside[d]
        least = np.inf
        for side in range(2):
            for kind in range(2):
                total[side, kind] = counts[side, kind].sum()
                least = min(least, total[side, kind])
        found[d] = _walk(counts, total, n_levels) if least > 1e-9 else np.nan
    return found


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
