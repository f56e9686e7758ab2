"""Students whom a fit has not seen: how much less sure its predictions must be.

In:   a layout with the strength of its student block, who of a chunk's students is known.
Out:  the factor by which a row's log-odds are drawn in, 1 for whom the fit knows.
Not here: everything that a row says by itself (design).

AFM gives each student a weight, w ~ N(0, v), v = 1 / penalty. Of a student it has not seen it knows v and no
more, so what it should say is the mean of logistic(z + w) over w, not logistic(z): the middle student is no
likely student. That mean is logistic(z / sqrt(1 + pi v / 8)) to within .02 at any z (MacKay 1992).

Source: MacKay (1992), Neural Computation 4, 720-736, equation 10.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.logistic.layout import STUDENT

Floats = NDArray[np.float64]


def drawn_in(blocks: tuple[str, ...], penalty: Mapping[str, float], known: NDArray[np.bool_]) -> Floats:
    """The factor of each row; ``known``: whether the fit has a weight for the row's student."""
    if STUDENT not in blocks:
        return np.ones(len(known))
    return np.where(known, 1.0, 1 / np.sqrt(1 + np.pi / (8 * penalty[STUDENT])))
