"""One record, told in a register of its own: to the child, and to the family.

In:   a child and the day.
Out:  for the child what was decided, why, and what she can say to it; for the family all of it, with reasons.
Not here: other children. Nobody else's name, work or support is in what a child or a family reads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.curriculum.tongue import inside, marked, spoken
from plainview.classroom.evidence.models import Evidence
from plainview.classroom.guidance import say
from plainview.classroom.guidance.models import (
    ACCEPTS,
    Decision,
    DecisionNote,
    Reason,
    StandingDecision,
    Suggestion,
    SuggestionStage,
)
from plainview.classroom.plans.models import Step
from plainview.core.rules.catalogue import RULES
from plainview.lobby.people.models import Person

# Reasons that speak of one child. Of a group nobody's family is told which child was meant.
OF_ONE_CHILD = {Reason.SUPPORT, Reason.LANGUAGE, Reason.ABSENT, Reason.STUDENT_CHOSE, Reason.FAMILY_ASKED}
# A child's week: what was decided in the last four is told, older things have had their time.
TOLD_FOR = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForStudent:
    """A decision as a child reads it."""

    on: date
    what: str
    why: str
    with_whom: str
    competency: Competency | None  # to say "I don't agree" or "I can show you" about


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of this child's own evidence that was on the card."""

    pk: int
    on: date
    kind_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForFamily:
    """A decision as a family reads it: everything, about this child."""

    at: datetime
    what: str
    decided: str  # "Ada Okafor, teacher: Do it"; or that nothing happened
    rule_words: str  # the rule in its author's words; "" where the idea was the teacher's
    reasons: tuple[str, ...]
    words: str
    asks_less: bool = False
    review_on: date | None = None
    is_changed_later: bool = False
    pieces: tuple[Piece, ...] = ()
    notes: tuple[DecisionNote, ...] = ()


def for_student(student: Person, *, on: date, but_not: Iterable[Decision] = ()) -> list[ForStudent]:
    """What a teacher accepted and what still stands, newest first. A card nobody decided is not told.

    ``but_not``: what the page tells elsewhere.
    """
    rows = Decision.objects.filter(students=student, verdict__in=ACCEPTS, from_on__gt=on - TOLD_FOR)
    rows = rows.standing_now().exclude(pk__in=[one.pk for one in but_not])
    rows = rows.select_related("competency__unit", "suggestion").order_by("-at", "-pk")
    # What a teacher noted for herself, without an activity, is not put before a child.
    rows = list(rows)
    known = _known(rows, student)
    return [told for row in rows if (told := _for_student(row, known))]


def for_family(student: Person, *, on: date) -> list[ForFamily]:
    """Every decision, every 'never', every card that went away unanswered: newest first."""
    decisions = (
        Decision.objects.filter(students=student)
        .select_related("by", "competency__unit", "suggestion__competency__unit", "superseded_by")
        .prefetch_related("notes", "students")
    )
    known = _known(decisions, student)
    told = [_for_family(row, known) for row in decisions]
    told += [_of_standing(one) for one in _standing(student)]
    told += [_of_expired(one) for one in _expired(student, on=on)]
    told += [_of_left_out(one) for one in _left_out(student)]
    return sorted(told, key=lambda one: one.at, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What stands behind some decisions about one child: read once, however many there are."""

    steps: dict[int, Step]
    titles: dict[str, str]  # of activities
    evidence: dict[int, Evidence]


def _known(decisions: Iterable[Decision], student: Person) -> _Known:
    steps = {pk for one in decisions for pk in one.made.get("steps", [])}
    named = {one.activity for one in decisions}
    shown = {pk for one in decisions for pk in one.evidence_ids}
    return _Known(
        steps=Step.objects.filter(student=student).select_related("activity__unit").in_bulk(steps),
        titles={
            identifier: inside(title, language)
            for identifier, title, language in Activity.objects.filter(identifier__in=named).values_list(
                "identifier", "title", "unit__language"
            )
        },
        evidence=Evidence.objects.filter(student=student).in_bulk(shown),
    )


# --- for the child -----------------------------------------------------------------------------------------


def _for_student(decision: Decision, known: _Known) -> ForStudent | None:
    step = next((known.steps[pk] for pk in decision.made.get("steps", []) if pk in known.steps), None)
    why = step.because if step else ""
    if not why and decision.suggestion:
        why = say.because_for_child(decision.suggestion)
    title = marked(step, step.activity) if step else spoken(known.titles.get(decision.activity, ""))
    if not title and not why:
        return None
    return ForStudent(
        on=timezone.localdate(decision.at),
        what=title or why,
        why=why if title else "",
        with_whom=step.with_whom if step else "",
        competency=decision.competency,
    )


# --- for the family ----------------------------------------------------------------------------------------


def _for_family(decision: Decision, known: _Known) -> ForFamily:
    alone = len(decision.students.all()) == 1
    return ForFamily(
        at=decision.at,
        what=_what(decision, known),
        decided=_("%(who)s: %(verdict)s")
        % {"who": decision.by.full_name, "verdict": decision.get_verdict_display()},
        rule_words=_rule_words(decision.suggestion.rule) if decision.suggestion else "",
        reasons=tuple(str(Reason(one).label) for one in decision.reasons if alone or one not in OF_ONE_CHILD),
        # Words about several children may speak of another child.
        words=decision.words if alone else "",
        asks_less=decision.lowers_expectation and decision.is_accepted,
        review_on=decision.review_on,
        is_changed_later=hasattr(decision, "superseded_by"),
        pieces=_pieces(decision, known),
        notes=tuple(note for note in decision.notes.all() if alone or note.kind != DecisionNote.Kind.OUTCOME),
    )


def _what(decision: Decision, known: _Known) -> str:
    about = say.named(decision.competency)
    if decision.suggestion is None:
        title = say.title_of(decision) if decision.rule else known.titles.get(decision.activity, "")
        both = f"{title} ({about})" if title and about else title or about
        return spoken(both) or _("The teacher's own idea")
    return _about(decision.suggestion)


def _about(suggestion: Suggestion) -> str:
    title = say.title_of_rule(suggestion.card)
    return spoken(f"{title}: {say.named(suggestion.competency)}") if suggestion.competency else title


def _rule_words(name: str) -> str:
    rule = RULES.get(name)
    return _(rule.words) if rule else ""


def _pieces(decision: Decision, known: _Known) -> tuple[Piece, ...]:
    rows = [known.evidence[pk] for pk in decision.evidence_ids if pk in known.evidence]
    rows.sort(key=lambda row: (row.on, row.pk), reverse=True)
    return tuple(Piece(pk=row.pk, on=row.on, kind_words=row.get_kind_display()) for row in rows)


def _standing(student: Person):
    rows = StandingDecision.objects.filter(student=student, way=StandingDecision.Way.NEVER)
    return rows.select_related("by")


def _of_standing(one: StandingDecision) -> ForFamily:
    rule = RULES.get(one.rule)
    return ForFamily(
        at=one.at,
        what=_("Not suggested until %(day)s: %(rule)s")
        % {"day": say.day(one.ends_on), "rule": _(rule.title) if rule else one.rule},
        decided=one.by.full_name,
        rule_words=_rule_words(one.rule),
        reasons=(),
        words=one.words,
        is_changed_later=one.ended_at is not None,
    )


def _expired(student: Person, *, on: date):
    rows = Suggestion.objects.filter(students=student, expires_on__lt=on)
    return rows.exclude(stage=SuggestionStage.DECIDED).select_related("competency__unit")


def _of_expired(suggestion: Suggestion) -> ForFamily:
    return _of_card(suggestion, _("Nobody decided, and nothing happened."))


def _left_out(student: Person):
    """Cards that named the child, decided for the others of the group alone."""
    rows = Suggestion.objects.filter(students=student, stage=SuggestionStage.DECIDED)
    return rows.exclude(decisions__students=student).select_related("competency__unit")


def _of_left_out(suggestion: Suggestion) -> ForFamily:
    return _of_card(suggestion, _("The teacher decided it without your child, and nothing happened."))


def _of_card(suggestion: Suggestion, decided: str) -> ForFamily:
    return ForFamily(
        at=suggestion.made_at,
        what=_about(suggestion),
        decided=decided,
        rule_words=_rule_words(suggestion.rule),
        reasons=(),
        words="",
    )
