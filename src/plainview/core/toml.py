"""A TOML file that a person wrote, read: what is wrong with it in words for whoever wrote it.

In:   text.
Out:  values; or one sentence with the line, what stands there, and what was expected.
Not here: what the values mean, and whether they have the right shape (shape).
"""

import re
import tomllib
from typing import Any

from plainview.core.mendable import Mendable

VALUE = (
    'a value: text in quotes ("..."), a number, a day such as 2026-03-09, true or false, or a list of these '
    "in square brackets"
)
MOST_SHOWN = 60
# What tomllib says, and what that means to somebody who never heard of it. The first that matches.
_MEANING = (
    ("Illegal character '\\n'", "text whose quotes are closed on the same line"),
    ("Unterminated string", "text whose quotes are closed"),
    ("Expected '\"", "text whose quotes are closed"),
    ("Unescaped '\\'", "in double quotes \\\\ for each \\, or the text in single quotes"),
    ("Invalid initial character for a key part", "a name for the value"),
    ("Expected '=' after a key", "name = value"),
    ("Invalid statement", "name = value, or [table]"),
    ("Cannot overwrite a value", "each name once in its table"),
    ("Cannot mutate immutable", "each name once in its table"),
    ("Cannot declare", "each [table] once; of tables that may be repeated the name stands in [[ ]]"),
    ("Cannot redefine", "each name once in its table"),
    ("Cannot define", "each name once in its table"),
    ("Expected newline or end of document", "one value on a line, and no more"),
    ("Expected ']", "as many brackets at the end as at the beginning"),
    ("Unclosed array", "a list that is closed with ]"),
    ("Unclosed inline table", "a table that is closed with }"),
    ("Duplicate inline table key", "each name once in its table"),
    ("Unescaped", "text without signs that cannot be seen"),
    ("Illegal character", "text without signs that cannot be seen"),
    ("Invalid date or datetime", "a day that there is, such as 2026-03-09"),
    ("Invalid value", VALUE),
)
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def toml_of(text: str, *, file: str) -> dict[str, Any]:
    """The values of a TOML file.

    Raises
    ------
    Mendable
        With the line on which it cannot be read further.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Mendable(_in_words(str(fault), text, file)) from None
    except RecursionError:
        raise Mendable(f"{file}: found lists within lists without end, expected a few.") from None
    except ValueError:  # a number of thousands of digits, a month of 13 days
        raise Mendable(f"{file}: found a number or a day that cannot be, expected {VALUE}.") from None


def _in_words(fault: str, text: str, file: str) -> str:
    lines = text.splitlines()
    place = _PLACE.search(fault)
    number = int(place[1]) if place else max(1, len(lines))
    stands = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    found = f"'{stands[:MOST_SHOWN]}'" if stands.isprintable() and stands else "the end"
    return f"{file}, line {number}: found {found}, expected {_expected(fault)}."


def _expected(fault: str) -> str:
    meant = (expected for said, expected in _MEANING if fault.startswith(said))
    return next(meant, f"TOML as its own page tells it, https://toml.io ({_PLACE.sub('', fault).strip()})")
