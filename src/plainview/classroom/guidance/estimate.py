"""Bring a class's estimates up to date, when someone opens a page that shows them.

In:   the evidence below, read once; the weights the teacher set.
Out:  one row a child and competency, made again only where something is new; nothing else.
Not here: how pieces become an estimate (core.learner); what is suggested (suggest); grades: there are none.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from plainview.classroom.evidence.models import Evidence
from plainview.classroom.evidence.read import pieces
from plainview.classroom.guidance.look import Sight, look
from plainview.classroom.guidance.models import Estimate, Reading
from plainview.classroom.guidance.switch import Heard
from plainview.core.learner import estimate as learner
from plainview.core.learner.piece import Kind, Piece
from plainview.core.learner.states import State, further
from plainview.lobby.people.models import Class, Person

Cell = tuple[int, int]  # student, competency
# What is written of an estimate, beside whose and about what.
FIELDS = (
    "p_known",
    "low",
    "high",
    "enough",
    "state",
    "earned",
    "n_pieces",
    "n_days",
    "kinds",
    "newest_on",
    "model",
)


def bring_up_to_date(whom: Class | Iterable[Person | int], *, at: datetime) -> None:
    """Read what is new into the estimates. Where nothing is, this costs one short statement."""
    sight = look(whom, on=timezone.localdate(at))
    stale = [pk for pk in sight.students if sight.is_stale(pk)]
    unwanted = sight.without & set(sight.read)
    if stale or unwanted:
        _make_again(stale, unwanted, sight)


def estimates_of(students: Iterable[Person | int]) -> dict[Cell, Estimate]:
    """By (student, competency): what was last derived. Bring it up to date first."""
    rows = Estimate.objects.filter(student__in=[_pk(one) for one in students])
    return {(row.student_id, row.competency_id): row for row in rows}


def derive(cell: Cell, showed: Collection[Piece], how: Heard) -> Estimate:
    """One estimate from its pieces: the same pieces, model and weights give the same row on any day."""
    made = learner.estimate(showed, weights=how.now)
    return Estimate(
        student_id=cell[0],
        competency_id=cell[1],
        p_known=made.p_known,
        low=made.low,
        high=made.high,
        enough=made.enough,
        state=made.state.value,
        earned=_earned(made, showed, how).value,
        n_pieces=made.n_pieces,
        n_days=made.n_days,
        kinds=" ".join(made.kinds),
        newest_on=made.newest_on,
        model=made.model,
    )


def as_core(row: Estimate) -> learner.Estimate:
    """The row as the core made it, so that a rule need not make it again. ``earned`` may reach further."""
    kinds = tuple(Kind(kind) for kind in row.kinds.split())
    return learner.Estimate(
        p_known=row.p_known,
        low=row.low,
        high=row.high,
        n_pieces=row.n_pieces,
        n_kinds=len(kinds),
        n_days=row.n_days,
        newest_on=row.newest_on,
        kinds=kinds,
        enough=row.enough,
        state=State(row.state),
        earned=State(row.earned),
        model=row.model,
    )


def _earned(made: learner.Estimate, showed: Collection[Piece], how: Heard) -> State:
    """What was said under weights that held then is not taken off when a teacher sets others."""
    earned = made.earned
    for once in how.once:
        then = [piece for piece in showed if piece.on <= once.until]
        earned = further(earned, learner.estimate(then, weights=once.weights).earned)
    return earned


# --- what is new -----------------------------------------------------------------------------------------


def _make_again(stale: Collection[int], unwanted: Collection[int], sight: Sight) -> None:
    """Computed before the transaction, so that nobody's answer waits for it.

    Should a row arrive meanwhile, the reading says how far this one went; the next look reads on from there.
    """
    grown = [pk for pk in stale if sight.has_only_grown(pk)]
    touched = _touched(grown, sight)
    whole = [pk for pk in stale if pk not in touched]
    showed = pieces(whole) | _pieces_of(touched)
    made = [derive(cell, found, sight.heard[cell[0]]) for cell, found in showed.items()]
    with transaction.atomic():
        _forget(unwanted)
        _drop_what_no_piece_holds(whole, touched, showed)
        write(made)
        remember(stale, sight)


def _touched(grown: Collection[int], sight: Sight) -> dict[int, set[int]]:
    """What each child's new rows are about, and what the rows were about that they correct."""
    touched: dict[int, set[int]] = {pk: set() for pk in grown}
    if not grown:
        return touched
    rows = Evidence.objects.filter(student__in=grown, pk__gt=min(sight.read[pk][0] for pk in grown))
    for pk, student, now, before in rows.values_list("pk", "student", "competency", "supersedes__competency"):
        if pk > sight.read[student][0]:
            touched[student] |= {now, before} - {None}
    return touched


def _pieces_of(touched: Mapping[int, Collection[int]]) -> dict[Cell, list[Piece]]:
    """One statement for the children who worked on the same things, and no row that nobody asked for."""
    alike: dict[frozenset[int], list[int]] = {}
    for student, about in touched.items():
        alike.setdefault(frozenset(about), []).append(student)
    found: dict[Cell, list[Piece]] = {}
    for about, students in alike.items():
        found |= pieces(students, about)
    return found


def write(made: Collection[Estimate]) -> None:
    Estimate.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["student", "competency"], update_fields=FIELDS
    )


def _drop_what_no_piece_holds(
    whole: Collection[int], touched: Mapping[int, Collection[int]], showed: Collection[Cell]
) -> None:
    """Every piece was taken back, or erased: then there is nothing to say."""
    there = Estimate.objects.filter(student__in=[*whole, *touched]).values_list("pk", "student", "competency")
    gone = [
        pk
        for pk, student, about in there
        if about in touched.get(student, [about]) and (student, about) not in showed
    ]
    if gone:
        Estimate.objects.filter(pk__in=gone).delete()


def _forget(students: Collection[int]) -> None:
    """The family chose no estimates: there are none, and nothing says how far anyone had read."""
    Estimate.objects.filter(student__in=students).delete()
    Reading.objects.filter(student__in=students).delete()


def remember(students: Collection[int], sight: Sight) -> None:
    Reading.objects.bulk_create(
        [Reading(pk=pk, through=sight.newest[pk], with_digest=sight.heard[pk].digest) for pk in students],
        update_conflicts=True,
        unique_fields=["student"],
        update_fields=["through", "with_digest"],
    )


def _pk(one: Person | int) -> int:
    return one if isinstance(one, int) else one.pk
