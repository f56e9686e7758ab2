"""Answers to a test, students x items: from a table of answers, or first attempts of a learning log.

In:   exhibits of the kinds "responses", "items" and "log".
Out:  scores with NaN where nobody answered; the options that were chosen, where they are letters; times.
Not here: what they mean.

A table's first column is the student (or a column of that name), the others are items in the order of the
test. A cell is points, or an option; options are scored by the key of items.csv. Blank, NA and - are "not
answered".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.log import logs_of
from plainview.core.dossier.unread import each_read
from plainview.core.formats.sheet import Sheet, read_sheet
from plainview.core.logs.whole import Whole
from plainview.core.mendable import Mendable
from plainview.core.plural import counted

Floats = NDArray[np.float64]
BLANK = frozenset({"", "na", "nan", "n/a", "-", "null", "none", "."})
STUDENT = ("student", "student_id", "id", "person", "pseudonym", "user")
MOST_ITEMS, FEWEST_ANSWERS = 400, 20  # of a log: the items answered most, each by at least so many students


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """One test."""

    file: str
    items: tuple[str, ...]
    scores: Floats  # (n_students, n_items), NaN where not answered
    chosen: NDArray[np.object_] | None  # options, None where not answered
    key: tuple[str, ...] | None
    is_in_order: (
        bool  # the columns stand in the order of the test, so what is blank at the end was not reached
    )
    told: tuple[str, ...]
    settings: Mapping[str, Any]

    @property
    def is_binary(self) -> bool:
        there = self.scores[~np.isnan(self.scores)]
        return bool(np.isin(there, (0.0, 1.0)).all())


def responses_of(dossier: Dossier) -> list[Responses]:
    """Every test of a dossier: its tables of answers; without one, its logs.

    Raises
    ------
    Mendable
        If there are some and none can be read.
    """
    key = key_of(dossier)
    left = list[str]()
    tables = list(
        each_read(
            dossier,
            Kind.RESPONSES,
            lambda one: of_table(_opened(one), one.file, key, one.settings),
            left=left,
        )
    )
    if tables:
        return [replace(test, told=(*test.told, *left)) for _, test in tables]
    return [found for one, log in logs_of(dossier) if (found := _of_log(one, log)) is not None]


def _opened(exhibit: Exhibit) -> Sheet:
    return read_sheet(exhibit.path, name=exhibit.file)


def items_sheets(dossier: Dossier) -> list[tuple[str, Sheet]]:
    return [(one.file, _opened(one)) for one in dossier.of_kind(Kind.ITEMS)]


def key_of(dossier: Dossier) -> dict[str, str]:
    """The right option of each item, where items.csv has it."""
    found: dict[str, str] = {}
    for _, sheet in items_sheets(dossier):
        item, key = sheet.first_of("item", "id", "name"), sheet.first_of("key", "right", "answer", "correct")
        if item and key:
            found |= dict(zip(sheet.columns[item], sheet.columns[key], strict=True))
    return found


def of_table(sheet: Sheet, file: str, key: Mapping[str, str], settings: Mapping[str, Any]) -> Responses:
    who = sheet.first_of(*STUDENT) or next(iter(sheet.columns))
    names = [name for name in sheet.columns if name != who]
    if not names or not sheet.n_rows:
        raise Mendable(f"{file}: found no items or no students, expected a column for each item and rows.")
    cells = [sheet.columns[name] for name in names]
    told = list(sheet.told)
    numbers = [_numbers(column) for column in cells]
    by_key = [name in key and found is None for name, found in zip(names, numbers, strict=True)]
    if not any(by_key):
        scores, left_out = _scores(names, numbers, file)
        told += left_out
        kept = [name for name, found in zip(names, numbers, strict=True) if found is not None]
        return _made(file, kept, scores, None, None, told, settings)
    kept = [name for name, is_keyed in zip(names, by_key, strict=True) if is_keyed]
    chosen = np.array([[_option(cell) for cell in sheet.columns[name]] for name in kept], dtype=object).T
    right = tuple(key[name] for name in kept)
    scores = np.where(
        np.array([[cell is None for cell in row] for row in chosen]),
        np.nan,
        (chosen == np.array(right, dtype=object)).astype(np.float64),
    )
    if len(kept) < len(names):
        told.append(f"{file}: {counted(len(names) - len(kept), 'column')} without a key, left out.")
    return _made(file, kept, scores, chosen, right, told, settings)


def _made(
    file: str,
    names: Sequence[str],
    scores: Floats,
    chosen: NDArray[np.object_] | None,
    key: tuple[str, ...] | None,
    told: Sequence[str],
    settings: Mapping[str, Any],
) -> Responses:
    return Responses(
        file=PurePosixPath(file).name,
        items=tuple(names),
        scores=scores,
        chosen=chosen,
        key=key,
        is_in_order=True,
        told=tuple(told),
        settings=settings,
    )


def _numbers(column: Sequence[str]) -> Floats | None:
    """The column as points; None where it holds anything else."""
    try:
        return np.array([np.nan if cell.lower() in BLANK else float(cell) for cell in column])
    except ValueError:
        return None


def _scores(names: Sequence[str], numbers: Sequence[Floats | None], file: str) -> tuple[Floats, list[str]]:
    bad = [name for name, found in zip(names, numbers, strict=True) if found is None]
    good = [found for found in numbers if found is not None]
    if not good:
        raise Mendable(
            f"{file}: found options in every column, expected points, or items.csv with a column 'key'."
        )
    told = (
        [f"{file}, column '{bad[0]}': found no points; {counted(len(bad), 'such column', 'were')} left out."]
        if bad
        else []
    )
    table = np.column_stack(good)
    return np.where(np.isfinite(table), table, np.nan), told


def _option(cell: str) -> str | None:
    return None if cell.lower() in BLANK else cell


def _of_log(exhibit: Exhibit, log: Whole) -> Responses | None:
    """First attempts of the items that were answered most."""
    coded = log.coded
    pairs = coded.student.astype(np.int64) * max(coded.n_items, 1) + coded.item
    _, first = np.unique(pairs, return_index=True)
    student, item, correct = coded.student[first], coded.item[first], coded.correct[first].astype(np.float64)
    n = np.bincount(item, minlength=coded.n_items)
    order = np.argsort(-n, kind="stable")[:MOST_ITEMS]
    order = order[n[order] >= FEWEST_ANSWERS]
    if len(order) < 2:
        return None
    column = np.full(coded.n_items, -1)
    column[order] = np.arange(len(order))
    keep = column[item] >= 0
    scores = np.full((coded.n_students, len(order)), np.nan)
    scores[student[keep], column[item[keep]]] = correct[keep]
    scores = scores[~np.isnan(scores).all(axis=1)]
    told = [f"First attempts of the {len(order)} items that were answered most, of {coded.n_items}."]
    return Responses(
        file=PurePosixPath(exhibit.file).name,
        items=tuple(str(coded.items[code]) for code in order),
        scores=scores,
        chosen=None,
        key=None,
        is_in_order=False,
        told=(*log.told[:5], *told),
        settings=exhibit.settings,
    )
