"""The same walk where the log has times: how long ago, and how much within the last hour, day, week, month.

In:   rows student by student with their times.
Out:  a row of numbers for each answer, made from the same student's earlier rows only.
Not here: the order of answers without times (past).

Source of the windows: Choffin et al. (2019), DAS3H, EDM 2019 (arXiv 1905.06873).
Plain Python that `compiled` makes fast, as in `past`.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

HOUR_MS = 3_600_000.0
WINDOWS_MS = (HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS)

# Places in a row of numbers: since her last answer, at this skill, at this item; wins and answers a window.
SINCE_ANY, SINCE_SKILL, SINCE_ITEM, WITHIN, N_COLUMNS = 0, 1, 2, 3, 11

# Of each pair of row and skill: when, and this student's wins and answers at the skill until just before.
WHEN, WINS, ANSWERS, N_KEPT = 0, 1, 2, 3


def since(then: float, now: float) -> float:
    """log(1 + hours): a second and an hour differ much, a month and a month and an hour hardly."""
    return log(1.0 + max(now - then, 0.0) / HOUR_MS)


def tell_windows(
    so_far: Floats, kept: Floats, later: NDArray[np.int64], tail: NDArray[np.int64], share: float, out: Floats
) -> None:
    """Wins and answers at one skill within each window; a tail only ever moves forward."""
    for n in range(4):
        while tail[n] >= 0 and so_far[WHEN] - kept[tail[n], WHEN] > WINDOWS_MS[n]:
            tail[n] = later[tail[n]]
        if tail[n] >= 0:
            out[WITHIN + 2 * n] += share * log(1.0 + so_far[WINS] - kept[tail[n], WINS])
            out[WITHIN + 2 * n + 1] += share * log(1.0 + so_far[ANSWERS] - kept[tail[n], ANSWERS])


def append(pair: int, last: int, later: NDArray[np.int64], tail: NDArray[np.int64]) -> None:
    """The pair comes after the last of its skill, and opens each window that stands empty."""
    if last >= 0:
        later[last] = pair
    for n in range(4):
        if tail[n] < 0:
            tail[n] = pair


def walk_times(
    starts: NDArray[np.int64],
    item: NDArray[np.int32],
    right: NDArray[np.float32],
    skill_from: NDArray[np.int64],
    skill: NDArray[np.int32],
    at_ms: NDArray[np.int64],
    n_items: int,
    n_skills: int,
    out: Floats,
) -> None:
    """Every student's rows, one after the other. Fills ``out`` (n_rows, N_COLUMNS), zero before."""
    kept, later = np.zeros((len(skill), N_KEPT)), np.full(len(skill), -1)
    so_far, last = np.zeros((n_skills, N_KEPT)), np.full(n_skills, -1)
    tail, skill_of = np.full((n_skills, 4), -1), np.full(n_skills, -1)
    item_at, item_of = np.zeros(n_items), np.full(n_items, -1)
    for s in range(len(starts) - 1):
        for r in range(starts[s], starts[s + 1]):
            now, i, n_mine = float(at_ms[r]), item[r], skill_from[r + 1] - skill_from[r]
            if r > starts[s]:
                out[r, SINCE_ANY] = since(float(at_ms[r - 1]), now)
            if item_of[i] == s:
                out[r, SINCE_ITEM] = since(item_at[i], now)
            item_of[i], item_at[i] = s, now
            for pair in range(skill_from[r], skill_from[r + 1]):
                k, share = skill[pair], 1.0 / n_mine
                if skill_of[k] == s:
                    out[r, SINCE_SKILL] += share * since(so_far[k, WHEN], now)
                else:
                    skill_of[k], last[k] = s, -1
                    so_far[k], tail[k] = 0.0, -1
                so_far[k, WHEN] = now
                kept[pair] = so_far[k]
                tell_windows(so_far[k], kept, later, tail[k], share, out[r])
                append(pair, last[k], later, tail[k])
                last[k] = pair
                so_far[k, WINS] += right[r]
                so_far[k, ANSWERS] += 1.0


# Callees first, as in `past`.
PARTS = (since, tell_windows, append, walk_times)
