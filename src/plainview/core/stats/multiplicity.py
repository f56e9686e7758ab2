"""Many questions at once: some answers look striking by chance alone.

In:   p-values of one family of tests.
Out:  the same, adjusted (Benjamini-Hochberg).
Not here: which tests make a family. Whoever asks must say.

Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adjusted(p_values: ArrayLike) -> NDArray[np.float64]:
    """Benjamini-Hochberg: reject where the adjusted value is <= the false discovery rate one can bear.

    Parameters
    ----------
    p_values : (n,) float
        NaN where a test could not be done: it stays NaN and does not count as one of the family.
    """
    p = np.asarray(p_values, dtype=np.float64)
    if p.ndim != 1 or ((p < 0) | (p > 1)).any():
        raise ValueError("found something other than a row of numbers from 0 to 1, expected p-values.")
    made = np.full(len(p), np.nan)
    there = np.flatnonzero(~np.isnan(p))
    order = there[np.argsort(p[there], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    made[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return made
