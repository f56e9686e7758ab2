"""What came next, in classes; and what is held equal, in strata.

In:   steps, difficulties.
Out:  for each step its class and its stratum, and the cells of their tables in one order for counting.
Not here: answers. The classes of a student's steps come from difficulties that other students gave: were they
from her own answers, a right answer followed by a wrong one would make the next item "harder".
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.difficulty import difficulties
from plainview.core.audit.adaptivity.steps import Steps

N_OCTILES = 8
FOLDS, MANY = 5, 200_000  # above so many rows a half of the students tells enough
BLOCK = 4  # steps of a calendar block
Codes = NDArray[np.int64]


class NextClass(StrEnum):
    OCTILE = "difficulty"  # the octile of the next item's difficulty
    SKILL = "skill"  # the next item's skill
    MOVE = "move"  # same, advance, return


class Strata(StrEnum):
    ITEM = "current item"  # sensitive
    CALENDAR = "calendar"  # robust: block of 4 steps x octile of the current item


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Steps sorted by stratum, inside by class: the order in which the tables are counted."""

    rows: Codes  # (n_led,) places in Steps
    cells: Codes  # (n_cells + 1,)
    strata: Codes  # (n_strata + 1,) in cells

    @property
    def degrees(self) -> int:
        """Degrees of freedom of G: (classes - 1) summed over strata."""
        return int((np.diff(self.strata) - 1).sum())

    def entropy(self) -> float:
        """H(next | stratum), in nats, summed over the steps."""
        of_cells = np.diff(self.cells).astype(float)
        of_strata = np.diff(self.cells[self.strata]).astype(float)
        return float((of_strata * np.log(of_strata)).sum() - (of_cells * np.log(of_cells)).sum())


def most_usual(steps: Steps) -> float:
    """The share of steps that go to the item that most steps from the same item go to, 0..1."""
    at = np.flatnonzero(steps.leads)
    if not len(at):
        return 1.0
    here, then = steps.item[at].astype(np.int64), steps.item[at + 1]
    pairs, counts = np.unique(here * steps.n_items + then, return_counts=True)
    starts = np.flatnonzero(np.diff(pairs // steps.n_items, prepend=-1))
    return float(np.maximum.reduceat(counts, starts).sum() / len(at))


def octiles(steps: Steps, *, width: int) -> Codes:
    """(n,) the octile of each row's item, 0 to 7, by difficulties that other students gave.

    Students are dealt into folds; a fold's difficulties come from all others.
    """
    n_folds = FOLDS if steps.n <= MANY else 2
    # Dealt by chance: were it by turns, folds would go with any group that was enrolled by turns.
    dealt = np.random.default_rng(FOLDS).permutation(steps.n_students) % n_folds
    fold = dealt[steps.student]
    windows = steps.windows(width)
    of_window = fold[windows[:-1]]
    out = np.zeros(steps.n, dtype=np.int64)
    for mine in range(n_folds):
        b = difficulties(
            item=steps.item,
            right=steps.right,
            windows=windows,
            n_items=steps.n_items,
            weight=(of_window != mine).astype(float),
        ).difficulty
        here = fold == mine
        out[here] = cut(b[steps.item[here]])
    return out


def common_octiles(steps: Steps, *, width: int) -> Codes:
    """The same by all students: where labels are exchanged and not answers, no answer can leak."""
    hard = difficulties(
        item=steps.item, right=steps.right, windows=steps.windows(width), n_items=steps.n_items
    )
    return cut(hard.difficulty[steps.item])


def cut(values: NDArray[np.float64]) -> Codes:
    """Octiles over the rows: about as many rows in each; equal values stay together."""
    if not len(values):
        return np.zeros(0, np.int64)
    bars = np.quantile(values, np.arange(1, N_OCTILES) / N_OCTILES)
    return np.searchsorted(bars, values, side="right").astype(np.int64)


def moves(steps: Steps) -> Codes:
    """(n,) of each row against the one before: 0 the same skill, 1 one not seen before, 2 one seen before.

    Where the log names no skills, items stand for them.
    """
    unit = steps.skill if steps.names_skills else steps.item
    key = steps.student.astype(np.int64) * (int(unit.max(initial=0)) + 1) + unit
    _, first = np.unique(key, return_index=True)
    is_first = np.zeros(steps.n, np.bool_)
    is_first[first] = True
    out = np.where(is_first, 1, 2)
    out[1:][key[1:] == key[:-1]] = 0
    return out.astype(np.int64)


def classes(steps: Steps, octile: Codes) -> dict[NextClass, Codes]:
    """(n,) the class of each row as a next item."""
    found = {NextClass.OCTILE: octile, NextClass.MOVE: moves(steps)}
    if steps.names_skills:
        found[NextClass.SKILL] = steps.skill.astype(np.int64)
    return found


def strata(steps: Steps, octile: Codes) -> dict[Strata, Codes]:
    """(n,) what is held equal at each row."""
    return {
        Strata.ITEM: steps.item.astype(np.int64),
        Strata.CALENDAR: steps.place // BLOCK * N_OCTILES + octile,
    }


def cells(steps: Steps, stratum: Codes, of_next: Codes) -> Cells:
    """The steps that lead to an item of the product's choice, in the order of counting."""
    at = np.flatnonzero(steps.leads)
    here, then = stratum[at], of_next[at + 1]
    key = here * (int(of_next.max(initial=0)) + 1) + then
    order = np.argsort(key, kind="stable")
    key, here = key[order], here[order]
    new_cell = np.flatnonzero(np.diff(key, prepend=key[0] - 1 if len(key) else 0))
    of_cells = here[new_cell]
    new_stratum = np.flatnonzero(np.diff(of_cells, prepend=of_cells[0] - 1 if len(of_cells) else 0))
    return Cells(
        rows=at[order],
        cells=np.append(new_cell, len(key)).astype(np.int64),
        strata=np.append(new_stratum, len(new_cell)).astype(np.int64),
    )
