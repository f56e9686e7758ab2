"""What to read, and what the law asks: two lists of ours, kept as files beside this one.

In:   data/reading.toml, data/law.toml.
Out:  entries and rows; the ones that a reader filters for.
Not here: advice. Counsel confirms a row before anyone relies on it; until then it says that nobody has.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).parent / "data"
# How sure a text can make you, in words; the order is the order of the page's menu, not a ranking of authors.
KINDS: Mapping[str, str] = {
    "randomised": _("randomised trial"),
    "quasi": _("study with a comparison group"),
    "synthesis": _("review of many studies"),
    "audit": _("audit or measurement"),
    "survey": _("survey or interviews"),
    "reporting": _("reporting"),
    "guidance": _("guidance or standard"),
    "law": _("law"),
    "opinion": _("argument"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text of the reading list."""

    title: str
    author: str
    year: int
    publisher: str
    kind: str
    about: str  # one sentence of ours
    link: str
    language: str

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """A duty: where it stands, which question of the bank it belongs to, what shows that it is kept."""

    law: str
    place: str  # "United States", "New York", "European Union" ...
    duty: str
    article: str
    questions: tuple[int, ...]
    evidence: str
    clock: str
    link: str
    verified_on: date | None
    verified_by: str


@cache
def _file(name: str) -> list[dict]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)["row"]


def _said(row: dict, field: str) -> str:
    """In the reader's language where we have it: ``duty_es`` beside ``duty``."""
    return row.get(f"{field}_{(get_language() or 'en')[:2]}") or row[field]


def reading(*, kind: str = "", language: str = "", words: str = "") -> Sequence[Entry]:
    """The newest first; ``words`` are looked for in title, author, publisher and our sentence."""
    found = [_entry(row) for row in _file("reading.toml")]
    wanted = words.casefold().split()
    return sorted(
        (
            entry
            for entry in found
            if kind in ("", entry.kind)
            and language in ("", entry.language)
            and all(word in _all_of(entry) for word in wanted)
        ),
        key=lambda entry: (-entry.year, entry.author),
    )


def _all_of(entry: Entry) -> str:
    return f"{entry.title} {entry.author} {entry.publisher} {entry.about} {entry.year}".casefold()


def _entry(row: dict) -> Entry:
    return Entry(
        title=row["title"],
        author=row["author"],
        year=row["year"],
        publisher=row["publisher"],
        kind=row["kind"],
        about=_said(row, "about"),
        link=row["link"],
        language=row.get("language", "en"),
    )


def law() -> Sequence[LawRow]:
    """Place by place, in the order in which the file first names each."""
    rows = _law()
    first = {row.place: at for at, row in reversed(list(enumerate(rows)))}
    return sorted(rows, key=lambda row: first[row.place])


def _law() -> list[LawRow]:
    return [
        LawRow(
            law=row["law"],
            place=_said(row, "place"),
            duty=_said(row, "duty"),
            article=row["article"],
            questions=tuple(row["questions"]),
            evidence=_said(row, "evidence"),
            clock=_said(row, "clock"),
            link=row.get("link", ""),
            verified_on=row.get("verified_on"),
            verified_by=row.get("verified_by", ""),
        )
        for row in _file("law.toml")
    ]
