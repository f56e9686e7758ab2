"""Whether what a file says has the shape that its schema publishes; every fault at once, by place.

In:   values as TOML or JSON gives them, the schema, the text they were read from.
Out:  sentences: where, what was found, what was expected. Keys that the schema does not know, apart.
Not here: reading files (folder), what the values mean.

A part of JSON Schema is understood, and all that our schemas use: type (one or several), required,
properties, additionalProperties, items, enum, minimum, minLength, pattern, format "date". A library would
know the rest of it, and would not know the line of a TOML file on which a value stands.
"""

import datetime
import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, TypeAlias

from plainview.core.logs.faults import quoted

Schema: TypeAlias = Mapping[str, Any]
Way: TypeAlias = tuple[str | int, ...]
KINDS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "object": ((dict,), "a table"),
    "array": ((list,), "a list"),
    "string": ((str,), "text in quotes"),
    "integer": ((int,), "a whole number"),
    "number": ((int, float), "a number"),
    "boolean": ((bool,), "true or false"),
    "null": ((type(None),), "nothing"),
}


@cache
def schema(name: str) -> Schema:
    """product, plan or exhibits: as it is published."""
    text = (resources.files(__package__) / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    found: Schema = json.loads(text)
    return found


class Shape:
    """The faults of one file against one schema, and the keys that it does not know."""

    def __init__(self, value: Any, of: Schema, *, file: str, text: str = "") -> None:
        self.file, self.places = file, places(text)
        self.faults: list[str] = []
        self.unknown: list[str] = []
        self._look(value, of, ())

    def _look(self, value: Any, of: Schema, path: Way) -> None:
        if not _is_of_kind(value, of):
            self._fault(path, found=_told(value), expected=_expected(of))
            return
        if isinstance(value, dict):
            self._look_into_table(value, of, path)
        elif isinstance(value, list):
            for n, one in enumerate(value):
                self._look(one, of.get("items", {}), (*path, n))
        else:
            for expected in _amiss(value, of):
                self._fault(path, found=_told(value), expected=expected)

    def _look_into_table(self, table: Mapping[str, Any], of: Schema, path: Way) -> None:
        known: Mapping[str, Schema] = of.get("properties", {})
        for key in of.get("required", ()):
            if key not in table:
                self._fault((*path, key), found="nothing", expected=_expected(known.get(key, {})))
        others = of.get("additionalProperties", not known)
        for key, value in table.items():
            if key in known:
                self._look(value, known[key], (*path, key))
            elif isinstance(others, dict):
                self._look(value, others, (*path, key))
            elif not others:
                near = ", ".join(known)
                self.unknown.append(f"{self._place((*path, key))}: passed by, as it is none of {near}")

    def _fault(self, path: Way, *, found: str, expected: str) -> None:
        self.faults.append(f"{self._place(path)}: found {found}, expected {expected}.")

    def _place(self, path: Way) -> str:
        """File, line, and the way to the value: "product.toml, line 9, claim 2, 'id'"."""
        line = self._line(path)
        lists = pairwise(path)
        way = [f"{one} {n + 1}" for one, n in lists if isinstance(n, int)]
        key = path[-1] if path and isinstance(path[-1], str) else None
        tables = [
            str(p) for n, p in enumerate(path[:-1]) if isinstance(p, str) and not _is_number(path[n + 1])
        ]
        told = [self.file, *([f"line {line}"] if line else []), *way, *tables, *([f"'{key}'"] if key else [])]
        return ", ".join(told)

    def _line(self, path: Way) -> int | None:
        """Where it stands, or where the table stands that it would stand in."""
        for n in range(len(path), 0, -1):
            if path[:n] in self.places:
                return self.places[path[:n]]
        return None


def _is_number(part: str | int) -> bool:
    return isinstance(part, int)


def _is_of_kind(value: Any, of: Schema) -> bool:
    kind = of.get("type")
    if kind is None:
        return True
    if of.get("format") == "date" and isinstance(value, datetime.date):
        return True  # TOML has dates of its own
    kinds = [kind] if isinstance(kind, str) else kind
    if isinstance(value, bool) and "boolean" not in kinds:
        return False
    return any(isinstance(value, KINDS[one][0]) for one in kinds)


def _kinds(kind: str | list[str]) -> str:
    return KINDS[kind][1] if isinstance(kind, str) else " or ".join(KINDS[one][1] for one in kind)


def _amiss(value: Any, of: Schema) -> Iterator[str]:
    if "enum" in of and value not in of["enum"]:
        yield _expected(of)
    # TOML can write nan, which is neither more nor less than anything.
    if "minimum" in of and not of["minimum"] <= value < math.inf:
        yield _expected(of)
    if isinstance(value, str) and len(value.strip()) < of.get("minLength", 0):
        yield "text with something in it"
    if isinstance(value, str) and "pattern" in of and not re.search(of["pattern"], value):
        yield of.get("description", of["pattern"])
    if isinstance(value, str) and of.get("format") == "date" and not _is_date(value):
        yield _expected(of)


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _expected(of: Schema) -> str:
    if "enum" in of:
        return f"one of {', '.join(of['enum'])}"
    if of.get("format") == "date":
        return "a day such as 2026-03-09"
    what = _kinds(of["type"]) if "type" in of else "something"
    return f"{what}, {of['minimum']} or more" if "minimum" in of else what


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return quoted(value) if isinstance(value, str) else str(value).lower()


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"))*)\s*=""")
_PARTS = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def places(text: str) -> dict[Way, int]:
    """On which line of a TOML file each key and table stands. Inside text of many lines nothing is sought."""
    found: dict[Way, int] = {}
    count: dict[Way, int] = {}
    here: Way = ()
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if header := _HEADER.match(line):
            here = _table(_parts(header[2]), count, is_list=header[1] == "[[")
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            found.setdefault((*here, *_parts(key[1])), number)
            inside = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
    return found


def _parts(dotted: str) -> Way:
    return tuple(part.strip("\"'") for part in _PARTS.findall(dotted))


def _table(parts: Way, count: dict[Way, int], *, is_list: bool) -> Way:
    """Of a list of tables, the one that is being written."""
    here: Way = ()
    for n, part in enumerate(parts):
        here = (*here, part)
        if is_list and n == len(parts) - 1:
            count[here] = count.get(here, -1) + 1
        if here in count:
            here = (*here, count[here])
    return here
