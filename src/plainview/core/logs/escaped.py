"""Bytes that are not UTF-8, carried through a reader that cannot stand them, and put back behind it.

In:   a stream of bytes that may be UTF-8 or not.
Out:  the same stream, in which every byte that cannot be read stands as a letter nobody uses; and cells in
      which these letters are bytes again.
Not here: what is done with such cells (cells, rows).

Arrow hands a row with the wrong number of cells to its reader as text. Where that row holds a single byte
that is not UTF-8, the hand-over fails inside Arrow, and the whole file would be lost for one short row.
"""

import codecs
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_FIRST = 0xF700  # of the private use area: byte 0x80 stands as U+F780
_MARKS = ("".join(map(chr, range(_FIRST + 0x80, _FIRST + 0x100)))).encode()
_BACK = {_MARKS[n : n + 3]: bytes([0x80 + n // 3]) for n in range(0, len(_MARKS), 3)}
_BEGINNINGS = (b"\xef\x9e", b"\xef\x9f")
_NAME = "plainview.escaped"


def _escape(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    wrong = fault.object[fault.start : fault.end]
    return "".join(chr(_FIRST + byte) for byte in wrong), fault.end


codecs.register_error(_NAME, _escape)


class Escaping:
    """Takes pieces as they are read, gives them in UTF-8, and knows whether anything had to be escaped."""

    def __init__(self) -> None:
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors=_NAME)
        self.any = False

    def piece(self, read: bytes, *, is_last: bool) -> bytes:
        """May end before the piece does: the rest of a letter comes with the next."""
        if read.isascii() and not self.decoder.getstate()[0]:
            return read
        given = self.decoder.decode(read, final=is_last).encode()
        self.any = self.any or (any(mark in given for mark in _BEGINNINGS) and given != read)
        return given


def put_back(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same cells, with the bytes that the file has."""
    columns = [_column(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _column(column: Any) -> Any:
    if pa.types.is_dictionary(column.type):
        return pa.DictionaryArray.from_arrays(column.indices, _column(column.dictionary))
    marked = [pc.match_substring(column, mark) for mark in _BEGINNINGS]
    if not pc.any(pc.or_(*marked)).as_py():
        return column
    return pa.array([None if cell is None else _cell(cell) for cell in column.to_pylist()], column.type)


def _cell(cell: bytes) -> bytes:
    for mark, byte in _BACK.items():
        if mark in cell:
            cell = cell.replace(mark, byte)
    return cell
