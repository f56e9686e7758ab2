"""A column of cells, read by its distinct values: what a million rows share is read once.

In:   one column as Arrow has it: text, bytes, numbers, times, lists; dictionary-coded or not.
Out:  a value a row, and which rows could not be read.
Not here: which column is which (rows), where a row stands in its file (sheet).

Each cell means exactly what the reader of attempts (read) makes of it; the tests hold the two together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plainview.core.logs.attempt import WAYS
from plainview.core.logs.safe import unguard

NOT_UTF8 = "\ufffd"  # stands in a cell whose bytes are no text
_APART = "\x1f"  # between skills of a list, inside this room only


class Texts(Sequence[str]):
    """Distinct cells that stay with Arrow until somebody looks at one."""

    def __init__(self, array: pa.Array) -> None:
        self.array = array
        self._read: list[str] | None = None

    @property
    def read(self) -> list[str]:
        if self._read is None:
            self._read = self.array.to_pylist()
        return self._read

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, n: Any) -> Any:
        return self.read[n]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Row r holds ``texts[codes[r]]``; -1 where it holds nothing."""

    codes: NDArray[np.int32]  # (n_rows,)
    texts: Sequence[str]  # distinct cells as they stand
    undecoded: frozenset[int] = frozenset()  # codes of cells that are not in the file's encoding
    has_apostrophe: bool = True  # whether any cell may carry the apostrophe of a spreadsheet

    def each(self, of: Callable[[str], Any]) -> list[Any]:
        """``of`` every distinct cell; None where it refuses."""
        return [_or_none(of, text) for text in self.texts]


def _or_none(of: Callable[[str], Any], text: str) -> Any:
    try:
        return of(text)
    except (ValueError, OverflowError):
        return None


def cells(column: pa.Array, *, encoding: str = "utf-8") -> Cells:
    """The distinct cells of a column, as text, and which of them each row holds."""
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(_as_text(column))
    values = _as_text(coded.dictionary)
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    try:
        texts = values.cast(pa.string())
    except pa.ArrowInvalid:
        return _decoded(codes, values.cast(pa.binary()).to_pylist(), encoding)
    blank = pc.or_(pc.utf8_is_space(texts), pc.equal(texts, "")).fill_null(True)
    return Cells(
        codes=_but(codes, blank.to_numpy(zero_copy_only=False)),
        texts=Texts(texts.fill_null("")),
        has_apostrophe=bool(pc.any(pc.starts_with(texts, "'")).as_py()),
    )


def _but(codes: NDArray[np.int32], blank: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Blank cells hold nothing."""
    return np.where((codes >= 0) & blank[codes], np.int32(-1), codes) if blank.any() else codes


def _decoded(codes: NDArray[np.int32], raw: list[bytes | None], encoding: str) -> Cells:
    texts, wrong = list[str](), set[int]()
    for code, cell in enumerate(raw):
        text = _decode(cell or b"", encoding)
        if text is None:
            wrong.add(code)
        texts.append(NOT_UTF8 if text is None else text)
    blank = np.array([not text.strip() for text in texts], np.bool_)
    return Cells(codes=_but(codes, blank), texts=texts, undecoded=frozenset(wrong))


def _decode(cell: bytes, encoding: str) -> str | None:
    """UTF-8 first: files that were saved anew are in it, whatever their format was published in."""
    for tried in dict.fromkeys(("utf-8", encoding)):
        try:
            return cell.decode(tried)
        except UnicodeDecodeError:
            continue
    return None


def _as_text(column: pa.Array) -> pa.Array:
    """Lists become one text; whole numbers lose a .0 that a spreadsheet put there."""
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        # The sign behind the last says that it was a list: its skills may hold what stands between others.
        return pc.binary_join_element_wise(
            pc.binary_join(column.cast(pa.list_(pa.string())), _APART), "", _APART
        )
    if pa.types.is_floating(kind):
        whole = pc.all(pc.equal(pc.floor(column), column)).as_py() is not False
        return column.cast(pa.int64() if whole else kind, safe=False).cast(pa.string())
    if pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_large_string(kind):
        return column
    return column.cast(pa.string())


def names(of: Cells, *, guarded: bool) -> Sequence[str]:
    return [unguard(text) for text in of.texts] if guarded and of.has_apostrophe else of.texts


def skill_lists(of: Cells, *, between: str, none: frozenset[str], guarded: bool) -> list[tuple[str, ...]]:
    """The skills of each distinct cell, each once; a word for "none" is no skill."""

    def apart(text: str) -> tuple[str, ...]:
        text = unguard(text) if guarded else text
        apart_by = _APART if _APART in text else between
        parts = text.split(apart_by) if apart_by else [text]
        trimmed = (_plain_id(part.strip()) for part in parts)
        return tuple(dict.fromkeys(part for part in trimmed if part.lower() not in none and part))

    return [apart(text) for text in of.texts]


def _plain_id(part: str) -> str:
    # A skill's number that went through a spreadsheet with blanks in the column: 48.0.
    return part[:-2] if part.endswith(".0") and part[:-2].isdigit() else part


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    values: NDArray[Any]  # (n_rows,)
    wrong: NDArray[np.bool_]  # (n_rows,) nothing there, or not what was expected


def shares(column: pa.Array, *, words: Mapping[str, float], out_of: float, encoding: str) -> Read:
    """0 to 1 a row: numbers, or their words for right and wrong."""
    if _is_number(column.type):
        found = column.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False) / out_of
        return Read(values=found.astype(np.float32), wrong=~((found >= 0) & (found <= 1)))
    text = cells(column, encoding=encoding)

    def share(cell: str) -> float:
        word = words.get(cell.strip().lower())
        return word if word is not None else float(WAYS["correct"].read(_part(cell.strip(), out_of)))

    each = np.array([np.nan if one is None else one for one in (*text.each(share), None)], np.float32)
    found = each[text.codes]
    return Read(values=found, wrong=np.isnan(found))


def _part(cell: str, out_of: float) -> str:
    return cell if out_of == 1 else repr(float(cell) / out_of)


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_decimal(kind)
    )


_PIECE = 4096
_PART = 64
_DATE = r"^\d{4}-(0\d|1[0-2])-[0-3]\d[T ][0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?"
_SHAPES = (_DATE + r"(Z|[+-]\d\d:?\d\d)$", _DATE + "$", r"^\d{1,18}$")
_MS = {"s": 1000, "ms": 1, "order": 1, "either": 1}


@dataclass(slots=True)
class When:
    """Reads times or places in an order; one file holds one sort, that of its first row."""

    at: str  # what a number is: order, s, ms, us; either: an order
    at_format: str = ""
    is_time: bool | None = None  # not known before the first row

    def read(self, column: pa.Array) -> Read:
        """Milliseconds since 1970, or places in the order."""
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        kind = column.type
        if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            return self._sort(True, *_ms_of(column))
        if pa.types.is_integer(kind) or pa.types.is_floating(kind):
            return self._numbers(column)
        return self._text(column.cast(pa.string()) if not pa.types.is_string(kind) else column)

    def _numbers(self, column: pa.Array) -> Read:
        if pa.types.is_floating(column.type):
            found = column.fill_null(np.nan).to_numpy(zero_copy_only=False)
            wrong = ~(np.isfinite(found) & (np.abs(found) < 2.0**53))
            # A fraction is kept where the number is a time in seconds; a place in the order has none.
            fine = np.where(wrong, 0, found)
            return self._sort(self.at in ("s", "ms", "us"), self._scaled(fine), wrong)
        # Beyond 63 bits there is no such place in an order and no such time.
        found = pc.cast(column, pa.int64(), safe=False)
        wrong = column.is_null().to_numpy(zero_copy_only=False).copy()
        values = found.fill_null(0).to_numpy(zero_copy_only=False)
        wrong |= values < 0 if column.type == pa.uint64() else False
        return self._sort(self.at in ("s", "ms", "us"), self._scaled(values), wrong)

    def _scaled(self, values: NDArray[Any]) -> NDArray[np.int64]:
        scaled = values // 1000 if self.at == "us" else values * _MS[self.at]
        return scaled.astype(np.int64)

    def _text(self, column: pa.Array) -> Read:
        """All at once where all are alike; else each shape for itself, and what has no shape one by one."""
        column = pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), None, column)
        found = self._at_once(column)
        if found is not None:
            return found
        if len(column) <= _PIECE:
            return self._one_by_one(column)
        # The first piece says what the file holds; only then are the others sorted out by their shapes.
        first = self._text(column[:_PIECE])
        others = self._by_shape(column[_PIECE:])
        return Read(
            values=np.concatenate([first.values, others.values]),
            wrong=np.concatenate([first.wrong, others.wrong]),
        )

    def _by_shape(self, column: pa.Array) -> Read:
        values, wrong = np.zeros(len(column), np.int64), np.ones(len(column), np.bool_)
        left = np.ones(len(column), np.bool_)
        for shape in _SHAPES:
            fits = (
                pc.match_substring_regex(column, shape).fill_null(False).to_numpy(zero_copy_only=False) & left
            )
            here = np.flatnonzero(fits)
            read = self._in_parts(column.take(pa.array(here)))
            values[here], wrong[here] = read.values, read.wrong
            left &= ~fits
        here = np.flatnonzero(left)
        read = self._one_by_one(column.take(pa.array(here)))
        values[here], wrong[here] = read.values, read.wrong
        return Read(values=values, wrong=wrong)

    def _in_parts(self, column: pa.Array) -> Read:
        """A day that no month has is looked for in ever smaller parts."""
        found = self._at_once(column)
        if found is not None:
            return found
        if len(column) <= _PART:
            return self._one_by_one(column)
        half = len(column) // 2
        one, other = self._in_parts(column[:half]), self._in_parts(column[half:])
        return Read(
            values=np.concatenate([one.values, other.values]), wrong=np.concatenate([one.wrong, other.wrong])
        )

    def _at_once(self, column: pa.Array) -> Read | None:
        there = column.drop_null()
        if not len(there):
            return self._sort(True, np.zeros(len(column), np.int64), np.ones(len(column), np.bool_))
        if _is_digits(there[0].as_py()) and not self.at_format:
            numbers = _integers(column)
            if numbers is None:
                return None
            return self._sort(self.at in ("s", "ms", "us"), self._scaled(numbers[0]), numbers[1])
        times = _times(column, self.at_format)
        return None if times is None else self._sort(True, *times)

    def _one_by_one(self, column: pa.Array) -> Read:
        text = cells(column)
        values, wrong = np.zeros(len(text.texts) + 1, np.int64), np.ones(len(text.texts) + 1, np.bool_)
        for code, cell in enumerate(text.texts):
            sort, value = self._one(cell.strip())
            if value is not None and (self.is_time is None or self.is_time is sort):
                # The first row that can be read says what the file holds.
                values[code], wrong[code], self.is_time = value, False, sort
        return Read(values=values[text.codes], wrong=wrong[text.codes])

    def _one(self, cell: str) -> tuple[bool, int | None]:
        try:
            found = datetime.strptime(cell, self.at_format) if self.at_format else WAYS["at"].read(cell)
        except (ValueError, OverflowError):
            return self._fraction(cell)
        if isinstance(found, datetime):
            return True, _epoch_ms(found)
        return self.at in ("s", "ms", "us"), int(
            self._scaled(np.array(found, np.int64))
        ) if found < 2**63 else None

    def _fraction(self, cell: str) -> tuple[bool, int | None]:
        """Seconds with a fraction, where numbers are seconds."""
        if self.at not in ("s", "ms", "us"):
            return True, None
        try:
            return True, int(self._scaled(np.array(float(cell))))
        except (ValueError, OverflowError):
            return True, None

    def _sort(self, is_time: bool, values: NDArray[np.int64], wrong: NDArray[np.bool_]) -> Read:
        if self.is_time is None and not wrong.all():
            self.is_time = is_time
        if self.is_time is not None and self.is_time is not is_time:
            wrong = np.ones_like(wrong)
        return Read(values=values, wrong=wrong)

    @property
    def expected(self) -> str:
        if self.is_time is None:
            return WAYS["at"].expected
        return (
            "a time, as in the rows before" if self.is_time else "a place in the order, as in the rows before"
        )


def _is_digits(cell: str) -> bool:
    return cell.strip().isascii() and cell.strip().isdigit()


def _epoch_ms(found: datetime) -> int:
    zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
    return (zoned - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _integers(column: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
    if pc.any(pc.match_substring_regex(column, "[^0-9]")).as_py():
        return None
    try:
        found = column.cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    return _with_nulls(found)


def _times(column: pa.Array, at_format: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
    if at_format:
        # Fractions and zones are Python's to read: the fast reader does not know them.
        slow = "%f" in at_format or "%z" in at_format
        return None if slow else _ms_of(pc.strptime(column, at_format, "us", error_is_null=True))
    for kind in (pa.timestamp("us", "UTC"), pa.timestamp("us")):
        try:
            return _ms_of(column.cast(kind))
        except pa.ArrowInvalid:
            continue
    return None


def _ms_of(column: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    found = column.cast(pa.timestamp("us", getattr(column.type, "tz", None)), safe=False).cast(pa.int64())
    values, wrong = _with_nulls(found)
    return values // 1000, wrong


def _with_nulls(found: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    wrong = found.is_null().to_numpy(zero_copy_only=False)
    return found.fill_null(0).to_numpy(zero_copy_only=False), wrong
