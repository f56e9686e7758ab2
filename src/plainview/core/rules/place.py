"""A place in a file: what stands there, what was expected instead, and every fault of the file at once.

In:   JSON, as bytes.
Out:  values of the kinds that were asked for; the faults, each with its place.
Not here: what the file is about (read).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from plainview.core.mendable import Mendable

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
NOTHING: Any = object()
# A word of a file may be long; the reader of a fault needs only to recognise it.
MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One value, the way to it, and the list that every fault of the file goes to.

    Each reading returns a value of the right kind whatever stands there, so that it finds the next fault.
    """

    value: Any
    path: str
    file: str
    faults: list[str] = field(default_factory=list)

    def fault(self, expected: str) -> None:
        found = "nothing" if self.value is NOTHING else _shortened(self.value)
        self.faults.append(f"{self.file}, {self.path or 'the whole'}: found {found}, expected {expected}.")

    def __getitem__(self, name: str) -> "Place":
        value = self.value.get(name, NOTHING) if isinstance(self.value, dict) else NOTHING
        return Place(value, f"{self.path}.{name}".lstrip("."), self.file, self.faults)

    def has_only(self, *names: str) -> bool:
        """Whether it is an object. Says which fields it has that nobody would read."""
        if not isinstance(self.value, dict):
            self.fault("an object in braces")
            return False
        for name in sorted(set(self.value) - set(names)):
            self[name].fault(f"no such field here, only {', '.join(names)}")
        return True

    def word(self, *, may_be_empty: bool = False) -> str:
        if isinstance(self.value, str) and (self.value or may_be_empty):
            return self.value
        self.fault("a word in quotes")
        return "?"

    def whole(self, low: int = 0, high: int = 10_000) -> int:
        if isinstance(self.value, int) and not isinstance(self.value, bool) and low <= self.value <= high:
            return self.value
        self.fault(f"a whole number from {low} to {high}")
        return low

    def number(self, low: float, high: float) -> float:
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if is_number and low <= self.value <= high:
            return float(self.value)
        self.fault(f"a number from {low:g} to {high:g}")
        return low

    def yes_or_no(self) -> bool:
        if not isinstance(self.value, bool):
            self.fault("true or false")
        return self.value is True

    def day(self) -> date:
        try:
            return date.fromisoformat(self.value)
        except (TypeError, ValueError):
            self.fault("a date such as 2026-03-02")
            return date.min

    def one_of(self, words: type[E]) -> E:
        try:
            return words(self.value)
        except ValueError:
            self.fault(f"one of {', '.join(words)}")
            return next(iter(words))

    def each(self, reading: Callable[["Place"], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list):
            self.fault("a list in brackets")
            return ()
        inner = (Place(v, f"{self.path}[{i}]", self.file, self.faults) for i, v in enumerate(self.value))
        return tuple(reading(place) for place in inner)

    def words(self) -> tuple[str, ...]:
        return self.each(Place.word)

    def by_name(self) -> Iterator[tuple[str, "Place"]]:
        if not isinstance(self.value, dict):
            self.fault("an object in braces")
            return
        for name, value in self.value.items():
            yield name, Place(value, f"{self.path}['{name}']", self.file, self.faults)


def opened(raw: bytes, *, file: str) -> Place:
    """The whole of a JSON file, or the one reason why it is none."""
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_once_each, parse_constant=_no_number)
        # Half a letter (a lone surrogate) can be read and never written again.
        json.dumps(value, ensure_ascii=False).encode()
        return Place(value, "", file)
    except json.JSONDecodeError as fault:
        raise Mendable(
            f"{file}, line {fault.lineno}, column {fault.colno}: this is not JSON: {fault.msg}."
        ) from None
    except UnicodeError:
        raise Mendable(f"{file}: found bytes that are no text, expected JSON in UTF-8.") from None
    except RecursionError:
        raise Mendable(
            f"{file}: found brackets within brackets without end, expected a suggestion."
        ) from None
    except ValueError as fault:
        raise Mendable(f"{file}: {fault}") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"found the field '{twice}' twice in one place, expected it once.")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"found {word}, expected a finite number.")


def _shortened(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 3] + "..."
