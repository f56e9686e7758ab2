"""A share never travels without its interval and its n.

In:   how many of how many.
Out:  the share with its interval.
Not here: what was counted.

Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    low: float
    high: float
    level: float  # 0.95: in 95 of 100 such cases it holds the true value

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, 0..1."""

    value: float
    interval: Interval
    n_hits: int
    n: int


def wilson(*, n_hits: int, n: int, level: float = 0.95) -> Share:
    """The share and its score interval, which stays within 0..1 and honest where the share is 0 or 1."""
    if not 0 <= n_hits <= n or n == 0:
        raise ValueError(f"found {n_hits} of {n}, expected at least one, and no more hits than cases.")
    share, z = n_hits / n, NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At 0 and at n the formula gives 0 and 1 exactly; arithmetic may stray by a hair.
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    interval = Interval(low=0.0 if n_hits == 0 else low, high=1.0 if n_hits == n else high, level=level)
    return Share(value=share, interval=interval, n_hits=n_hits, n=n)
