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
_ONE = 1 << 32


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

    ``odds`` (n_rows,) are exp(-b): right answers weigh their product. The chance of a right answer at place
    i with r still to come is odds_i gamma_{r-1}(later) / gamma_r(this and later), gamma the elementary
    symmetric functions. Each window and draw has its own stream: the same numbers however rows are cut.
    """
    n_draws = out.shape[1]
    longest = 0
    for k in range(len(starts) - 1):
        longest = max(longest, starts[k + 1] - starts[k])
    gamma = np.zeros((longest + 1, longest + 2))
    bar = np.zeros((longest, longest + 2), np.int64)
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
                bar[i, r] = np.int64(w * gamma[i + 1, r - 1] / gamma[i, r] * _ONE) if gamma[i, r] > 0 else 0
            bar[i, 0] = 0
            # As many to come as places are left: all of them right.
            if right >= n - i:
                bar[i, n - i] = _ONE
        for d in range(n_draws):
            state = _mixed(np.uint64(seed) + _STEP * np.uint64(low + 1))
            state = _mixed(state ^ (_STEP * np.uint64(first + d + 1)))
            left = right
            z = np.uint64(0)
            for i in range(n):
                if i & 1:
                    u = np.int64(z >> np.uint64(32))
                else:
                    state += _STEP
                    z = _mixed(state)
                    u = np.int64(z & np.uint64(0xFFFFFFFF))
                hit = 1 if u < bar[i, left] else 0
                out[low + i, d] = hit
                left -= hit


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
    apart = np.zeros(n_draws)
    few = np.zeros(n_draws, np.uint8)
    for s in range(len(strata) - 1):
        first, last = strata[s], strata[s + 1]
        if last - first < 2:
            continue
        n = cells[last] - cells[first]
        in_all[:] = 0
        for c in range(first, last):
            one = right[c - first]
            one[:] = 0
            few[:] = 0
            held = 0
            for k in range(cells[c], cells[c + 1]):
                few += drawn[rows[k]]
                held += 1
                if held == 255:
                    for d in range(n_draws):
                        one[d] += few[d]
                    few[:] = 0
                    held = 0
            for d in range(n_draws):
                one[d] += few[d]
                in_all[d] += one[d]
        apart[:] = 0.0
        for c in range(first, last):
            one = right[c - first]
            n_cell = cells[c + 1] - cells[c]
            for d in range(n_draws):
                g[d] += 2.0 * (x_log_x[one[d]] + x_log_x[n_cell - one[d]])
                a, b = in_all[d], n - in_all[d]
                if a > 0 and b > 0:
                    apart[d] += abs(one[d] / a - (n_cell - one[d]) / b)
        fixed = 0.0
        for c in range(first, last):
            fixed += x_log_x[cells[c + 1] - cells[c]]
        for d in range(n_draws):
            a = in_all[d]
            g[d] += 2.0 * (x_log_x[n] - x_log_x[a] - x_log_x[n - a] - fixed)
            differ[d] += 0.5 * n * apart[d]


@njit(cache=True)
def tally_weighted(
    rows: Longs,
    cells: Longs,
    strata: Longs,
    drawn: Bytes,
    times: Bytes,
    student: NDArray[np.int32],
    g: Floats,
    differ: Floats,
    entropy: Floats,
    n_steps: Floats,
) -> None:
    """The same where each student counts so many times: ``times`` (n_students, n_draws)."""
    n_draws = drawn.shape[1]
    most = 1
    for s in range(len(strata) - 1):
        most = max(most, strata[s + 1] - strata[s])
    right = np.zeros((most, n_draws), np.int32)
    every = np.zeros((most, n_draws), np.int32)
    a_all = np.zeros(n_draws, np.int32)
    n_all = np.zeros(n_draws, np.int32)
    for s in range(len(strata) - 1):
        first, last = strata[s], strata[s + 1]
        a_all[:] = 0
        n_all[:] = 0
        for c in range(first, last):
            one, both = right[c - first], every[c - first]
            one[:] = 0
            both[:] = 0
            for k in range(cells[c], cells[c + 1]):
                r = rows[k]
                count, ys = times[student[r]], drawn[r]
                for d in range(n_draws):
                    both[d] += count[d]
                    one[d] += count[d] * ys[d]
            for d in range(n_draws):
                a_all[d] += one[d]
                n_all[d] += both[d]
        for d in range(n_draws):
            n, a = n_all[d], a_all[d]
            n_steps[d] += n
            if n == 0:
                continue
            said, sure, apart = 0.0, 0.0, 0.0
            for c in range(first, last):
                m, x = every[c - first, d], right[c - first, d]
                if m == 0:
                    continue
                sure -= m * np.log(m / n)
                if x > 0:
                    said += x * np.log(x * n / (a * m))
                if m > x:
                    said += (m - x) * np.log((m - x) * n / ((n - a) * m))
                if a > 0 and n > a:
                    apart += abs(x / a - (m - x) / (n - a))
            g[d] += 2.0 * said
            entropy[d] += sure
            differ[d] += 0.5 * n * apart
