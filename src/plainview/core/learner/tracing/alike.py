"""Students who answered alike so far are computed once.

In:   a coded log.
Out:  a tree a skill: each node is a history of answers that occurs, with how many students share it.
Not here: probabilities (expect).

What the model holds of a student depends on her answers and on nothing else, so two students with the same
answers so far are at the same node. A log of short histories becomes far smaller than its rows, and a step of
the fit costs as many steps as there are different histories. The nodes stand by level: all first answers, all
second answers, and so on, so that numpy takes a level at once.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.deep import FEW, MANY_LEVELS, Deep, cut
from plainview.core.learner.tracing.numbers import sums
from plainview.core.logs.coded import Coded
from plainview.core.logs.order import group

# Above this many rows the compiler, which takes a second to load, has earned its time (measured).
PAYS_TO_COMPILE = 3_000_000
# Places in the table of who stands where: some skills at a time, 400 MB.
PLACES = 100_000_000
# Partial credit is read in hundredths: finer steps would tell apart what no rubric tells apart.
STEPS_OF_CREDIT = 100


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Histories of answers, level by level. Node 0 of a level has the parent with the lowest place."""

    levels: NDArray[np.int64]  # (n_levels + 1,) level t is levels[t]:levels[t + 1]
    parent: NDArray[np.int32]  # (n_nodes,) place in the level above; in the first level: which start
    code: NDArray[np.int32]  # (n_nodes,) cell x n_values + value: who answered what how
    passing: NDArray[np.int32]  # (n_nodes,) how many sequences pass here
    values: NDArray[np.float64]  # (n_values,) what an answer can be worth, 0..1, rising
    cell_skill: NDArray[np.int32]  # (n_cells,) a cell has a guess and a slip: a skill, or an item of a skill
    start_skill: NDArray[np.int32]  # (n_starts,) a start has a P(known): a skill, or some students of it
    n_skills: int
    deep_from: int = 1 << 30  # from this level on nobody shares a history: see deep

    @property
    def n_nodes(self) -> int:
        return len(self.parent)

    @property
    def n_levels(self) -> int:
        return len(self.levels) - 1

    @cached_property
    def skill(self) -> NDArray[np.int32]:
        """(n_nodes,)"""
        return np.repeat(self.cell_skill, len(self.values))[self.code]

    @cached_property
    def n(self) -> NDArray[np.float64]:
        """(n_nodes,) how many sequences pass here, to count with."""
        return self.passing.astype(np.float64)

    @cached_property
    def spans(self) -> list[slice]:
        places = self.levels.tolist()
        return [slice(a, b) for a, b in pairwise(places)]

    @cached_property
    def parents(self) -> list[NDArray[np.int32]]:
        return [self.parent[span] for span in self.spans]

    @cached_property
    def above(self) -> NDArray[np.int64]:
        """The node before each node that is not in the first level."""
        begins = np.repeat(self.levels[:-2], np.diff(self.levels)[1:])
        return np.asarray(begins + self.parent[self.levels[1] :])

    @cached_property
    def deep(self) -> Deep | None:
        return cut(self.levels, self.deep_from)

    @cached_property
    def goes_on(self) -> NDArray[np.float64]:
        """(n_nodes,) how many sequences have an answer after this one."""
        return sums(self.above, self.passing[self.levels[1] :], self.n_nodes)

    @cached_property
    def ends(self) -> NDArray[np.float64]:
        """(n_nodes,) how many sequences have their last answer here."""
        return self.n - self.goes_on

    @cached_property
    def last(self) -> NDArray[np.int64]:
        """The nodes where some sequence ends."""
        return np.flatnonzero(self.ends > 0.5)

    @cached_property
    def answers(self) -> NDArray[np.float64]:
        """(n_codes,) how many answers there are of each code."""
        return sums(self.code, self.passing, len(self.cell_skill) * len(self.values))

    @cached_property
    def n_answers(self) -> NDArray[np.float64]:
        """(n_skills,)"""
        by_cell = self.answers.reshape(-1, len(self.values)).sum(axis=1)
        return sums(self.cell_skill, by_cell, self.n_skills)

    @cached_property
    def n_sequences(self) -> NDArray[np.float64]:
        """(n_starts,) students who begin at each start."""
        first = slice(0, int(self.levels[1]))
        return sums(self.parent[first], self.passing[first], len(self.start_skill))

    def only(self, skills: NDArray[np.bool_]) -> "Tree":
        """The trees of these skills alone; cells and starts keep their codes."""
        kept = skills[self.skill]
        place = np.cumsum(kept, dtype=np.int64) - 1
        levels = np.concatenate([[0], place[self.levels[1:] - 1] + 1])
        parent = self.parent.copy()
        for t in range(1, self.n_levels):
            above, span = self.spans[t - 1], self.spans[t]
            parent[span] = place[above][self.parent[span]] - levels[t - 1]
        n_levels = int(np.searchsorted(levels, levels[-1]))
        return Tree(
            levels=levels[: n_levels + 1],
            parent=parent[kept],
            code=self.code[kept],
            passing=self.passing[kept],
            values=self.values,
            cell_skill=self.cell_skill,
            start_skill=self.start_skill,
            n_skills=self.n_skills,
            deep_from=self.deep_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequences:
    """What every student answered to every skill: pairs by skill, inside by student, inside by time."""

    begins: NDArray[np.int64]  # (n_sequences,) place of the first pair
    lengths: NDArray[np.int64]  # (n_sequences,)
    skill: NDArray[np.int32]  # (n_sequences,)
    start: NDArray[np.int32]  # (n_sequences,) which start it has
    value: NDArray[np.uint8]  # (n_pairs,) which of the values the answer was worth
    cell: NDArray[np.int32] | None  # (n_pairs,) which guess and slip; None: the skill's
    values: NDArray[np.float64]
    row: NDArray[np.int64]  # (n_pairs,) the row of the log
    times: NDArray[np.int64] | None = None  # (n_sequences,) how often each stands here; None: once


def worth(correct: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Which of the values each answer was worth, and the values. 0 and 1 are always among them."""
    hundredths = np.rint(correct * np.float32(STEPS_OF_CREDIT)).astype(np.uint8)
    there = np.bincount(hundredths, minlength=STEPS_OF_CREDIT + 1) > 0
    there[[0, STEPS_OF_CREDIT]] = True
    place = (np.cumsum(there) - 1).astype(np.uint8)
    return place[hundredths], np.flatnonzero(there) / STEPS_OF_CREDIT


def sequences(log: Coded) -> Sequences:
    by_skill = log.by_skill()
    begins = np.flatnonzero(by_skill.begins)
    lengths = np.diff(begins, append=len(by_skill.row))
    value, values = worth(log.correct)
    skill = (np.searchsorted(by_skill.starts, begins, side="right") - 1).astype(np.int32)
    return Sequences(
        begins=begins,
        lengths=lengths,
        skill=skill,
        start=skill,
        value=value[by_skill.row],
        cell=None,
        values=values,
        row=by_skill.row,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    tree: Tree
    node: NDArray[np.int32] | None  # (n_pairs,) where each pair stands, if it was asked for


def grow(
    told: Sequences,
    *,
    cell_skill: NDArray[np.int32],
    start_skill: NDArray[np.int32],
    n_skills: int,
    places: bool = False,
) -> Grown:
    """The trees of all skills, level by level. Longer sequences stand first: those who go on are a slice."""
    by_length = np.argsort(-told.lengths, kind="stable")
    begins, of_skill, going = told.begins[by_length], told.skill[by_length], _going(told.lengths[by_length])
    node, n_above = told.start[by_length].astype(np.int64), len(start_skill)
    n_values = len(told.values)
    n_symbols = n_values if told.cell is None else n_values * len(cell_skill)
    where = np.empty(len(told.row), dtype=np.int32) if places else None
    levels, parts, deep_from = [0], [], _deep_from(going)
    for t, n_going in enumerate(going):
        at = begins[:n_going] + t
        keys = node[:n_going] * n_symbols + _symbols(told, at)
        keys, node = _distinct(keys, n_above * n_symbols) if t < deep_from else (keys, np.arange(n_going))
        if where is not None:
            where[at] = node + levels[-1]
        code = keys % n_symbols
        if told.cell is None:
            some = np.empty(len(keys), dtype=np.int64)
            some[node] = np.arange(n_going)  # any one sequence of each node: all are of one skill
            code += of_skill[some] * np.int64(n_values)
        times = None if told.times is None else told.times[by_length[:n_going]]
        parts.append((keys // n_symbols, code, np.bincount(node, times, len(keys))))
        n_above = len(keys)
        levels.append(levels[-1] + n_above)
    columns = zip(*parts, strict=True) if parts else ([], [], [])
    parent, codes, passing = (np.concatenate([np.empty(0), *column]).astype(np.int32) for column in columns)
    tree = Tree(
        levels=np.asarray(levels, dtype=np.int64),
        parent=parent,
        code=codes,
        passing=passing,
        values=told.values,
        cell_skill=cell_skill,
        start_skill=start_skill,
        n_skills=n_skills,
        deep_from=deep_from,
    )
    return Grown(tree=tree, node=where)


def _going(lengths: NDArray[np.int64]) -> list[int]:
    """How many sequences have a first answer, a second one, and so on; ``lengths`` fall."""
    longest = int(lengths[0]) if len(lengths) else 0
    return [int(n) for n in np.searchsorted(-lengths, -np.arange(longest), side="left")]


def _symbols(told: Sequences, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """What tells answers of one skill apart: their worth, and the item where items differ."""
    value = told.value[at].astype(np.int64)
    return value if told.cell is None else told.cell[at] * np.int64(len(told.values)) + value


def _deep_from(going: list[int]) -> int:
    """The level from which on few go on, for long: the first that does not share histories."""
    few = max(1, int(np.searchsorted(-np.asarray(going, dtype=np.int64), -FEW)))
    return few if few <= len(going) - MANY_LEVELS else 1 << 30


def _distinct(keys: NDArray[np.int64], n_keys: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different keys, rising, and which of them each is. Marked on a list where it is short enough."""
    if n_keys > 8 * len(keys) + 1000:
        found, which = np.unique(keys, return_inverse=True)
        return found, which
    there = np.zeros(n_keys, dtype=np.bool_)
    there[keys] = True
    found = np.flatnonzero(there)
    place = np.empty(n_keys, dtype=np.int64)
    place[found] = np.arange(len(found))
    return found, place[keys]


def grow_in_order(log: Coded) -> Tree:
    """The trees of the plain model, compiled and without sorting a row: for long logs."""
    from plainview.core.learner.tracing import kernels  # loads the compiler

    value, values = worth(log.correct)
    at_once = max(1, PLACES // max(log.n_students, 1))
    parts = [
        kernels.walk(
            log.student,
            log.skill,
            log.skill_from,
            value,
            log.n_students,
            len(values),
            first,
            min(first + at_once, log.n_skills),
        )
        for first in range(0, log.n_skills, at_once)
    ]
    return _by_level(log.n_skills, values, parts)


def _by_level(n_skills: int, values: NDArray[np.float64], parts: list[tuple[NDArray[np.int32], ...]]) -> Tree:
    offsets = np.cumsum([0, *(len(part[0]) for part in parts)])
    parent, code, passing, level = (
        np.concatenate([part[i] for part in parts]) if len(parts) > 1 else parts[0][i] for i in range(4)
    )
    if len(parts) > 1:
        above = np.repeat(offsets[:-1], np.diff(offsets)).astype(np.int32)
        parent = np.where(parent < 0, parent, parent + above)
    by_level = group(level, int(level.max()) + 1)
    order, levels = by_level.order, by_level.starts
    place = np.empty(len(order), dtype=np.int32)
    place[order] = (np.arange(len(order)) - np.repeat(levels[:-1], np.diff(levels))).astype(np.int32)
    skills = np.arange(n_skills, dtype=np.int32)
    start = (code // len(values)).astype(np.int32)
    parent = np.where(parent < 0, start, place[parent])
    return Tree(
        levels=levels,
        parent=parent[order],
        code=code[order],
        passing=passing[order],
        values=values,
        cell_skill=skills,
        start_skill=skills,
        n_skills=n_skills,
    )
