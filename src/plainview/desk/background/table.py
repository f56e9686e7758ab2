"""A small table somebody hands over: read by its heading, with every fault by line, all at once.

In:   bytes of comma, semicolon or tab separated values; what each column holds.
Out:  its rows with their lines; or all that is amiss, each a sentence in the reader's language.
Not here: learning logs (core.logs), what a row means.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import StringIO

from django.utils.translation import gettext as _

from plainview.core.logs.safe import guard, unguard

MOST_BYTES, MOST_ROWS, MOST_FAULTS, LONGEST_SHOWN = 20_000_000, 200_000, 50, 40
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
AN_AMOUNT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{1,2})?\Z")


class Unreadable(Exception):
    """What whoever handed the table over can mend. Nothing was taken in."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class Expected(ValueError):
    """What a cell should have held; the message is the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    name: str
    read: Callable[[str], object]
    required: bool = False  # whether a cell must hold something
    default: object = None  # where it holds nothing


@dataclass(slots=True, kw_only=True)
class _Faults:
    called: str
    told: list[str] = field(default_factory=list)
    n: int = 0

    def add(self, line: int, column: str, found: str, expected: str) -> None:
        self.n += 1
        if len(self.told) < MOST_FAULTS:
            said = {"file": self.called, "line": line, "column": column, "expected": expected}
            said["found"] = found if len(found) <= LONGEST_SHOWN else found[:LONGEST_SHOWN] + "…"
            self.told.append(
                _("%(file)s, line %(line)s, column '%(column)s': found '%(found)s', expected %(expected)s.")
                % said
            )

    def refuse(self) -> None:
        if self.n > len(self.told):
            said = {"n": self.n, "shown": len(self.told)}
            self.told.append(_("%(n)s faults in all; the first %(shown)s are shown.") % said)
        if self.told:
            raise Unreadable(*self.told)


def rows(raw: bytes, *, called: str, columns: Sequence[Column]) -> list[tuple[int, dict[str, object]]]:
    """Each row with its line. A column that we do not know is left alone.

    Raises
    ------
    Unreadable
        With up to fifty faults, each by its line and column.
    """
    lines = csv.reader(StringIO(_text(raw, called), newline=""), delimiter=_delimiter(raw))
    try:
        heading = [unguard(cell).strip().lower() for cell in next(lines, [])]
        _check_heading(heading, called, columns)
        return _read(lines, heading, called, columns)
    except csv.Error as fault:
        raise Unreadable(
            _("%(file)s, line %(line)s: this is not a table.") % {"file": called, "line": lines.line_num}
        ) from fault


def _read(lines, heading: list[str], called: str, columns: Sequence[Column]) -> list:
    faults, found = _Faults(called=called), []
    places = [(column, heading.index(column.name) if column.name in heading else -1) for column in columns]
    for cells in lines:
        if any(cell.strip() for cell in cells):
            found.append((lines.line_num, _row(cells, places, faults, lines.line_num)))
        if len(found) > MOST_ROWS:
            raise Unreadable(_("%(file)s: at most %(n)s rows at a time.") % {"file": called, "n": MOST_ROWS})
    faults.refuse()
    return found


def _row(cells: list[str], places: list[tuple[Column, int]], faults: _Faults, line: int) -> dict[str, object]:
    row = {}
    for column, place in places:
        cell = unguard(cells[place]).strip() if 0 <= place < len(cells) else ""
        row[column.name] = column.default
        try:
            if cell:
                row[column.name] = column.read(cell)
            elif column.required:
                raise Expected(_("something in it"))
        except Expected as fault:
            faults.add(line, column.name, cell, str(fault))
    return row


def _check_heading(heading: list[str], called: str, columns: Sequence[Column]) -> None:
    lacking = [column.name for column in columns if column.required and column.name not in heading]
    twice = sorted({cell for cell in heading if cell and heading.count(cell) > 1})
    said = {"file": called, "names": ", ".join(lacking or twice)}
    if lacking:
        raise Unreadable(_("%(file)s, line 1: the heading has no column %(names)s.") % said)
    if twice:
        raise Unreadable(_("%(file)s, line 1: the heading has %(names)s more than once.") % said)


def _text(raw: bytes, called: str) -> str:
    if len(raw) > MOST_BYTES:
        raise Unreadable(
            _("%(file)s is larger than %(n)s MB.") % {"file": called, "n": MOST_BYTES // 1_000_000}
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise Unreadable(
            _("%(file)s, line %(line)s: the letters cannot be read. Save the table as UTF-8.")
            % {"file": called, "line": line}
        ) from fault


def _delimiter(raw: bytes) -> str:
    heading = raw[:4000].splitlines()[0].decode("latin-1") if raw.strip() else ""
    return max(",;\t", key=lambda sign: (heading.count(sign), sign == ","))


# --- what a cell may hold ----------------------------------------------------------------------------------


def text(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise Expected(_("at most %(n)s characters") % {"n": most})
        return cell

    return read


def number(low: int, high: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        if not (cell.isascii() and cell.isdecimal() and len(cell) <= len(str(high))):
            raise Expected(_("a whole number such as %(low)s") % {"low": max(low, 1)})
        if not low <= int(cell) <= high:
            raise Expected(_("a number from %(low)s to %(high)s") % {"low": low, "high": high})
        return int(cell)

    return read


def money(cell: str) -> Decimal:
    """A comma parts thousands only: “1200,50” could be either, so it is asked for again."""
    if not AN_AMOUNT.match(cell.removeprefix("$").strip()):
        raise Expected(_("an amount such as 1200.50"))
    return Decimal(cell.removeprefix("$").strip().replace(",", ""))


def day(cell: str) -> date:
    try:
        if A_DAY.match(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise Expected(_("a day such as 2026-08-31"))


def currency(cell: str) -> str:
    if not (cell.isascii() and cell.isalpha() and len(cell) == 3):
        raise Expected(_("three letters such as USD"))
    return cell.upper()


def ein(cell: str) -> str:
    digits = cell.replace("-", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 9):
        raise Expected(_("nine digits such as 12-3456789"))
    return digits


def written(heading: Sequence[str], found: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a table as they go out: no cell is taken for a formula by a spreadsheet."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(heading)
    yield line.text
    for cells in found:
        writer.writerow(
            [guard(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in cells]
        )
        yield line.text


class _Line:
    """What csv writes to: one line at a time, handed on at once."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text
