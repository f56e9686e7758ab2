"""Derive every estimate again from its evidence, and say where a stored one differs.

In:   children, or everyone.
Out:  each difference by the child's number and the competency's code; mended where asked.
Not here: what is new since the last look (estimate). This trusts nothing that was stored.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence.read import pieces
from plainview.classroom.guidance import estimate
from plainview.classroom.guidance.look import Sight, look
from plainview.classroom.guidance.models import Estimate, Reading
from plainview.lobby.people.models import Person, Role

AT_A_TIME = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One estimate that is not what its evidence says."""

    student: int
    competency: str
    field: str  # "", where the whole row is too much or not there
    stored: str
    derived: str

    def __str__(self) -> str:
        where = f"child {self.student}, {self.competency}"
        if not self.field:
            return f"{where}: stored {self.stored}, derived {self.derived}"
        return f"{where}, {self.field}: stored {self.stored}, derived {self.derived}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """After each handful of children."""

    n_students: int
    of: int
    n_estimates: int
    n_waiting: int  # children with something new that no page has read yet: no difference
    differences: tuple[Difference, ...]


def everyone() -> list[int]:
    return sorted(Person.objects.filter(role=Role.STUDENT).values_list("pk", flat=True))


def rebuild(students: Collection[int], *, on: date, mend: bool = False) -> Iterator[Progress]:
    """A handful of children at a time, so that a school fits into little memory and progress can be told."""
    codes = dict(Competency.objects.values_list("pk", "identifier"))
    some = sorted(students)
    for start in range(0, len(some), AT_A_TIME):
        handful = some[start : start + AT_A_TIME]
        yield _rebuild(handful, codes, on=on, mend=mend, done=start, of=len(some))


def _rebuild(
    students: list[int], codes: Mapping[int, str], *, on: date, mend: bool, done: int, of: int
) -> Progress:
    sight = look(students, on=on)
    waiting = {pk for pk in students if sight.is_stale(pk)}
    derived = _derive([pk for pk in students if pk not in sight.without], sight)
    stored = estimate.estimates_of(students)
    differences = tuple(_differences(_but(stored, waiting), _but(derived, waiting), codes))
    if mend:
        _mend(students, derived, sight)
    return Progress(
        n_students=done + len(students),
        of=of,
        n_estimates=len(derived),
        n_waiting=len(waiting),
        differences=differences,
    )


def _derive(students: list[int], sight: Sight) -> dict[estimate.Cell, Estimate]:
    showed = pieces(students)
    return {cell: estimate.derive(cell, found, sight.heard[cell[0]]) for cell, found in showed.items()}


def _but(rows: Mapping[estimate.Cell, Estimate], left_out: set[int]) -> dict[estimate.Cell, Estimate]:
    return {cell: row for cell, row in rows.items() if cell[0] not in left_out}


def _differences(
    stored: Mapping[estimate.Cell, Estimate],
    derived: Mapping[estimate.Cell, Estimate],
    codes: Mapping[int, str],
) -> Iterator[Difference]:
    for cell in sorted({*stored, *derived}):
        was, now = stored.get(cell), derived.get(cell)
        if was is None or now is None:
            yield _difference(cell, codes, "", _there(was), _there(now))
            continue
        for field in estimate.FIELDS:
            if getattr(was, field) != getattr(now, field):
                yield _difference(cell, codes, field, str(getattr(was, field)), str(getattr(now, field)))


def _difference(cell: estimate.Cell, codes: Mapping[int, str], field: str, was: str, now: str) -> Difference:
    return Difference(student=cell[0], competency=codes[cell[1]], field=field, stored=was, derived=now)


def _there(row: Estimate | None) -> str:
    return f"{row.state} from {row.n_pieces} pieces" if row else "no estimate"


def _mend(students: list[int], derived: Mapping[estimate.Cell, Estimate], sight: Sight) -> None:
    written = sorted({student for student, _ in derived})
    with transaction.atomic():
        Estimate.objects.filter(student__in=students).delete()
        Reading.objects.filter(student__in=students).delete()
        estimate.write(list(derived.values()))
        estimate.remember(written, sight)
