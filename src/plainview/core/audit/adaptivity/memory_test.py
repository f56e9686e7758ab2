"""Does anything before the last answer count? A learner model, or only "wrong, so easier"?

In:   steps.
Out:  for each way of classing the next item: does it follow the answer before the last, given the current
      item and the last answer?
Not here: whether the last answer counts (log_test).

Answers are redrawn as in the log test, but under "the next item depends on the current item and the last
answer": then what came next tells something about the answer. Each row's odds of a right answer are
multiplied by how much likelier its next item is after a right answer than after a wrong one, as the other
rows of its stratum show. Older answers are redrawn with them; the statistic is G of the answer before the
last against the next item, inside strata of the current item and the last answer.

It cannot see a memory that the current item already holds: where an adaptive test has chosen it from all
answers so far, older answers add little to it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.difficulty import difficulties
from plainview.core.audit.adaptivity.log_test import (
    DRAWS,
    USUAL,
    too_little,
)
from plainview.core.audit.adaptivity.next_item import Cells, NextClass, cells, classes, most_usual, octiles
from plainview.core.audit.adaptivity.redraw import blocks, largest, x_log_x_to
from plainview.core.audit.adaptivity.steps import Steps, some, steps_of
from plainview.core.cannot_say import CannotSay
from plainview.core.logs.coded import Coded
from plainview.core.logs.whole import Labels
from plainview.core.stats.multiplicity import adjusted

CHECK = "adaptivity.memory/1"
QUESTION = "Does anything before the last answer count?"
WIDTH = 10
SMOOTHED_BY = 30.0  # rows that each item borrows from all items of its octile
SURE = 0.02  # the law that answers are redrawn by is itself read off the log: a stricter level than .05
LEAST_R = 0.02  # in a million rows a product without memory showed .007; those with one show .09 and more
FEW_DRAWS = 64
CLEARLY = 4.0  # standard deviations of the redrawn logs
Floats = NDArray[np.float64]


class Remembers(StrEnum):
    OLDER = "remembers older answers"
    LAST_ONLY = "reacts only to the last answer"
    NOT_SHOWN = "not shown"
    NO_REACTION = "no reaction to remember"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One way of classing the next item."""

    next_class: NextClass
    n_steps: int
    g: float
    p: float
    p_adjusted: float
    r: float  # share of the uncertainty about the next item that the answer before the last explains
    r_high: float  # what would be seen in 95 of 100 logs at most, beside r, by the redrawn logs' spread
    r_floor: float

    @property
    def shows(self) -> bool:
        return self.p_adjusted <= SURE and self.r >= LEAST_R


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    says: Remembers
    head: Memory
    tests: tuple[Memory, ...]
    bound: float
    draws: int
    seed: int
    n_students: int
    n_steps: int


def memory_test(
    log: Coded,
    *,
    assigned_by: Labels | None = None,
    bound: float,
    draws: int = DRAWS,
    seed: int,
) -> Remembered | CannotSay:
    """Redraw the answers as if only the last one counted.

    Parameters
    ----------
    log, assigned_by, draws, seed : as ``log_test`` has them
    bound : float
        "Only the last answer" needs R below this, with 1.64 standard deviations of the redrawn logs.

    Returns
    -------
    Remembered
    CannotSay
        As ``log_test`` does; and where no two steps share an item.
    """
    drawn = some(log, assigned_by, seed=seed)
    steps = steps_of(drawn.log, drawn.assigned_by)
    lacks = too_little(steps, check=CHECK, question=QUESTION)
    if lacks is not None:
        return lacks
    octile = octiles(steps, width=20)
    led = _led_with_one_before(steps)
    every = classes(steps, octile)
    tables = {name: cells(led, led.item.astype(np.int64), of_next) for name, of_next in every.items()}
    tables = {name: table for name, table in tables.items() if table.degrees > 0}
    if not tables or most_usual(steps) >= USUAL:
        return CannotSay(
            question=QUESTION,
            reason="what comes next is the same wherever the same item came before",
            would_need="a log in which it differs",
            check=CHECK,
        )
    windows = steps.windows(WIDTH)
    hard = difficulties(
        item=steps.item,
        right=steps.right,
        windows=windows,
        n_items=steps.n_items,
        terms=steps.practice(),
    )
    found, reacts = dict[NextClass, tuple[float, Floats]](), False
    for name, table in tables.items():
        share, clearly = _share_that_reacts(steps, hard.log_odds, windows, table, seed)
        reacts = reacts or clearly
        tilted = hard.log_odds + share * _tilt(led, every[name], octile)
        found[name] = _counted(steps, tilted, windows, table, draws, seed)
    return _remembered(found, tables, steps, reacts, bound, draws, seed)


def _led_with_one_before(steps: Steps) -> Steps:
    from dataclasses import replace

    has_before = np.zeros(steps.n, np.bool_)
    has_before[1:] = steps.student[1:] == steps.student[:-1]
    return replace(steps, leads=steps.leads & has_before)


def _share_that_reacts(
    steps: Steps, log_odds: Floats, windows: NDArray[np.int64], table: Cells, seed: int
) -> tuple[float, bool]:
    """How much of G of the last answer is more than chance, 0 to 1; and whether it clearly is.

    Without it what is chance in a table would be taken for the product's own reaction to the last answer, and
    where a product reacts to nothing, to undo that would look like a memory.
    """
    from plainview.core.audit.adaptivity import kernels

    logs = x_log_x_to(largest(table))
    seen, null, unused = np.zeros(1), np.zeros(FEW_DRAWS), np.zeros(FEW_DRAWS)
    args = (table.rows, table.cells, table.strata)
    kernels.tally(*args, steps.right[:, None], logs, seen, np.zeros(1))
    drawn = np.empty((steps.n, FEW_DRAWS), np.uint8)
    kernels.redraw(np.exp(np.clip(log_odds, -60, 60)), steps.right, windows, seed + 1, 0, drawn)
    kernels.tally(*args, drawn, logs, null, unused)
    beyond = float(seen[0] - null.mean())
    share = max(0.0, beyond / float(seen[0])) if seen[0] > 0 else 0.0
    return share, beyond > CLEARLY * float(null.std(ddof=1))


def _tilt(steps: Steps, of_next: NDArray[np.int64], octile: NDArray[np.int64]) -> Floats:
    """(n,) log of how much likelier each row's next item is after a right answer than after a wrong one.

    A row does not count in its own stratum: it would tell its own answer.
    """
    out = np.zeros(steps.n)
    at = np.flatnonzero(steps.leads)
    then, right = of_next[at + 1], steps.right[at].astype(np.float64)
    n_classes = int(of_next.max(initial=0)) + 1
    rough = _shares(octile[at], then, right, n_classes)
    fine = _shares(steps.item[at].astype(np.int64), then, right, n_classes)
    after_right = (fine[0] - right + SMOOTHED_BY * rough[4]) / (fine[1] - right + SMOOTHED_BY)
    wrong = 1 - right
    after_wrong = (fine[2] - wrong + SMOOTHED_BY * rough[5]) / (fine[3] - wrong + SMOOTHED_BY)
    out[at] = np.log(after_right / after_wrong)
    return out


def _shares(
    stratum: NDArray[np.int64], then: NDArray[np.int64], right: Floats, n_classes: int
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """For each row: right answers in its cell and stratum, wrong ones, and the two smoothed shares."""
    _, cell = np.unique(stratum * n_classes + then, return_inverse=True)
    _, group = np.unique(stratum, return_inverse=True)
    n_right, n_cell = np.bincount(cell, right), np.bincount(cell)
    all_right, n_all = np.bincount(group, right), np.bincount(group)
    a: Floats = n_right[cell].astype(np.float64)
    whole_a: Floats = all_right[group].astype(np.float64)
    b: Floats = n_cell[cell] - a
    whole_b: Floats = n_all[group] - whole_a
    share_a: Floats = (a + 0.5) / (whole_a + 0.5 * n_classes)
    share_b: Floats = (b + 0.5) / (whole_b + 0.5 * n_classes)
    return a, whole_a, b, whole_b, share_a, share_b


def _counted(
    steps: Steps, log_odds: Floats, windows: NDArray[np.int64], table: Cells, draws: int, seed: int
) -> tuple[float, Floats]:
    from plainview.core.audit.adaptivity import kernels

    odds, table_of_logs = np.exp(np.clip(log_odds, -60, 60)), x_log_x_to(largest(table))
    seen, null = np.zeros(1), np.zeros(draws)
    args = (table.rows, table.cells, table.strata)
    kernels.tally_before(*args, steps.right[:, None], table_of_logs, seen)
    for first, n in blocks(steps.n, draws):
        drawn = np.empty((steps.n, n), np.uint8)
        kernels.redraw(odds, steps.right, windows, seed, first, drawn)
        kernels.tally_before(*args, drawn, table_of_logs, null[first : first + n])
    return float(seen[0]), null


def _remembered(
    found: dict[NextClass, tuple[float, Floats]],
    tables: dict[NextClass, Cells],
    steps: Steps,
    reacts: bool,
    bound: float,
    draws: int,
    seed: int,
) -> Remembered:
    p = [(1 + int((null >= g - 1e-9).sum())) / (draws + 1) for g, null in found.values()]
    tests = list[Memory]()
    for (name, (g, null)), one_p, adjusted_p in zip(found.items(), p, adjusted(p).tolist(), strict=True):
        expected = float(null.mean()) / 2
        left = max(tables[name].entropy() - expected, 1e-9)
        r, spread = (g / 2 - expected) / left, float(null.std(ddof=1)) / 2 / left
        tests.append(
            Memory(
                next_class=name,
                n_steps=len(tables[name].rows),
                g=g,
                p=one_p,
                p_adjusted=adjusted_p,
                r=r,
                r_high=r + 1.645 * spread,
                r_floor=1.645 * spread,
            )
        )
    shown = [test for test in tests if test.shows]
    says = (
        Remembers.OLDER
        if shown
        else Remembers.NO_REACTION
        if not reacts
        else Remembers.LAST_ONLY
        if all(test.r_high < bound for test in tests)
        else Remembers.NOT_SHOWN
    )
    head = max(shown or tests, key=lambda test: test.r if shown else test.r_high)
    return Remembered(
        says=says,
        head=head,
        tests=tuple(tests),
        bound=bound,
        draws=draws,
        seed=seed,
        n_students=steps.n_students,
        n_steps=steps.n_led,
    )
