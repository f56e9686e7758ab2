"""A line of a card: a sentence with gaps, what fills the gaps, and the work it rests on.

In:   an English sentence with {gaps}, marked for translation, and references to fill them.
Out:  a line that any language can say: the site translates the sentence, then puts names into the gaps.
Not here: names, translations, dates as people say them. The core knows nobody.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from plainview.core.rules.canonical import plain

Value = str | int | float | tuple[str, ...]


def gettext_noop(message: str) -> str:
    """Marks a message for translators. Nothing happens here: the core speaks no language but its own."""
    return message


class Holds(StrEnum):
    """What fills a gap. The site has one way to say each."""

    STUDENT = "student"
    STUDENTS = "students"
    COMPETENCY = "competency"
    COMPETENCIES = "competencies"
    ACTIVITY = "activity"
    MISCONCEPTION = "misconception"
    SUPPORTS = "supports"
    LANGUAGE = "language"
    STATE = "state"
    KIND = "kind"
    KINDS = "kinds"
    HELPED = "helped"
    MEDIUM = "medium"
    DAY = "day"
    NUMBER = "number"
    SHARE = "share"


# Every gap that a message may have, and what it holds. A new word here is a new word for the site.
GAPS: Mapping[str, Holds] = {
    "student": Holds.STUDENT,
    "partner": Holds.STUDENT,
    "students": Holds.STUDENTS,
    "competency": Holds.COMPETENCY,
    "next_competency": Holds.COMPETENCY,
    "prerequisite": Holds.COMPETENCY,
    "competencies": Holds.COMPETENCIES,
    "activity": Holds.ACTIVITY,
    "misconception": Holds.MISCONCEPTION,
    "supports": Holds.SUPPORTS,
    "language": Holds.LANGUAGE,
    "state": Holds.STATE,
    "kind": Holds.KIND,
    "kinds": Holds.KINDS,
    "helped": Holds.HELPED,
    "medium": Holds.MEDIUM,
    "on": Holds.DAY,
    "since": Holds.DAY,
    "until": Holds.DAY,
    "low": Holds.SHARE,
    "high": Holds.SHARE,
    "minutes": Holds.NUMBER,
    "n_pieces": Holds.NUMBER,
    "n_days": Holds.NUMBER,
    "n_weeks": Holds.NUMBER,
    "n_students": Holds.NUMBER,
    "n_helped": Holds.NUMBER,
    "n_groups": Holds.NUMBER,
    "n_sources": Holds.NUMBER,
}

FITS: Mapping[Holds, type | tuple[type, ...]] = {
    Holds.STUDENTS: tuple,
    Holds.COMPETENCIES: tuple,
    Holds.SUPPORTS: tuple,
    Holds.KINDS: tuple,
    Holds.NUMBER: int,
    Holds.SHARE: float,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence, its gaps filled by reference, and the evidence it rests on."""

    say: str
    with_: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if gaps(self.say) != frozenset(self.with_):
            raise ValueError(f"{self.say!r} has other gaps than it was given: {sorted(self.with_)}.")
        for name, value in self.with_.items():
            if not isinstance(value, FITS.get(GAPS[name], str)):
                raise ValueError(f"{{{name}}} holds a {GAPS[name]}, and {value!r} is none.")

    @property
    def in_refs(self) -> str:
        """The sentence with references in its gaps, for a shell that knows no names."""
        return self.say.format_map({k: _in_refs(plain(v)) for k, v in self.with_.items()})


def line(say: str, *, evidence: tuple[str, ...] = (), **with_: Value) -> Line:
    """A line, its gaps as keywords: ``line(SHOWED, student="s3", on="2026-03-02")``."""
    return Line(say=say, with_=with_, evidence=evidence)


@lru_cache(maxsize=512)
def gaps(say: str) -> frozenset[str]:
    """The names of a message's gaps; refuses a name that the site could not fill."""
    found = frozenset(name for _, name, _, _ in string.Formatter().parse(say) if name is not None)
    if unknown := sorted(found - set(GAPS)):
        raise ValueError(f"{say!r} has gaps that nobody can fill: {unknown}. See GAPS in {__name__}.")
    return found


def _in_refs(value: Any) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)
