"""From a window of their columns to rows of ours, with every fault by its row.

In:   windows (sheet) and a format (formats).
Out:  students, items, skills, answers and places in time, as codes of names; what was left out, counted.
Not here: one coding for the whole log (gather), files (sheet).

A row without a student, a place in time, an item or an answer is left out. A fault in another column leaves
that cell blank, and the row stays: whoever asks only for answers must count the same rows.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plainview.core.logs import cells as reading
from plainview.core.logs.attempt import COLUMNS, REQUIRED, WAYS
from plainview.core.logs.cells import Cells, Read
from plainview.core.logs.faults import MOST_SHOWN, Fault, Faults, quoted
from plainview.core.logs.formats import BETWEEN, Format
from plainview.core.logs.sheet import Skipped, Window
from plainview.core.mendable import Mendable
from plainview.core.plural import counted

MOST_OTHERS = tuple(column for column in COLUMNS if column not in (*REQUIRED, "skills"))
HUGE = 2**31


class Source(Protocol):
    """What rows come from."""

    header: tuple[str, ...]
    place: str
    skipped: list[Skipped]

    def windows(self, columns: Sequence[int], *, plain: Collection[int] = ()) -> Iterator[Window]: ...
    def places(self, rows: Sequence[int]) -> dict[int, tuple[str, int]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Row r is called ``names[codes[r]]``."""

    codes: NDArray[np.int32]
    names: Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows that are attempts, in the order of the file."""

    row: NDArray[np.int64]
    student: Coding
    item: Coding
    skills: Coding | None  # names are tuples of skills
    correct: NDArray[np.float32]
    at: NDArray[np.int64]
    others: dict[str, pa.Array]  # the log's other columns, those that were asked for


@dataclass(slots=True, kw_only=True)
class Reading:
    """Iterate once; faults, what was left out and what is told are complete when the iteration has ended."""

    source: Source
    format: Format
    others: tuple[str, ...] = ()
    n_rows: int = 0  # rows that were seen
    n_blank: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    labels: dict[str, str] = field(default_factory=dict)  # a skill's number: its name
    _found: list[tuple[int, str, str, str]] = field(default_factory=list)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _when: reading.When = field(init=False)
    _places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._when = reading.When(self.format.at, self.format.at_format)
        wanted = (*REQUIRED, "skills", *self.others)
        self._places = {
            ours: found
            for ours in wanted
            if (theirs := self.format.columns.get(ours)) and (found := self._where(ours, theirs))
        }
        if wanting := [column for column in REQUIRED if column not in self._places]:
            raise Mendable(*self._wanting(wanting))
        self._refuse_doubles()

    @property
    def is_time(self) -> bool:
        return bool(self._when.is_time)

    def _where(self, ours: str, theirs: tuple[str, ...]) -> list[int]:
        """Places in the header; all of a name's places where one is made of all."""
        header = self.source.header
        there = [column for column in theirs if column in header]
        if ours in self.format.joined:
            return [n for column in there for n, name in enumerate(header) if name == column]
        return [header.index(there[0])] if there else []

    def _wanting(self, wanting: list[str]) -> list[str]:
        theirs = {column: " or ".join(self.format.columns.get(column, (column,))) for column in wanting}
        file = getattr(self.source, "path", None) or getattr(self.source, "file", "the log")
        return [
            f"{file}, line 1, column '{theirs[column]}': found no such column, expected it in the header."
            for column in wanting
        ]

    def _refuse_doubles(self) -> None:
        header = self.source.header
        read = [header[places[0]] for places in self._places.values() if len(places) == 1]
        file = getattr(self.source, "path", None) or getattr(self.source, "file", "the log")
        doubled = dict.fromkeys(column for column in read if header.count(column) > 1)
        if doubled:
            raise Mendable(
                *(
                    f"{file}, line 1, column '{column}': found it more than once, expected each column once."
                    for column in doubled
                )
            )

    def __iter__(self) -> Iterator[Rows]:
        places = {n for found in self._places.values() for n in found}
        keeps = [
            (keep, self.source.header.index(keep.column)) for keep in self.format.keep if self._has(keep)
        ]
        label = self.format.skill_label
        label_at = self.source.header.index(label) if label in self.source.header else None
        places |= {n for _, n in keeps} | ({label_at} if label_at is not None else set())
        # Times are nearly all distinct: they are read as they stand, everything else by its distinct cells.
        plain = set(self._places["at"]) - {
            n for ours, found in self._places.items() if ours != "at" for n in found
        }
        for window in self.source.windows(sorted(places), plain=plain):
            self.n_rows += window.n_rows
            kept = self._kept(window, keeps, sorted(places))
            yield self._rows(kept, label_at)
            self._take_skipped()
            self._found = sorted(self._found)[:MOST_SHOWN]
        self._take_skipped()

    def _has(self, keep: Any) -> bool:
        return keep.column in self.source.header

    def _take_skipped(self) -> None:
        for one in self.source.skipped:
            self._counts["", one.expected] += one.n
            self.n_rows += one.n
            self._found.append((one.row, "", one.found, one.expected))
        self.source.skipped.clear()

    def _kept(self, window: Window, keeps: list[tuple[Any, int]], places: list[int]) -> Window:
        """Without blank lines, and without rows that are no attempts in their format."""
        keep = np.ones(window.n_rows, np.bool_)
        blank = np.ones(window.n_rows, np.bool_)
        for n in reversed(places):
            if not blank.any():
                break
            blank &= _is_blank(window.columns[n])
        self.n_blank += int(blank.sum())
        keep &= ~blank
        for rule, n in keeps:
            allowed = self._allowed(window.columns[n], rule.values)
            self.left_out[rule.left_out] += int((keep & ~allowed).sum())
            keep &= allowed
        if keep.all():
            return window
        chosen = pa.array(np.flatnonzero(keep))
        return Window(columns={n: c.take(chosen) for n, c in window.columns.items()}, row=window.row[keep])

    def _allowed(self, column: pa.Array, values: frozenset[str]) -> NDArray[np.bool_]:
        of = reading.cells(column, encoding=self.format.encoding)
        each = np.array([*(text.strip().lower() in values for text in of.texts), False], np.bool_)
        return each[of.codes]

    def _rows(self, window: Window, label_at: int | None) -> Rows:
        student, item = self._names("student", window), self._names("item", window)
        at, correct = self._at(window), self._correct(window)
        fine = ~(at.wrong | correct.wrong) & (student.codes >= 0) & (item.codes >= 0)
        skills = self._skills(window, label_at)
        others = {ours: self._other(ours, window) for ours in self.others if ours in self._places}
        every = bool(fine.all())
        return Rows(
            row=window.row if every else window.row[fine],
            student=student if every else Coding(codes=student.codes[fine], names=student.names),
            item=item if every else Coding(codes=item.codes[fine], names=item.names),
            skills=skills
            if every or skills is None
            else Coding(codes=skills.codes[fine], names=skills.names),
            correct=correct.values if every else correct.values[fine],
            at=at.values if every else at.values[fine],
            others=others
            if every
            else {ours: column.filter(pa.array(fine)) for ours, column in others.items()},
        )

    def _column(self, ours: str, window: Window) -> pa.Array:
        columns = [window.columns[n] for n in self._places[ours]]
        if len(columns) == 1:
            return columns[0]
        between = self.format.skills_between if ours == "skills" else BETWEEN
        texts = [column.cast(pa.binary()) for column in columns]
        return pc.binary_join_element_wise(*texts, between.encode(), null_handling="skip")

    def _cells(self, ours: str, window: Window) -> Cells:
        of = reading.cells(self._column(ours, window), encoding=self.format.encoding)
        if of.undecoded:
            wrong = np.isin(of.codes, list(of.undecoded))
            self._add(ours, window, wrong, lambda _: "bytes that are not UTF-8", expected="a file in UTF-8")
        return of

    def _names(self, ours: str, window: Window) -> Coding:
        of = self._cells(ours, window)
        self._add(ours, window, of.codes < 0, lambda _: "nothing", expected=WAYS[ours].expected)
        codes = np.where(np.isin(of.codes, list(of.undecoded)), -1, of.codes) if of.undecoded else of.codes
        return Coding(codes=codes.astype(np.int32), names=reading.names(of, guarded=self.format.guarded))

    def _correct(self, window: Window) -> Read:
        column = self._column("correct", window)
        found = reading.shares(
            column, words=self.format.words, out_of=self.format.out_of, encoding=self.format.encoding
        )
        self._add("correct", window, found.wrong, _cell_of(column), expected=self._expected_share())
        return found

    def _expected_share(self) -> str:
        if self.format.words:
            return f"{WAYS['correct'].expected}, or one of {', '.join(self.format.words)}"
        top = self.format.out_of
        return WAYS["correct"].expected if top == 1 else f"a number from 0 to {top:g}"

    def _at(self, window: Window) -> Read:
        column = self._column("at", window)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if pa.types.is_binary(column.type):
            column = _text_or_nothing(column)
        found = self._when.read(column)
        self._add("at", window, found.wrong, _cell_of(column), expected=self._when.expected)
        return found

    def _skills(self, window: Window, label_at: int | None) -> Coding | None:
        if "skills" not in self._places:
            return None
        of = self._cells("skills", window)
        lists = reading.skill_lists(
            of,
            between=self.format.skills_between,
            none=self.format.no_skill,
            guarded=self.format.guarded,
        )
        if label_at is not None:
            self._label(of, lists, window.columns[label_at])
        return Coding(codes=of.codes, names=lists)

    def _label(self, of: Cells, lists: list[tuple[str, ...]], column: pa.Array) -> None:
        """A skill's name is the one that stands beside its number where it stands alone."""
        label = reading.cells(column, encoding=self.format.encoding)
        pairs = np.unique(of.codes.astype(np.int64) << 32 | (label.codes.astype(np.int64) & 0xFFFFFFFF))
        for code, name in zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True):
            if code >= 0 and name != 0xFFFFFFFF and len(lists[code]) == 1:
                text = label.texts[name].strip()
                if text.lower() not in self.format.no_skill:
                    self.labels.setdefault(lists[code][0], text)

    def _other(self, ours: str, window: Window) -> pa.Array:
        """Another column of the log: read by its distinct cells; blank where it could not be read."""
        of, way = self._cells(ours, window), WAYS[ours]
        read: Callable[[str], Any] = (lambda text: way.read(text.strip())) if not way.is_text else str
        texts = reading.names(of, guarded=self.format.guarded) if way.is_text else of.texts
        values = [_huge_is_wrong(reading._or_none(read, text)) for text in texts]
        wrong = np.array([*(value is None for value in values), False], np.bool_)[of.codes]
        self._add(ours, window, wrong, _cell_of(self._column(ours, window)), expected=way.expected)
        found = pa.array(values, _KINDS.get(ours, pa.string()))
        return found.take(pa.array(of.codes, mask=of.codes < 0))

    def _add(
        self,
        ours: str,
        window: Window,
        wrong: NDArray[np.bool_],
        found: Callable[[int], str],
        *,
        expected: str,
    ) -> None:
        if not wrong.any():
            return
        column = self.source.header[self._places[ours][0]]
        self._counts[column, expected] += int(wrong.sum())
        for n in np.flatnonzero(wrong)[:MOST_SHOWN].tolist():
            self._found.append((int(window.row[n]), column, found(n), expected))

    def faults(self, *, file: str) -> Faults:
        """All that was found, with the lines of the first fifty."""
        said = Faults(file=file)
        for (column, expected), n in self._counts.items():
            said.count(column, expected=expected, n=n)
        first = sorted(self._found)[:MOST_SHOWN]
        where = self.source.places([row for row, *_ in first])
        for row, column, found, expected in first:
            name, line = where[row]
            said.first.append(
                Fault(
                    file=name,
                    line=line,
                    column=column,
                    found=found,
                    expected=expected,
                    place=self.source.place,
                )
            )
        return said

    def told(self) -> list[str]:
        """What was decided about this log, each with its count."""
        said: list[str] = self.source.told() if hasattr(self.source, "told") else []
        said += [f"{counted(n, 'row', 'are')} left out: {why}" for why, n in self.left_out.items() if n]
        if self.n_blank:
            said.append(f"{counted(self.n_blank, 'blank row', 'are')} passed by")
        return said


_KINDS = {
    "response_ms": pa.int64(),
    "hints": pa.int32(),
    "attempts": pa.int32(),
    "estimate_before": pa.float64(),
    "estimate_after": pa.float64(),
    "difficulty": pa.float64(),
}


def _huge_is_wrong(value: Any) -> Any:
    return None if isinstance(value, int) and value >= HUGE else value


def _is_blank(column: pa.Array) -> NDArray[np.bool_]:
    if pa.types.is_dictionary(column.type):
        values = column.dictionary
        kind = values.type
        nothing = pc.index(values, pa.scalar(b"", pa.binary()).cast(kind)).as_py() if _is_text(kind) else -1
        codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return np.asarray((codes < 0) | (codes == nothing) if nothing >= 0 else codes < 0)
    if _is_text(column.type):
        return np.asarray(
            pc.equal(pc.binary_length(column), 0).fill_null(True).to_numpy(zero_copy_only=False)
        )
    return np.asarray(column.is_null().to_numpy(zero_copy_only=False))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_large_string(kind))


def _text_or_nothing(column: pa.Array) -> pa.Array:
    """Bytes as text; those that are no text become a sign that is no time."""
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([None if c is None else c.decode("utf-8", "replace") for c in column.to_pylist()])


def _cell_of(column: pa.Array) -> Callable[[int], str]:
    """How a cell is shown in a fault."""

    def found(n: int) -> str:
        cell = column[n].as_py()
        if isinstance(cell, bytes):
            try:
                cell = cell.decode()
            except UnicodeDecodeError:
                return "bytes that are not UTF-8"
        text = "" if cell is None else str(cell)
        return quoted(text) if text.strip() else "nothing"

    return found
