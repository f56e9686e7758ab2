"""Who may decide, veto, switch and read; each check raises the sentence that the person will read.

In:   a person, a card or a decision, and the day.
Out:  nothing; ``Denied`` with a sentence; ``NotSeen`` where even the existence is a secret.
Not here: anything for a principal. Nobody above a teacher reads who decided what, and no code offers it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.classroom.guidance.models import (
    Decision,
    StandingDecision,
    Suggestion,
    SuggestionStage,
)
from plainview.core.rules.catalogue import RULES
from plainview.lobby.people import policy as people_policy
from plainview.lobby.people.models import Class, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen


class TooLate(Denied):
    """The card waits no longer. The sentence says since when; nothing was changed now."""


class AlreadyDecided(TooLate):
    """The card was decided before. The sentence says by whom and when; nothing happens twice."""


def card_seen_by(person: Person | None, pk: int, *, on: date) -> Suggestion:
    """The card, or 'not found'."""
    card = (
        Suggestion.objects.seen_by(person, on=on)
        .select_related("school_class", "competency")
        .filter(pk=pk)
        .first()
    )
    if card is None:
        raise NotSeen
    return card


def decision_seen_by(person: Person | None, pk: int, *, on: date) -> Decision:
    """The decision, or 'not found'. Adults of the class only: a child and a family have their registers."""
    if person is None or person.role not in (Role.TEACHER, Role.SPECIALIST):
        raise NotSeen
    decision = (
        Decision.objects.seen_by(person, on=on)
        .select_related("school_class", "competency", "suggestion", "by", "standing")
        .filter(pk=pk)
        .first()
    )
    if decision is None:
        raise NotSeen
    return decision


def check_may_switch(person: Person, school_class: Class, *, on: date) -> None:
    people_policy.check_teaches_class(person, school_class, on=on)


def check_may_decide(person: Person, suggestion: Suggestion, *, on: date) -> None:
    people_policy.check_teaches_class(person, suggestion.school_class, on=on)
    check_is_open(suggestion, on=on, asked_by=person)


def check_is_open(suggestion: Suggestion, *, on: date, asked_by: Person) -> None:
    if suggestion.stage == SuggestionStage.DECIDED:
        raise AlreadyDecided(who_decided(suggestion, asked_by=asked_by))
    if suggestion.stage == SuggestionStage.GONE:
        raise TooLate(_("New evidence came, and this card went away by itself. Nothing was changed."))
    if suggestion.stage == SuggestionStage.EXPIRED or suggestion.expires_on < on:
        raise TooLate(
            _("This card went away on %(day)s, and nothing happened. If it still holds, it will come again.")
            % {"day": day(suggestion.expires_on)}
        )


def who_decided(suggestion: Suggestion, *, asked_by: Person) -> str:
    first = suggestion.decisions.filter(supersedes=None).select_related("by").first()
    if first is None:
        return _("This card was decided. Nothing was changed now.")
    if first.by_id == asked_by.pk:
        return _("You decided this on %(when)s: %(verdict)s. Nothing was changed now.") % {
            "when": moment(first.at),
            "verdict": first.get_verdict_display(),
        }
    return _("%(who)s decided this on %(when)s: %(verdict)s. Nothing was changed now.") % {
        "who": first.by.full_name,
        "when": moment(first.at),
        "verdict": first.get_verdict_display(),
    }


def check_not_vetoed(suggestion: Suggestion, students: Iterable[Person], *, on: date) -> None:
    """Whoever serves a child may say no for that child. It binds until it is taken back or ends."""
    against = {veto.student_id: veto for veto in vetoes(suggestion, on=on)}
    for student in students:
        if veto := against.get(student.pk):
            raise Denied(
                _(
                    "%(who)s asked not to do this for %(student)s until %(day)s: “%(words)s” "
                    "You can change the card and leave %(student)s out."
                )
                % {
                    "who": veto.by.full_name,
                    "student": student.short_name,
                    "day": day(veto.ends_on),
                    "words": veto.words,
                }
            )


def vetoes(suggestion: Suggestion, *, on: date) -> list[StandingDecision]:
    found = StandingDecision.objects.filter(
        school_class=suggestion.school_class,
        rule=suggestion.rule,
        way=StandingDecision.Way.NEVER,
        student__isnull=False,
        ended_at=None,
        ends_on__gte=on,
    ).select_related("by", "student")
    return [one for one in found if one.is_veto and one.competency_id in (None, suggestion.competency_id)]


def check_may_veto(person: Person, suggestion: Suggestion, student: Person, *, on: date) -> None:
    people_policy.check_serves(person, student, on=on)
    if not suggestion.students.filter(pk=student.pk).exists():
        raise NotSeen
    if people_policy.teaches_class(person, suggestion.school_class, on=on):
        raise Denied(_("You decide yourself: say no, or never like this."))


def check_may_end(person: Person, standing: StandingDecision, *, on: date) -> None:
    """Whoever set it takes it back. A veto binds the teacher: she lifts it only when nobody else can."""
    seen = Class.objects.seen_by(person, on=on).filter(pk=standing.school_class_id).exists()
    if not seen:
        raise NotSeen
    if standing.by_id == person.pk:
        return
    if not people_policy.teaches_class(person, standing.school_class, on=on):
        raise Denied(_("Only %(who)s, or a teacher, takes this back.") % {"who": standing.by.full_name})
    author_serves = Class.objects.seen_by(standing.by, on=on).filter(pk=standing.school_class_id).exists()
    if standing.is_veto and author_serves:
        raise Denied(
            _("Only %(who)s takes this back. Talk with each other.") % {"who": standing.by.full_name}
        )


def check_may_say_again(person: Person, standing: StandingDecision, *, on: date) -> None:
    """Of a rule that has changed. Only who said it: 'always' decides in her name."""
    people_policy.check_teaches_class(person, standing.school_class, on=on)
    if standing.by_id != person.pk:
        raise Denied(_("Only %(who)s says this again.") % {"who": standing.by.full_name})
    rule = RULES.get(standing.rule)
    if standing.ended_at or standing.ends_on < on or rule is None:
        raise Denied(_("This has ended. Nothing was changed now."))
    if rule.lowers_expectation and standing.way == StandingDecision.Way.ALWAYS:
        raise Denied(
            _("This asks for less than the grade's work. Such a card is read and decided each time.")
        )


def check_may_take_back(person: Person, decision: Decision, *, on: date) -> None:
    people_policy.check_teaches_class(person, decision.school_class, on=on)
    if Decision.objects.filter(supersedes=decision).exists():
        raise Denied(_("A later decision already stands in its place. Nothing was changed now."))
    if not decision.is_accepted:
        raise Denied(_("There is nothing to take back: nothing was put on a plan."))
    if decision.reversible_until is None or decision.reversible_until < on:
        raise Denied(
            _("This could be taken back until %(day)s. Set the steps aside on the plan instead.")
            % {"day": day(decision.reversible_until or decision.from_on)}
        )


def check_may_note(person: Person, decision: Decision, *, on: date) -> None:
    people_policy.check_teaches_class(person, decision.school_class, on=on)


def day(on: date) -> str:
    return date_format(on, "j F")


def moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{day(local.date())}, {date_format(local, 'H:i')}"
