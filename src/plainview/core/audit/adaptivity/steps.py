"""A log as steps: what a student answered, and which item the product gave her next.

In:   the log as numbers, who assigned each row.
Out:  rows student after student, where each step's next item counts; windows of w rows.
Not here: classes of next items (next_item), chance (redraw).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded
from plainview.core.logs.whole import Labels
from plainview.core.plural import agreeing, counted

RIGHT_FROM = 0.5  # part marks from here count as right
# Rows beyond which students are drawn by chance: so many tell R to the third digit, and a log of any size
# then takes the time and the memory of this one.
MOST_ROWS = 3_000_000


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Rows that the product assigned, student after student, each in her own order."""

    row: NDArray[np.int64]  # (n,) the row of the log
    student: NDArray[np.int32]  # (n,) 0 .. n_students - 1, without gaps
    item: NDArray[np.int32]  # (n,)
    skill: NDArray[np.int32]  # (n,) a code for the set of skills; all 0 where the log names none
    right: NDArray[np.uint8]  # (n,) 0 or 1
    place: NDArray[np.int64]  # (n,) the how-manieth row of the student in the whole log, from 0
    leads: NDArray[np.bool_]  # (n,) whether the next row is the product's own choice
    n_items: int
    names_skills: bool
    n_partial: int
    n_left_out: int  # rows that somebody else assigned
    said: tuple[str, ...]

    @property
    def n(self) -> int:
        return len(self.row)

    @property
    def n_students(self) -> int:
        return int(self.student[-1]) + 1 if self.n else 0

    @property
    def n_led(self) -> int:
        return int(self.leads.sum())

    @cached_property
    def begins(self) -> NDArray[np.int64]:
        """(n_students + 1,) where each student's rows begin."""
        return np.searchsorted(self.student, np.arange(self.n_students + 1)).astype(np.int64)

    @property
    def nth(self) -> NDArray[np.int64]:
        """(n,) each row's place among the student's rows, from 0."""
        return np.arange(self.n, dtype=np.int64) - self.begins[self.student]

    def windows(self, width: int) -> NDArray[np.int64]:
        """(n_windows + 1,) where each window begins: ``width`` rows, the last of a student fewer."""
        return np.append(np.flatnonzero(self.nth % width == 0), self.n).astype(np.int64)

    def practice(self) -> dict[str, NDArray[np.int64]]:
        """Codes of what practice may add: place in the sequence, times the skill and the item were met."""
        terms = {"place": rough(self.place), "item met": np.minimum(self._met(self.item), 3)}
        if self.names_skills:
            terms["skill met"] = np.minimum(rough(self._met(self.skill)), 24)
        return terms

    def _met(self, unit: NDArray[np.int32]) -> NDArray[np.int64]:
        """(n,) how often the student has met this row's unit before."""
        key = self.student.astype(np.int64) * (int(unit.max(initial=0)) + 1) + unit
        order = np.argsort(key, kind="stable")
        begins = np.flatnonzero(np.diff(key[order], prepend=-1))
        met = np.empty(self.n, dtype=np.int64)
        lengths = np.diff(np.append(begins, self.n))
        met[order] = np.arange(self.n) - np.repeat(begins, lengths)
        return met


def rough(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 to 20 one by one, then in steps of a tenth."""
    beyond = 20 + np.floor(np.log(np.maximum(count, 20) / 20) / np.log(1.1)).astype(np.int64)
    return np.where(count < 20, count, beyond)


def steps_of(log: Coded, assigned_by: Labels | None = None) -> Steps:
    """The rows that a product assigned.

    Parameters
    ----------
    log : Coded
    assigned_by : Labels (n_rows,), optional
        Who chose each row's item. None, or nowhere "algorithm" but somewhere "unknown": all of unknown
        origin are held to be the product's choice, and that is said.

    Returns
    -------
    Steps
        A row whose predecessor in the log was left out is still answered, but no step leads to it.
    """
    groups = log.by_student()
    kept, said = _whose(log, assigned_by)
    place = groups.place()
    order = groups.order[kept[groups.order]]
    student = log.student[order]
    _, dense = np.unique(student, return_inverse=True)
    leads = np.zeros(len(order), np.bool_)
    leads[:-1] = (student[1:] == student[:-1]) & (place[order][1:] == place[order][:-1] + 1)
    partial = (log.correct[order] > 0) & (log.correct[order] < 1)
    if partial.any():
        said = (*said, f"{int(partial.sum()):,} part marks: half or more counts as right")
    return Steps(
        row=order,
        student=dense.astype(np.int32),
        item=log.item[order],
        skill=skill_sets(log)[order],
        right=(log.correct[order] >= RIGHT_FROM).astype(np.uint8),
        place=place[order],
        leads=leads,
        n_items=log.n_items,
        names_skills=log.n_pairs > 0,
        n_partial=int(partial.sum()),
        n_left_out=int((~kept).sum()),
        said=said,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """A log, or whole students of it."""

    log: Coded
    assigned_by: Labels | None
    students: NDArray[np.int64]  # their codes in the log that was handed over
    said: tuple[str, ...]


def some(log: Coded, assigned_by: Labels | None, *, seed: int, most: int = MOST_ROWS) -> Some:
    """The log as it is; of a larger one as many students, drawn by chance, as have ``most`` rows together."""
    if log.n_rows <= most:
        return Some(log=log, assigned_by=assigned_by, students=np.arange(log.n_students), said=())
    order = np.random.default_rng(seed).permutation(log.n_students)
    rows = np.bincount(log.student, minlength=log.n_students)
    students = np.sort(order[np.cumsum(rows[order]) <= most])
    kept = np.zeros(log.n_students, np.bool_)
    kept[students] = True
    told = f"of {log.n_students:,} students {len(students):,} were drawn by chance: {most:,} rows are enough"
    return Some(
        log=log.take(kept),
        assigned_by=None if assigned_by is None else assigned_by.take(kept[log.student]),
        students=students,
        said=(told,),
    )


def _whose(log: Coded, assigned_by: Labels | None) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    everything = np.ones(log.n_rows, np.bool_)
    if assigned_by is None or not bool((assigned_by.codes >= 0).any()):
        return everything, ("the log does not say who assigned an item: all are held to be the product's",)
    by_product = assigned_by.is_a("algorithm")
    unknown = (assigned_by.codes < 0) | assigned_by.is_a("unknown")
    if not by_product.any() and unknown.any():
        n = int((~unknown).sum())
        others = f"; {counted(n, 'row')} that others assigned {agreeing(n, 'are')} left out" if n else ""
        return unknown, (f"who assigned an item is not known: it is held to be the product{others}",)
    if not by_product.any() and assigned_by.is_a("fixed").any():
        by_product = assigned_by.is_a("fixed")
        n = int((~by_product).sum())
        others = f"; {counted(n, 'row')} that others assigned {agreeing(n, 'are')} left out" if n else ""
        return by_product, (f"the log calls the sequence fixed: it is held to be the product's{others}",)
    n = int((~by_product).sum())
    return by_product, (
        (f"{counted(n, 'row')} that the product did not assign {agreeing(n, 'are')} left out",) if n else ()
    )


def skill_sets(log: Coded) -> NDArray[np.int32]:
    """(n_rows,) a code for each row's set of skills, in whatever order they stand."""
    if not log.n_pairs:
        return np.zeros(log.n_rows, np.int32)
    # One large number a skill; sets have the sum of theirs. Two sets agree by chance in one of 2**40 logs.
    numbers = np.random.default_rng(20261122).integers(1, 2**62, log.n_skills, dtype=np.uint64)
    sums = np.concatenate([[np.uint64(0)], np.cumsum(numbers[log.skill], dtype=np.uint64)])
    of_rows = sums[log.skill_from[1:]] - sums[log.skill_from[:-1]]
    return np.unique(of_rows, return_inverse=True)[1].astype(np.int32)
