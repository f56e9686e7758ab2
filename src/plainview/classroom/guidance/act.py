"""Put what was decided on plans, and take it off again while that hurts nobody.

In:   a teacher's decision: for whom, which activity, from which day.
Out:  steps and, where children work together, a group that ends by itself; what was made, by number.
Not here: whether to (decide), and who may (policy; plans asks again for itself).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.guidance.snapshot import PURPOSE_OF_RULE
from plainview.classroom.plans import group as groups
from plainview.classroom.plans import set as plan
from plainview.classroom.plans.models import Group, Stage, Step
from plainview.lobby.people.models import Class, Person

# One lesson, and the days around it. Two weeks would be the most that a decision like this may hold.
A_GROUP_LASTS = timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What shall happen. Without an activity nothing is put on a plan: the teacher looks, or asks."""

    school_class: Class
    students: tuple[Person, ...]
    activity: Activity | None
    competency: Competency | None
    origin: Step.Origin
    because: str  # for the child
    rule: str = ""
    medium: str | None = None
    on: date | None = None
    minutes: int | None = None  # None: as long as the activity says

    @property
    def is_together(self) -> bool:
        return works_together(self.activity, len(self.students))


def works_together(activity: Activity | None, n_students: int) -> bool:
    return activity is not None and n_students > 1 and activity.group_max > 1


def put_on_plans(act: Act, *, by: Person, at: datetime) -> dict:
    if act.activity is None:
        return {}
    group = _group(act, by=by, at=at) if act.is_together else None
    steps = [_step(act, student, group, by=by, at=at) for student in act.students]
    # What waited on the plan before stays when the decision is taken back: it was not this decision's.
    made = {"steps": [step.pk for step in steps if step.approved_at == at]}
    return made | ({"group": group.pk} if group else {})


def take_off(made: dict, *, by: Person, at: datetime) -> None:
    """What still waits is set aside. What a child has chosen stays: it is hers by now."""
    steps = list(Step.objects.filter(pk__in=made.get("steps", [])).select_related("student"))
    for step in steps:
        if step.stage == Stage.OFFERED:
            plan.set_aside(step, by=by, at=at)
    group = Group.objects.filter(pk=made.get("group")).first()
    if group and not Step.objects.open().filter(group=group).exists():
        groups.end_group(group, by=by, at=at)


def last_day(act: Act, *, at: datetime) -> date | None:
    """When it ends by itself; only a group does."""
    return _first_day(act, at=at) + A_GROUP_LASTS if act.is_together else None


def _group(act: Act, *, by: Person, at: datetime) -> Group:
    return groups.make_group(
        school_class=act.school_class,
        title=act.activity.title[:80],
        purpose=PURPOSE_OF_RULE.get(act.rule, Group.Purpose.PRACTISE),
        competency=act.competency,
        members=act.students,
        begins_on=_first_day(act, at=at),
        ends_on=last_day(act, at=at),
        by=by,
        at=at,
    )


def _step(act: Act, student: Person, group: Group | None, *, by: Person, at: datetime) -> Step:
    return plan.add_step(
        student=student,
        activity=act.activity,
        competency=act.competency,
        by=by,
        at=at,
        origin=act.origin,
        because=act.because,
        on=act.on,
        with_whom=_with_whom(student, act.students) if group else "",
        medium=act.medium,
        minutes=act.minutes,
        group=group,
    )


def _with_whom(student: Person, members: Collection[Person]) -> str:
    return ", ".join(sorted(one.short_name for one in members if one.pk != student.pk))[:120]


def _first_day(act: Act, *, at: datetime) -> date:
    return act.on or timezone.localdate(at)
