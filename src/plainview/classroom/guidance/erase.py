"""Erase what was suggested and decided about a child, because the family has the right or its time is over.

In:   a child, the ground, who does it.
Out:  the child's cards with their files, decisions, vetoes and estimates are gone. A decision about others
      too stays theirs, without the child, its words and its card. A certificate and the chain say so.
Not here: plans and evidence, which go afterwards; the ledger, whose lines hold no words.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from django.db.models import Q

from plainview.classroom.evidence.certificate import Going, certificate
from plainview.classroom.evidence.models import Erasure, Evidence
from plainview.classroom.guidance import chain
from plainview.classroom.guidance.models import (
    BlindPick,
    Decision,
    DecisionNote,
    Erased,
    Estimate,
    LastLook,
    Reading,
    StandingDecision,
    Suggestion,
)
from plainview.classroom.guidance.snapshot import ref
from plainview.classroom.plans import turns
from plainview.classroom.plans.models import Step
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person

# Words about several children may speak of the one who goes. That there were some is still true.
WORDS_ARE_GONE = "[erased]"


def erase(student: Person, *, ground: Erasure.Ground, by: Person, at: datetime) -> Erasure:
    with certificate(student, ground=ground, by=by, at=at) as going:
        _erase_decisions(student, going, at=at)
        _erase_cards(student, going)
        for model in (StandingDecision, Estimate, Reading):
            going.delete(model.objects.filter(student=student))
        write.deed("guidance.erased", by=by.pk, at=at, about=student.pk, thing=going.certificate.pk)
    return going.certificate


def _erase_decisions(student: Person, going: Going, *, at: datetime) -> None:
    """What was decided about this child alone goes; of what was decided about others too, the child goes."""
    touched = Decision.objects.filter(Q(students=student) | Q(suggestion__students=student)).distinct()
    touched = list(touched.select_related("school_class").prefetch_related("students").order_by("pk"))
    alone = [one for one in touched if {child.pk for child in one.students.all()} <= {student.pk}]
    shared = [one for one in touched if one not in alone]
    with_others = DecisionNote.objects.filter(decision__in=shared, kind=DecisionNote.Kind.OUTCOME)
    going.delete(DecisionNote.objects.filter(decision__in=alone) | with_others)
    going.mark(Decision.objects.filter(pk__in=[one.pk for one in shared]))
    for one in shared:
        _take_out(student, one)
    going.delete(Decision.objects.filter(pk__in=[one.pk for one in alone]))
    ties = Decision.students.through
    going.delete(ties.objects.filter(Q(person=student) | Q(decision__in=[one.pk for one in alone])))
    _seal(touched, going.certificate, at=at)


def _take_out(student: Person, one: Decision) -> None:
    own = set(Evidence.objects.filter(pk__in=one.evidence_ids, student=student).values_list("pk", flat=True))
    steps = set(
        Step.objects.filter(pk__in=one.made.get("steps", []), student=student).values_list("pk", flat=True)
    )
    Decision.objects.filter(pk=one.pk).update(
        suggestion=None,
        words=WORDS_ARE_GONE if one.words else "",
        evidence_ids=[pk for pk in one.evidence_ids if pk not in own],
        diff=_without(one.diff, "left_out", {ref(student.pk)}),
        made=_without(one.made, "steps", steps),
    )


def _without(said: dict, name: str, some: Collection) -> dict:
    """The same without these; and without the name, where nothing is left beneath it."""
    left = [one for one in said.get(name, []) if one not in some]
    return {key: value for key, value in said.items() if key != name} | ({name: left} if left else {})


def _seal(touched: Iterable[Decision], certificate: Erasure, *, at: datetime) -> None:
    """Each class's chain gets one more link, which says of what is left that it is right so."""
    by_class: dict = {}
    for one in touched:
        by_class.setdefault(one.school_class, []).append(one)
    for school_class, some in by_class.items():
        turns.wait_for(school_class)
        left = [(one.link, chain.digest_of_what_is_left(one.pk)) for one in some]
        sealed = write.chain(
            chain.name_of(school_class),
            digest=chain.digest_of_seal(certificate.pk, left),
            at=at.astimezone(UTC),
        )
        Erased.objects.bulk_create(
            Erased(link=link, left=digest, certificate=certificate, sealed=sealed.pk) for link, digest in left
        )


def _erase_cards(student: Person, going: Going) -> None:
    """A card is about all of its children together, and so is its file: it goes whole."""
    cards = Suggestion.objects.filter(students=student)
    pks = list(cards.values_list("pk", flat=True))
    # What still holds for the others is suggested again at the next look.
    LastLook.objects.filter(school_class__in=cards.values("school_class")).delete()
    going.delete(BlindPick.objects.filter(suggestion__in=pks))
    going.delete(cards)
    ties = Suggestion.students.through
    going.delete(ties.objects.filter(suggestion__in=pks))
