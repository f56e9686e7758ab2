"""Are students treated alike who answered alike? Labels are exchanged among students who did.

In:   steps, a group of each student.
Out:  how much the next item goes with the group, among steps with equal item, answer, window score and prior
      score.
Not here: whether it may (a reading group may be meant to), accuracy by group (core.audit.fairness).

A stratum is: the current item, whether it was right, how many of the last five were right, and how many of
all before (a quarter). Inside a stratum the group labels of the steps are permuted; the statistic is G of the
next item's class by group. Steps of one student in one stratum keep one label: they are counted once.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.log_test import DRAWS, FALSE_DISCOVERIES, clopper_pearson, too_little
from plainview.core.audit.adaptivity.next_item import common_octiles
from plainview.core.audit.adaptivity.steps import Steps, some, steps_of
from plainview.core.cannot_say import CannotSay
from plainview.core.logs.coded import Coded
from plainview.core.logs.whole import Labels
from plainview.core.plural import agreeing, counted
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.same_for_all/1"
QUESTION = "Are students treated alike who answered alike?"
BOUND = 0.05  # of next steps
WINDOW = 5
FEWEST_STEPS = 300  # that stand beside one of another group
FEWEST_STUDENTS = 20  # of a group
LEAST = 0.01  # of next steps: nothing smaller is called a reaction
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class Reacts(StrEnum):
    GROUP = "reacts by group"
    ALIKE = "treats alike"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    says: Reacts
    column: str
    n_steps: int  # steps beside one of another group
    n_students: int
    r: float
    differ: float  # share of next steps that go with the group, null mean removed
    differ_interval: Interval
    p: float
    p_interval: Interval
    p_adjusted: float
    r_floor: float
    r_seen: float
    bound: float
    draws: int
    seed: int
    said: tuple[str, ...]


def group_test(
    log: Coded,
    groups: NDArray[np.int32],
    *,
    column: str,
    assigned_by: Labels | None = None,
    bound: float = BOUND,
    draws: int = DRAWS,
    seed: int,
) -> Grouped | CannotSay:
    """Exchange group labels among steps that were alike.

    Parameters
    ----------
    log, assigned_by, draws, seed : as ``log_test`` has them
    groups : (n_students,) int
        The group of each student of the log, -1 where it is not known.
    column : str
        What the groups are called.
    bound : float
        "Treated alike" needs the upper bound of the share of next steps that go with the group below this.

    Returns
    -------
    Grouped
    CannotSay
        As ``log_test``; or where fewer than 300 steps stand beside one of another group.
    """
    drawn = some(log, assigned_by, seed=seed)
    log, groups = drawn.log, groups[drawn.students]
    steps = steps_of(log, drawn.assigned_by)
    lacks = too_little(steps, check=CHECK, question=QUESTION)
    if lacks is not None:
        return lacks
    label = groups[log.student[steps.row]].astype(np.int64)
    label = _large_enough(label, steps)
    at = np.flatnonzero(steps.leads & (label >= 0))
    stratum = _stratum(steps)[at]
    at, stratum = _one_a_student(steps, at, stratum)
    at, stratum = _beside_another(at, stratum, label)
    if len(at) < FEWEST_STEPS:
        return CannotSay(
            question=f"{QUESTION[:-1]}, whatever their '{column}'?",
            reason=f"only {counted(len(at), 'step')} of alike students "
            f"{agreeing(len(at), 'stand')} beside one of another '{column}'",
            would_need=f"at least {FEWEST_STEPS}, of groups of at least {FEWEST_STUDENTS} students",
            check=CHECK,
        )
    then = common_octiles(steps, width=20)[at + 1]
    return _grouped(stratum, then, label[at], steps, at, column, bound, draws, seed)


def _large_enough(label: Codes, steps: Steps) -> Codes:
    first = steps.begins[:-1]
    sizes = np.bincount(label[first] + 1)
    return np.where((sizes[label + 1] >= FEWEST_STUDENTS) & (label >= 0), label, -1).astype(np.int64)


def _stratum(steps: Steps) -> Codes:
    """(n,) item, answer, score of the last five, quarter of the score before them."""
    right = steps.right.astype(np.int64)
    so_far = np.concatenate([[0], np.cumsum(right)])
    here = np.arange(steps.n) + 1
    begin = steps.begins[steps.student]
    window = np.maximum(here - WINDOW, begin)
    lately = so_far[here] - so_far[window]
    n_lately = here - window
    before = (so_far[window] - so_far[begin]) / np.maximum(window - begin, 1)
    quarter = np.where(window > begin, np.minimum((before * 4).astype(np.int64), 3) + 1, 0)
    stratum: Codes = (((steps.item.astype(np.int64) * 2 + right) * 6 + lately) * 6 + n_lately) * 5 + quarter
    return stratum


def _one_a_student(steps: Steps, at: Codes, stratum: Codes) -> tuple[Codes, Codes]:
    key = np.unique(stratum, return_inverse=True)[1] * steps.n_students + steps.student[at]
    kept = np.sort(np.unique(key, return_index=True)[1])
    return at[kept], stratum[kept]


def _beside_another(at: Codes, stratum: Codes, label: Codes) -> tuple[Codes, Codes]:
    codes = np.unique(stratum, return_inverse=True)[1]
    low = np.full(codes.max(initial=0) + 1, 2**31)
    high = np.full(codes.max(initial=0) + 1, -1)
    np.minimum.at(low, codes, label[at])
    np.maximum.at(high, codes, label[at])
    kept = low[codes] < high[codes]
    return at[kept], codes[kept]


def _grouped(
    stratum: Codes,
    then: Codes,
    label: Codes,
    steps: Steps,
    at: Codes,
    column: str,
    bound: float,
    draws: int,
    seed: int,
) -> Grouped:
    order = np.argsort(stratum, kind="stable")
    stratum, then, label, at = stratum[order], then[order], label[order], at[order]
    _, stratum = np.unique(stratum, return_inverse=True)
    label = np.unique(label, return_inverse=True)[1]
    seen = _figures(stratum, then, label)
    null = _exchanged(stratum, then, label, draws=draws, seed=seed)
    unsure = _entropy(stratum, then)
    expected = float(null[:, 0].mean())
    left = max(unsure - expected, 1e-9)
    n_extreme = int((null[:, 0] >= seen[0] - 1e-9).sum())
    n = len(at)
    differ = float(seen[1] - null[:, 1].mean()) / n
    spread = float(null[:, 1].std(ddof=1)) / n
    # Students are few where labels go with classes: the spread of permutations is a lower bound, said so.
    interval = Interval(low=differ - 1.96 * spread, high=differ + 1.96 * spread, level=0.95)
    r, r_spread = float(seen[0] - expected) / left, float(null[:, 0].std(ddof=1)) / left
    p = (1 + n_extreme) / (draws + 1)
    return Grouped(
        says=verdict(p, differ, interval, bound),
        column=column,
        n_steps=n,
        n_students=len(np.unique(steps.student[at])),
        r=r,
        differ=differ,
        differ_interval=interval,
        p=p,
        p_interval=clopper_pearson(n_extreme, draws),
        p_adjusted=p,
        r_floor=float(np.quantile((null[:, 0] - expected) / left, 0.95)),
        r_seen=(1.645 + 0.842) * r_spread,
        bound=bound,
        draws=draws,
        seed=seed,
        said=(f"{n:,} steps stand beside a step of another group with the same item, answer and scores",),
    )


def verdict(p_adjusted: float, differ: float, interval: Interval, bound: float) -> Reacts:
    if p_adjusted <= FALSE_DISCOVERIES and differ >= LEAST:
        return Reacts.GROUP
    return Reacts.ALIKE if interval.high < bound else Reacts.NOT_SHOWN


def _exchanged(stratum: Codes, then: Codes, label: Codes, *, draws: int, seed: int) -> Floats:
    """Labels in a new order inside each stratum, again and again; strata stand one after the other."""
    from plainview.core.audit.adaptivity.exchange import exchanged  # it loads the compiler

    return exchanged(
        np.concatenate([[0], np.cumsum(np.bincount(stratum))]),
        then,
        label,
        n_classes=int(then.max()) + 1,
        n_labels=int(label.max()) + 1,
        draws=draws,
        seed=seed,
    )


def _figures(stratum: Codes, then: Codes, label: Codes) -> Floats:
    """G / 2, and steps by which groups differ from their stratum (total variation)."""
    n_classes, n_labels = int(then.max()) + 1, int(label.max()) + 1
    _, n_s = np.unique(stratum, return_counts=True)
    cell = np.bincount(stratum * n_classes + then, minlength=len(n_s) * n_classes).reshape(-1, n_classes)
    rows = np.bincount(stratum * n_labels + label, minlength=len(n_s) * n_labels)
    key = (stratum * n_labels + label) * n_classes + then
    full = np.bincount(key, minlength=len(n_s) * n_labels * n_classes)
    full = full.reshape(len(n_s), n_labels, n_classes).astype(float)
    expected = rows.reshape(-1, n_labels)[:, :, None] * cell[:, None, :] / n_s[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        said = np.where(full > 0, full * np.log(full / expected), 0.0).sum()
    return np.array([said, 0.5 * np.abs(full - expected).sum()])


def _entropy(stratum: Codes, then: Codes) -> float:
    n_classes = int(then.max()) + 1
    _, n_s = np.unique(stratum, return_counts=True)
    cell = np.bincount(stratum * n_classes + then, minlength=len(n_s) * n_classes).reshape(-1, n_classes)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.where(cell > 0, cell * np.log(cell / n_s[:, None]), 0.0).sum())
