"""No child waits: every student always holds three options or more, some on paper, some with others.

In:   the steps that wait on each plan; the teacher's approved list for the class.
Out:  who is short, and of what; steps from the list, each approved by the teacher who put it there.
Not here: any model. The list is gone through in the teacher's order, what the child has not done yet first.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity
from plainview.classroom.evidence.models import Medium
from plainview.classroom.plans import policy, twin
from plainview.classroom.plans.models import DefaultOption, Stage, Step
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Class, Enrollment, Person, Role
from plainview.lobby.people.policy import Denied

FEWEST_OPTIONS = 3


@dataclass(slots=True, kw_only=True)
class Held:
    """The options of one child, and what is still wanting."""

    student_pk: int
    works_alone: bool = False  # a support says so; then nobody asks for company
    on_paper: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def n_more(self) -> int:
        return max(0, FEWEST_OPTIONS - len(self.steps))

    @property
    def needs_paper(self) -> bool:
        return not any(step.medium == Medium.PAPER for step in self.steps)

    @property
    def needs_others(self) -> bool:
        return not self.works_alone and not any(step.is_with_others for step in self.steps)

    @property
    def is_short(self) -> bool:
        return bool(self.n_more or self.needs_paper or self.needs_others)


def options_of(students: Iterable[Person | int], *, on: date) -> list[Held]:
    """What waits to be chosen, child by child, in the order the children came in."""
    pks = _pks(students)
    terms = twin.support_terms(pks, on=on)
    paper = twin.on_paper(pks, on=on)
    held = {
        pk: Held(student_pk=pk, works_alone=twin.NO_PARTNER in terms.get(pk, set()), on_paper=pk in paper)
        for pk in pks
    }
    waiting = Step.objects.filter(student__in=pks, stage=Stage.OFFERED).select_related("activity__unit")
    for step in waiting.order_by("approved_at", "pk"):
        held[step.student_id].steps.append(step)
    return list(held.values())


def students_short_of_options(students: Iterable[Person | int], *, on: date) -> list[Held]:
    """The children who hold fewer than three options, or none on paper, or none with others."""
    return [held for held in options_of(students, on=on) if held.is_short]


@transaction.atomic
def top_up(
    students: Iterable[Person | int],
    *,
    by: Person,
    at: datetime,
    on: date,
    but_not: Collection[int | None] = (),
) -> list[Step]:
    """Fill up from the teacher's list. Each step was approved by that teacher, on the day the list says.

    ``by`` is who set this going: a child who chose, a teacher who pressed. ``but_not``: activities (by pk)
    that were just set aside.
    """
    short = students_short_of_options(students, on=on)
    if not short:
        return []
    pks = [held.student_pk for held in short]
    lists, past = _lists(pks, on=on), _past(pks)
    terms = twin.support_terms(pks, on=on)
    added = []
    for held in short:
        fits = [
            default
            for default in lists.get(held.student_pk, [])
            if default.activity_id not in but_not
            and not twin.clashes(default.activity, terms.get(held.student_pk, set()))
        ]
        for step in _fill(held, past[held.student_pk].in_turn(fits)):
            write.deed("plans.step.added", by=by.pk, at=at, about=held.student_pk, thing=step.pk)
            added.append(step)
    return added


def _fill(held: Held, candidates: list[DefaultOption]) -> Iterator[Step]:
    while held.is_short and (wanted := _next(held, candidates)):
        candidates.remove(wanted.default)
        step = _offer(held, wanted)
        held.steps.append(step)
        yield step


@dataclass(frozen=True, slots=True)
class _Wanted:
    default: DefaultOption
    as_twin: bool = False


def _next(held: Held, candidates: list[DefaultOption]) -> _Wanted | None:
    """Company first, then paper, then the teacher's order."""
    if held.needs_others and (together := [c for c in candidates if c.activity.group_min >= 2]):
        return _Wanted(together[0])
    if held.needs_paper and (paper := [c for c in candidates if c.activity.medium == Medium.PAPER]):
        return _Wanted(paper[0])
    if (held.needs_paper or held.n_more) and candidates:
        # Every activity has a paper twin: where no option is on paper, this one is.
        return _Wanted(candidates[0], as_twin=held.needs_paper)
    return None


def _offer(held: Held, wanted: _Wanted) -> Step:
    default, activity = wanted.default, wanted.default.activity
    form = twin.form_of(activity, on_paper=held.on_paper, medium=Medium.PAPER if wanted.as_twin else None)
    step, _made = Step.objects.open().get_or_create(
        student_id=held.student_pk,
        activity=activity,
        defaults={
            "competency": next(iter(activity.competencies.all()), None),
            "medium": form.medium,
            "screen_minutes": form.screen_minutes,
            "minutes": activity.minutes,
            "origin": Step.Origin.TEACHER,
            "approved_by_id": default.approved_by_id,
            "approved_at": default.approved_at,
        },
    )
    return step


@dataclass(slots=True)
class _Past:
    """What a child has done with activities before."""

    open_or_aside: set[int] = field(default_factory=set)
    done_at: dict[int, datetime] = field(default_factory=dict)

    def in_turn(self, defaults: list[DefaultOption]) -> list[DefaultOption]:
        """Not done yet first, in the teacher's order; then what was done longest ago."""
        fresh = [d for d in defaults if d.activity_id not in self.open_or_aside]
        new = [d for d in fresh if d.activity_id not in self.done_at]
        again = [d for d in fresh if d.activity_id in self.done_at]
        return new + sorted(again, key=lambda d: self.done_at[d.activity_id])


def _past(pks: list[int]) -> dict[int, _Past]:
    past = {pk: _Past() for pk in pks}
    rows = Step.objects.filter(student__in=pks, activity__isnull=False).order_by("ended_at")
    for pk, activity, stage, ended_at in rows.values_list("student", "activity", "stage", "ended_at"):
        if stage == Stage.DONE:
            past[pk].done_at[activity] = ended_at
        else:
            past[pk].open_or_aside.add(activity)
    return past


def _lists(pks: list[int], *, on: date) -> dict[int, list[DefaultOption]]:
    """The approved list of each child's classes. An approval holds while that teacher teaches the class."""
    rows = Enrollment.objects.filter(Enrollment.current(on), person__in=pks, role=Role.STUDENT)
    classes: dict[int, list[int]] = {}
    for pk, school_class in rows.values_list("person", "school_class"):
        classes.setdefault(pk, []).append(school_class)
    every_class = {c for several in classes.values() for c in several}
    standing: dict[int, list[DefaultOption]] = {}
    for default in defaults_of(every_class, on=on):
        standing.setdefault(default.school_class_id, []).append(default)
    return {pk: [d for c in several for d in standing.get(c, [])] for pk, several in classes.items()}


def defaults_of(classes: Iterable[Class | int], *, on: date) -> list[DefaultOption]:
    teaches = Q(
        Enrollment.current(on, "approved_by__enrollments__"),
        approved_by__enrollments__school_class=F("school_class"),
        approved_by__enrollments__role=Role.TEACHER,
    )
    return list(
        DefaultOption.objects.filter(teaches, school_class__in=list(classes), activity__retired=False)
        .select_related("activity__unit")
        .prefetch_related("activity__competencies")
        .order_by("school_class", "order", "pk")
        .distinct()
    )


@transaction.atomic
def approve_default(
    school_class: Class, activity: Activity, *, by: Person, at: datetime, order: int | None = None
) -> DefaultOption:
    """Put an activity on the class's list. Approved again by another teacher, it is that teacher's."""
    policy.check_may_decide_for_class(by, school_class, at=at)
    if activity.retired:
        raise Denied(_("“%(title)s” is not offered any more. Choose another.") % {"title": activity.title})
    place = DefaultOption.objects.filter(school_class=school_class).count() if order is None else order
    default, made = DefaultOption.objects.get_or_create(
        school_class=school_class,
        activity=activity,
        defaults={"approved_by": by, "approved_at": at, "order": place},
    )
    if made or default.approved_by_id != by.pk:
        default.approved_by, default.approved_at = by, at
        default.save(update_fields=["approved_by", "approved_at"])
        write.deed("plans.default.approved", by=by.pk, at=at, thing=activity.pk)
    return default


@transaction.atomic
def drop_default(school_class: Class, activity: Activity, *, by: Person, at: datetime) -> None:
    """Take it off the list. Steps that were offered from it stay where they are."""
    policy.check_may_decide_for_class(by, school_class, at=at)
    n_gone, _by_table = DefaultOption.objects.filter(school_class=school_class, activity=activity).delete()
    if n_gone:
        write.deed("plans.default.dropped", by=by.pk, at=at, thing=activity.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Whether a child's week has something with others: to choose from, and taken up."""

    student_pk: int
    is_offered: bool
    is_taken: bool
    is_anything_taken: bool
    works_alone: bool

    @property
    def asks_teacher(self) -> bool:
        """A week with nothing in it that is done with others."""
        return not (self.is_offered or self.is_taken or self.works_alone)

    @property
    def asks_child(self) -> bool:
        """Some of it could be done with others, and so far all of it is alone."""
        return self.is_offered and self.is_anything_taken and not self.is_taken and not self.works_alone


def company(students: Iterable[Person | int], *, on: date) -> list[Company]:
    """Each child's week: the steps that wait, those chosen, those done since Monday."""
    pks = _pks(students)
    monday = on - timedelta(days=on.weekday())
    this_week = (
        Q(stage=Stage.OFFERED) | Q(stage=Stage.CHOSEN) | Q(stage=Stage.DONE, ended_at__date__gte=monday)
    )
    steps: dict[int, list[Step]] = {pk: [] for pk in pks}
    for step in Step.objects.filter(this_week, student__in=pks).select_related("activity"):
        steps[step.student_id].append(step)
    terms = twin.support_terms(pks, on=on)
    return [_company(pk, week, twin.NO_PARTNER in terms.get(pk, set())) for pk, week in steps.items()]


def _company(student_pk: int, week: list[Step], works_alone: bool) -> Company:
    taken = [step for step in week if step.stage != Stage.OFFERED]
    return Company(
        student_pk=student_pk,
        is_offered=any(step.is_with_others for step in week if step.stage == Stage.OFFERED),
        is_taken=any(step.is_with_others for step in taken),
        is_anything_taken=bool(taken),
        works_alone=works_alone,
    )


def _pks(students: Iterable[Person | int]) -> list[int]:
    return [student if isinstance(student, int) else student.pk for student in students]
