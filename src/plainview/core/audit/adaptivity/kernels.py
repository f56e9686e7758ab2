"""The loops of the log test, compiled: difficulties from pairs, answers redrawn, tables counted.

In:   arrays of one log, student after student.
Out:  arrays.
Not here: what they mean (log_test), the same in plain Python (tests/references/log_test.py).

Loaded only when it is needed: loading the compiler takes most of a second.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

# Steps of a generator (splitmix64): a number for each window and draw, whatever else is drawn.
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_MIX_AGAIN = np.uint64(0x94D049BB133111EB)


@njit(cache=True, inline="always")
def _mixed(state: Any) -> Any:
    z = (state ^ (state >> np.uint64(30))) * _MIX
    z = (z ^ (z >> np.uint64(27))) * _MIX_AGAIN
    return z ^ (z >> np.uint64(31))


@njit(cache=True)
def pairs(odds: Floats, y: Bytes, starts: Longs, weight: Floats, slope: Floats) -> float:
    """The pairwise conditional log-likelihood; ``slope`` (n_rows,) takes its gradient in log odds.

    In each window, of a row i that was right and a row j that was not: P = odds_i / (odds_i + odds_j). A
    window of n rows has n - 1 free answers and many more pairs: 2 / n of each counts, so that the information
    is that of the exact conditional likelihood where all rows are equally hard.
    """
    total = 0.0
    for k in range(len(starts) - 1):
        low, high = starts[k], starts[k + 1]
        for r in range(low, high):
            slope[r] = 0.0
        if weight[k] == 0.0:
            continue
        counts = weight[k] * 2.0 / (high - low)
        log_p, product = 0.0, 1.0
        for r in range(low, high):
            if y[r] == 0:
                continue
            for s in range(low, high):
                if y[s] == 1:
                    continue
                p = odds[r] / (odds[r] + odds[s])
                product *= p
                if product < 1e-200:
                    log_p += np.log(max(product, 1e-300))
                    product = 1.0
                slope[r] += counts * (1.0 - p)
                slope[s] -= counts * (1.0 - p)
        total += counts * (log_p + np.log(product))
    return total


@njit(cache=True)
def information(y: Bytes, starts: Longs, weight: Floats, out: Floats) -> None:
    """``out`` (n_rows,) takes what each row tells about its own difficulty, were all equally hard."""
    for k in range(len(starts) - 1):
        low, high = starts[k], starts[k + 1]
        n, right = high - low, 0
        for r in range(low, high):
            right += y[r]
        for r in range(low, high):
            out[r] = weight[k] * right * (n - right) / (n * n)


@njit(cache=True)
def redraw(odds: Floats, y: Bytes, starts: Longs, seed: int, first: int, out: Bytes) -> None:
    """Answers from P(y | sum y): ``out`` (n_rows, n_draws) takes draws ``first``, ``first`` + 1, ...

    ``odds`` (n_rows,) of a right answer. The chance of one at place i with r still to come is
    odds_i gamma_{r-1}(later) / gamma_r(this and later), gamma the elementary symmetric functions. Each window
    and draw has its own stream of chance: the same numbers however draws are cut into blocks. Chances are
    rounded to 1 / 2**32.
    """
    n_draws = out.shape[1]
    longest = 0
    for k in range(len(starts) - 1):
        longest = max(longest, starts[k + 1] - starts[k])
    gamma = np.zeros((longest + 1, longest + 2))
    bar = np.zeros(longest + 2, np.uint32)
    left = np.zeros(n_draws, np.uint8)
    state = np.zeros(n_draws, np.uint64)
    two = np.zeros(n_draws, np.uint64)
    half = np.uint64(32)
    for k in range(len(starts) - 1):
        low = starts[k]
        n = starts[k + 1] - low
        right = 0
        for i in range(n):
            right += y[low + i]
        if right == 0 or right == n:
            for i in range(n):
                for d in range(n_draws):
                    out[low + i, d] = y[low + i]
            continue
        gamma[n, 0] = 1.0
        for r in range(1, right + 1):
            gamma[n, r] = 0.0
        for i in range(n - 1, -1, -1):
            gamma[i, 0] = 1.0
            w = odds[low + i]
            for r in range(1, right + 1):
                gamma[i, r] = gamma[i + 1, r] + w * gamma[i + 1, r - 1]
        own = _mixed(np.uint64(seed) + _STEP * np.uint64(low + 1))
        for d in range(n_draws):
            left[d] = right
            state[d] = _mixed(own ^ (_STEP * np.uint64(first + d + 1)))
        for i in range(n):
            bar[0] = 0
            for r in range(1, right + 1):
                whole = gamma[i, r]
                share = odds[low + i] * gamma[i + 1, r - 1] / whole if whole > 0 else 0.0
                bar[r] = np.uint32(min(share * 4294967296.0, 4294967295.0))
            # As many to come as places are left: all of them are right.
            all_right = n - i
            at = low + i
            if i & 1 == 0:
                for d in range(n_draws):
                    state[d] += _STEP
                    two[d] = _mixed(state[d])
                    u = np.uint32(two[d])
                    hit = np.uint8((u < bar[left[d]]) | (left[d] == all_right))
                    out[at, d] = hit
                    left[d] -= hit
            else:
                for d in range(n_draws):
                    u = np.uint32(two[d] >> half)
                    hit = np.uint8((u < bar[left[d]]) | (left[d] == all_right))
                    out[at, d] = hit
                    left[d] -= hit


@njit(cache=True)
def tally(
    rows: Longs,
    cells: Longs,
    strata: Longs,
    drawn: Bytes,
    x_log_x: Floats,
    g: Floats,
    differ: Floats,
) -> None:
    """Adds each draw's G and its steps that would have differed.

    ``rows`` stand cell by cell (next-item class inside stratum), cell c has rows[cells[c]:cells[c + 1]],
    stratum s has the cells strata[s] to strata[s + 1]. ``drawn`` (n_rows, n_draws) are answers.
    """
    n_draws = drawn.shape[1]
    most = 1
    for s in range(len(strata) - 1):
        most = max(most, strata[s + 1] - strata[s])
    right = np.zeros((most, n_draws), np.int32)
    in_all = np.zeros(n_draws, np.int32)
    per_right = np.zeros(n_draws)
    per_wrong = np.zeros(n_draws)
    apart = np.zeros(n_draws)
    few = np.zeros(n_draws, np.uint8)
    for s in range(len(strata) - 1):
        first, last = strata[s], strata[s + 1]
        if last - first < 2:
            continue
        n = cells[last] - cells[first]
        in_all[:] = 0
        for c in range(first, last):
            place = c - first
            for d in range(n_draws):
                right[place, d] = 0
            # Bytes are added 255 at a time: thirty-two draws fit into one step of the machine.
            for begin in range(cells[c], cells[c + 1], 255):
                for d in range(n_draws):
                    few[d] = 0
                for k in range(begin, min(begin + 255, cells[c + 1])):
                    r = rows[k]
                    for d in range(n_draws):
                        few[d] = np.uint8(few[d] + drawn[r, d])
                for d in range(n_draws):
                    right[place, d] += few[d]
            for d in range(n_draws):
                in_all[d] += right[place, d]
        for d in range(n_draws):
            a, b = in_all[d], n - in_all[d]
            # A stratum where all answers are alike has nothing to compare.
            both = a > 0 and b > 0
            per_right[d] = 1.0 / a if both else 0.0
            per_wrong[d] = 1.0 / b if both else 0.0
            apart[d] = 0.0
        fixed = 0.0
        for c in range(first, last):
            place, n_cell = c - first, cells[c + 1] - cells[c]
            fixed += x_log_x[n_cell]
            for d in range(n_draws):
                x = right[place, d]
                g[d] += 2.0 * (x_log_x[x] + x_log_x[n_cell - x])
                apart[d] += abs(x * per_right[d] - (n_cell - x) * per_wrong[d])
        for d in range(n_draws):
            a = in_all[d]
            g[d] += 2.0 * (x_log_x[n] - x_log_x[a] - x_log_x[n - a] - fixed)
            differ[d] += 0.5 * n * apart[d]


@njit(cache=True)
def contributions(
    rows: Longs,
    cells: Longs,
    strata: Longs,
    y: Bytes,
    student: NDArray[np.int32],
    said: Floats,
    unsure: Floats,
    differ: Floats,
) -> None:
    """How much I, H and the steps that differ move with each student's weight: (n_students,) each.

    I and H grow in step with the weights, so their slopes, summed over all students, are they themselves.
    """
    for s in range(len(strata) - 1):
        first, last = strata[s], strata[s + 1]
        n = cells[last] - cells[first]
        a = 0
        for k in range(cells[first], cells[last]):
            a += y[rows[k]]
        b = n - a
        apart, lean_right, lean_wrong = 0.0, 0.0, 0.0
        for c in range(first, last):
            x = 0
            for k in range(cells[c], cells[c + 1]):
                x += y[rows[k]]
            m = cells[c + 1] - cells[c]
            if a > 0 and b > 0:
                gap = x / a - (m - x) / b
                apart += 0.5 * abs(gap)
                lean_right += np.sign(gap) * x
                lean_wrong += np.sign(gap) * (m - x)
        for c in range(first, last):
            x = 0
            for k in range(cells[c], cells[c + 1]):
                x += y[rows[k]]
            m = cells[c + 1] - cells[c]
            sure = -np.log(m / n)
            if_right = np.log(x * n / (a * m)) if x > 0 else 0.0
            if_wrong = np.log((m - x) * n / (b * m)) if m > x else 0.0
            sign = np.sign(x / a - (m - x) / b) if a > 0 and b > 0 else 0.0
            for k in range(cells[c], cells[c + 1]):
                r = rows[k]
                unsure[student[r]] += sure
                differ[student[r]] += apart
                if y[r] == 1:
                    said[student[r]] += if_right
                    if a > 0 and b > 0:
                        differ[student[r]] += 0.5 * n * (sign / a - lean_right / (a * a))
                else:
                    said[student[r]] += if_wrong
                    if a > 0 and b > 0:
                        differ[student[r]] -= 0.5 * n * (sign / b - lean_wrong / (b * b))


@njit(cache=True)
def most_of_last(drawn: Bytes, nth: Longs, width: int, out: Bytes) -> None:
    """Whether more than half of a student's last ``width`` answers were right, this one with them.

    ``nth`` (n_rows,) is the row's place among the student's rows, from 0; early on there are fewer to count.
    ``out`` is shaped as ``drawn`` (n_rows, n_draws).
    """
    n_draws = drawn.shape[1]
    few = np.zeros(n_draws, np.uint8)
    for r in range(len(nth)):
        n = min(width, nth[r] + 1)
        few[:] = 0
        for k in range(r - n + 1, r + 1):
            for d in range(n_draws):
                few[d] = np.uint8(few[d] + drawn[k, d])
        for d in range(n_draws):
            out[r, d] = 2 * few[d] > n


@njit(cache=True)
def tally_before(
    rows: Longs,
    cells: Longs,
    strata: Longs,
    drawn: Bytes,
    x_log_x: Floats,
    g: Floats,
) -> None:
    """Adds each draw's G of the answer before the last against the next item, given stratum and last answer.

    Every row must have a row of the same student before it: its answer stands at ``rows[k] - 1``.
    """
    n_draws = drawn.shape[1]
    most = 1
    for s in range(len(strata) - 1):
        most = max(most, strata[s + 1] - strata[s])
    # Of each cell: last right, before right, both right.
    counts = np.zeros((most, 3, n_draws), np.int32)
    whole = np.zeros((3, n_draws), np.int32)
    few = np.zeros((3, n_draws), np.uint8)
    for s in range(len(strata) - 1):
        first, last = strata[s], strata[s + 1]
        if last - first < 2:
            continue
        n = cells[last] - cells[first]
        whole[:] = 0
        for c in range(first, last):
            place = c - first
            counts[place] = 0
            for begin in range(cells[c], cells[c + 1], 255):
                few[:] = 0
                for k in range(begin, min(begin + 255, cells[c + 1])):
                    r = rows[k]
                    for d in range(n_draws):
                        few[0, d] = np.uint8(few[0, d] + drawn[r, d])
                        few[1, d] = np.uint8(few[1, d] + drawn[r - 1, d])
                        few[2, d] = np.uint8(few[2, d] + drawn[r, d] * drawn[r - 1, d])
                for one in range(3):
                    for d in range(n_draws):
                        counts[place, one, d] += few[one, d]
            for one in range(3):
                for d in range(n_draws):
                    whole[one, d] += counts[place, one, d]
            m = cells[c + 1] - cells[c]
            for d in range(n_draws):
                a, b, both = counts[place, 0, d], counts[place, 1, d], counts[place, 2, d]
                g[d] += 2.0 * (
                    x_log_x[both]
                    + x_log_x[a - both]
                    + x_log_x[b - both]
                    + x_log_x[m - a - b + both]
                    - x_log_x[a]
                    - x_log_x[m - a]
                )
        for d in range(n_draws):
            a, b, both = whole[0, d], whole[1, d], whole[2, d]
            g[d] -= 2.0 * (
                x_log_x[both]
                + x_log_x[a - both]
                + x_log_x[b - both]
                + x_log_x[n - a - b + both]
                - x_log_x[a]
                - x_log_x[n - a]
            )
