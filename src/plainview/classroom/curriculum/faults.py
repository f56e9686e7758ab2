"""What is wrong in a file, said so that its author can mend it.

In:   a place, what stands there, what was expected.
Out:  one sentence in the house's form: where, what was found, what was expected.
Not here: what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend, in one place of one file."""

    file: str
    line: int | None = None
    field: str = ""
    found: str
    expected: str
    # Something to know about: the rest of the file is used all the same.
    heavy: bool = True

    def __str__(self) -> str:
        place = [self.file]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.field:
            place.append(f"'{self.field}'")
        return f"{', '.join(place)}: found {self.found}, expected {self.expected}."


def shown(value: object, longest: int = 60) -> str:
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= longest else text[: longest - 1] + '…'}'"


def one_of(wanted: str, known: Iterable[str], where: str) -> str:
    """What was expected of a name, with the closest ones that exist."""
    close = get_close_matches(wanted, list(known), n=2, cutoff=0.4)
    return f"one of {where}" + (f" (close: {', '.join(close)})" if close else "")
