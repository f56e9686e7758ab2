"""The graph of the public mathematics standards: statements, and what comes before what.

In:   a folder with json/ or csv/ (ccssm-k8, ccssm-hs, ccssm-dependencies), or one of those folders itself.
Out:  competencies with source and licence; every fault by file and place. Read twice, it changes nothing.
Not here: our own units (where one has a competency of the same code, its words and prerequisites stay), and
      conceptual connections: they have no direction.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from ..faults import Fault, shown
from ..load import Loaded, put
from ..models import Competency, Unit

UNIT = "ccssm"
SOURCE = "Common Core State Standards for Mathematics, as a graph by flywheelmath/ccssm"
LICENCE = "MIT; Apache-2.0; © 2010 NGA Center for Best Practices and CCSSO, all rights reserved"
PARTS = ("domain_code", "cluster_code", "standard_counter", "substandard_counter")
DEPENDENCY = "dependency"
CONNECTION = "conceptual connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    file: str
    line: int | None
    entry: int
    says: dict

    def fault(self, field: str, *, found: str, expected: str, heavy: bool = True) -> Fault:
        place = field if self.line is not None else f"{self.entry}.{field}"
        return Fault(file=self.file, line=self.line, field=place, found=found, expected=expected, heavy=heavy)


@transaction.atomic
def import_ccss(path: Path) -> Loaded:
    loaded = Loaded()
    folder = _folder(path)
    standards = _standards(folder, loaded.faults)
    if not standards:
        return loaded
    unit, _made = Unit.objects.update_or_create(
        identifier=UNIT,
        defaults={"title": "Mathematics standards", "source": SOURCE, "licence": LICENCE, "order": 800},
    )
    ours = set(
        Competency.objects.filter(identifier__in=standards)
        .exclude(unit=unit)
        .values_list("identifier", flat=True)
    )
    put(
        Competency, unit, {code: w for code, w in standards.items() if code not in ours}, loaded, retire=False
    )
    _edges(folder, standards, ours, loaded.faults)
    return loaded


def _folder(path: Path) -> Path:
    for inside in ("json", "csv"):
        if (path / inside).is_dir():
            return path / inside
    return path


def _rows(folder: Path, name: str, within: str, faults: list[Fault]) -> Iterator[_Row]:
    """The rows of name.json or of name.csv, whichever is there."""
    as_json, as_csv = folder / f"{name}.json", folder / f"{name}.csv"
    if as_json.is_file():
        yield from _json_rows(as_json, within, faults)
    elif as_csv.is_file():
        yield from _csv_rows(as_csv, faults)
    else:
        faults.append(
            Fault(file=f"{name}.json", found="no such file", expected="this file, or the same as .csv")
        )


def _json_rows(file: Path, within: str, faults: list[Fault]) -> Iterator[_Row]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))[within]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        faults.append(
            Fault(file=file.name, found=shown(problem), expected=f"JSON with a list called {within}")
        )
        return
    for entry, says in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        row = _Row(file=file.name, line=None, entry=entry, says=says if isinstance(says, dict) else {})
        if row.says:
            yield row
        else:
            faults.append(row.fault(within, found=shown(says), expected="names with values"))


def _csv_rows(file: Path, faults: list[Fault]) -> Iterator[_Row]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for entry, says in enumerate(reader, start=1):
                yield _Row(file=file.name, line=reader.line_num, entry=entry, says=says)
    except (OSError, ValueError, csv.Error) as problem:
        faults.append(Fault(file=file.name, found=shown(problem), expected="a CSV file in UTF-8"))


def _standards(folder: Path, faults: list[Fault]) -> dict[str, dict]:
    standards: dict[str, dict] = {}
    for name in ("ccssm-k8", "ccssm-hs"):
        for row in _rows(folder, name, "standards", faults):
            code, statement = _code(row.says), str(row.says.get("description") or "").strip()
            if not code or not statement:
                faults.append(
                    row.fault(
                        "description", found=shown(statement or code), expected="a code and a statement"
                    )
                )
            elif code in standards:
                faults.append(
                    row.fault("standard_counter", found=f"{code} again", expected="each standard once")
                )
            else:
                standards[code] = _competency(code, statement, row.says["grade_level_code"], len(standards))
    return standards


def _code(says: dict) -> str:
    """4.NF.B.3.a; in high school the category joins the grade: HSA.SSE.A.1."""
    first = f"{says.get('grade_level_code') or ''}{says.get('category_code') or ''}"
    parts = [str(says.get(part) or "").strip() for part in PARTS]
    if not first or not all(parts[:3]):
        return ""
    return ".".join([first, *(part for part in parts if part)])


def _competency(code: str, statement: str, grade: str, order: int) -> dict:
    return {
        "short_name": _short(code, statement),
        "statement": statement,
        "grade": str(grade)[:8],
        "order": order,
    }


def _short(code: str, statement: str) -> str:
    """The first words, up to a comma or about sixty letters."""
    first = statement.partition(". ")[0].partition(", ")[0].rstrip(".")
    return first if len(first) <= 60 else f"{code} {first[:56].rsplit(' ', 1)[0]} …"


def _edges(folder: Path, standards: dict[str, dict], ours: set[str], faults: list[Fault]) -> None:
    before: dict[str, set[str]] = {code: set() for code in standards}
    for row in _rows(folder, "ccssm-dependencies", "dependencies", faults):
        edge = _edge(row, standards, faults)
        if edge is None:
            continue
        source, target = edge
        if source == target or target in _leading_to(source, before):
            faults.append(
                row.fault("target", found=f"a circle from {source} to {target}", expected="no circle")
            )
        elif target not in ours:
            before[target].add(source)
    rows = Competency.objects.in_bulk(standards, field_name="identifier")
    for code in standards:
        if code not in ours:
            rows[code].requires.set(rows[source] for source in before[code])


def _edge(row: _Row, standards: dict[str, dict], faults: list[Fault]) -> tuple[str, str] | None:
    """What comes before what; None for an edge that we cannot use."""
    kind = row.says.get("relationship")
    if kind == CONNECTION:
        return None  # two standards that touch; neither comes first
    if kind != DEPENDENCY:
        faults.append(
            row.fault("relationship", found=shown(kind), expected=f"'{DEPENDENCY}' or '{CONNECTION}'")
        )
        return None
    for end in ("source", "target"):
        if row.says.get(end) not in standards:
            faults.append(
                row.fault(end, found=shown(row.says.get(end)), expected="a standard of this collection")
            )
            return None
    return row.says["source"], row.says["target"]


def _leading_to(code: str, before: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = [*before[code]]
    while ahead:
        this = ahead.pop()
        if this not in seen:
            seen.add(this)
            ahead += before[this]
    return seen
