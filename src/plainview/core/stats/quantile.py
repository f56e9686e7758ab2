"""Where a weight is reached, walking along.

In:   weights in a row, one a bin.
Out:  the place, in bins from the start, with linear steps inside a bin.
Not here: what a bin stands for.
"""

from collections.abc import Sequence


def place_of(weight: float, bins: Sequence[float]) -> float:
    """How many bins from the start hold ``weight``; all of them, if they hold less."""
    below = 0.0
    for i, here in enumerate(bins):
        if here and below + here >= weight:
            return i + (weight - below) / here
        below += here
    return float(len(bins))
