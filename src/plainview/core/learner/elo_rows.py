"""Rows student by student, with all that a walk needs of a row in one place.

In:   a log; the codes that a model knows its items and skills by.
Out:  stretches of students: each row's item, answer, skill and place in the log.
Not here: the walk (elo_walk).

A log stands in the order of time, so a student's rows lie far apart, and fetching each column of each row
from afar takes longer than the sums. So every row is read once, as the log has it, and put where its student
stands; some students at a time, so that a log of any length takes no more than AT_ONCE rows. Where the log
stands student by student already, nothing is moved.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded, codes_in
from plainview.core.logs.order import stand_in_order

Codes = NDArray[np.int32]
MANY = -2  # in the place of a skill: the row has several, and they are looked up
AT_ONCE = 16_000_000  # rows, of 16 bytes each
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
    which = (ends - 1) // AT_ONCE
    first = np.concatenate([[0], np.flatnonzero(np.diff(which)) + 1, [log.n_students]])
    for begin, end in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        before = int(ends[begin - 1]) if begin else 0
        yield _moved(log, known, begin, np.concatenate([[0], ends[begin:end] - before]))


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


def _moved(log: Coded, known: Known, first: int, starts: NDArray[np.int64]) -> Rows:
    told = np.empty((int(starts[-1]), 4), dtype=np.int32)  # side by side: one row, one stretch of memory
    right = told[:, 3].view(np.float32)
    if _pays(log):
        from plainview.core.learner import elo_move  # loads the compiler

        elo_move.move(
            log.student, log.item, log.correct, log.skill, log.skill_from,
            known.item, known.skill, first, starts[:-1].copy(), told, right,
        )  # fmt: skip
    else:
        _move(log, known, first, starts, told, right)
    return Rows(starts=starts, item=told[:, 0], right=right, skill=told[:, 1], row=told[:, 2])


def _move(
    log: Coded,
    known: Known,
    first: int,
    starts: NDArray[np.int64],
    told: Codes,
    right: NDArray[np.float32],
) -> None:
    here = (log.student >= first) & (log.student < first + len(starts) - 1)
    rows = np.flatnonzero(here)
    rows = rows[np.argsort(log.student[rows], kind="stable")]
    told[:, 0], told[:, 1], told[:, 2] = known.item[log.item[rows]], _one_skill(log, known)[rows], rows
    right[:] = log.correct[rows]
