"""TOML, written: tables, lists of tables, and what stands in them.

In:   what ``tomllib`` gives, changed or not.
Out:  text that ``tomllib`` reads as the same again; the same values give the same text.
Not here: comments. Whoever wants those kept keeps the text that was handed in.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

BARE = re.compile(r"^[A-Za-z0-9_-]+$")
Table = Mapping[str, Any]


def written(table: Table) -> str:
    return "\n".join(_lines(table, ())).strip("\n") + "\n"


def _lines(table: Table, way: tuple[str, ...]) -> Iterator[str]:
    """Values first: what stands under a header belongs to it."""
    for key, value in table.items():
        if not (_is_table(value) or _is_tables(value)):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        here = (*way, key)
        name = ".".join(map(_key, here))
        if _is_table(value):
            yield from ("", f"[{name}]")
            yield from _lines(value, here)
        elif _is_tables(value):
            for one in value:
                yield from ("", f"[[{name}]]")
                yield from _lines(one, here)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _key(key: str) -> str:
    return key if BARE.match(key) else _text(key)


def _text(text: str) -> str:
    """JSON's text is TOML's, but for one character that TOML does not take as it stands."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_value, value)) + "]"
    raise TypeError(f"TOML holds no {type(value).__name__}")
