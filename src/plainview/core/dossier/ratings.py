"""What experts rated: levels 0 to 4 on the questions of the bank, each alone.

In:   ratings/*.csv with the columns rater, question, level (and note); or ratings/*.toml, one rater a file:
          rater = "A"
          [levels]
          5 = 3
Out:  ratings; every fault by file and line.
Not here: whether the raters agree (core.audit.experts); who they are. Give them letters, no names.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plainview.core.dossier.bank import FIRST, HIGHEST, LAST, LOWEST
from plainview.core.dossier.dossier import Rating
from plainview.core.logs.faults import quoted
from plainview.core.mendable import Mendable
from plainview.core.toml import toml_of

FOLDER = "ratings"
MOST_BYTES = 1 << 22


def ratings_of(folder: Path) -> tuple[tuple[Rating, ...], tuple[str, ...]]:
    """All ratings of a dossier, and the faults, each a sentence. What has a fault is left out."""
    found, faults = list[Rating](), list[str]()
    for path in sorted((folder / FOLDER).glob("*")):
        reader = {".csv": _from_csv, ".toml": _from_toml}.get(path.suffix.lower())
        if reader is None or not path.is_file() or path.name.startswith("."):
            continue
        for one in _read(path, reader):
            if isinstance(one, str):
                faults.append(one)
            else:
                found.append(one)
    return _once(found, faults), tuple(faults)


def _read(path: Path, reader: Any) -> Iterator[Rating | str]:
    name = f"{FOLDER}/{path.name}"
    if path.stat().st_size > MOST_BYTES:
        yield f"{name}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}."
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield f"{name}: found bytes that are not UTF-8, expected a file in UTF-8."
        return
    yield from reader(name, text)


def _from_csv(name: str, text: str) -> Iterator[Rating | str]:
    rows = csv.reader(text.splitlines())
    header = [cell.strip().lower() for cell in next(rows, [])]
    wanting = [column for column in ("rater", "question", "level") if column not in header]
    if wanting:
        for column in wanting:
            yield f"{name}, line 1, column '{column}': found no such column, expected it in the header."
        return
    for cells in rows:
        if any(cell.strip() for cell in cells):
            said = dict(zip(header, cells, strict=False))
            yield from _rating(name, rows.line_num, said)


def _from_toml(name: str, text: str) -> Iterator[Rating | str]:
    try:
        said = toml_of(text, file=name)
    except Mendable as fault:
        yield from fault.faults
        return
    levels = said.get("levels")
    if not isinstance(levels, dict):
        yield f"{name}: found no table [levels], expected one with a level for each question."
        return
    for question, level in levels.items():
        yield from _rating(name, None, {"rater": said.get("rater"), "question": question, "level": level})


def _rating(name: str, line: int | None, said: dict[str, Any]) -> Iterator[Rating | str]:
    place = f"{name}, line {line}" if line else name
    rater = str(said.get("rater") or "").strip()
    question, level = _whole(said.get("question")), _whole(said.get("level"))
    faults = []
    if not rater:
        faults.append(f"{place}, 'rater': found nothing, expected a letter or a word for the rater.")
    if question is None or not FIRST <= question <= LAST:
        found = quoted(str(said.get("question", "")))
        faults.append(f"{place}, 'question': found {found}, expected a number from {FIRST} to {LAST}.")
    if level is None or not LOWEST <= level <= HIGHEST:
        found = quoted(str(said.get("level", "")))
        faults.append(f"{place}, 'level': found {found}, expected a whole number from {LOWEST} to {HIGHEST}.")
    if faults or question is None or level is None:
        yield from faults
    else:
        yield Rating(rater=rater, question=question, level=level, file=name, line=line)


def _whole(value: object) -> int | None:
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 4 else None


def _once(found: list[Rating], faults: list[str]) -> tuple[Rating, ...]:
    """A rater says one level of one question. The first one counts, and the other is told."""
    first = dict[tuple[str, int], Rating]()
    for one in found:
        before = first.setdefault((one.rater, one.question), one)
        if before is not one and before.level != one.level:
            place = f"{one.file}, line {one.line}" if one.line else one.file
            faults.append(
                f"{place}: found level {one.level} by rater {quoted(one.rater)} on question {one.question}, "
                f"expected {before.level}, as said before."
            )
    return tuple(first.values())
