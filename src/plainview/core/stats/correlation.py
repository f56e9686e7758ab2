"""A correlation never travels without its interval and its n.

In:   a correlation, and of how many.
Out:  the same with Fisher's interval.
Not here: what was correlated.

Source: Fisher (1921), Metron 1, 3-32.
"""

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

from plainview.core.stats.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    value: float  # -1..1
    interval: Interval
    n: int


def correlation(value: float, *, n: int, level: float = 0.95) -> Correlation:
    """The correlation ``value`` of ``n`` pairs with its interval.

    Three pairs, or a correlation of exactly 1, leave no error to make an interval of: it is then -1 to 1.
    """
    value = max(-1.0, min(1.0, value))
    if n <= 3 or 1 - abs(value) < 1e-12:
        return Correlation(value=value, interval=Interval(low=-1.0, high=1.0, level=level), n=n)
    half = NormalDist().inv_cdf((1 + level) / 2) / sqrt(n - 3)
    interval = Interval(low=tanh(atanh(value) - half), high=tanh(atanh(value) + half), level=level)
    return Correlation(value=value, interval=interval, n=n)
