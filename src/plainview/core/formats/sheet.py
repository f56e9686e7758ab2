"""A small table somebody wrote by hand or exported: columns of text.

In:   a file of comma, semicolon or tab separated values with a heading, or Parquet.
Out:  its columns, and what was decided on the way, each a sentence.
Not here: learning logs, which may be far larger (core.logs).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plainview.core.mendable import Mendable

MOST_BYTES, MOST_ROWS, LONGEST_CELL = 1 << 30, 5_000_000, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    columns: Mapping[str, list[str]]  # by the heading, in its order; every cell stripped
    told: tuple[str, ...]

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def first_of(self, *names: str) -> str | None:
        """The first heading that is one of these, whatever its case."""
        by_small = {name.lower().replace(" ", "_"): name for name in self.columns}
        return next((by_small[name] for name in names if name in by_small), None)


def read_sheet(path: Path, *, name: str = "") -> Sheet:
    """Read a table.

    Raises
    ------
    Mendable
        If there is no heading, the file is too large, or a heading stands twice.
    """
    called = name or path.name
    if path.suffix == ".parquet":
        return _parquet(path)
    if path.stat().st_size > MOST_BYTES:
        raise Mendable(f"{called}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}.")
    text, told = _text(path.read_bytes(), called)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise Mendable(f"{called}: found nothing in it, expected a heading and rows.")
    longest = max(len(line) for line in lines)
    if longest > LONGEST_CELL * 4:
        raise Mendable(f"{called}: found a line of {longest:,} characters, expected a table.")
    before = csv.field_size_limit(LONGEST_CELL * 4)
    try:
        return _read(lines, called, told)
    finally:
        csv.field_size_limit(before)  # it is everybody's: a log may not be read otherwise after a table


def _read(lines: list[str], called: str, told: list[str]) -> Sheet:
    rows = csv.reader(lines, delimiter=_delimiter(lines[0]))
    heading = [cell.strip() for cell in next(rows)]
    twice = sorted({cell for cell in heading if heading.count(cell) > 1})
    if twice:
        raise Mendable(
            f"{called}, line 1: found the heading '{twice[0]}' more than once, expected each once."
        )
    return _rows(rows, heading, called, told)


def _rows(rows: "csv._reader", heading: list[str], called: str, told: list[str]) -> Sheet:  # type: ignore[name-defined]
    found: dict[str, list[str]] = {cell: [] for cell in heading}
    bad: list[int] = []
    for row in rows:
        if len(row) != len(heading):
            bad.append(rows.line_num)
            continue
        for cell, value in zip(heading, row, strict=True):
            found[cell].append(value.strip())
    if bad:
        told.append(
            f"{called}, line {bad[0]}: found another number of cells than in the heading, expected "
            f"{len(heading)}; "
            f"{len(bad):,} such rows were left out."
        )
    return Sheet(columns=found, told=tuple(told))


def _delimiter(heading: str) -> str:
    return max(",;\t", key=lambda sign: (heading.count(sign), sign == ","))


def _text(raw: bytes, called: str) -> tuple[str, list[str]]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), []
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        said = f"{called}, line {line}: found bytes that are not UTF-8; the file was read as Latin-1."
        return raw.decode("latin-1"), [said]


def _parquet(path: Path) -> Sheet:
    import pyarrow.parquet as pq  # only where it is needed

    table = pq.read_table(path)
    columns = {
        name: ["" if value is None else str(value).strip() for value in table.column(name).to_pylist()]
        for name in table.column_names
    }
    return Sheet(columns=columns, told=())
