"""A small table that was handed over (a study, predictions, responses), read whole: columns of text.

In:   a file: CSV, tab, Parquet, Arrow, packed or not; which of its columns are wanted.
Out:  each column as text, trimmed, with the line of every row; numbers, with every fault by line and column.
Not here: logs, which may be larger than memory (log), groups (groups), what a column means.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plainview.core.dossier.groups import _rows
from plainview.core.logs.faults import Fault, quoted
from plainview.core.logs.sheet import Sheet, Table, open_sheet, open_table
from plainview.core.mendable import Mendable

TABLES = (".parquet", ".arrow", ".feather", ".ipc")
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "."})  # as statistics programs write a blank
YES = frozenset({"1", "1.0", "true", "yes", "y", "t"})
NO = frozenset({"0", "0.0", "false", "no", "n", "f"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A table. Row r stands on line r + 2 where the file has lines."""

    file: str
    by_name: Mapping[str, NDArray[np.str_]]
    told: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.by_name.values()), np.empty(0)))

    def text(self, name: str) -> NDArray[np.str_]:
        """The cells of a column; a blank is ''."""
        self.need([name])
        cells = self.by_name[name]
        blank = np.isin(np.char.lower(cells), list(NOTHING))
        return np.where(blank, "", cells)

    def number(self, name: str) -> NDArray[np.float64]:
        """The numbers of a column, NaN where blank.

        Raises
        ------
        Mendable
            With every cell that is no number.
        """
        cells = self.text(name)
        cells = np.where(np.char.lower(cells) == "none", "", cells)  # a word of its own only among words
        distinct, where = np.unique(cells, return_inverse=True)
        values = np.array([_number(str(cell)) for cell in distinct], dtype=np.float64)
        wrong = np.array([bool(c) and math.isnan(v) for c, v in zip(distinct, values, strict=True)], np.bool_)
        if len(distinct) and wrong[where].any():
            self._refuse(name, np.flatnonzero(wrong[where]), "a number")
        return values[where.reshape(-1)] if len(distinct) else np.empty(0)

    def yes(self, name: str, *, is_yes: str | None = None) -> NDArray[np.float64]:
        """1 and 0, NaN where blank; ``is_yes`` is the word that counts as yes; any other is no."""
        cells = np.char.lower(self.text(name))
        if is_yes is not None:
            return np.where(cells == "", np.nan, (cells == is_yes.lower()).astype(float))
        yes, no = np.isin(cells, list(YES)), np.isin(cells, list(NO))
        wrong = ~(yes | no | (cells == ""))
        if wrong.any():
            self._refuse(name, np.flatnonzero(wrong), "yes or no (1 or 0)")
        return np.where(yes, 1.0, np.where(no, 0.0, np.nan))

    def need(self, names: Iterable[str]) -> None:
        """Refuse where a column is not there."""
        absent = [name for name in names if name not in self.by_name]
        if absent:
            shown = ", ".join(list(self.by_name)[:20])
            raise Mendable(*(f"{self.file}, line 1: found no column '{name}' in {shown}." for name in absent))

    def _refuse(self, name: str, rows: Sequence[int] | NDArray[np.int64], expected: str) -> None:
        cells = self.by_name[name]
        raise Mendable(
            *(
                str(
                    Fault(
                        file=self.file,
                        line=int(row) + 2,
                        column=name,
                        found=quoted(str(cells[row])),
                        expected=expected,
                    )
                )
                for row in rows
            )
        )


def columns_of(path: Path, *, file: str, mapping: Mapping[str, str] | None = None) -> Columns:
    """Read a table whole. ``mapping`` says which column is to be called how: ours = theirs.

    Raises
    ------
    Mendable
        If the file cannot be read.
    """
    if not path.exists():
        raise Mendable(f"{file}: there is no such file.")
    plain = path.with_suffix("") if path.suffix in (".gz", ".bz2", ".zst") else path
    source: Sheet | Table = open_table(path) if plain.suffix.lower() in TABLES else open_sheet(path)
    ours = {str(theirs): name for name, theirs in (mapping or {}).items()}
    rows = _rows(source)
    by_name = {ours.get(name, name): _trimmed(rows[n]) for n, name in enumerate(source.header)}
    n_skipped = sum(row.n for row in source.skipped) if source.skipped else 0
    told = (f"{file}: {n_skipped:,} rows with another number of cells were passed by.",) if n_skipped else ()
    return Columns(file=file, by_name=by_name, told=told)


def _trimmed(column: pa.Array) -> NDArray[np.str_]:
    cells: NDArray[np.str_] = np.char.strip(np.array(column.to_pylist(), dtype=np.str_))
    return cells


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan
