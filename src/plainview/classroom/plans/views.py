"""The adults' pages of what is planned: thin. Every read of a child's row is logged.

In:   a request by an adult of the class (screen minutes: by the family, too).
Out:  a child's plan, the approved list, the groups board, screen minutes.
Not here: talk (talk_views.py); a child's own pages (student_views.py).
"""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.curriculum.models import Activity
from plainview.classroom.plans import group as group_deeds
from plainview.classroom.plans import options, policy, screen, voice
from plainview.classroom.plans import set as steps
from plainview.classroom.plans.forms import (
    ApartForm,
    CapForm,
    GroupForm,
    StepForm,
    ToldGoalForm,
)
from plainview.classroom.plans.models import Group, KeepApart, Stage, Step
from plainview.lobby.ledger import write
from plainview.lobby.people import policy as people
from plainview.lobby.people.door import class_adults_only, class_of, only, teachers_only
from plainview.lobby.people.models import Class, Person, Role
from plainview.lobby.people.policy import Denied

N_DONE = 10
who_reads_screen = only(Role.TEACHER, Role.SPECIALIST, Role.GUARDIAN, Role.STUDENT)


def children_of(school_class: Class):
    return Person.objects.in_classes([school_class.pk], on=timezone.localdate()).by_name()


# --- one child's plan --------------------------------------------------------------------------------------


@class_adults_only
def plan(request: HttpRequest, student_pk: int) -> HttpResponse:
    child = people.student_seen_by(request.person, student_pk, on=timezone.localdate())
    form, trouble = StepForm(request.POST if request.POST.get("do") == "add" else None), ""
    if request.method == "POST":
        try:
            if _change_plan(request, child, form):
                return redirect("plans:plan", child.pk)
        except Denied as why:
            trouble = str(why)
    return _plan_page(request, child, form, ToldGoalForm(), trouble=trouble)


def _plan_page(
    request: HttpRequest, child: Person, form: StepForm, goal_form: ToldGoalForm, *, trouble: str = ""
) -> HttpResponse:
    """Specialists see the same page, without what only a teacher decides."""
    at, on = timezone.now(), timezone.localdate()
    write.looked("plans.plan.looked", by=request.person.pk, at=at, about=[child.pk])
    context = _plan(child) | {
        "form": form,
        "goal_form": goal_form,
        "trouble": trouble,
        "may_decide": people.teaches(request.person, child, on=on),
    }
    is_amiss = trouble or form.errors or goal_form.errors
    return render(request, "plans/plan.html", context, status=422 if is_amiss else 200)


def _change_plan(request: HttpRequest, child: Person, form: StepForm) -> bool:
    at, on = timezone.now(), timezone.localdate()
    if request.POST.get("do") == "top_up":
        policy.check_may_add(request.person, child, at=at)
        options.top_up([child], by=request.person, at=at, on=on)
        return True
    if not form.is_valid():
        return False
    said = form.cleaned_data
    step = steps.add_step(
        student=child,
        activity=said["activity"],
        competency=next(iter(said["activity"].competencies.all()), None),
        by=request.person,
        at=at,
        origin=Step.Origin.TEACHER,
        because=said["because"],
        with_whom=said["with_whom"],
        medium="paper" if said["on_paper"] else None,
    )
    messages.success(request, _("“%(title)s” is on the plan.") % {"title": str(step)})
    return True


def _plan(child: Person) -> dict:
    on = timezone.localdate()
    rows = Step.objects.filter(student=child).select_related(
        "activity__unit", "competency", "approved_by", "group"
    )
    by_stage = {stage: [] for stage in Stage}
    for step in rows.order_by("-ended_at", "approved_at", "pk"):
        by_stage[Stage(step.stage)].append(step)
    (held,) = options.options_of([child], on=on)
    return {
        "child": child,
        "goal": voice.goal_of(child),
        "chosen": by_stage[Stage.CHOSEN],
        "offered": by_stage[Stage.OFFERED],
        "done": by_stage[Stage.DONE][:N_DONE],
        "aside": by_stage[Stage.SET_ASIDE],
        "held": held,
        "company": options.company([child], on=on)[0],
        "left": screen.minutes_left([child], on=on)[child.pk],
    }


@require_POST
@class_adults_only
def write_goal(request: HttpRequest, student_pk: int) -> HttpResponse:
    """A child's goal, written down for a child who works on paper."""
    child = people.student_seen_by(request.person, student_pk, on=timezone.localdate())
    form = ToldGoalForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, child, StepForm(), form)
    voice.set_goal(student=child, words=form.cleaned_data["words"], by=request.person, at=timezone.now())
    return redirect("plans:plan", child.pk)


@require_POST
@teachers_only
def set_aside(request: HttpRequest, step_pk: int) -> HttpResponse:
    step = policy.step_seen_by(request.person, step_pk, on=timezone.localdate())
    steps.set_aside(step, by=request.person, at=timezone.now())
    return redirect("plans:plan", step.student_id)


@require_POST
@teachers_only
def offer_again(request: HttpRequest, step_pk: int) -> HttpResponse:
    step = policy.step_seen_by(request.person, step_pk, on=timezone.localdate())
    steps.offer_again(step, by=request.person, at=timezone.now())
    return redirect("plans:plan", step.student_id)


@teachers_only
def defaults(request: HttpRequest) -> HttpResponse:
    """The teacher's approved list: what any child of the class may be offered when options run short."""
    at, on = timezone.now(), timezone.localdate()
    school_class = class_of(request, on=on, to_decide=True)
    if request.method == "POST":
        _change_defaults(request, school_class)
        return redirect(f"{request.path}?class={school_class.pk}")
    approved = options.defaults_of([school_class], on=on)
    short = options.students_short_of_options(children_of(school_class), on=on)
    names = {child.pk: child for child in children_of(school_class)}
    write.looked("plans.options.looked", by=request.person.pk, at=at, about=names)
    context = {
        "school_class": school_class,
        "approved": approved,
        "others": Activity.objects.offered()
        .select_related("unit")
        .exclude(pk__in=[d.activity_id for d in approved]),
        "short": [names[held.student_pk] for held in short],
    }
    return render(request, "plans/defaults.html", context)


def _change_defaults(request: HttpRequest, school_class: Class) -> None:
    at, on, by = timezone.now(), timezone.localdate(), request.person
    if request.POST.get("do") == "top_up":
        policy.check_may_decide_for_class(by, school_class, at=at)
        options.top_up(children_of(school_class), by=by, at=at, on=on)
        return
    activity = get_object_or_404(Activity, identifier=request.POST.get("activity", ""))
    if request.POST.get("do") == "drop":
        options.drop_default(school_class, activity, by=by, at=at)
    else:
        options.approve_default(school_class, activity, by=by, at=at)


# --- groups ------------------------------------------------------------------------------------------------


@class_adults_only
def groups(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    school_class = class_of(request, on=on)
    children = children_of(school_class)
    form, trouble = GroupForm(request.POST or None, children=children, on=on), ""
    if request.method == "POST" and form.is_valid():
        try:
            return _make_group(request, school_class, form.cleaned_data)
        except Denied as why:
            trouble = str(why)
    return _groups_page(request, school_class, form, ApartForm(children=children), trouble=trouble)


def _groups_page(
    request: HttpRequest, school_class: Class, form: GroupForm, apart_form: ApartForm, *, trouble: str = ""
) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    children = list(children_of(school_class))
    write.looked("plans.groups.looked", by=request.person.pk, at=at, about=[child.pk for child in children])
    context = _board(school_class, children) | {
        "form": form,
        "apart_form": apart_form,
        "trouble": trouble,
        "may_decide": people.teaches_class(request.person, school_class, on=on),
    }
    is_amiss = trouble or form.errors or apart_form.errors
    return render(request, "plans/groups.html", context, status=422 if is_amiss else 200)


@transaction.atomic
def _make_group(request: HttpRequest, school_class: Class, said: dict) -> HttpResponse:
    """The group, and what it does on the plan of each child: both, or neither."""
    at = timezone.now()
    names = ("title", "purpose", "competency", "members", "begins_on", "ends_on")
    made = group_deeds.make_group(
        school_class=school_class, by=request.person, at=at, **{name: said[name] for name in names}
    )
    for member in said["members"] if said["activity"] else []:
        steps.add_step(
            student=member,
            activity=said["activity"],
            competency=said["competency"],
            by=request.person,
            at=at,
            origin=Step.Origin.TEACHER,
            on=said["begins_on"],
            group=made,
        )
    messages.success(request, _("The group “%(title)s” stands.") % {"title": made.title})
    return redirect(_groups_of(school_class))


def _groups_of(school_class: Class) -> str:
    return f"{reverse('plans:groups')}?class={school_class.pk}"


def _board(school_class: Class, children: list[Person]) -> dict:
    on = timezone.localdate()
    now = Group.objects.current(on).filter(school_class=school_class).select_related("competency__unit")
    soon = Group.objects.filter(school_class=school_class, ended_at=None, begins_on__gt=on)
    with_names = ("members", "steps__activity__unit")
    board = list(now.prefetch_related(*with_names).order_by("title", "pk"))
    placed = {member.pk for group in board for member in group.members.all()}
    by_call = sorted(children, key=lambda child: child.short_name.casefold())
    found = group_deeds.sticky([child.pk for child in children], on=on)
    return {
        "school_class": school_class,
        "groups": [(group, _names(group)) for group in board],
        "soon": [
            (group, _names(group)) for group in soon.prefetch_related(*with_names).order_by("begins_on")
        ],
        "not_placed": [child for child in by_call if child.pk not in placed],
        "pairs": group_deeds.pairs_apart(school_class, on=on),
        "alarms": [
            group_deeds.alarm_sentence(child, found[child.pk])
            for child in children
            if found[child.pk].is_alarm
        ],
    }


def _names(group: Group) -> list[Person]:
    return sorted(group.members.all(), key=lambda child: child.short_name.casefold())


@require_POST
@teachers_only
def end_group(request: HttpRequest, group_pk: int) -> HttpResponse:
    ended = policy.group_seen_by(request.person, group_pk, on=timezone.localdate())
    group_deeds.end_group(ended, by=request.person, at=timezone.now())
    return redirect(_groups_of(ended.school_class))


@require_POST
@teachers_only
def keep_apart(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    school_class = class_of(request, on=on, to_decide=True)
    children = children_of(school_class)
    form = ApartForm(request.POST, children=children)
    if form.is_valid():
        said = form.cleaned_data
        try:
            group_deeds.keep_apart(said["one"], said["other"], by=request.person, at=timezone.now())
            return redirect(_groups_of(school_class))
        except Denied as why:
            form.add_error(None, str(why))
    return _groups_page(request, school_class, GroupForm(children=children, on=on), form)


@require_POST
@teachers_only
def let_together(request: HttpRequest, pair_pk: int) -> HttpResponse:
    seen = Person.objects.seen_by(request.person, on=timezone.localdate())
    pair = KeepApart.objects.filter(pk=pair_pk, one__in=seen, other__in=seen).first()
    if pair:  # pressed twice: it is gone already
        group_deeds.let_together(pair, by=request.person, at=timezone.now())
    return redirect("plans:groups")


# --- screen minutes ----------------------------------------------------------------------------------------


@class_adults_only
def screen_of_class(request: HttpRequest) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    school_class = class_of(request, on=on)
    form = CapForm(request.POST or None, initial={"minutes": school_class.screen_minutes_a_day})
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            screen.set_cap(school_class, form.cleaned_data["minutes"], by=request.person, at=at)
            return redirect(f"{request.path}?class={school_class.pk}")
        except Denied as why:
            trouble = str(why)
    children = list(children_of(school_class))
    write.looked("plans.screen.looked", by=request.person.pk, at=at, about=[child.pk for child in children])
    context = _screen(children) | {
        "school_class": school_class,
        "form": form,
        "trouble": trouble,
        "most": screen.preset(school_class.grade),
        "may_decide": people.teaches_class(request.person, school_class, on=on),
    }
    is_amiss = trouble or form.errors
    return render(request, "plans/screen_of_class.html", context, status=422 if is_amiss else 200)


def _screen(children: list[Person]) -> dict:
    on = timezone.localdate()
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=n) for n in range(5)]
    pks = [child.pk for child in children]
    counted = screen.minutes_counted(pks, since=days[0], until=days[-1])
    left = screen.minutes_left(pks, on=on)
    rows = [(child, [counted.get((child.pk, day), 0) for day in days], left[child.pk]) for child in children]
    return {"days": days, "rows": rows, "on": on}


@who_reads_screen
def screen_of_child(request: HttpRequest, student_pk: int) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    child = people.student_seen_by(request.person, student_pk, on=on)
    if request.person.role != Role.STUDENT:
        write.looked("plans.screen.looked", by=request.person.pk, at=at, about=[child.pk])
    days = screen.days(child, until=on)
    return render(request, "plans/screen_of_child.html", {"child": child, "days": days})
