"""Events as the standards have them: xAPI statements and Caliper 1.2 events, from JSON to rows.

In:   a file with one statement or event a line, with one array of them, or with envelopes; packed or not.
Out:  a source like any other: windows of rows, one an answer.
Not here: what other events say (a video that was played is no answer).

Of several answers of a student to one item in one registration the first counts; where there is no
registration, the first of those that follow each other.

Sources: IEEE 9274.1.1 (xAPI 2.0), section 4; 1EdTech Caliper Analytics 1.2, Grading Profile.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from plainview.core.logs import event_queries
from plainview.core.logs.duck import batches
from plainview.core.logs.formats import Format
from plainview.core.logs.sheet import WINDOW_ROWS, Skipped, Window
from plainview.core.mendable import Mendable
from plainview.core.plural import counted

HEADER = ("student", "at", "item", "skills", "correct", "session", "response_ms", "attempts")
_BLOCK = 1 << 24
_FIRST = (
    "later answers to the same item in the same registration, or right after one another: the first counts"
)

FORMATS = {
    "xapi": Format(
        name="xapi",
        says="xAPI statements",
        columns={column: (column,) for column in HEADER},
        skills_between="",
        told=(
            "answers are statements with the verb 'answered'; their score is score.scaled, else raw between "
            "min and max, else success",
            "skills are the objectives among the context's activities",
        ),
    ),
    "caliper": Format(
        name="caliper",
        says="Caliper 1.2 events",
        columns={column: (column,) for column in HEADER},
        skills_between="",
        told=(
            "answers are GradeEvents on attempts at one item: scoreGiven of maxScore",
            "skills are the item's learningObjectives",
        ),
    ),
}


@dataclass(slots=True, kw_only=True)
class Events:
    """A file of statements or events; answers are held in DuckDB until the last is read."""

    path: Path
    kind: str
    header: tuple[str, ...] = HEADER
    place: str = "line"
    skipped: list[Skipped] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)  # what else there was, by verb or type
    n_later: int = 0

    def windows(self, columns: Sequence[int], *, plain: Collection[int] = ()) -> Iterator[Window]:
        import duckdb

        with duckdb.connect(config={"threads": 1}) as db:
            db.execute("set timezone = 'UTC'") if _has_zones(db) else None
            self._fill(db)
            ((self.n_later,),) = db.execute("select count(*) from answers").fetchall()
            for batch in batches(db, event_queries.FIRST_ANSWERS, WINDOW_ROWS):
                self.n_later -= batch.num_rows
                yield self._window(batch, columns)

    def _fill(self, db: Any) -> None:
        """The answers of the file, in its order; everything else is counted."""
        query, made = event_queries.XAPI if self.kind == "xapi" else event_queries.CALIPER, False
        for lines in self._lines():
            db.register("lines", lines)
            db.execute(event_queries.STATEMENTS)
            db.execute(f"create or replace temp table found as {query}")
            self._tell_of_no_json(db)
            for other, n in db.execute(
                "select other, count(*) from found where valid and not counts group by other order by other"
            ).fetchall():
                self.others[other] = self.others.get(other, 0) + n
            picked = "select * exclude (valid, counts, other), 0::bigint as place from found"
            into = "insert into answers" if made else "create temp table answers as"
            db.execute(f"{into} {picked} where valid and counts")
            made = True
        if not made:
            raise Mendable(f"{self.path}: found an empty file, expected statements or events in JSON.")
        db.execute("update answers set place = rowid")

    def _tell_of_no_json(self, db: Any) -> None:
        for (row,) in db.execute('select "row" from found where not valid order by "row"').fetchall():
            self.skipped.append(
                Skipped(row=row, found="a line that is no JSON", expected="one statement or event")
            )

    def _window(self, batch: pa.RecordBatch, columns: Sequence[int]) -> Window:
        by_name = {
            "student": batch["student"],
            "at": batch["at"],
            "item": batch["item"],
            "skills": batch["skills"],
            "correct": batch["correct"],
            "session": batch["session"],
            "response_ms": pa.array(
                [_duration_ms(cell) for cell in batch["duration"].to_pylist()], pa.string()
            ),
            "attempts": batch["n_attempt"],
        }
        row = batch["row"].to_numpy(zero_copy_only=False).astype(np.int64)
        return Window(columns={n: by_name[HEADER[n]] for n in columns}, row=row)

    def _lines(self) -> Iterator[pa.Table]:
        """Numbered lines; the elements of an array where the file is one."""
        first = _first_line(self.path)
        if not _is_json(first):
            yield from self._elements()
            return
        row, rest = 1, b""
        with pa.input_stream(str(self.path), compression="detect") as stream:
            while block := stream.read(_BLOCK):
                whole, end, rest = (rest + block).rpartition(b"\n")
                if end:
                    lines = whole.split(b"\n")
                    yield _table(lines, row)
                    row += len(lines)
        if rest.strip():
            yield _table([rest], row)

    def _elements(self) -> Iterator[pa.Table]:
        try:
            with pa.input_stream(str(self.path), compression="detect") as stream:
                held = json.loads(stream.read())
        except ValueError as fault:
            raise Mendable(f"{self.path}: found no JSON ({fault}), expected statements or events.") from None
        self.place = "statement"
        if isinstance(held, dict):
            held = held.get("data") or held.get("statements") or [held]
        if held:
            yield _table([json.dumps(one).encode() for one in held], 1)

    def places(self, rows: Sequence[int]) -> dict[int, tuple[str, int]]:
        return {row: (str(self.path), row) for row in rows}

    def told(self) -> list[str]:
        """What was passed by."""
        said = [f"{counted(self.n_later, 'answer', 'are')} left out: {_FIRST}"] if self.n_later else []
        if self.others:
            most = sorted(self.others.items(), key=lambda other: (-other[1], other[0]))
            shown = ", ".join(f"{other} {n:,}" for other, n in most[:5])
            more = f" and {len(most) - 5} other kinds" if len(most) > 5 else ""
            said.append(
                f"{sum(self.others.values()):,} statements are no answers and are passed by: {shown}{more}"
            )
        return said


def _has_zones(db: Any) -> bool:
    """Time zones are an extension of DuckDB's; without it everything is UTC already."""
    found = db.execute("select 1 from duckdb_settings() where lower(name) = 'timezone'").fetchall()
    return bool(found)


def _table(lines: list[bytes], first: int) -> pa.Table:
    rows, kept = [], []
    for n, line in enumerate(lines, start=first):
        if stripped := line.strip().removeprefix(b"\xef\xbb\xbf"):
            rows.append(n)
            kept.append(stripped.decode("utf-8", "replace"))
    return pa.table({"row": pa.array(rows, pa.int64()), "line": pa.array(kept, pa.string())})


def _first_line(path: Path) -> bytes:
    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            head: bytes = stream.read(_BLOCK)
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file.") from None
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be read ({fault}).") from None
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise Mendable(f"{path}: found an empty file, expected statements or events in JSON.")
    return head.partition(b"\n")[0]


def _is_json(line: bytes) -> bool:
    """Whether a line stands for itself; else the whole file is one value over many lines, or one array."""
    if line.lstrip().startswith(b"["):
        return False
    try:
        json.loads(line)
    except ValueError:
        # A broken first line of many is its own fault; an object over many lines begins with its brace.
        return line.strip() not in (b"{",) and line.strip().endswith(b"}")
    return True


def sort_of(path: Path) -> str:
    """Which standard a file of JSON follows.

    Raises
    ------
    Mendable
        If it is neither.
    """
    _first_line(path)
    with pa.input_stream(str(path), compression="detect") as stream:
        head = stream.read(1 << 16)
    if b'"verb"' in head:
        return "xapi"
    if b'"eventTime"' in head or b"ctx/caliper" in head:
        return "caliper"
    raise Mendable(
        f"{path}: found JSON without a verb or an eventTime, expected xAPI statements or Caliper events."
    )


def open_events(path: Path, kind: str) -> tuple[Events, Format]:
    """A file of statements ('xapi') or events ('caliper')."""
    return Events(path=path, kind=kind), FORMATS[kind]


def _duration_ms(cell: str | None) -> str | None:
    """ISO 8601 durations of days, hours, minutes and seconds, as the standard has them."""
    import re

    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", cell or "")
    if not cell or not found or cell in ("P", "PT"):
        return cell
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return str(round(1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days)))))
