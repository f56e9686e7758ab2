"""The same walks, compiled: for logs of millions of rows.

In:   plain arrays.
Out:  plain arrays; equal to the numpy way to rounding (a test holds them together).
Not here: when it pays (alike, expect, forecast say so). Import this inside a function: it loads the compiler.

Rows are walked in the order in which they happened, so nothing is sorted: a table says where each student
stands at each skill. The table holds some skills at a time, which bounds the memory.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
_FAR = 1e200  # expect.FARTHEST


@numba.njit(cache=True)
def _longer(column: Ints) -> Any:
    """Twice as long, with nothing in the new half."""
    longer = np.zeros(2 * len(column), dtype=np.int32)
    longer[: len(column)] = column
    return longer


@numba.njit(cache=True)
def walk(
    student: Ints,
    pair_skill: Ints,
    skill_from: NDArray[np.int64],
    value: NDArray[np.uint8],
    n_students: int,
    n_values: int,
    first: int,
    last: int,
) -> Any:
    """The histories of skills ``first`` to ``last`` - 1, in the order in which they first occur.

    Returns parent (-1 at a first answer), code, how many pass, level; a child stands after its parent.
    """
    width = last - first
    stands = np.full(n_students * width, -1, dtype=np.int32)
    room = 1 << 16
    child = np.zeros(room * n_values, dtype=np.int32)  # 0: none yet; else its place + 1
    parent, code = np.zeros(room, dtype=np.int32), np.zeros(room, dtype=np.int32)
    n, level = np.zeros(room, dtype=np.int32), np.zeros(room, dtype=np.int32)
    root = np.full(width * n_values, -1, dtype=np.int32)
    n_nodes = 0
    for row in range(len(student)):
        for k in range(skill_from[row], skill_from[row + 1]):
            s = pair_skill[k] - first
            if s < 0 or s >= width:
                continue
            place = student[row] * np.int64(width) + s
            at = stands[place]
            node = root[s * n_values + value[row]] if at < 0 else child[at * n_values + value[row]] - 1
            if node < 0:
                if n_nodes == room:
                    child = _longer(child)
                    parent, code, n, level = _longer(parent), _longer(code), _longer(n), _longer(level)
                    room *= 2
                node = np.int32(n_nodes)
                n_nodes += 1
                parent[node], code[node] = at, pair_skill[k] * n_values + value[row]
                level[node] = 0 if at < 0 else level[at] + 1
                if at < 0:
                    root[s * n_values + value[row]] = node
                else:
                    child[at * n_values + value[row]] = node + 1
            n[node] += 1
            stands[place] = node
    return parent[:n_nodes], code[:n_nodes], n[:n_nodes], level[:n_nodes]


@numba.njit(cache=True)
def forward_backward(
    levels: NDArray[np.int64],
    parent: Ints,
    code: Ints,
    n: Ints,
    skill_of_code: Ints,
    start_skill: Ints,
    ratio: Floats,
    learn: Floats,
    forget: Floats,
    start_odds: Floats,
    n_skills: int,
) -> Any:
    """One forward and one backward walk: see expect for the formulas.

    Returns by start and by code the unknowing; by skill the unknowing at the end, learned, forgotten, those
    who go on, and the log-likelihood beyond that of one who never knew.
    """
    n_nodes = len(parent)
    after, together = np.empty(n_nodes), np.zeros(n_nodes)
    going_on = np.zeros(n_nodes, dtype=np.int32)
    at_start, by_code = np.zeros(len(start_odds)), np.zeros(len(ratio))
    at_end, learned, forgot = np.zeros(n_skills), np.zeros(n_skills), np.zeros(n_skills)
    goes_on, beyond = np.zeros(n_skills), np.zeros(n_skills)
    for t in range(len(levels) - 1):
        above = levels[t - 1] if t else 0
        for v in range(levels[t], levels[t + 1]):
            c = code[v]
            odds = start_odds[parent[v]] if t == 0 else after[above + parent[v]]
            e = odds * ratio[c]
            after[v] = min((e * (1 - forget[c]) + learn[c]) / (e * forget[c] + (1 - learn[c])), _FAR)
            beyond[skill_of_code[c]] += n[v] * np.log((1 + e) / (1 + odds))
            if t:
                going_on[above + parent[v]] += n[v]
    for t in range(len(levels) - 2, -1, -1):
        above = levels[t - 1] if t else 0
        for v in range(levels[t], levels[t + 1]):
            c = code[v]
            s = skill_of_code[c]
            odds = start_odds[parent[v]] if t == 0 else after[above + parent[v]]
            e = odds * ratio[c]
            if_unknown_next = (1 - learn[c]) / (e * forget[c] + (1 - learn[c]))
            newly = (going_on[v] - together[v]) * (learn[c] / (e * (1 - forget[c]) + learn[c]))
            ending = (n[v] - going_on[v]) / (1 + e)
            unknowing = together[v] * if_unknown_next + newly + ending
            learned[s] += newly
            forgot[s] += together[v] * (1 - if_unknown_next)
            at_end[s] += ending
            goes_on[s] += going_on[v]
            by_code[c] += unknowing
            if t:
                together[above + parent[v]] += unknowing
            else:
                at_start[parent[v]] += unknowing
    return at_start, by_code, at_end, learned, forgot, goes_on, beyond


@numba.njit(cache=True)
def expected(
    student: Ints,
    pair_skill: Ints,
    skill_from: NDArray[np.int64],
    value: NDArray[np.uint8],
    n_students: int,
    n_values: int,
    first: int,
    last: int,
    ratio: Floats,
    scale: Floats,
    gain: Floats,
    forget: Floats,
    start_odds: Floats,
    right_known: Floats,
    right_unknown: Floats,
    out: Floats,
) -> None:
    """Add to ``out`` what skills ``first`` to ``last`` - 1 expect of each row, one step ahead.

    By code: ratio; scale 1 / (1 - learn) and gain learn / (1 - learn), without forgetting. By skill: forget
    / (1 - learn), P(known) odds at the start, P(right | known), P(right | unknown).
    """
    width = last - first
    stands = np.zeros(n_students * width)  # 0: not begun; odds are never 0
    for row in range(len(student)):
        n_skills = skill_from[row + 1] - skill_from[row]
        for k in range(skill_from[row], skill_from[row + 1]):
            skill = pair_skill[k]
            s = skill - first
            if s < 0 or s >= width:
                continue
            place = student[row] * np.int64(width) + s
            odds = stands[place]
            if odds == 0.0:
                odds = start_odds[skill]
            out[row] += (odds * right_known[skill] + right_unknown[skill]) / ((1 + odds) * n_skills)
            e = odds * ratio[skill * n_values + value[row]]
            if forget[skill] == 0.0:
                e = e * scale[skill] + gain[skill]
            else:
                f = forget[skill]
                e = (e * (scale[skill] - f) + gain[skill]) / (e * f + 1)
            stands[place] = min(e, _FAR)


# Without its own check for a division by zero: 1 + odds is never 0, and the loop takes half the time.
# Places are told to be at or above 0, or each would be checked for counting from the end.
@numba.njit(cache=True, error_model="numpy")
def expected_plain(
    student: Ints,
    skill: Ints,
    value: NDArray[np.uint8],
    n_students: int,
    n_values: int,
    first: int,
    last: int,
    stands: Floats,
    step: Floats,
    gain: Floats,
    start_odds: Floats,
    right_known: Floats,
    right_unknown: Floats,
    out: Floats,
) -> None:
    """``expected`` for one skill a row and no forgetting: one product, one sum and one division a row.

    ``step`` is ratio x scale, by code. ``stands`` is (n_students x skills,) of zeros: the caller's, because
    numpy asks the system for zeros, where here they would be written once more.
    """
    width = last - first
    for row in range(len(student)):
        if skill[row] < first or skill[row] >= last:
            continue
        k = np.uint64(skill[row])
        place = np.uint64(student[row]) * np.uint64(width) + (k - np.uint64(first))
        odds = stands[place]
        if odds == 0.0:
            odds = start_odds[k]
        out[row] = (odds * right_known[k] + right_unknown[k]) / (1 + odds)
        then = odds * step[k * np.uint64(n_values) + np.uint64(value[row])] + gain[k]
        stands[place] = then if then < _FAR else _FAR


@numba.njit(cache=True, error_model="numpy")
def expected_grouped(
    starts: NDArray[np.int64],
    skill: Ints,
    value: NDArray[np.uint8],
    n_values: int,
    step: Floats,
    gain: Floats,
    start_odds: Floats,
    right_known: Floats,
    right_unknown: Floats,
    out: Floats,
) -> None:
    """The same where each sequence's answers stand together: ``skill`` by sequence, ``value`` by answer."""
    for q in range(len(starts) - 1):
        k = np.uint64(skill[q])
        odds, add, known, unknown = start_odds[k], gain[k], right_known[k], right_unknown[k]
        for at in range(np.uint64(starts[q]), np.uint64(starts[q + 1])):
            out[at] = (odds * known + unknown) / (1 + odds)
            then = odds * step[k * np.uint64(n_values) + np.uint64(value[at])] + add
            odds = then if then < _FAR else _FAR
