"""Are students of a group who did as well decided upon alike?

In:   a decision (yes or no), how well each student did, who is in the group; whose row it is.
Out:  the ratio of the group's share of yes to the others', at equal performance, with its interval; the raw
      one.
Not here: whether the decision helps (efficacy). .80 is a flag, never a verdict.

Raw ratios reward ignoring need: where a group did worse and was helped more, the raw ratio calls it unfair.
So performance is cut into strata of equal size, and the ratio is Mantel and Haenszel's over them:

    R = sum(a n0 / N) / sum(c n1 / N)       a of n1 in the group, c of n0 others said yes, N both

Its interval: Greenland and Robins' where every row is another student's; else percentiles of draws of
students.

Sources: Greenland & Robins (1985), Biometrics 41, 55-68. Uniform Guidelines on Employee Selection Procedures,
29 CFR 1607.4 D (1978): the four-fifths rule, which looks at raw ratios.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.audit.fairness.whose import codes, n_students
from plainview.core.cannot_say import CannotSay
from plainview.core.stats.draws import times_drawn
from plainview.core.stats.interval import Interval

CHECK = "fairness.decision_parity/1"
FLAG = 0.80
N_STRATA = 10
FEWEST_STUDENTS = 20
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    ratio: float  # of the group to the others, at equal performance
    interval: Interval
    p_value: float  # of a ratio of 1
    raw_ratio: float | None  # without regard to performance
    share_group: float  # of yes
    share_others: float
    n_group: int  # students
    n_others: int
    n_strata: int  # in which both sides are found
    how: str

    @property
    def flagged(self) -> bool:
        """Below four fifths, or above its inverse. To be read together with the interval."""
        return self.ratio < FLAG or self.ratio > 1 / FLAG


def parity(
    *,
    decided: ArrayLike,
    performance: ArrayLike,
    in_group: ArrayLike,
    student: ArrayLike | None,
    group: str,
    n_strata: int = N_STRATA,
    n_draws: int = 999,
    seed: int,
) -> Parity | CannotSay:
    """The impact ratio at equal performance.

    Parameters
    ----------
    decided : (n_rows,) 0 or 1
        Whether the student got what is good to have.
    performance : (n_rows,) float
        How well she did; a column of few values makes a stratum each.

    Returns
    -------
    CannotSay
        If either side has fewer than 20 students, or nobody was decided for at equal performance.
    """
    y, score, side = (
        np.asarray(decided, dtype=np.float64),
        np.asarray(performance, dtype=np.float64),
        np.asarray(in_group),
    )
    who = codes(student, len(y))
    n = n_students(who, side), n_students(who, ~side)
    if min(n) < FEWEST_STUDENTS:
        return _cannot(group, "one side has fewer than 20 students", "at least 20 students on each side")
    stratum = strata(score, n_strata)
    cells = _cells(y, stratum, side)
    ratio = _ratio(cells)
    if ratio is None:
        return _cannot(
            group,
            "at equal performance nobody of one side was decided for",
            "decisions of both kinds on each side",
        )
    alone = n_students(who) == len(who)
    interval, p = _analytic(cells, ratio) if alone else _redrawn(y, stratum, side, who, ratio, n_draws, seed)
    shares = float(y[side].mean()), float(y[~side].mean())
    both = (cells[:, 0, 1] > 0) & (cells[:, 1, 1] > 0)
    return Parity(
        ratio=ratio,
        interval=interval,
        p_value=p,
        raw_ratio=shares[0] / shares[1] if shares[1] > 0 else None,
        share_group=shares[0],
        share_others=shares[1],
        n_group=n[0],
        n_others=n[1],
        n_strata=int(both.sum()),
        how="Greenland & Robins" if alone else f"{n_draws} draws of students",
    )


def strata(score: Floats, n_strata: int) -> Ints:
    """Bands of about equal size; equal scores stay together."""
    distinct, code = np.unique(score, return_inverse=True)
    if len(distinct) <= n_strata:
        return code.reshape(-1).astype(np.int64)
    cuts = np.unique(np.quantile(score, np.linspace(0, 1, n_strata + 1)[1:-1]))
    found: Ints = np.searchsorted(cuts, score, side="right").astype(np.int64)
    return found


def _cells(y: Floats, stratum: Ints, side: Bools) -> Floats:
    """(n_strata, side, yes and all): side 0 the others, 1 the group."""
    n = int(stratum.max()) + 1
    at = 2 * stratum + side
    both = np.column_stack([np.bincount(at, weights=y, minlength=2 * n), np.bincount(at, minlength=2 * n)])
    return both.astype(np.float64).reshape(n, 2, 2)


def _ratio(cells: Floats) -> float | None:
    up, down = _sums(cells)
    return float(up / down) if up > 0 and down > 0 else None


def _sums(cells: Floats) -> tuple[Floats, Floats]:
    """Above and below the bar; the last three axes are stratum, side, yes and all."""
    a, n1, c, n0 = cells[..., 1, 0], cells[..., 1, 1], cells[..., 0, 0], cells[..., 0, 1]
    whole = np.maximum(n0 + n1, 1)
    return (a * n0 / whole).sum(axis=-1), (c * n1 / whole).sum(axis=-1)


def _analytic(cells: Floats, ratio: float) -> tuple[Interval, float]:
    a, n1, c, n0 = cells[:, 1, 0], cells[:, 1, 1], cells[:, 0, 0], cells[:, 0, 1]
    whole = np.maximum(n0 + n1, 1)
    up, down = _sums(cells)
    varies = ((n1 * n0 * (a + c) - a * c * whole) / whole**2).sum()
    return _around(log(ratio), sqrt(max(float(varies / (up * down)), 0.0)))


def _around(middle: float, error: float) -> tuple[Interval, float]:
    from scipy.special import ndtr

    half = 1.959963984540054 * error
    p = float(2 * ndtr(-abs(middle) / error)) if error > 0 else 1.0
    return Interval(low=exp(middle - half), high=exp(middle + half), level=0.95), p


def _redrawn(
    y: Floats, stratum: Ints, side: Bools, who: Ints, ratio: float, n_draws: int, seed: int
) -> tuple[Interval, float]:
    """Students are drawn; a draw without a ratio counts as wholly unsure."""
    n_students, n_cells = int(who.max()) + 1, 2 * (int(stratum.max()) + 1)
    at = who * n_cells + 2 * stratum + side
    size = n_students * n_cells
    yes = np.bincount(at, weights=y, minlength=size).reshape(n_students, n_cells)
    every = np.bincount(at, minlength=size).astype(np.float64).reshape(n_students, n_cells)
    chance, logs = np.random.default_rng(seed), list[Floats]()
    for times in times_drawn(chance, n=n_students, n_draws=n_draws):
        cells = np.stack([times @ yes, times @ every], axis=-1).reshape(len(times), -1, 2, 2)
        up, down = _sums(cells)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs.append(np.log(up) - np.log(down))
    drawn = np.nan_to_num(np.concatenate(logs), nan=0.0)
    low, high = (float(end) for end in np.quantile(drawn, [0.025, 0.975]))
    finite = drawn[np.isfinite(drawn)]
    error = float(finite.std(ddof=1)) if len(finite) > 1 else 0.0
    _, p = _around(log(ratio), error)
    return Interval(low=exp(max(low, -700)), high=exp(min(high, 700)), level=0.95), p


def _cannot(group: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question=f"Are students of '{group}' who did as well decided upon alike?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
