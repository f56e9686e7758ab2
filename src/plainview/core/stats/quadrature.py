"""Integrals as weighted sums.

In:   how many points may be looked at.
Out:  the points between -1 and 1, and the weight of each.
Not here: what is integrated.

Source: Press et al. (2007), Numerical Recipes, 3rd ed., section 4.6.
"""

from functools import lru_cache
from math import cos, pi

NEWTON_STEPS = 20  # six settle it; the rest cost nothing, once


@lru_cache(maxsize=32)
def gauss_legendre(n: int) -> tuple[tuple[float, float], ...]:
    """(point, weight), points rising; exact for polynomials up to degree 2n - 1. The weights sum to 2."""
    if n < 1:
        raise ValueError(f"Gauss-Legendre needs at least one point, found {n}.")
    return tuple(_point(i, n) for i in range(n - 1, -1, -1))


def _point(i: int, n: int) -> tuple[float, float]:
    x = cos(pi * (i + 0.75) / (n + 0.5))
    for _ in range(NEWTON_STEPS):
        value, slope = _legendre(n, x)
        x -= value / slope
    return x, 2 / ((1 - x * x) * slope * slope)


def _legendre(n: int, x: float) -> tuple[float, float]:
    """P_n(x) and its slope, by the three-term recurrence."""
    before, here = 1.0, x
    for k in range(2, n + 1):
        before, here = here, ((2 * k - 1) * x * here - (k - 1) * before) / k
    return here, n * (x * here - before) / (x * x - 1)
