"""Who may add, choose, talk and answer; and the sentence if not.

In:   a person, a child or a step, the day.
Out:  nothing, or ``Denied`` with the sentence the person reads, or ``NotSeen``.
Not here: what fits into a day (screen, promise). Those sentences stand beside their sums.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.plans.models import Contest, Group, Proposal, Stage, Step
from plainview.lobby.people import policy as people
from plainview.lobby.people.models import Class, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen


def check_may_add(by: Person, student: Person, *, at: datetime) -> None:
    """What a child is offered is a teacher's decision."""
    people.check_teaches(by, student, on=timezone.localdate(at))


def check_may_decide_for_class(by: Person, school_class: Class, *, at: datetime) -> None:
    people.check_teaches_class(by, school_class, on=timezone.localdate(at))


def steps_seen_by(person: Person | None, *, on: date):
    """The steps that ``person`` may read; ``check_may_see_step`` tells the same story."""
    return Step.objects.filter(student__in=Person.objects.seen_by(person, on=on))


def check_may_see_step(person: Person | None, step: Step, *, on: date) -> None:
    people.check_may_see(person, step.student, on=on)


def step_seen_by(person: Person | None, pk: int, *, on: date) -> Step:
    """The step, or 'not found'."""
    steps = steps_seen_by(person, on=on).select_related("student", "activity", "competency")
    step = steps.filter(pk=pk).first()
    if step is None:
        raise NotSeen
    return step


def check_may_choose(by: Person, step: Step, *, on: date) -> None:
    """The child chooses. A teacher may write the choice down for a child who works on paper."""
    if by.pk == step.student_id:
        return
    check_may_see_step(by, step, on=on)
    if not people.teaches(by, step.student, on=on):
        raise Denied(_("%(student)s chooses this, or a teacher.") % {"student": step.student.short_name})


def check_may_follow(step: Step, stage: Stage) -> None:
    """A step that has ended stays as it was; nothing done is ever taken off."""
    if not step.may_become(stage):
        raise _as_it_was(step)


def check_is_chosen(step: Step) -> None:
    if step.stage != Stage.CHOSEN:
        raise _as_it_was(step)


def _as_it_was(step: Step) -> Denied:
    said = {"title": str(step), "stage": Stage(step.stage).label}
    return Denied(_("“%(title)s” is %(stage)s. Nothing was changed.") % said)


def check_may_speak(by: Person, student: Person, *, on: date) -> None:
    """A child speaks for herself; an adult of the class may write her words down."""
    if by.pk == student.pk:
        return
    check_may_meet(by, student, on=on)


def check_may_meet(by: Person, student: Person, *, on: date) -> None:
    people.check_may_see(by, student, on=on)
    if by.role not in (Role.TEACHER, Role.SPECIALIST):
        raise Denied(_("Only an adult of %(student)s's class does this.") % {"student": student.short_name})


def check_may_answer(by: Person, asked: Proposal | Contest, *, at: datetime) -> None:
    people.check_teaches(by, asked.student, on=timezone.localdate(at))


def group_seen_by(person: Person | None, pk: int, *, on: date) -> Group:
    """The group, or 'not found'."""
    group = Group.objects.filter(school_class__in=Class.objects.seen_by(person, on=on), pk=pk).first()
    if group is None:
        raise NotSeen
    return group
