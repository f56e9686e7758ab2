"""Which students belong to which group: the tables that travel apart from the log, joined by student.

In:   the exhibits of kind groups: a column `student`, and a column for each way of grouping.
Out:  one row a student, each way of grouping as labels.
Not here: the log. Students are called here as they are called there, so that the two can be joined.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.unread import tell
from plainview.core.logs.faults import quoted
from plainview.core.logs.sheet import Sheet, Table, open_sheet, open_table
from plainview.core.logs.whole import Labels
from plainview.core.mendable import MOST_FAULTS_SHOWN, Mendable
from plainview.core.plural import counted

STUDENT = "student"
# A column with more words than that names something else: a birthday, a street, a score.
MOST_GROUPS = 100
FEW_GROUPS = 10  # and so does one, beyond these, with a word for every other student
_TABLES = (".parquet", ".arrow", ".feather", ".ipc")
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """One row a student; every column in the order of ``students``."""

    students: Sequence[str]
    columns: Mapping[str, Labels]
    told: tuple[str, ...] = ()  # what was passed by, each a sentence
    _place: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._place.update({name: n for n, name in enumerate(self.students)})

    def of(self, column: str, students: Sequence[str]) -> Codes:
        """(len(students),) the code of each student's group in ``columns[column]``; -1 where none is said."""
        codes = self.columns[column].codes
        place = np.array([self._place.get(name, -1) for name in students], np.int64)
        return np.where(place < 0, -1, codes[place] if len(codes) else -1).astype(np.int32)


def groups_of(dossier: Dossier) -> Groups | None:
    """All tables of groups as one; None where there is none.

    Raises
    ------
    Mendable
        If a table cannot be read, has no column `student`, or says two things of one student.
    """
    parts = list[Groups]()
    for exhibit in dossier.of_kind(Kind.GROUPS):
        parts.append(_read(exhibit))
        tell(dossier, exhibit, (f"{one}." for one in parts[-1].told))
    return _together(parts) if parts else None


def _read(exhibit: Exhibit) -> Groups:
    """One table. ``mapping`` may say which column is `student`, and what to call the others."""
    is_table = exhibit.path.suffix.lower() in _TABLES
    source: Sheet | Table = open_table(exhibit.path) if is_table else open_sheet(exhibit.path)
    called = _names(source.header, exhibit)
    if STUDENT not in called:
        shown = ", ".join(source.header[:12])
        raise Mendable(f"{exhibit.file}, line 1: found no column '{STUDENT}' in {shown}, expected it.")
    rows = _rows(source)
    where = called.index(STUDENT)
    students, first = _students(rows[where], exhibit)
    columns, told = dict[str, Labels](), []
    for n, name in enumerate(called):
        if n == where or not name:
            continue
        labels = _labels(rows[n])
        if _is_no_grouping(len(labels.names), len(students)):
            told.append(
                f"{exhibit.file}: column '{name}' holds {len(labels.names):,} words: it is no grouping"
            )
        else:
            columns[name] = _once(labels, rows[where], students, first, exhibit, name)
    if n_unread := sum(_n_unread(column) for column in rows):
        told.append(
            f"{exhibit.file}: {counted(n_unread, 'cell', 'hold')} bytes that are not UTF-8. A student "
            "whose name is among them is joined with no log: write the table anew in UTF-8"
        )
    if source.skipped:
        n_skipped = sum(row.n for row in source.skipped)
        told.append(f"{exhibit.file}: {counted(n_skipped, 'row')} with another number of cells passed by")
    return Groups(students=students, columns=columns, told=tuple(told))


def _names(header: Sequence[str], exhibit: Exhibit) -> list[str]:
    mapping: Mapping[str, Any] = exhibit.settings.get("mapping", {})
    ours = {str(theirs): name for name, theirs in mapping.items()}
    return [ours.get(name, name) for name in header]


def _rows(source: Sheet | Table) -> list[pa.Array]:
    """Every column as text with one dictionary."""
    windows = list(source.windows(range(len(source.header))))
    return [_text([window.columns[n] for window in windows]) for n in range(len(source.header))]


def _text(parts: Sequence[pa.Array]) -> pa.Array:
    plain = [_plain(part) for part in parts]
    return pa.concat_arrays(plain) if plain else pa.array([], pa.string())


def _n_unread(column: pa.Array) -> int:
    """Cells in which a byte could not be read, and � stands for it."""
    return int(pc.sum(pc.match_substring(column, "\ufffd")).as_py() or 0)


def _plain(part: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(part.type):
        part = part.dictionary_decode()
    if pa.types.is_binary(part.type):
        # A byte that is not UTF-8 costs its letter, not the table.
        texts = [(cell or b"").decode("utf-8", errors="replace").strip() for cell in part.to_pylist()]
        return pa.array(texts, pa.string())
    return part.cast(pa.string()).fill_null("")


def _students(column: pa.Array, exhibit: Exhibit) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Each student once, and the row on which she first stands."""
    coded = column.dictionary_encode()
    codes = coded.indices.to_numpy()
    names = coded.dictionary.to_pylist()
    first = np.full(len(names), len(codes), np.int64)
    np.minimum.at(first, codes, np.arange(len(codes)))
    if "" in names:
        line = int(first[names.index("")]) + 2
        raise Mendable(f"{exhibit.file}, line {line}, column '{STUDENT}': found nothing, expected a student.")
    return tuple(names), first


def _labels(column: pa.Array) -> Labels:
    """Groups in the order of their names: a report reads the same however the rows stand."""
    names = sorted({name for name in column.unique().to_pylist() if name})
    codes = {name: n for n, name in enumerate(names)} | {"": -1}
    coded = column.dictionary_encode()
    goes_to = np.array([codes[name] for name in coded.dictionary.to_pylist()] or [-1], np.int32)
    taken = goes_to[coded.indices.to_numpy()] if len(column) else np.empty(0, np.int32)
    return Labels(codes=taken.astype(np.int32), names=tuple(names))


def _is_no_grouping(n_words: int, n_students: int) -> bool:
    return n_words > MOST_GROUPS or (n_words > FEW_GROUPS and 2 * n_words > n_students)


def _once(
    labels: Labels,
    column: pa.Array,
    students: Sequence[str],
    first: NDArray[np.int64],
    exhibit: Exhibit,
    name: str,
) -> Labels:
    """The label of each student; a student of two groups is a fault with its lines."""
    of_row = column.dictionary_encode().indices.to_numpy()
    of_student = labels.codes[first]
    wrong = np.flatnonzero(labels.codes != of_student[of_row])
    if len(wrong):
        raise Mendable(
            *(
                _two(labels, int(row), of_student[of_row[row]], exhibit, name)
                for row in wrong[:MOST_FAULTS_SHOWN]
            )
        )
    return Labels(codes=of_student, names=labels.names)


def _two(labels: Labels, row: int, before: int, exhibit: Exhibit, name: str) -> str:
    said, now = (
        quoted(labels.names[code]) if code >= 0 else "nothing" for code in (before, labels.codes[row])
    )
    return (
        f"{exhibit.file}, line {row + 2}, column '{name}': found {now}, expected {said}, "
        "as the same student has further up."
    )


def _together(parts: Sequence[Groups]) -> Groups:
    """Students of any table. A column that two tables hold is told apart by the table's number."""
    students = tuple(dict.fromkeys(name for part in parts for name in part.students))
    columns = dict[str, Labels]()
    for n, part in enumerate(parts, start=1):
        for name, labels in part.columns.items():
            called = name if name not in columns else f"{name} ({n})"
            columns[called] = Labels(codes=part.of(name, students), names=labels.names)
    return Groups(students=students, columns=columns, told=tuple(t for part in parts for t in part.told))
