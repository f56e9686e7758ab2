"""An exhibit that is a learning log, opened: parsed once in a review, however many checks ask for it.

In:   a dossier, one of its logs, the columns that a check wants.
Out:  the log as numbers with those columns beside it; how each log was read, with its faults.
Not here: how it is read (core.logs).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.unread import each_read, note, noted
from plainview.core.logs.table import Converted
from plainview.core.logs.whole import Whole, how_it_was_read, whole
from plainview.core.mendable import Mendable
from plainview.core.plural import counted


def log_of(dossier: Dossier, exhibit: Exhibit, columns: Sequence[str] = ()) -> Whole:
    """The log, aligned row for row with the wanted columns.

    Students are called as the log calls them, so that groups can be joined; no name may reach a finding.

    Raises
    ------
    Mendable
        If nothing can be read.
    """
    if faults := noted(dossier, exhibit):
        raise Mendable(*faults)
    dossier.aside.mkdir(parents=True, exist_ok=True)
    try:
        found = whole(
            exhibit.path,
            columns=tuple(columns),
            format=exhibit.settings.get("format"),
            mapping=exhibit.settings.get("mapping"),
            kept=_kept(dossier, exhibit),
        )
    except Mendable as fault:
        named = Mendable(*(one.replace(str(exhibit.path), exhibit.file) for one in fault.faults))
        note(dossier, exhibit, named.faults)
        raise named from None
    if not found.coded.n_rows:
        _none_of_it(dossier, exhibit)
    return found


def _none_of_it(dossier: Dossier, exhibit: Exhibit) -> None:
    """A log of which every row is faulty is not a short log: the answer is the fault."""
    read = how_it_was_read(_kept(dossier, exhibit))
    if read is not None and read.faults.n:
        first = str(replace(read.faults.first[0], file=exhibit.file)).rstrip(".")
        raise Mendable(f"{first}; and so none of {counted(read.n_rows, 'row')} can be read.")


def logs_of(dossier: Dossier, columns: Sequence[str] = ()) -> Iterator[tuple[Exhibit, Whole]]:
    """Every log that can be read, one after the other, so that no two need be held at once.

    Raises
    ------
    Mendable
        At the end, if there are some and none can be read.
    """
    yield from each_read(dossier, Kind.LOG, lambda exhibit: log_of(dossier, exhibit, columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class HowRead:
    """A log that some check asked for, and how it was read."""

    file: str
    held: str  # attempts, from so many rows, in whose format
    told: tuple[str, ...]  # what was decided, left out, merged; each a sentence
    n_faults: int
    kinds: tuple[str, ...]  # how many faults of each kind, the most first
    first: tuple[str, ...]  # the first fifty, by line


def how_read(dossier: Dossier) -> tuple[HowRead, ...]:
    """Of every log that was read so far: what was decided, and every fault."""
    opened = (one for one in dossier.exhibits if one.kind is Kind.LOG and one.sha256 and not one.fault)
    logs = ((one, how_it_was_read(_kept(dossier, one))) for one in opened)
    return tuple(_how(exhibit.file, read) for exhibit, read in logs if read is not None)


def _how(file: str, read: Converted) -> HowRead:
    faults = read.faults
    return HowRead(
        file=file,
        held=f"{read.n_attempts:,} attempts from {read.n_rows:,} rows ({read.format}).",
        told=tuple(f"{told[:1].upper()}{told[1:]}." for told in read.told),
        n_faults=faults.n,
        kinds=tuple(faults.kinds()),
        # A part of a folder keeps its own name; where it lies on this machine is nothing to a reader.
        first=tuple(str(replace(one, file=file)) for one in faults.first),
    )


def _kept(dossier: Dossier, exhibit: Exhibit) -> Path:
    return dossier.aside / f"log-{_key(exhibit)}.parquet"


def _key(exhibit: Exhibit) -> str:
    """The same file read in another way is another log."""
    how = [exhibit.sha256, exhibit.settings.get("format"), exhibit.settings.get("mapping")]
    return hashlib.sha256(json.dumps(how, sort_keys=True, default=str).encode()).hexdigest()[:32]
