"""A figure of each row, by group: how far apart are the groups' means?

In:   a figure of each row (an error, an attempt too many, an item below grade), whose row it is, its group.
Out:  each group's mean with its interval by student, and its difference from all others; also at equal
      performance.
Not here: what the figure is (learner_error, practice, below_grade).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.audit.fairness.apart import of_shares, welch
from plainview.core.audit.fairness.whose import codes, n_students
from plainview.core.stats.cluster_robust import estimate
from plainview.core.stats.clustered import LOGIT, PLAIN, Score, of_mean
from plainview.core.stats.interval import Interval
from plainview.core.stats.multiplicity import adjusted

FEWEST_STUDENTS = 10
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One group against all other students."""

    group: str
    mean: Score
    others: Score
    difference: float
    interval: Interval
    p_value: float
    p_adjusted: float
    n_students: int


def gaps(
    figure: ArrayLike,
    *,
    student: ArrayLike,
    group: ArrayLike,
    names: tuple[str, ...],
    is_share: bool = False,
    fewest: int = FEWEST_STUDENTS,
) -> tuple[Gap, ...]:
    """Each group of at least ``fewest`` students against all others; none where there are no two such sides.

    Parameters
    ----------
    figure : (n_rows,) float
        NaN: the row carries none.
    group : (n_rows,) int
        -1: not said; such rows are left out.
    """
    values, code = np.asarray(figure, dtype=np.float64), np.asarray(group)
    who = codes(student, len(values))
    known = ~np.isnan(values) & (code >= 0)
    values, code, who = values[known], code[known], who[known]
    found = []
    for g, name in enumerate(names):
        mine = code == g
        sides = [n_students(who, mask) for mask in (mine, ~mine)]
        if min(sides) >= fewest:
            found.append(
                (name, sides[0], _mean(values, who, mine, is_share), _mean(values, who, ~mine, is_share))
            )
    return _told(found, is_share)


def gap_at_equal_performance(
    per_student: Floats, *, performance: Floats, in_group: Bools, n_bands: int = 5
) -> tuple[float, Interval, float]:
    """The difference of students' means within bands of performance, with its interval and p (HC2)."""
    cuts = np.unique(np.quantile(performance, np.linspace(0, 1, n_bands + 1)[1:-1]))
    band = np.searchsorted(cuts, performance, side="right")
    design = np.column_stack([in_group.astype(float), np.eye(int(band.max()) + 1)[band]])
    found = estimate(per_student, design, cluster=None)
    return found.value, found.interval, found.p_value


def _mean(values: Floats, who: Ints, mask: Bools, is_share: bool) -> Score:
    mine = values[mask]
    code = who[mask]
    inside = is_share and bool(((mine >= 0) & (mine <= 1)).all())
    return of_mean(lambda here: mine[here], code, scale=LOGIT if inside else PLAIN).score()


def _told(found: list[tuple[str, int, Score, Score]], is_share: bool) -> tuple[Gap, ...]:
    rows = []
    for name, n, mine, others in found:
        # Where nobody of a side has any (or all have), its standard error is 0 and says nothing.
        varies = min(mine.standard_error, others.standard_error) > 0
        apart = welch(mine, others) if varies or not is_share else of_shares(mine, others)
        if apart is not None:
            rows.append((name, n, mine, others, apart))
    ps = adjusted([row[-1].p_value for row in rows]) if rows else np.empty(0)
    return tuple(
        Gap(
            group=name,
            mean=mine,
            others=others,
            difference=apart.value,
            interval=apart.interval,
            p_value=apart.p_value,
            p_adjusted=float(q),
            n_students=n,
        )
        for (name, n, mine, others, apart), q in zip(rows, ps, strict=True)
    )
