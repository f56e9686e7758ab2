"""'Always like this' and 'never like this': for a while, for harmless acts, taken back at any time.

In:   a card that a teacher (or, for a veto, someone who serves the child) has before her.
Out:  a standing decision with an end; at her next look 'always' decides in her name, on the record.
Not here: anything that asks less of a child or makes a group. Those are decided each time. Nor a rule that
      has changed since: a standing decision holds for the version it was said of.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity
from plainview.classroom.guidance import act, policy
from plainview.classroom.guidance.models import StandingDecision, Suggestion
from plainview.core.rules.catalogue import RULES
from plainview.lobby.ledger import write
from plainview.lobby.people import policy as people_policy
from plainview.lobby.people.models import Class, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen

A_TERM = timedelta(weeks=18)
Way = StandingDecision.Way


def always(
    suggestion: Suggestion,
    *,
    ends_on: date,
    by: Person,
    at: datetime,
    everything: bool = False,
    words: str = "",
) -> StandingDecision:
    """Do what this rule suggests on this competency (or on ``everything``), until the day."""
    people_policy.check_teaches_class(by, suggestion.school_class, on=timezone.localdate(at))
    check_harmless(suggestion)
    said = {"everything": everything, "words": words}
    return _keep(suggestion, Way.ALWAYS, None, ends_on=ends_on, by=by, at=at, **said)


def never(
    suggestion: Suggestion,
    *,
    ends_on: date,
    by: Person,
    at: datetime,
    student: Person | None = None,
    everything: bool = False,
    words: str = "",
) -> StandingDecision:
    """Do not suggest this: on this competency or on everything, for one child or for all."""
    people_policy.check_teaches_class(by, suggestion.school_class, on=timezone.localdate(at))
    if student and not suggestion.students.filter(pk=student.pk).exists():
        raise NotSeen
    said = {"everything": everything, "words": words}
    return _keep(suggestion, Way.NEVER, student, ends_on=ends_on, by=by, at=at, **said)


def veto(
    suggestion: Suggestion, student: Person, *, words: str, ends_on: date, by: Person, at: datetime
) -> StandingDecision:
    """Someone who serves the child says no for her, in words. It binds the teacher; see policy."""
    policy.check_may_veto(by, suggestion, student, on=timezone.localdate(at))
    if not words.strip():
        raise Denied(_("Say why in a few words: the teacher will read them, and so will the family."))
    said = {"words": words, "acting_role": Role.SPECIALIST}
    return _keep(suggestion, Way.NEVER, student, ends_on=ends_on, by=by, at=at, **said)


def _keep(
    suggestion: Suggestion,
    way: Way,
    student: Person | None,
    *,
    ends_on: date,
    by: Person,
    at: datetime,
    everything: bool = False,
    words: str = "",
    acting_role: Role = Role.TEACHER,  # in this class: a teacher may serve another one as a specialist
) -> StandingDecision:
    _check_end(ends_on, on=timezone.localdate(at))
    said = {
        "school_class": suggestion.school_class,
        "rule": suggestion.rule,
        "rule_version": suggestion.rule_version,
        "competency": None if everything else suggestion.competency,
        "student": student,
        "way": way,
        "by": by,
    }
    with transaction.atomic():
        same = StandingDecision.objects.filter(**said, ended_at=None, ends_on__gte=timezone.localdate(at))
        if there := same.first():
            return there  # a second press says nothing new
        kept = StandingDecision.objects.create(
            **said, words=words.strip(), ends_on=ends_on, acting_role=acting_role, at=at
        )
        about = student.pk if student else None
        write.deed("guidance.standing.kept", by=by.pk, at=at, about=about, thing=kept.pk)
    return kept


@transaction.atomic
def end(standing: StandingDecision, *, by: Person, at: datetime) -> None:
    policy.check_may_end(by, standing, on=timezone.localdate(at))
    if standing.ended_at is None:
        standing.ended_by, standing.ended_at = by, at
        standing.save(update_fields=["ended_by", "ended_at"])
        write.deed("guidance.standing.ended", by=by.pk, at=at, about=standing.student_id, thing=standing.pk)


def say_again(standing: StandingDecision, *, by: Person, at: datetime) -> StandingDecision:
    """The rule has changed, and whoever said this has read it again: the same, of the version of today."""
    policy.check_may_say_again(by, standing, on=timezone.localdate(at))
    if not is_outgrown(standing):
        return standing
    with transaction.atomic():
        end(standing, by=by, at=at)
        again = StandingDecision.objects.create(
            school_class=standing.school_class,
            rule=standing.rule,
            rule_version=RULES[standing.rule].version,
            competency=standing.competency,
            student=standing.student,
            way=standing.way,
            words=standing.words,
            ends_on=standing.ends_on,
            acting_role=standing.acting_role,
            by=by,
            at=at,
        )
        write.deed("guidance.standing.kept", by=by.pk, at=at, about=standing.student_id, thing=again.pk)
    return again


def in_force(school_class: Class, *, on: date) -> list[StandingDecision]:
    return [one for one in _kept(school_class, on=on) if not is_outgrown(one)]


def outgrown(school_class: Class, *, on: date) -> list[StandingDecision]:
    """Said of an earlier version of a rule. They hold no longer; whoever said them is asked again."""
    return [one for one in _kept(school_class, on=on) if is_outgrown(one)]


def is_outgrown(standing: StandingDecision) -> bool:
    """A veto is said for a child, not of a rule's wording: a new version must not undo it behind her back."""
    rule = RULES.get(standing.rule)
    return rule is not None and rule.version != standing.rule_version and not standing.is_veto


def _kept(school_class: Class, *, on: date) -> list[StandingDecision]:
    rows = StandingDecision.objects.filter(school_class=school_class, ended_at=None, ends_on__gte=on)
    return list(rows.select_related("competency", "student", "by").order_by("rule", "pk"))


def that_says_always(suggestion: Suggestion, standing: Iterable[StandingDecision]) -> StandingDecision | None:
    """The one that decides this card, if any; a card that is not harmless is never decided so."""
    fits = [
        one
        for one in standing
        if one.way == Way.ALWAYS
        and (one.rule, one.rule_version) == (suggestion.rule, suggestion.rule_version)
        and one.competency_id in (None, suggestion.competency_id)
    ]
    return fits[0] if fits and is_harmless(suggestion) else None


def is_harmless(suggestion: Suggestion) -> bool:
    try:
        check_harmless(suggestion)
    except Denied:
        return False
    return True


def check_harmless(suggestion: Suggestion) -> None:
    if suggestion.lowers_expectation:
        raise Denied(
            _("This asks for less than the grade's work. Such a card is read and decided each time.")
        )
    named = suggestion.card["do"]["task"]["activity"]
    activity = Activity.objects.filter(identifier=named).first() if named else None
    if act.works_together(activity, len(suggestion.card["students"])):
        raise Denied(_("This puts children together. A group is decided each time."))


def newest_fingerprint(school_class: Class) -> str:
    """Changes when a standing decision is kept or taken back."""
    rows = StandingDecision.objects.filter(Q(school_class=school_class)).order_by("pk")
    return repr([(pk, ended is None) for pk, ended in rows.values_list("pk", "ended_at")])


def _check_end(ends_on: date, *, on: date) -> None:
    if not on < ends_on <= on + A_TERM:
        raise Denied(
            _("Choose a last day between tomorrow and %(day)s: nothing stands for longer than a term.")
            % {"day": policy.day(on + A_TERM)}
        )
