"""Put a step on a child's plan, set it aside, offer it again.

In:   a teacher's decision.
Out:  one waiting step an activity, approved by that teacher; a second press changes nothing.
Not here: choosing (choose.py), which is the child's.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.curriculum.vocabulary import SUPPORTS
from plainview.classroom.plans import options, policy, screen, twin
from plainview.classroom.plans.models import Group, Stage, Step
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

MOST_MINUTES = 240


@transaction.atomic
def add_step(
    *,
    student: Person,
    activity: Activity,
    competency: Competency | None,
    by: Person,
    at: datetime,
    origin: str,
    because: str = "",
    on: date | None = None,
    with_whom: str = "",
    medium: str | None = None,
    group: Group | None = None,
    minutes: int | None = None,
) -> Step:
    """Offer the activity. If it waits on the child's plan already, that step is the answer.

    ``minutes``: for another time than the activity says; its screen time grows or shrinks with it.
    """
    policy.check_may_add(by, student, at=at)
    today = timezone.localdate(at)
    _check_fits(activity, student, on=today)
    paper = student.pk in twin.on_paper([student.pk], on=today)
    form = twin.form_of(activity, on_paper=paper, medium=medium)
    step, made = Step.objects.open().get_or_create(
        student=student,
        activity=activity,
        defaults={
            "competency": competency,
            "medium": form.medium,
            **_time_of(activity, form, minutes),
            "with_whom": with_whom,
            "on": on,
            "origin": origin,
            "approved_by": by,
            "approved_at": at,
            "because": because,
            "group": group,
        },
    )
    if made:
        write.deed("plans.step.added", by=by.pk, at=at, about=student.pk, thing=step.pk)
    elif group is not None and step.group_id is None:
        _join(step, group, with_whom, by=by, at=at)
    return step


def _time_of(activity: Activity, form: twin.Form, minutes: int | None) -> dict[str, int]:
    if minutes is None:
        return {"minutes": activity.minutes, "screen_minutes": form.screen_minutes}
    if not 1 <= minutes <= MOST_MINUTES:
        raise Denied(_("A step takes 1 to %(most)d minutes.") % {"most": MOST_MINUTES})
    # Rounded up: the cap binds, and half a minute on a screen is a minute of it.
    return {"minutes": minutes, "screen_minutes": -(-form.screen_minutes * minutes // activity.minutes)}


def _join(step: Step, group: Group, with_whom: str, *, by: Person, at: datetime) -> None:
    """The activity waits already; now it waits for the group."""
    step.group, step.with_whom = group, with_whom or step.with_whom
    step.save(update_fields=["group", "with_whom"])
    write.deed("plans.step.joined_group", by=by.pk, at=at, about=step.student_id, thing=step.pk)


def _check_fits(activity: Activity, student: Person, *, on: date) -> None:
    if activity.retired:
        raise Denied(_("“%(title)s” is not offered any more. Choose another.") % {"title": activity.title})
    clash = twin.clashes(activity, twin.support_terms([student.pk], on=on).get(student.pk, set()))
    if clash:
        supports = ", ".join(str(SUPPORTS.get(term, term)) for term in sorted(clash))
        raise Denied(
            _("“%(title)s” does not go with a support of %(student)s: %(supports)s. Choose another.")
            % {"title": activity.title, "student": student.short_name, "supports": supports}
        )


@transaction.atomic
def set_aside(step: Step, *, by: Person, at: datetime) -> Step:
    """Take a step off the plan for now. Pressed twice, it is set aside once."""
    policy.check_may_add(by, step.student, at=at)
    step = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if step.stage == Stage.SET_ASIDE:
        return step
    policy.check_may_follow(step, Stage.SET_ASIDE)
    today = timezone.localdate(at)
    screen.give_back(step, on=today)
    step.stage, step.ended_at = Stage.SET_ASIDE, at
    step.save(update_fields=["stage", "ended_at"])
    write.deed("plans.step.set_aside", by=by.pk, at=at, about=step.student_id, thing=step.pk)
    options.top_up([step.student_id], by=by, at=at, on=today, but_not={step.activity_id})
    return step


@transaction.atomic
def offer_again(step: Step, *, by: Person, at: datetime) -> Step:
    """What was set aside waits again; if the activity waits already, that step is the answer."""
    policy.check_may_add(by, step.student, at=at)
    step = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if step.stage == Stage.OFFERED:
        return step
    policy.check_may_follow(step, Stage.OFFERED)
    waiting = Step.objects.open().filter(student=step.student_id, activity=step.activity_id)
    if step.activity_id and (there := waiting.first()):
        return there
    step.stage, step.ended_at, step.chosen_at = Stage.OFFERED, None, None
    step.save(update_fields=["stage", "ended_at", "chosen_at"])
    write.deed("plans.step.offered_again", by=by.pk, at=at, about=step.student_id, thing=step.pk)
    return step
