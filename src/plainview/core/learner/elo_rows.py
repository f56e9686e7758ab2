"""Rows student by student, with all that a walk needs of a row in one place.

In:   a log; the codes that a model knows its items and skills by.
Out:  stretches of students: each row's item, answer, skill and place in the log.
Not here: the walk (elo_walk).

A log stands in the order of time, so a student's rows lie far apart, and fetching each column of each row
from afar takes longer than the sums. So every row is read once, as the log has it, and put where its student
stands: first on heaps of students that the processor holds at hand, then heap by heap; and some students at
a time, so that a log of any length takes no more than AT_ONCE rows. Where the log stands student by student
already, nothing is moved.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded, codes_in
from plainview.core.logs.order import stand_in_order

Codes = NDArray[np.int32]
MANY = -2  # in the place of a skill: the row has several, and they are looked up
AT_ONCE = 16_000_000  # rows, of 20 bytes each
A_HEAP = 32_768  # rows: half a megabyte
PAYS_TO_COMPILE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some students' rows, one student after the other."""

    starts: NDArray[np.int64]  # (n_students + 1,)
    item: Codes  # (n_rows,) -1: not known
    right: NDArray[np.float32]
    skill: Codes  # -1: none, or not known; MANY
    row: Codes  # where it stands in the log; empty: as it stands here


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a model calls the items and skills of a log; -1 for what it does not know."""

    item: Codes  # (log.n_items,)
    skill: Codes  # (log.n_skills,)

    @classmethod
    def of(cls, log: Coded, items: tuple[str, ...], skills: tuple[str, ...]) -> "Known":
        return cls(item=codes_in(items, log.items), skill=codes_in(skills, log.skills))


def stretches(log: Coded, known: Known) -> Iterator[Rows]:
    """All students, some at a time."""
    if stand_in_order(log.student):
        yield _as_they_stand(log, known)
        return
    ends = np.cumsum(_n_of(log))
    for first, last in _cut(ends, 0, len(ends), AT_ONCE):
        yield from (_on_heaps if _pays(log) else _sorted)(log, known, ends, first, last)


def _cut(ends: NDArray[np.int64], first: int, last: int, n_rows: int) -> list[tuple[int, int]]:
    """Students first..last - 1, cut wherever about so many rows are full. ``ends``: rows up to each."""
    which = (ends[first:last] - 1) // n_rows
    at = [first, *(first + 1 + np.flatnonzero(np.diff(which))).tolist(), last]
    return list(pairwise(at))


def _starts(ends: NDArray[np.int64], first: int, last: int) -> NDArray[np.int64]:
    """Where the rows of these students begin, the first one's at 0."""
    before = int(ends[first - 1]) if first else 0
    return np.concatenate([[0], ends[first:last] - before])


def _n_of(log: Coded) -> NDArray[np.int64]:
    """(n_students,) answers."""
    if not _pays(log):
        return np.bincount(log.student, minlength=log.n_students)
    from plainview.core.learner import elo_move  # loads the compiler

    n = np.zeros(log.n_students, dtype=np.int64)
    elo_move.count(log.student, n)
    return n


def _pays(log: Coded) -> bool:
    return log.n_rows >= PAYS_TO_COMPILE and "numba" in sys.modules  # whoever walks so far has loaded it


def _as_they_stand(log: Coded, known: Known) -> Rows:
    return Rows(
        starts=np.concatenate([[0], np.cumsum(_n_of(log))]),
        item=_called(known.item, log.item),
        right=log.correct,
        skill=_one_skill(log, known),
        row=np.empty(0, dtype=np.int32),
    )


def _called(known: Codes, codes: Codes) -> Codes:
    """A column in the model's codes: itself where they are the log's own."""
    if len(known) and bool(np.array_equal(known, np.arange(len(known)))):
        return codes
    return known[codes]


def _one_skill(log: Coded, known: Known) -> Codes:
    n = np.diff(log.skill_from)
    if len(log.skill) == log.n_rows and bool((n == 1).all()):
        return _called(known.skill, log.skill)
    one = np.where(n == 0, -1, MANY).astype(np.int32)
    at = np.flatnonzero(n == 1)
    one[at] = known.skill[log.skill[log.skill_from[at]]]
    return one


def _on_heaps(log: Coded, known: Known, ends: NDArray[np.int64], first: int, last: int) -> Iterator[Rows]:
    from plainview.core.learner import elo_move  # loads the compiler

    heaps = _cut(ends, first, last, A_HEAP)
    heap_of = np.full(log.n_students, -1, dtype=np.int32)
    heap_of[first:last] = np.repeat(
        np.arange(len(heaps), dtype=np.int32), [end - begin for begin, end in heaps]
    )
    stands = _starts(ends, first, last)
    free = stands[[begin - first for begin, _end in heaps]]
    told = np.empty((int(stands[-1]), 5), dtype=np.int32)  # side by side: one row, one stretch of memory
    elo_move.part(
        log.student, log.item, log.correct, log.skill, log.skill_from,
        known.item, known.skill, heap_of, free, told, told[:, 3].view(np.float32),
    )  # fmt: skip
    for begin, end in heaps:
        starts, here = _starts(ends, begin, end), told[stands[begin - first] : stands[end - first]]
        out = np.empty((len(here), 4), dtype=np.int32)
        elo_move.settle(here, begin, starts[:-1].copy(), out)
        yield _rows(starts, out)


def _sorted(log: Coded, known: Known, ends: NDArray[np.int64], first: int, last: int) -> Iterator[Rows]:
    """The same where loading the compiler would take longer."""
    rows = np.flatnonzero((log.student >= first) & (log.student < last))
    rows = rows[np.argsort(log.student[rows], kind="stable")]
    out = np.empty((len(rows), 4), dtype=np.int32)
    out[:, 0], out[:, 1], out[:, 2] = known.item[log.item[rows]], _one_skill(log, known)[rows], rows
    out[:, 3].view(np.float32)[:] = log.correct[rows]
    yield _rows(_starts(ends, first, last), out)


def _rows(starts: NDArray[np.int64], told: Codes) -> Rows:
    return Rows(
        starts=starts, item=told[:, 0], skill=told[:, 1], row=told[:, 2], right=told[:, 3].view(np.float32)
    )
