"""Labels exchanged inside strata, compiled: how far the next item goes with them by chance.

In:   steps that stand stratum by stratum; the class of what came next, and a label, of each.
Out:  G / 2 and the steps by which labels differ, draw by draw.
Not here: which steps make a stratum, what it means (group_test).

Loaded only when it is needed: loading the compiler takes most of a second.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.kernels import _STEP, _mixed

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def exchanged(
    starts: Codes, then: Codes, label: Codes, *, n_classes: int, n_labels: int, draws: int, seed: int
) -> Floats:
    """(draws, 2) G / 2, and steps by which the labels differ from their stratum (total variation)."""
    out = np.zeros((draws, 2))
    counts = np.arange(int(np.diff(starts).max(initial=0)) + 1)
    x_log_x: Floats = (counts * np.log(np.maximum(counts, 1))).astype(np.float64)
    _exchange(starts, then, label, n_classes, n_labels, x_log_x, seed, out)
    return out


@njit(cache=True)
def _exchange(
    starts: Codes,
    then: Codes,
    label: Codes,
    n_classes: int,
    n_labels: int,
    x_log_x: Floats,
    seed: int,
    out: Floats,
) -> None:
    """Each stratum and draw has its own stream of chance, so no draw hangs on another."""
    longest = 0
    for s in range(len(starts) - 1):
        longest = max(longest, starts[s + 1] - starts[s])
    mixed = np.zeros(longest, np.int64)
    full = np.zeros((n_labels, n_classes), np.int64)
    of_class = np.zeros(n_classes, np.int64)
    of_label = np.zeros(n_labels, np.int64)
    for s in range(len(starts) - 1):
        low, n = starts[s], starts[s + 1] - starts[s]
        of_class[:] = 0
        of_label[:] = 0
        for k in range(n):
            of_class[then[low + k]] += 1
            of_label[label[low + k]] += 1
            mixed[k] = label[low + k]
        fixed = x_log_x[n]
        for c in range(n_classes):
            fixed -= x_log_x[of_class[c]]
        for a in range(n_labels):
            fixed -= x_log_x[of_label[a]]
        own = _mixed(np.uint64(seed) + _STEP * np.uint64(low + 1))
        for d in range(len(out)):
            state = _mixed(own ^ (_STEP * np.uint64(d + 1)))
            full[:] = 0
            # Fisher and Yates: any order of the last draw is as good a beginning as the first one.
            for k in range(n - 1, -1, -1):
                state += _STEP
                high = _mixed(state) >> np.uint64(32)
                j = np.int64((high * np.uint64(k + 1)) >> np.uint64(32))
                mixed[k], mixed[j] = mixed[j], mixed[k]
                full[mixed[k], then[low + k]] += 1
            said, apart = fixed, 0.0
            for a in range(n_labels):
                for c in range(n_classes):
                    said += x_log_x[full[a, c]]
                    apart += abs(full[a, c] - of_label[a] * of_class[c] / n)
            out[d, 0] += said
            out[d, 1] += 0.5 * apart
