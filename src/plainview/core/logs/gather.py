"""From windows of rows to one coded log: names are coded once, attempts are merged and put in order.

In:   rows (rows.py), a window at a time.
Out:  a Coded log, and what was done to make it.
Not here: reading; models.

Two rows of the same student, place in time and item are one attempt: some systems write a row for each skill
of an item, and a model that reads them as two attempts has been told the answer to the second. They are
merged into one row with all their skills; the reader is told how many.
"""

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plainview.core.logs import order
from plainview.core.logs.cells import Texts
from plainview.core.logs.coded import Coded
from plainview.core.logs.rows import Coding, Rows
from plainview.core.logs.span import doubted
from plainview.core.plural import counted

DAY_MS = 86_400_000
_PIECE = 1 << 20  # rows that are mixed at once: their numbers stay in the cache
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(slots=True)
class Names:
    """Codes 0, 1, 2 ... in the order of first appearance, across windows."""

    known: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))

    def of(self, names: pa.Array) -> NDArray[np.int32]:
        """The code of each of these names, which differ; new ones get the next codes."""
        codes = pc.index_in(names, self.known)
        if codes.null_count:
            self.known = pa.concat_arrays([self.known, names.filter(codes.is_null()).unique()])
            codes = pc.index_in(names, self.known)
        return np.asarray(codes.to_numpy(zero_copy_only=False), np.int32)

    def recode(self, coding: Coding) -> NDArray[np.int32]:
        """Only names that stand in a row get a code, in the order in which they appear."""
        first = _appearing(coding.codes, len(coding.names))
        names = coding.names.array if isinstance(coding.names, Texts) else pa.array(coding.names, pa.string())
        mapping = np.zeros(len(coding.names), np.int32)
        mapping[first] = self.of(names.take(pa.array(first)))
        return mapping[coding.codes]

    def names(self) -> tuple[str, ...]:
        return tuple(self.known.to_pylist())


def _appearing(codes: NDArray[np.int32], n: int) -> NDArray[np.int64]:
    """Codes that occur, in the order of their first rows."""
    first = np.full(n, len(codes), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # the last that is written is the first row
    there = np.flatnonzero(first < len(codes))
    return there[np.argsort(first[there], kind="stable")]


@dataclass(slots=True)
class Growing:
    """A column that grows in place: nothing is held twice, and no small pieces stay behind."""

    kind: type[np.generic]
    n: int = 0
    held: NDArray[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.held = np.empty(0, self.kind)

    def add(self, more: NDArray[Any]) -> None:
        then = self.n + len(more)
        if then > len(self.held):
            # A large array is moved without being copied, so small steps cost little.
            self.held.resize(then + self.n // 16, refcheck=False)
        self.held[self.n : then] = more
        self.n = then

    def whole(self) -> NDArray[Any]:
        self.held.resize(self.n, refcheck=False)
        return self.held


_KINDS: dict[str, type[np.generic]] = {
    "student": np.int32,
    "item": np.int32,
    "correct": np.float32,
    "at": np.int64,
    "skill": np.int32,
    "lengths": np.int16,
}


@dataclass(slots=True)
class Gathering:
    """Takes windows; gives one log."""

    students: Names = field(default_factory=Names)
    items: Names = field(default_factory=Names)
    skills: Names = field(default_factory=Names)
    n_without_skill: int = 0
    n_merged: int = 0  # rows that repeated an attempt for another skill
    n_twice: int = 0  # rows that repeated an attempt and said nothing new
    n_contrary: int = 0  # of both, those that had another answer
    was_in_order: bool = True
    doubts: tuple[str, ...] = ()  # of its times
    _columns: dict[str, Growing] = field(
        default_factory=lambda: {column: Growing(kind) for column, kind in _KINDS.items()}
    )

    def add(self, rows: Rows) -> None:
        held = self._columns
        held["student"].add(self.students.recode(rows.student))
        held["item"].add(self.items.recode(rows.item))
        held["correct"].add(rows.correct)
        held["at"].add(rows.at)
        if rows.skills is not None:
            pairs, lengths = self._pairs(rows.skills)
            held["skill"].add(pairs)
            held["lengths"].add(lengths)
            self.n_without_skill += int((lengths == 0).sum())

    def _pairs(self, coding: Coding) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
        """Skills of each row, and how many it has: each distinct list is coded once."""
        first = _appearing(coding.codes[coding.codes >= 0], len(coding.names))
        lists = [coding.names[code] for code in first.tolist()]
        flat = self.skills.of(pa.array(list(chain.from_iterable(lists)), pa.string()))
        n_skills = np.zeros(len(coding.names) + 1, np.int16)
        n_skills[first] = [len(one) for one in lists]
        starts = np.zeros(len(coding.names) + 1, np.int64)
        starts[first] = np.cumsum(n_skills[first], dtype=np.int64) - n_skills[first]
        lengths = n_skills[coding.codes]
        if len(lengths) and lengths.max() <= 1 and lengths.min() == 1:
            return flat[starts[coding.codes]], lengths
        begins = np.cumsum(lengths, dtype=np.int64) - lengths
        at = np.arange(int(lengths.sum())) + np.repeat(starts[coding.codes] - begins, lengths)
        return flat[at] if len(at) else np.empty(0, np.int32), lengths

    def coded(self, *, is_time: bool, labels: dict[str, str]) -> Coded:
        """The log in order, without repeated attempts: one column after the other, few twice."""
        at, student = self._take("at"), self._take("student")
        rows = self._order(at, student, is_time=is_time)
        at, student = _in(rows, at), _in(rows, student)
        item, correct = _in(rows, self._take("item")), _in(rows, self._take("correct"))
        skill, skill_from = self._skills(rows, len(at))
        log = Coded(
            student=student,
            item=item,
            correct=correct,
            skill=skill,
            skill_from=skill_from,
            at_ms=at,
            students=self.students.names(),
            items=self.items.names(),
            skills=labelled(self.skills.names(), labels),
        )
        if is_time and len(at):  # in order by now
            self.doubts = tuple(doubted(int(at[0]), int(at[-1])))
        log = self._merged(log, is_time=is_time)
        return log if is_time else replace(log, at_ms=None)

    def _take(self, column: str) -> NDArray[Any]:
        return self._columns.pop(column).whole()

    def _order(
        self, at: NDArray[np.int64], student: NDArray[np.int32], *, is_time: bool
    ) -> NDArray[np.integer] | None:
        """Times order all rows. Places in an order may be each student's own: then hers are enough."""
        if len(at) == 0 or bool(np.all(at[1:] >= at[:-1])):
            return None
        if not is_time and order.is_rising(order.group(student, len(self.students.known)), at):
            return None
        self.was_in_order = False
        return order.by_value(at)

    def _skills(
        self, rows: NDArray[np.integer] | None, n_rows: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        skill, lengths = self._take("skill"), self._take("lengths")
        skill_from = np.zeros(n_rows + 1, np.int64)
        if not len(lengths):
            return skill, skill_from
        if rows is None:
            np.cumsum(lengths, out=skill_from[1:])
            return skill, skill_from
        if lengths.min() == lengths.max() == 1:
            skill_from[:] = np.arange(n_rows + 1)
            return _in(rows, skill), skill_from
        begins = np.cumsum(lengths, dtype=np.int64) - lengths
        np.cumsum(_in(rows, lengths), out=skill_from[1:])
        return _skills_of(rows, skill, begins, skill_from), skill_from

    def _merged(self, log: Coded, *, is_time: bool) -> Coded:
        same = repeated(log)
        if same is None:
            return log
        rows, firsts = same  # rows that repeat, and the row that each repeats
        new = _adds_a_skill(log, rows, firsts)
        if is_time and _only_days(log):
            # A day is no moment: a student may well have met an item twice on it.
            rows, firsts, new = rows[new], firsts[new], new[new]
        self.n_merged, self.n_twice = int(new.sum()), int((~new).sum())
        self.n_contrary = int((log.correct[rows] != log.correct[firsts]).sum())
        return _with_all_skills(log, rows, firsts)

    def told(self, *, is_time: bool) -> list[str]:
        said = list[str]()
        if self.n_merged:
            said.append(
                f"{counted(self.n_merged, 'row', 'repeat')} an attempt once per skill: "
                "merged into one attempt with all its skills. "
                "Read as attempts of their own they would let the answer leak: accuracy that was "
                "published for this file may rest on them"
            )
        if self.n_twice:
            said.append(
                f"{counted(self.n_twice, 'row', 'repeat')} an attempt, with nothing new: counted once"
            )
        if self.n_contrary:
            said.append(
                f"{self.n_contrary:,} of the repeated rows have another answer: the first one is kept"
            )
        if self.n_without_skill:
            said.append(f"{counted(self.n_without_skill, 'attempt', 'name')} no skill: kept, without one")
        if not self.was_in_order:
            what = "time" if is_time else "place in the order"
            said.append(f"rows did not stand in the order of their {what}: they are put in order")
        return [*said, *self.doubts]


def labelled(skills: tuple[str, ...], labels: dict[str, str]) -> tuple[str, ...]:
    """Names for numbers; two skills of one name keep their numbers beside it."""
    if not labels:
        return skills
    named = [labels.get(skill, skill) for skill in skills]
    twice = {name for name in named if named.count(name) > 1} if len(set(named)) < len(named) else set()
    return tuple(
        f"{name} ({skill})" if name in twice and name != skill else name
        for name, skill in zip(named, skills, strict=True)
    )


def _skills_of(
    rows: NDArray[np.integer],
    skill: NDArray[np.int32],
    begins: NDArray[np.int64],
    skill_from: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Each row's skills, for rows in another order; piece by piece: places take more than skills do."""
    out = np.empty_like(skill)
    for start in range(0, len(rows), _PIECE):
        there = skill_from[start : start + _PIECE + 1]
        moved = begins[rows[start : start + _PIECE]] - there[:-1]
        places = np.arange(there[0], there[-1]) + np.repeat(moved, np.diff(there))
        out[there[0] : there[-1]] = skill[places]
    return out


def _in(rows: NDArray[np.integer] | None, column: NDArray[_Kind]) -> NDArray[_Kind]:
    """A column in another order, a piece at a time: numpy would widen all places at once."""
    if rows is None:
        return column
    out = np.empty_like(column)
    for start in range(0, len(rows), _PIECE):
        out[start : start + _PIECE] = column[rows[start : start + _PIECE]]
    return out


def _only_days(log: Coded) -> bool:
    return log.at_ms is not None and not bool(np.any(log.at_ms % DAY_MS))


def repeated(log: Coded) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Rows whose student, moment and item stood in an earlier row, and that row; None without any."""
    assert log.at_ms is not None  # noqa: S101
    hashed = mixed(log.student, log.item, log.at_ms)
    hashed.sort()
    twice = hashed[1:][hashed[1:] == hashed[:-1]]
    del hashed
    if not len(twice):
        return None
    rows = np.flatnonzero(np.isin(mixed(log.student, log.item, log.at_ms), np.unique(twice)))
    by = np.lexsort((rows, log.at_ms[rows], log.item[rows], log.student[rows]))
    rows = rows[by]
    first = np.ones(len(rows), np.bool_)
    for column in (log.student, log.item, log.at_ms):
        values = column[rows]
        first[1:] &= values[1:] == values[:-1]
    first[1:] = ~first[1:]
    firsts = rows[np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))]
    return (rows[~first], firsts[~first]) if not first.all() else None


def mixed(student: NDArray[np.int32], item: NDArray[np.int32], at: NDArray[np.int64]) -> NDArray[np.uint64]:
    """One number for three, rarely the same for others: whoever agrees is compared again (splitmix64)."""
    out = np.empty(len(at), np.uint64)
    for start in range(0, len(at), _PIECE):
        here = slice(start, start + _PIECE)
        one = at[here].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        one ^= (student[here].astype(np.uint64) << np.uint64(32)) | item[here].astype(np.uint64)
        one ^= one >> np.uint64(30)
        one *= np.uint64(0xBF58476D1CE4E5B9)
        out[here] = one ^ (one >> np.uint64(27))
    return out


def _adds_a_skill(log: Coded, rows: NDArray[np.int64], firsts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a row's skills are other than those of the row that it repeats."""
    starts = log.skill_from
    n_skills = np.diff(starts)
    other = np.asarray(n_skills[rows] != n_skills[firsts], np.bool_)
    alike = np.flatnonzero(~other & (n_skills[rows] > 0))
    for k in range(int(n_skills[rows[alike]].max(initial=0))):
        here = alike[n_skills[rows[alike]] > k]
        other[here] |= log.skill[starts[rows[here]] + k] != log.skill[starts[firsts[here]] + k]
    return other


def _with_all_skills(log: Coded, rows: NDArray[np.int64], firsts: NDArray[np.int64]) -> Coded:
    """Each repeated row's skills go to the row that it repeats; the row itself goes."""
    pair_row = log.pair_row()
    goes_to = np.arange(log.n_rows, dtype=np.int64)
    goes_to[rows] = firsts
    to = goes_to[pair_row]
    # By row, inside by where the pair stood: then each skill of a row once.
    by = order.group(to, log.n_rows).order if len(to) else np.empty(0, np.int64)
    to, skill = to[by], log.skill[by]
    touched = np.zeros(log.n_rows, np.bool_)
    touched[firsts] = True
    once = _first_of_its_kind(to, skill, touched[to])
    to, skill = to[once], skill[once]
    kept = np.ones(log.n_rows, np.bool_)
    kept[rows] = False
    skill_from = np.concatenate([[0], np.cumsum(np.bincount(to, minlength=log.n_rows)[kept])]).astype(
        np.int64
    )
    assert log.at_ms is not None  # noqa: S101
    return Coded(
        student=log.student[kept],
        item=log.item[kept],
        correct=log.correct[kept],
        skill=skill,
        skill_from=skill_from,
        at_ms=log.at_ms[kept],
        students=log.students,
        items=log.items,
        skills=log.skills,
    )


def _first_of_its_kind(
    to: NDArray[np.int64], skill: NDArray[np.int32], where: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    once = np.ones(len(to), np.bool_)
    rows = np.flatnonzero(where)
    by = np.lexsort((rows, skill[rows], to[rows]))
    rows = rows[by]
    once[rows[1:][(to[rows[1:]] == to[rows[:-1]]) & (skill[rows[1:]] == skill[rows[:-1]])]] = False
    return once
