"""A child's evidence as a diary: the answers of one sitting stand together, everything else for itself.

In:   what evidence/tell.py says of each row, newest first, with the rows.
Out:  entries; each answer keeps its own link.
Not here: leaving anything out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from plainview.classroom.evidence import tell
from plainview.classroom.evidence.models import Evidence, Kind
from plainview.lobby.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One note, talk or piece of work; or the answers of one day to one competency."""

    pieces: tuple[tell.Told, ...]
    is_answers: bool

    @property
    def first(self) -> tell.Told:
        return self.pieces[0]


def diary(child: Person, *, today: date) -> list[Entry]:
    """Everything that holds, newest first."""
    rows = Evidence.objects.filter(student=child).current().newest_first()
    return gathered(rows.select_related("competency__unit", "item", "work", "by"), today=today)


def gathered(rows: Iterable[Evidence], *, today: date) -> list[Entry]:
    entries = []
    for (is_answers, *_together), several in groupby(rows, key=_together_with):
        pieces = tuple(tell.tell(several, today=today))
        entries.append(Entry(pieces=pieces, is_answers=is_answers))
    return entries


def _together_with(row: Evidence) -> tuple:
    if row.kind == Kind.ANSWER:
        return (True, row.on, row.competency_id, row.medium, row.by_id)
    return (False, row.pk)
