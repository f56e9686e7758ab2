"""What the checks of this question count: predictions, decisions, responses and groups, out of a dossier.

In:   a dossier's exhibits: predictions, a log with the product's own estimates, responses, items, groups.
Out:  arrays that stand row for row beside each other.
Not here: counting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.dossier.columns import Columns, columns_of
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.groups import groups_of
from plainview.core.dossier.log import logs_of
from plainview.core.dossier.unread import each_read
from plainview.core.logs.whole import Whole
from plainview.core.mendable import Mendable
from plainview.core.plural import agreeing, counted

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STUDENT = "student"
OURS = (STUDENT, "predicted", "came", "decided", "performance")
MOST_GROUPS = 20  # a column with more words names something else
GRADE = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One way of grouping students."""

    name: str
    groups: tuple[str, ...]
    of_student: Ints  # (n_students,) -1: not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """Rows of predictions or decisions. A column that was not given is None."""

    file: str
    students: Sequence[str]
    student: Ints  # (n_rows,)
    came: Floats | None
    predicted: Floats | None
    decided: Floats | None
    performance: Floats | None
    groupings: tuple[Grouping, ...]
    told: tuple[str, ...]


def foretold(dossier: Dossier) -> list[Foretold]:
    """Every table of predictions; where there is none, every log that holds the product's own estimates."""
    left = list[str]()
    read = list(each_read(dossier, Kind.PREDICTIONS, lambda one: _table(dossier, one), left=left))
    tables = [replace(table, told=(*table.told, *left)) for _, table in read]
    return tables or [one for log in logs(dossier, ("estimate_before",)) if (one := _of_log(dossier, *log))]


def _table(dossier: Dossier, exhibit: Exhibit) -> Foretold:
    table = columns_of(exhibit.path, file=exhibit.file, mapping=exhibit.settings.get("mapping"))
    names = table.text(STUDENT) if STUDENT in table.by_name else np.arange(table.n_rows).astype(np.str_)
    students, code = np.unique(names, return_inverse=True)
    found = {name: table.number(name) if name in table.by_name else None for name in OURS[1:]}
    if found["decided"] is not None:
        found["decided"] = table.yes("decided")
    for name in ("came", "predicted"):
        _check_share(found[name], name, exhibit.file)
    groupings = groupings_of(dossier, students.tolist())
    told = list(table.told)
    if not groupings:
        groupings = _beside(table, code.reshape(-1), len(students))
        if groupings:
            told.append(f"{exhibit.file}: its other columns were taken as ways of grouping.")
    return Foretold(
        file=exhibit.file,
        students=students.tolist(),
        student=code.reshape(-1).astype(np.int64),
        came=found["came"],
        predicted=found["predicted"],
        decided=found["decided"],
        performance=found["performance"],
        groupings=groupings,
        told=tuple(told),
    )


def _check_share(values: Floats | None, name: str, file: str) -> None:
    if values is None:
        return
    wrong = np.flatnonzero((values < 0) | (values > 1))
    if len(wrong):
        raise Mendable(
            *(
                f"{file}, line {row + 2}, column '{name}': found {values[row]:g}, "
                "expected a number from 0 to 1."
                for row in wrong[:50].tolist()
            )
        )


def _beside(table: Columns, code: Ints, n_students: int) -> tuple[Grouping, ...]:
    """Columns of few words, each the same on all rows of a student."""
    made = []
    for name in table.by_name:
        if name in OURS:
            continue
        words = table.text(name)
        groups, of_row = np.unique(words[words != ""], return_inverse=True)
        if not 2 <= len(groups) <= MOST_GROUPS:
            continue
        codes = np.full(len(words), -1)
        codes[words != ""] = of_row.reshape(-1)
        of_student = np.full(n_students, -1)
        of_student[code] = codes
        if (of_student[code] == codes).all():
            made.append(Grouping(name=name, groups=tuple(groups.tolist()), of_student=of_student))
    return tuple(made)


def _of_log(dossier: Dossier, exhibit: Exhibit, log: Whole) -> Foretold | None:
    said = log.number("estimate_before")
    if said is None:
        return None
    inside = (said >= 0) & (said <= 1)
    beyond = int((~inside & ~np.isnan(said)).sum())
    told = [*log.told]
    if beyond:
        lie, were = counted(beyond, "estimate", "lie"), agreeing(beyond, "were")
        told.append(f"{exhibit.file}: {lie} outside 0 to 1 and {were} left out.")
    return Foretold(
        file=exhibit.file,
        students=log.coded.students,
        student=log.coded.student.astype(np.int64),
        came=log.coded.correct.astype(np.float64),
        predicted=np.where(inside, said, np.nan),
        decided=None,
        performance=None,
        groupings=groupings_of(dossier, log.coded.students),
        told=tuple(told),
    )


def groupings_of(dossier: Dossier, students: Sequence[str]) -> tuple[Grouping, ...]:
    """The groups that were handed over, for these students; the grade is no grouping."""
    groups = groups_of(dossier)
    if groups is None:
        return ()
    return tuple(
        Grouping(name=name, groups=tuple(labels.names), of_student=groups.of(name, students).astype(np.int64))
        for name, labels in groups.columns.items()
        if 2 <= len(labels.names) <= MOST_GROUPS and name != GRADE
    )


def crossed(one: Grouping, other: Grouping) -> Grouping:
    """Every crossing of two groupings."""
    n = len(other.groups)
    both = (one.of_student >= 0) & (other.of_student >= 0)
    return Grouping(
        name=f"{one.name} and {other.name}",
        groups=tuple(f"{a}, {b}" for a in one.groups for b in other.groups),
        of_student=np.where(both, one.of_student * n + other.of_student, -1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Students x items, as a test gives them."""

    file: str
    scores: Floats
    items: tuple[str, ...]
    groupings: tuple[Grouping, ...]


def responses(dossier: Dossier) -> list[Answers]:
    made = []
    for exhibit, table in each_read(dossier, Kind.RESPONSES, _with_students):
        groups = groupings_of(dossier, table.text(STUDENT).tolist())
        taken = {one.name for one in groups}
        items = tuple(
            name for name in table.by_name if name != STUDENT and name not in taken and _is_item(table, name)
        )
        scores = (
            np.column_stack([table.number(name) for name in items]) if items else np.empty((table.n_rows, 0))
        )
        made.append(Answers(file=exhibit.file, scores=scores, items=items, groupings=groups))
    return made


def _with_students(exhibit: Exhibit) -> Columns:
    table = columns_of(exhibit.path, file=exhibit.file, mapping=exhibit.settings.get("mapping"))
    table.need([STUDENT])
    return table


def _is_item(table: Columns, name: str) -> bool:
    try:
        values = table.number(name)
    except Mendable:
        return False
    there = values[~np.isnan(values)]
    return bool(len(there)) and bool(np.isin(there, (0.0, 1.0)).all())


def logs(dossier: Dossier, columns: Sequence[str] = ()) -> list[tuple[Exhibit, Whole]]:
    """Those that can be read; ``Check.each_of`` has each finding say which could not."""
    return list(logs_of(dossier, columns))


def grades(dossier: Dossier) -> tuple[dict[str, float], dict[str, float]]:
    """The grade of each item and of each student, by name; empty where none is said."""
    items = dict[str, float]()
    for exhibit in dossier.of_kind(Kind.ITEMS):
        table = columns_of(exhibit.path, file=exhibit.file, mapping=exhibit.settings.get("mapping"))
        if "item" in table.by_name and GRADE in table.by_name:
            items |= _paired(table.text("item"), table.number(GRADE))
    groups = groups_of(dossier)
    if groups is None or GRADE not in groups.columns:
        return items, {}
    labels = groups.columns[GRADE]
    values = [_grade(name) for name in labels.names]
    return items, {
        student: values[code]
        for student, code in zip(groups.students, labels.codes.tolist(), strict=True)
        if code >= 0 and not np.isnan(values[code])
    }


def _paired(names: NDArray[np.str_], values: Floats) -> dict[str, float]:
    return {str(name): float(value) for name, value in zip(names, values, strict=True) if not np.isnan(value)}


def _grade(word: str) -> float:
    digits = "".join(letter for letter in word if letter.isdigit())
    return float(digits) if digits else (0.0 if word.lower() in ("k", "kindergarten") else float("nan"))
