"""A log as numbers: what every model of the core counts with.

In:   columns of a log, in the order in which things happened.
Out:  whole-number codes with the names behind them; groups by student and by skill.
Not here: files (door), what the answers mean (core.learner).

One attempt is one row, however many skills it has: row r's skills are
``skill[skill_from[r]:skill_from[r + 1]]``. A row per skill would let the answer leak into its own prediction.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.logs.order import Groups, group


@dataclass(frozen=True, slots=True, kw_only=True)
class BySkill:
    """Pairs of row and skill: by skill, inside by student, inside in the order in which they happened."""

    row: NDArray[np.int64]  # (n_pairs,) the row of each pair
    starts: NDArray[np.int64]  # (n_skills + 1,) where each skill's pairs begin
    pair: NDArray[np.int64]  # (n_pairs,) where the pair stands in ``Coded.skill``
    begins: NDArray[np.bool_]  # (n_pairs,) whether a student's sequence at a skill begins here


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A log as numbers: rows in the order in which they happened (each student's rows in her own order)."""

    student: NDArray[np.int32]  # (n_rows,) 0 to n_students - 1
    item: NDArray[np.int32]  # (n_rows,) 0 to n_items - 1
    correct: NDArray[np.float32]  # (n_rows,) 0..1, of the first attempt; may be partial; never NaN
    skill: NDArray[np.int32]  # (n_pairs,) the skills of row r: skill[skill_from[r]:skill_from[r + 1]]
    skill_from: NDArray[np.int64]  # (n_rows + 1,)
    at_ms: NDArray[np.int64] | None  # milliseconds since 1970; None where the log has only an order
    students: Sequence[str]  # the name of each code
    items: Sequence[str]
    skills: Sequence[str]

    def __post_init__(self) -> None:
        n = len(self.student)
        for what, column in (("item", self.item), ("correct", self.correct), ("at_ms", self.at_ms)):
            if column is not None and column.shape != (n,):
                raise ValueError(f"{what} has shape {column.shape}: expected {n} rows, as student has.")
        if self.skill_from.shape != (n + 1,) or self.skill_from[-1] != len(self.skill):
            raise ValueError(
                f"skill_from has shape {self.skill_from.shape}: expected {n + 1} places, the last of them "
                f"{len(self.skill)}."
            )

    @property
    def n_rows(self) -> int:
        return len(self.student)

    @property
    def n_pairs(self) -> int:
        return len(self.skill)

    @property
    def n_students(self) -> int:
        return len(self.students)

    @property
    def n_items(self) -> int:
        return len(self.items)

    @property
    def n_skills(self) -> int:
        return len(self.skills)

    @classmethod
    def from_arrays(
        cls,
        *,
        student: ArrayLike,
        item: ArrayLike,
        correct: ArrayLike,
        skills: ArrayLike | Sequence[Sequence[Hashable]] | None = None,
        at_ms: ArrayLike | None = None,
    ) -> "Coded":
        """Code columns of anything that has a name.

        Parameters
        ----------
        student, item : (n_rows,) of str, int or anything with a name
            Rows stand in the order in which they happened; names are kept as text.
        correct : (n_rows,) 0..1
        skills : (n_rows,) one skill a row, or a list of skills a row; None where the log names none
            "" or None is "no skill"; a skill named twice in a row counts once.
        at_ms : (n_rows,) milliseconds since 1970; None where there is only an order

        Returns
        -------
        Coded
            Codes are given in the order of first appearance.

        Raises
        ------
        ValueError
            If lengths differ, or ``correct`` holds anything but 0 to 1 (NaN included: leave such rows out).
        """
        student_codes, students = code(student)
        item_codes, items = code(item)
        right = np.asarray(correct, dtype=np.float32)
        if right.ndim != 1 or not bool(np.all((right >= 0) & (right <= 1))):
            raise ValueError("correct: expected one number from 0 to 1 in every row, and no blanks.")
        pairs, skill_from, names = code_skills(skills, len(student_codes))
        return cls(
            student=student_codes,
            item=item_codes,
            correct=right,
            skill=pairs,
            skill_from=skill_from,
            at_ms=None if at_ms is None else np.asarray(at_ms, dtype=np.int64),
            students=students,
            items=items,
            skills=names,
        )

    def by_student(self) -> Groups:
        """Each student's rows, in her own order."""
        return group(self.student, self.n_students)

    def pair_row(self) -> NDArray[np.int64]:
        """(n_pairs,) the row of each pair of row and skill, as they stand."""
        return np.repeat(np.arange(self.n_rows, dtype=np.int64), np.diff(self.skill_from))

    def by_skill(self) -> BySkill:
        """Pairs by skill, inside by student, inside in the order in which they happened: for tracing."""
        rows = self.pair_row()
        by_student = group(self.student[rows], self.n_students).order
        by_skill = group(self.skill[by_student], self.n_skills)
        pair = by_student[by_skill.order]
        row, begins = rows[pair], np.ones(len(pair), dtype=np.bool_)
        begins[1:] = self.student[row[1:]] != self.student[row[:-1]]
        begins[by_skill.starts[:-1][by_skill.sizes > 0]] = True
        return BySkill(row=row, starts=by_skill.starts, pair=pair, begins=begins)

    def take(self, students: ArrayLike) -> "Coded":
        """The rows of these students: codes of items and skills stay, students are coded anew.

        Parameters
        ----------
        students : (n_students,) bool, or codes of students
            Whoever is named keeps her place in the order of codes: without gaps, from 0.
        """
        kept = self._kept(np.asarray(students))
        recoded = np.cumsum(kept, dtype=np.int32) - np.int32(1)
        rows = np.flatnonzero(kept[self.student])
        names = tuple(self.students[s] for s in np.flatnonzero(kept).tolist())
        return replace(self.rows(rows), student=recoded[self.student[rows]], students=names)

    def _kept(self, students: NDArray[Any]) -> NDArray[np.bool_]:
        if students.dtype == np.bool_:
            if students.shape != (self.n_students,):
                raise ValueError(f"a choice of shape {students.shape}: expected {self.n_students} students.")
            return students
        kept = np.zeros(self.n_students, dtype=np.bool_)
        codes = students.astype(np.int64)
        if len(codes) and not (codes.min() >= 0 and codes.max() < self.n_students):
            raise ValueError(f"a student's code outside 0 to {self.n_students - 1}.")
        kept[codes] = True
        return kept

    def rows(self, rows: NDArray[np.int64]) -> "Coded":
        """These rows, in this order; all codes stay."""
        lengths = self.skill_from[rows + 1] - self.skill_from[rows]
        skill_from = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        # Where each row's skills stood, one place after the other.
        pairs = np.repeat(self.skill_from[:-1][rows] - skill_from[:-1], lengths) + np.arange(skill_from[-1])
        return replace(
            self,
            student=self.student[rows],
            item=self.item[rows],
            correct=self.correct[rows],
            skill=self.skill[pairs],
            skill_from=skill_from,
            at_ms=None if self.at_ms is None else self.at_ms[rows],
        )


def code(column: ArrayLike) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes 0, 1, 2 ... in the order of first appearance, and the name behind each."""
    array = column if isinstance(column, np.ndarray) else np.asarray(column, dtype=_kind_of(column))
    if array.ndim != 1:
        raise ValueError(f"a column of shape {array.shape}: expected one value a row.")
    if array.dtype.kind in "iu":
        return _code_numbers(array)
    seen: dict[str, int] = {}
    codes = np.fromiter((seen.setdefault(str(name), len(seen)) for name in array), np.int32, len(array))
    return codes, tuple(seen)


def _kind_of(column: ArrayLike) -> Any:
    """Numbers stay numbers; anything else is coded by its name, never turned into one text array."""
    array = np.asarray(column) if not isinstance(column, (list, tuple)) else None
    if array is not None:
        return array.dtype
    return None if all(isinstance(name, (int, np.integer)) for name in column) else object  # type: ignore[union-attr]


def _code_numbers(array: NDArray[Any]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    values, first, inverse = np.unique(array, return_index=True, return_inverse=True)
    by_first = np.argsort(first)
    rank = np.empty(len(values), dtype=np.int32)
    rank[by_first] = np.arange(len(values), dtype=np.int32)
    return rank[inverse], tuple(str(value) for value in values[by_first])


def code_skills(
    skills: ArrayLike | Sequence[Sequence[Hashable]] | None, n_rows: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], tuple[str, ...]]:
    """Skills of each row as codes, where each row's begin, and their names."""
    if skills is None:
        return np.empty(0, np.int32), np.zeros(n_rows + 1, np.int64), ()
    if len(skills) != n_rows:  # type: ignore[arg-type]
        raise ValueError(f"skills for {len(skills)} rows: expected {n_rows}, as student has.")  # type: ignore[arg-type]
    if isinstance(skills, np.ndarray) and skills.ndim == 1 and skills.dtype.kind in "iu":
        codes, names = _code_numbers(skills)
        return codes, np.arange(n_rows + 1, dtype=np.int64), names
    lists = [_skills_of(skill) for skill in skills]  # type: ignore[union-attr]
    skill_from = np.concatenate([[0], np.cumsum([len(row) for row in lists], dtype=np.int64)])
    codes, names = code([skill for row in lists for skill in row])
    return codes, skill_from.astype(np.int64), names


def _skills_of(skill: object) -> tuple[str, ...]:
    if isinstance(skill, (list, tuple, set, frozenset, np.ndarray)):
        return tuple(dict.fromkeys(str(one) for one in skill if one is not None and one != ""))
    return () if skill is None or skill == "" else (str(skill),)


def codes_in(known: Sequence[str], names: Sequence[str]) -> NDArray[np.int32]:
    """The code that each of ``names`` has among ``known``; -1 where it is not known there.

    Codes belong to one log: a model that is asked about another log looks names up, never numbers.
    """
    if known is names:
        return np.arange(len(names), dtype=np.int32)
    place = {name: n for n, name in enumerate(known)}
    return np.fromiter((place.get(name, -1) for name in names), np.int32, len(names))
