"""Two figures of different students: how far apart are they?

In:   two figures with their standard errors, each of its own students.
Out:  the difference with its interval and p.
Not here: which figures (errors, gaps).

    Welch: d / sqrt(SE_1^2 + SE_2^2), degrees of freedom over students
    shares: Newcombe's interval of Wilson's two (method 10), p from the pooled share; n is what the rows are
    worth: p (1 - p) / SE^2, and the number of students where a share is 0 or 1 and so has no SE

A share of 0 has a standard error of 0, and Welch would be sure of anything beside it.

Sources: Welch (1947), Biometrika 34, 28-35. Newcombe (1998), Statistics in Medicine 17, 873-890.
"""

from dataclasses import dataclass
from math import isfinite, sqrt

from plainview.core.stats.clustered import Score
from plainview.core.stats.interval import Interval

FEWEST_EXPECTED = 5.0  # of hits and of others on each side, were the shares equal


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    value: float
    interval: Interval
    p_value: float


def welch(one: Score, other: Score, *, level: float = 0.95) -> Difference | None:
    """None where neither figure varies."""
    from scipy.special import stdtr, stdtrit

    parts = [(side.standard_error**2, max(side.n_students - 1, 1)) for side in (one, other)]
    error = sqrt(sum(v for v, _ in parts))
    if not (isfinite(error) and error > 0):
        return None
    df = sum(v for v, _ in parts) ** 2 / sum(v**2 / n for v, n in parts)
    value, half = one.value - other.value, float(stdtrit(df, (1 + level) / 2)) * error
    return Difference(
        value=value,
        interval=Interval(low=value - half, high=value + half, level=level),
        p_value=float(2 * stdtr(df, -abs(value) / error)),
    )


def of_shares(one: Score, other: Score, *, level: float = 0.95) -> Difference:
    """Two shares; either may be 0 or 1."""
    from scipy.special import ndtr, ndtri

    z, n = float(ndtri((1 + level) / 2)), (worth(one), worth(other))
    (low_1, high_1), (low_2, high_2) = (_wilson(s.value, m, z) for s, m in zip((one, other), n, strict=True))
    value, (p, q) = one.value - other.value, (one.value, other.value)
    pooled = (p * n[0] + q * n[1]) / sum(n)
    error = sqrt(max(pooled * (1 - pooled), 0.0) * (1 / n[0] + 1 / n[1]))
    return Difference(
        value=value,
        interval=Interval(
            low=value - sqrt((p - low_1) ** 2 + (high_2 - q) ** 2),
            high=value + sqrt((high_1 - p) ** 2 + (q - low_2) ** 2),
            level=level,
        ),
        p_value=float(2 * ndtr(-abs(value) / error)) if error > 0 else 1.0,
    )


def worth(share: Score) -> float:
    """As many independent rows would say as much."""
    inside = 0 < share.value < 1 and share.standard_error > 0
    # The error has a factor G / (G - 1) for few students; n has not.
    few = share.n_students / max(share.n_students - 1, 1)
    n = share.value * (1 - share.value) / share.standard_error**2 * few if inside else share.n_students
    return float(min(max(n, 1.0), share.n_rows))


def can_be_compared(one: Score, other: Score) -> bool:
    """Whether each side would hold five hits and five others, were the shares equal."""
    n = worth(one), worth(other)
    pooled = (one.value * n[0] + other.value * n[1]) / sum(n)
    return min(n) * min(pooled, 1 - pooled) >= FEWEST_EXPECTED


def _wilson(share: float, n: float, z: float) -> tuple[float, float]:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
