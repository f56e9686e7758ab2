"""A machine scores what people scored: may its scores stand for theirs?

In:   scores of the same work by a person and by a machine; of a second person, and groups, where there are
      any.
Out:  the four checks of Williamson, Xi & Breyer, each with its number, its interval and whether it is met.
Not here: what the machine looks at, and whether scores by people are right.

QWK of person and machine at least .70; not more than .10 below that of two people; means that differ by at
most .15 standard deviations of the person's scores, and by at most .10 in each group (of its own scores).

Source: Williamson, Xi & Breyer (2012), Educational Measurement: Issues and Practice 31(1), 2-13.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.kappa import Kappa, quadratic_weighted_kappa
from plainview.core.stats.interval import Interval, wilson

CHECK = "measure.automated_scoring/1"
LEAST_QWK, MOST_DROP, MOST_SMD, MOST_SMD_IN_GROUP = 0.70, 0.10, 0.15, 0.10
FEWEST_SCORES = 20
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One check: the number, what it is held against, and whether it is met, not met, or open."""

    name: str
    value: float
    interval: Interval
    bound: float
    is_met: bool  # by the number itself
    is_sure: bool  # the whole interval lies on the same side of the bound
    n: int
    n_left_out: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """All checks that the scores allow. Those that would need more are in ``not_asked``."""

    checks: tuple[Met | CannotSay, ...]
    not_asked: tuple[str, ...]

    @property
    def all_met(self) -> bool:
        return all(isinstance(check, Met) and check.is_met for check in self.checks)


def automated_scoring(
    *,
    person: ArrayLike,
    machine: ArrayLike,
    second_person: ArrayLike | None = None,
    groups: ArrayLike | None = None,
    level: float = 0.95,
) -> Scoring:
    """May the machine's scores stand for a person's?

    Parameters
    ----------
    person, machine, second_person : (n_works,) float
        Scores of the same works; NaN where not scored. Each check uses the works that it can and counts the
        others.
    groups : (n_works,), optional
        The group of each work's author, for the difference of means in each group.

    Returns
    -------
    Scoring
        A check that the scores cannot carry is a ``CannotSay`` in its place: fewer than 20 works, no
        variation.
    """
    one, other = _row(person), _row(machine, like=person)
    checks: list[Met | CannotSay] = [_enough(one, other, level), smd(person=one, machine=other, level=level)]
    not_asked = []
    if second_person is None:
        not_asked.append("agreement of two people")
    else:
        checks.append(_drop(one, other, _row(second_person, like=person), level))
    if groups is None:
        not_asked.append("groups")
    else:
        checks += _by_group(one, other, np.asarray(groups), level)
    return Scoring(checks=tuple(checks), not_asked=tuple(not_asked))


def smd(
    *, person: ArrayLike, machine: ArrayLike, bound: float = MOST_SMD, who: str = "all", level: float = 0.95
) -> Met | CannotSay:
    """How much higher the machine scores on average, in standard deviations of the person's scores.

    The interval is that of the mean difference of the pairs (Student's t); the deviation is taken as found.
    """
    one, other = _row(person), _row(machine, like=person)
    keep = ~(np.isnan(one) | np.isnan(other))
    n, left_out = int(keep.sum()), int((~keep).sum())
    name = f"difference of means, {who}"
    spread = float(one[keep].std(ddof=1)) if n > 1 else 0.0
    if n < FEWEST_SCORES or not spread > 0:
        return _cannot(
            name, f"{n} works have both scores" + ("" if n < FEWEST_SCORES else ", the person's all alike")
        )
    apart = (other - one)[keep] / spread
    value = float(apart.mean())
    half = float(t_distribution.ppf((1 + level) / 2, n - 1) * apart.std(ddof=1) / sqrt(n))
    if half < 1e-12:
        # All pairs are apart alike. How many others would be a step farther, none of n does not say.
        step = float(np.diff(np.unique(one[keep])).min()) / spread
        half = step * wilson(n_hits=0, n=n, level=level).interval.high
    interval = Interval(low=value - half, high=value + half, level=level)
    return _met(
        name,
        value,
        interval,
        bound=bound,
        is_met=abs(value) <= bound,
        is_sure=max(abs(interval.low), abs(interval.high)) <= bound
        or interval.low > bound
        or interval.high < -bound,
        n=n,
        n_left_out=left_out,
    )


def _enough(one: Floats, other: Floats, level: float) -> Met | CannotSay:
    found = quadratic_weighted_kappa(one, other, level=level)
    if isinstance(found, CannotSay) or found.n_units < FEWEST_SCORES:
        return _cannot("QWK", "too few works have both scores, or all scores are alike")
    return _met(
        "QWK",
        found.value,
        found.interval,
        bound=LEAST_QWK,
        is_met=found.value >= LEAST_QWK,
        is_sure=found.interval.low >= LEAST_QWK or found.interval.high < LEAST_QWK,
        n=found.n_units,
        n_left_out=found.n_left_out,
    )


def _drop(one: Floats, other: Floats, second: Floats, level: float) -> Met | CannotSay:
    """QWK of two people less QWK of person and machine, on the works that all three scored."""
    keep = ~(np.isnan(one) | np.isnan(other) | np.isnan(second))
    people = quadratic_weighted_kappa(one[keep], second[keep], level=level)
    machine = quadratic_weighted_kappa(one[keep], other[keep], level=level)
    if not isinstance(people, Kappa) or not isinstance(machine, Kappa) or people.n_units < FEWEST_SCORES:
        return _cannot("drop", "too few works have all three scores, or all scores are alike")
    value, half = people.value - machine.value, _half_of_drop(one[keep], other[keep], second[keep], level)
    interval = Interval(low=value - half, high=value + half, level=level)
    return _met(
        "drop in QWK from two people to person and machine",
        value,
        interval,
        bound=MOST_DROP,
        is_met=value <= MOST_DROP,
        is_sure=interval.high <= MOST_DROP or interval.low > MOST_DROP,
        n=people.n_units,
        n_left_out=int((~keep).sum()),
    )


def _half_of_drop(one: Floats, other: Floats, second: Floats, level: float) -> float:
    """Both kappas rest on the same works, so their errors go together: leave out each work in turn."""
    n = len(one)
    each = _qwk_without(one, second) - _qwk_without(one, other)
    error = sqrt((n - 1) / n * float(((each - each.mean()) ** 2).sum()))
    return float(t_distribution.ppf((1 + level) / 2, n - 1)) * error


def _qwk_without(x: Floats, y: Floats) -> Floats:
    """QWK without each work in turn: 1 - mean (x - y)^2 / (mean x^2 + mean y^2 - 2 mean x mean y)."""
    n = len(x) - 1
    apart, squares = ((x - y) ** 2), x**2 + y**2
    seen = (apart.sum() - apart) / n
    chance = (squares.sum() - squares) / n - 2 * (x.sum() - x) * (y.sum() - y) / n**2
    return np.asarray(1 - seen / np.maximum(chance, 1e-300))


def _by_group(one: Floats, other: Floats, groups: NDArray, level: float) -> list[Met | CannotSay]:  # type: ignore[type-arg]
    if groups.shape != one.shape:
        raise ValueError(f"found groups of shape {groups.shape} for {len(one)} works, expected one each.")
    spread = float(np.nanstd(one, ddof=1)) if (~np.isnan(one)).sum() > 1 else 0.0
    made = []
    for name in sorted(set(groups.tolist()), key=str):
        here = groups == name
        made.append(
            smd(
                person=one[here],
                machine=other[here],
                bound=MOST_SMD_IN_GROUP,
                who=f"group {name}",
                level=level,
            )
            if spread > 0
            else _cannot(f"difference of means, group {name}", "all scores of the person are alike")
        )
    return made


def _row(scores: ArrayLike, like: ArrayLike | None = None) -> Floats:
    row = np.asarray(scores, dtype=np.float64)
    if row.ndim != 1 or (like is not None and row.shape != np.shape(like)):
        raise ValueError(f"found scores of shape {row.shape}, expected one row, as long as the person's.")
    return row


def _met(
    name: str,
    value: float,
    interval: Interval,
    *,
    bound: float,
    is_met: bool,
    is_sure: bool,
    n: int,
    n_left_out: int,
) -> Met:
    said = ("met" if is_met else "not met") + ("" if is_sure else ", but the interval reaches past the bound")
    level = f"{100 * interval.level:.0f} %"
    return Met(
        name=name,
        value=value,
        interval=interval,
        bound=bound,
        is_met=is_met,
        is_sure=is_sure,
        n=n,
        n_left_out=n_left_out,
        sentence=f"{name}: {value:.2f}, {interval.low:.2f} to {interval.high:.2f} ({level}), "
        f"held against {bound:.2f}: {said}.",
    )


def _cannot(name: str, reason: str) -> CannotSay:
    return CannotSay(
        question=f"May the machine's scores stand for a person's ({name})?",
        reason=reason,
        would_need=f"at least {FEWEST_SCORES} works with scores that differ",
        check=CHECK,
    )
