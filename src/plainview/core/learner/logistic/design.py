"""From a log to the numbers that a model weighs: dense columns and sparse blocks, some students at a time.

In:   a coded log, a layout, what the population says of items.
Out:  chunks: (n_rows, n_columns) dense, (n_rows, n_weights) sparse, answers; made again at each pass when
      the log is too long to keep them.
Not here: the weights (solve).
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plainview.core.learner.logistic import layout as shapes
from plainview.core.learner.logistic import past, times
from plainview.core.learner.logistic.layout import Layout
from plainview.core.logs.coded import Coded, codes_in
from plainview.core.logs.order import Groups

# Below this many rows the plain walk is quicker than loading the compiled one (27 us a row against .5 s).
PAYS_TO_COMPILE = 20_000
ROWS_A_CHUNK = 32_768  # dense columns of a chunk stay in the processor's nearest memory but one
# Up to here designs are kept (about 300 bytes a row); beyond they are made again at each pass.
ROWS_KEPT = 4_000_000
# Up to here numbers are kept in double precision: single precision is exact enough where n is large.
ROWS_IN_DOUBLE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who has a weight of her own: the codes of a fit belong to these names."""

    students: Sequence[str]
    items: Sequence[str]
    skills: Sequence[str]
    followed: NDArray[np.int64]  # rising keys (follows) of items that often come right after another's answer

    def size(self, block: str) -> int:
        if block == shapes.STUDENT:
            return len(self.students)
        if block == shapes.AFTER:
            return len(self.followed)
        return len(self.items) if block in (shapes.ITEM, shapes.ITEM_ABILITY) else len(self.skills)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some students' rows."""

    rows: NDArray[np.int64]  # (n_rows,) where they stand in the log
    starts: NDArray[np.int64]  # (n_students + 1,) where each student's begin in the chunk
    dense: NDArray[np.floating]  # (n_rows, 1 + n_columns), the first column 1: the intercept
    sparse: Any  # scipy CSR (n_rows, n_weights of all blocks)
    right: NDArray[np.floating]  # (n_rows,)


@dataclass(frozen=True, kw_only=True)
class Design:
    """A log as a model sees it."""

    log: Coded
    layout: Layout
    names: Names
    usual: NDArray[np.float64]  # (log.n_items,) share right of each item
    groups: Groups
    students: NDArray[np.int64]  # whose rows, in the order in which they are gone through
    double: bool

    @cached_property
    def stretches(self) -> tuple[NDArray[np.int64], ...]:
        """Students in stretches of about ROWS_A_CHUNK rows."""
        ends = np.cumsum(self.groups.sizes[self.students])
        which = (ends - 1) // ROWS_A_CHUNK
        return tuple(np.split(self.students, np.flatnonzero(np.diff(which)) + 1)) if len(ends) else ()

    @cached_property
    def codes(self) -> dict[str, NDArray[np.int32]]:
        """For each kind of thing, the fit's code of each of the log's; -1 where the fit never saw it."""
        return {
            "student": codes_in(self.names.students, self.log.students),
            "item": codes_in(self.names.items, self.log.items),
            "skill": codes_in(self.names.skills, self.log.skills),
        }

    @property
    def n_rows(self) -> int:
        return int(self.groups.sizes[self.students].sum())

    def chunk(self, n: int) -> Chunk:
        return make_chunk(self, self.stretches[n])

    def chunks(self) -> Iterator[Chunk]:
        return (self.chunk(n) for n in range(len(self.stretches)))


def make_chunk(design: Design, students: NDArray[np.int64]) -> Chunk:
    """Walk through these students' answers and lay out what each row was like before its answer."""
    log, layout = design.log, design.layout
    sizes = design.groups.sizes[students]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rows = design.groups.order[_ranges(design.groups.starts[students], sizes)]
    lengths = np.diff(log.skill_from)[rows] if len(rows) * 4 > log.n_rows else _lengths(log, rows)
    skill_from = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    skill = log.skill[_ranges(log.skill_from[rows], lengths)]
    item, right = log.item[rows], log.correct[rows]
    at_ms = log.at_ms[rows] if layout.times and log.at_ms is not None else None
    told, pairs, told_times = _walked(design, starts, item, right, skill_from, skill, at_ms)
    kind: type[np.floating] = np.float64 if design.double else np.float32
    return Chunk(
        rows=rows,
        starts=starts,
        dense=_dense(layout, told, told_times, kind),
        sparse=_sparse(design, log.student[rows], item, right, skill_from, skill, told, pairs, kind),
        right=right.astype(kind),
    )


def _lengths(log: Coded, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return log.skill_from[rows + 1] - log.skill_from[rows]


def _ranges(begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """begins[0] .. begins[0] + lengths[0] - 1, begins[1] .. , one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(begins - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)


def _walked(
    design: Design,
    starts: NDArray[np.int64],
    item: NDArray[np.int32],
    right: NDArray[np.float32],
    skill_from: NDArray[np.int64],
    skill: NDArray[np.int32],
    at_ms: NDArray[np.int64] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    usual, n_items, n_skills = design.usual, len(design.usual), design.log.n_skills
    told, pairs = np.zeros((len(item), past.N_COLUMNS)), np.zeros((len(skill), 2))
    told_times = np.zeros((len(item), times.N_COLUMNS if at_ms is not None else 0))
    walk, walk_times = _walks(design.log.n_rows)
    difficulty = np.log1p(-usual) - np.log(usual)
    walk(starts, item, right, skill_from, skill, usual, difficulty, n_skills, told, pairs)
    if at_ms is not None:
        walk_times(starts, item, right, skill_from, skill, at_ms, n_items, n_skills, told_times)
    return told, pairs, told_times


def _walks(n_rows: int) -> tuple[Any, Any]:
    if n_rows >= PAYS_TO_COMPILE or "numba" in sys.modules:
        from plainview.core.learner.logistic import compiled  # loads the compiler

        return compiled.walk, compiled.walk_times
    return past.walk, times.walk_times


def _dense(
    layout: Layout, told: NDArray[np.float64], told_times: NDArray[np.float64], kind: type[np.floating]
) -> NDArray[np.floating]:
    columns = best_lr_columns(told) if layout.counts else told[:, list(layout.past)]
    dense = np.empty((len(told), 1 + len(layout.columns)), dtype=kind)
    dense[:, 0] = 1
    dense[:, 1 : 1 + columns.shape[1]] = columns
    dense[:, 1 + columns.shape[1] :] = told_times[:, list(layout.times)]
    return dense


def best_lr_columns(told: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(1 + wins) and log(1 + answers), of all and at the item, from the log counts of wins and fails."""
    out = np.empty((len(told), 4))
    for n, place in enumerate((past.STUDENT, past.ITEM)):
        wins, fails = told[:, place], told[:, place + 1]
        out[:, 2 * n] = wins
        out[:, 2 * n + 1] = np.log(np.exp(wins) + np.exp(fails) - 1)
    return out


def _sparse(
    design: Design,
    student: NDArray[np.int32],
    item: NDArray[np.int32],
    right: NDArray[np.float32],
    skill_from: NDArray[np.int64],
    skill: NDArray[np.int32],
    told: NDArray[np.float64],
    pairs: NDArray[np.float64],
    kind: type[np.floating],
) -> Any:
    """Blocks side by side: those with one weight a row, then those with one for each of the row's skills."""
    ones = np.ones(len(item))
    one_a_row = {
        shapes.STUDENT: (design.codes["student"][student], ones),
        shapes.AFTER: (_after(design, student, item, right), ones),
        shapes.ITEM: (design.codes["item"][item], ones),
        shapes.ITEM_ABILITY: (design.codes["item"][item], told[:, past.STUDENT + 8]),
    }
    wins, fails, code = pairs[:, 0], pairs[:, 1], design.codes["skill"][skill]
    a_skill = {
        shapes.SKILL: (code, np.ones(len(skill))),
        shapes.SKILL_ANSWERS: (code, wins + fails),
        shapes.SKILL_WINS: (code, wins),
        shapes.SKILL_FAILS: (code, fails),
        shapes.SKILL_LOG_WINS: (code, np.log1p(wins)),
        shapes.SKILL_LOG_FAILS: (code, np.log1p(fails)),
        shapes.SKILL_LOG_ANSWERS: (code, np.log1p(wins + fails)),
    }
    where = {block: place for block, place, _ in places(design.layout, design.names)}
    total = sum(design.names.size(block) for block in design.layout.blocks)
    per_row = [(where[b], *v) for b, v in one_a_row.items() if b in where]
    per_pair = [(where[b], *v) for b, v in a_skill.items() if b in where]
    parts = [
        _csr(per_row, np.arange(len(item) + 1, dtype=np.int64), total, kind),
        _csr(per_pair, skill_from, total, kind),
    ]
    return parts[0] + parts[1] if per_row else parts[1]


def follows(
    student: NDArray[np.int32], item: NDArray[np.int32], right: NDArray[np.float32], n_items: int
) -> NDArray[np.int64]:
    """(n_rows,) a number for: this item right after that one, answered so; -1 where none came before."""
    key = np.full(len(item), -1, dtype=np.int64)
    before = item[:-1].astype(np.int64) * 2 + (right[:-1] >= 0.5)
    known = (student[1:] == student[:-1]) & (item[1:] >= 0) & (item[:-1] >= 0)
    key[1:] = np.where(known, before * n_items + item[1:], -1)
    return key


def often(design: "Design", fewest: int) -> NDArray[np.int64]:
    """The keys that at least ``fewest`` rows have, rising."""
    log, found = design.log, []
    for students in design.stretches:
        rows = design.groups.order[_ranges(design.groups.starts[students], design.groups.sizes[students])]
        found.append(follows(log.student[rows], log.item[rows], log.correct[rows], log.n_items))
        if sum(map(len, found)) > ROWS_KEPT:
            break
    keys, n = np.unique(np.concatenate(found), return_counts=True)
    return keys[(n >= fewest) & (keys >= 0)]


def _after(
    design: Design, student: NDArray[np.int32], item: NDArray[np.int32], right: NDArray[np.float32]
) -> NDArray[np.int32]:
    followed = design.names.followed
    if not len(followed):
        return np.full(len(item), -1, dtype=np.int32)
    keys = follows(student, design.codes["item"][item], right, len(design.names.items))
    place = np.minimum(np.searchsorted(followed, keys), len(followed) - 1)
    return np.where(followed[place] == keys, place, -1).astype(np.int32)


def _csr(
    blocks: list[tuple[int, NDArray[np.int32], NDArray[np.float64]]],
    begins: NDArray[np.int64],
    total: int,
    kind: type[np.floating],
) -> Any:
    """One CSR matrix from blocks of (where it begins, code, value); whoever is unknown adds nothing."""
    n, width = int(begins[-1]), len(blocks)
    indices, values = np.zeros((n, width), np.int32), np.zeros((n, width), kind)
    for place, (begin, code, value) in enumerate(blocks):
        indices[:, place] = np.where(code >= 0, begin + code, begin)
        values[:, place] = np.where(code >= 0, value, 0)
    indptr = (begins * width).astype(np.int64 if n * width > 2**31 - 1 else np.int32)
    return sparse.csr_matrix((values.ravel(), indices.ravel(), indptr), shape=(len(begins) - 1, total))


def places(layout: Layout, names: Names) -> tuple[tuple[str, int, int], ...]:
    """Each block, where its weights begin among the sparse ones, and where they end."""
    begin, told = 0, []
    for block in layout.blocks:
        told.append((block, begin, begin + names.size(block)))
        begin += names.size(block)
    return tuple(told)
