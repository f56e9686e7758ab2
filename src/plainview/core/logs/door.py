"""The one door by which a log comes in, whatever system wrote it.

In:   a path, or a table that is already here; a format's name or a mapping, where the header does not tell.
Out:  the log as numbers, every fault by line, and what was decided on the way, in sentences.
Not here: each format's columns (formats), events and folders (events, ednet), writing (table).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa

from plainview.core.logs import formats
from plainview.core.logs.attempt import REQUIRED
from plainview.core.logs.coded import Coded
from plainview.core.logs.faults import Faults
from plainview.core.logs.formats import Format
from plainview.core.logs.gather import Gathering
from plainview.core.logs.rows import MOST_OTHERS, Reading, Source
from plainview.core.logs.sheet import Table, open_sheet, open_table
from plainview.core.mendable import Mendable
from plainview.core.plural import counted
from plainview.core.toml import toml_of

Log: TypeAlias = str | Path | pa.Table
Mapped: TypeAlias = Mapping[str, Any] | str | Path
_TABLES = (".parquet", ".arrow", ".feather", ".ipc")
_EVENTS = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A log that was read, and how."""

    coded: Coded
    faults: Faults
    told: tuple[str, ...]  # what was decided, left out, merged; each a sentence
    format: str
    n_rows: int  # rows of the file, without its header; ``coded.n_rows`` are the attempts

    def sentences(self) -> list[str]:
        """For people: what the log holds, what was decided, what could not be read."""
        log = self.coded
        held = f"{counted(log.n_rows, 'attempt')} of {counted(log.n_students, 'student')}"
        held += f" at {counted(log.n_items, 'item')}"
        skills = f" with {counted(log.n_skills, 'skill')}" if log.n_skills else ", without skills"
        return [
            f"{held}{skills}, from {counted(self.n_rows, 'row')} ({self.format}).",
            *(f"{t}." for t in self.told),
        ]


def open_log(
    path: Log, *, format: str | None = None, mapping: Mapped | None = None, scaffolds: bool = False
) -> Opened:
    """Read a log.

    Parameters
    ----------
    path : a file (CSV, tab, Parquet, Arrow, JSON; packed or not), a folder (EdNet, Parquet), or a table
    format : one of ``formats.NAMES``; None is: whatever the header or the ending says
    mapping : which of their columns is which of ours (``formats.mapped``): a dict, or a TOML or JSON file.
        Together with ``format`` it changes that format.
    scaffolds : whether to keep rows that a format holds to be no first attempts (scaffold questions)

    Returns
    -------
    Opened
        Rows are attempts in the order in which they happened. Rows with a fault are left out; all faults are
        counted, and the first fifty told by line.

    Raises
    ------
    Mendable
        If nothing can be read: no such file, no header, no such columns.
    """
    return _opened(path, read_log(path, format=format, mapping=mapping, scaffolds=scaffolds))


def check_log(
    path: Log, *, format: str | None = None, mapping: Mapped | None = None, scaffolds: bool = False
) -> Opened:
    """The same, with every column of the log read: for whoever wants all faults, not only the answers."""
    return _opened(path, read_log(path, format=format, mapping=mapping, scaffolds=scaffolds, others=True))


def _opened(path: Log, reading: Reading) -> Opened:
    gathering = Gathering()
    for rows in reading:
        gathering.add(rows)
    # What Arrow holds of the last windows goes back, before the columns are put in order.
    pa.default_memory_pool().release_unused()
    coded = gathering.coded(is_time=reading.is_time, labels=reading.labels)
    told = [*reading.format.told, *reading.told(), *gathering.told(is_time=reading.is_time)]
    return Opened(
        coded=coded,
        faults=reading.faults(file=file_of(path)),
        told=(*told, *([] if reading.n_rows else ["the log holds no rows"])),
        format=reading.format.name,
        n_rows=reading.n_rows,
    )


def read_log(
    path: Log,
    *,
    format: str | None = None,
    mapping: Mapped | None = None,
    scaffolds: bool = False,
    others: bool = False,
) -> Reading:
    """The same a window at a time: iterate for the rows. ``others``: the log's other columns too."""
    source, known = _source(path, format, mapping)
    if scaffolds:
        known = replace(known, keep=tuple(keep for keep in known.keep if keep.column != "original"))
    return Reading(source=source, format=known, others=MOST_OTHERS if others else ())


def file_of(path: Log) -> str:
    return "the table" if isinstance(path, pa.Table) else str(path)


def _source(path: Log, format: str | None, mapping: Mapped | None) -> tuple[Source, Format]:
    asked = _read_mapping(mapping) if mapping is not None else None
    if isinstance(path, pa.Table):
        table = Table(file="the table", header=tuple(path.schema.names), parts=(path,))
        return table, _format_of(table.header, "the table", format, asked)
    path = Path(path)
    kind = format or _by_ending(path)
    if kind in formats.EVENTS:
        return _of_its_own(kind, path)
    if path.suffix.lower() in _TABLES or path.is_dir():
        table = open_table(path)
        return table, _format_of(table.header, str(path), format, asked)
    start = formats.named(format) if format else formats.mapped(asked) if asked else None
    sheet = open_sheet(
        path,
        delimiter=start.delimiter if start else "",
        quoted=start.quoted if start else True,
        encoding=start.encoding if start else "utf-8",
    )
    known = _format_of(sheet.header, str(path), format, asked)
    if known.quoted != sheet.quoted or (known.delimiter and known.delimiter != sheet.delimiter):
        sheet = open_sheet(path, delimiter=known.delimiter, quoted=known.quoted, encoding=known.encoding)
    return sheet, known


def _format_of(
    header: tuple[str, ...], file: str, format: str | None, asked: Mapping[str, Any] | None
) -> Format:
    if format:
        known: Format | None = formats.named(format)
    else:
        known = None if asked else formats.recognised(header)
    if known is None and asked is None:
        raise Mendable(*_unknown(header, file))
    if known is not None:
        known = formats.with_skills_of_its_model(known, header)
    return known if asked is None and known is not None else formats.mapped(asked or {}, on=known)


def _unknown(header: tuple[str, ...], file: str) -> list[str]:
    """What our own log would need; and which other formats there are."""
    text = "".join(header)
    if text.startswith("PK"):
        return [f"{file}: found an archive (ZIP), expected a log: unpack it, and name the file inside."]
    if not text.isprintable() or "\ufffd" in text:
        return [f"{file}: found no text, expected a log with a header of columns."]
    wanting = [column for column in REQUIRED if column not in header]
    faults = [
        f"{file}, line 1, column '{column}': found no such column, expected it in the header."
        for column in wanting
    ]
    shown = ", ".join(header[:12]) + (" …" if len(header) > 12 else "")
    return [
        *faults,
        f"{file}: the header ({shown}) is of no format that is known here ({', '.join(formats.NAMES)}). "
        "A mapping can say which column is which.",
    ]


def _read_mapping(mapping: Mapped) -> Mapping[str, Any]:
    if isinstance(mapping, Mapping):
        return mapping
    path = Path(mapping)
    try:
        text = path.read_text(encoding="utf-8")
        return dict(json.loads(text) if path.suffix.lower() == ".json" else toml_of(text, file=str(path)))
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file.") from None
    except (ValueError, UnicodeDecodeError) as fault:
        raise Mendable(f"{path}: found no mapping in TOML or JSON ({fault}).") from None


def _by_ending(path: Path) -> str | None:
    name = path.name.lower().removesuffix(".gz").removesuffix(".bz2").removesuffix(".zst")
    if path.is_dir():
        return None if any(path.glob("*.parquet")) else "ednet"
    if name.endswith(_EVENTS):
        from plainview.core.logs import events

        return events.sort_of(path)
    return None


def _of_its_own(kind: str, path: Path) -> tuple[Source, Format]:
    """Events and folders bring their own reader; it is loaded only now."""
    if kind == "ednet":
        from plainview.core.logs import ednet

        return ednet.open_folder(path)
    from plainview.core.logs import events

    return events.open_events(path, kind)
