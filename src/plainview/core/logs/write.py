"""From attempts to a file of rows that a spreadsheet opens without running anything.

In:   attempts, one at a time; an open text file (newline="").
Out:  CSV with a header, all columns in their order.
Not here: names of people. Pseudonyms are made before (pseudonym).
"""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

from plainview.core.logs.attempt import COLUMNS, WAYS, Attempt, field_of
from plainview.core.logs.safe import guard

_WRITTEN = tuple((field_of(column), WAYS[column].is_text) for column in COLUMNS)


def write(attempts: Iterable[Attempt], file: TextIO) -> int:
    """How many were written. Nothing is held: a year of a district passes through."""
    rows, n = csv.writer(file, lineterminator="\r\n"), 0
    rows.writerow(COLUMNS)
    for attempt in attempts:
        rows.writerow([_cell(getattr(attempt, name), is_text) for name, is_text in _WRITTEN])
        n += 1
    return n


def _cell(value: object, is_text: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        value = _joined(value)
    return guard(str(value)) if is_text else str(value)


def _joined(skills: tuple[str, ...]) -> str:
    for skill in skills:
        if ";" in skill or skill.strip() != skill or not skill:
            raise ValueError(
                f"the skill {skill!r}: expected a name without ; and without spaces at its ends."
            )
    return ";".join(skills)
