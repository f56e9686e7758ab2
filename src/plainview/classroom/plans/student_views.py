"""A child's own pages of the plan: thin. Choosing, practising, asking, proposing, saying "I don't agree".

In:   a request by the child (or, for a choice, by a teacher who writes it down).
Out:  a page, or for htmx the next question alone.
Not here: what a step is (models), what may follow (the deeds).
"""

from functools import lru_cache
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plainview.classroom.curriculum.models import Competency, Item, Misconception
from plainview.classroom.curriculum.tongue import language_of
from plainview.classroom.evidence.models import Evidence, Medium
from plainview.classroom.evidence.policy import NotTaken
from plainview.classroom.plans import check_in, options, policy, screen, voice
from plainview.classroom.plans import choose as choices
from plainview.classroom.plans import practice as deeds
from plainview.classroom.plans import tiles as as_seen
from plainview.classroom.plans.forms import AskForm, ContestForm, GoalForm, ProposeForm, Said
from plainview.classroom.plans.models import Contest, Proposal, Stage, Step
from plainview.lobby.ledger import write
from plainview.lobby.people.door import only, students_only
from plainview.lobby.people.models import Role
from plainview.lobby.people.policy import Denied

who_chooses = only(Role.STUDENT, Role.TEACHER)


# --- choosing ----------------------------------------------------------------------------------------------


@never_cache
@who_chooses
def choose(request: HttpRequest) -> HttpResponse:
    """The options as tiles; a pressed tile is chosen for today."""
    if request.method == "POST":
        return _choose(request, _step(request))
    if request.person.role != Role.STUDENT:
        raise Http404
    on = timezone.localdate()
    chosen = Step.objects.filter(student=request.person, stage=Stage.CHOSEN).select_related("activity__unit")
    (held,) = options.options_of([request.person], on=on)
    context = {
        "chosen": as_seen.tiles(chosen.order_by("chosen_at")),
        "options": as_seen.tiles(held.steps),
        "company": options.company([request.person], on=on)[0],
        "left": screen.minutes_left([request.person], on=on)[request.person.pk],
    }
    return render(request, "plans/choose.html", context)


def _choose(request: HttpRequest, step: Step) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    on_paper = request.POST.get("how") == "paper"
    try:
        step = choices.choose(step, by=request.person, at=at, on=on, on_paper=on_paper)
    except screen.CapReached as why:
        if request.person.role != Role.STUDENT:  # the sentence says how much of the day is left
            write.looked("plans.screen.looked", by=request.person.pk, at=at, about=[step.student_id])
        return render(request, "plans/cap.html", {"step": step, "sentence": str(why)}, status=409)
    if request.person.role != Role.STUDENT:
        return redirect("plans:plan", step.student_id)
    return redirect(_start(step))


def _start(step: Step) -> str:
    """Where a chosen step begins: its questions, its sheet, or the week."""
    if step.medium == Medium.SCREEN and _has_questions(step):
        return reverse("plans:practice", args=[step.pk])
    return reverse("plans:doing", args=[step.pk])


def _has_questions(step: Step) -> bool:
    return step.activity is not None and step.activity.item_families.exists()


def _step(request: HttpRequest) -> Step:
    option = request.POST.get("option", "")
    if not option.isdecimal():
        raise Http404
    return policy.step_seen_by(request.person, int(option), on=timezone.localdate())


@require_POST
@who_chooses
def lay_back(request: HttpRequest) -> HttpResponse:
    step = choices.lay_back(_step(request), by=request.person, at=timezone.now(), on=timezone.localdate())
    return _back(request, step)


@require_POST
@who_chooses
def done(request: HttpRequest) -> HttpResponse:
    step = choices.finish(_step(request), by=request.person, at=timezone.now(), on=timezone.localdate())
    return _back(request, step)


def _back(request: HttpRequest, step: Step) -> HttpResponse:
    if request.person.role == Role.STUDENT:
        return redirect("day:my_week")
    return redirect("plans:plan", step.student_id)


@never_cache
@students_only
def doing(request: HttpRequest, step_pk: int) -> HttpResponse:
    """What to do: on a screen the questions, away from it the child's words and the sheet to print."""
    step = deeds.step_of(step_pk, by=request.person)
    if step.stage == Stage.CHOSEN and step.medium == Medium.SCREEN:
        if _has_questions(step):
            return redirect("plans:practice", step.pk)
        try:
            deeds.check_ready(step, on=timezone.localdate())
        except Denied as why:
            return _not_now(request, step, why)
    return render(request, "plans/doing.html", {"step": step, "tile": as_seen.tile(step)})


# --- practising --------------------------------------------------------------------------------------------


@never_cache
@students_only
def practice(request: HttpRequest, step_pk: int) -> HttpResponse:
    """One question at a time. A POST answers it; without scripts the answer leads back here."""
    step = deeds.step_of(step_pk, by=request.person)
    try:
        if request.method == "POST":
            return _answer(request, step)
        deeds.check_ready(step, on=timezone.localdate())
    except Denied as why:
        return _not_now(request, step, why)
    context = _question(request, step, after=_after(request), asked=_asked(request, step))
    if "HX-Request" in request.headers:
        return _fragment(request, context)
    return render(request, "plans/practice.html", context)


def _answer(request: HttpRequest, step: Step) -> HttpResponse:
    said = Said.read(request.POST)
    item = deeds.item_of(step, said.item)
    try:
        given = deeds.answer(
            step,
            item,
            said.response,
            by=request.person,
            at=timezone.now(),
            on=timezone.localdate(),
            client_key=said.client_key,
            hints=said.hints,
            helped=said.helped,
        )
    except NotTaken as why:
        return _once_more(request, step, item, said.hints, str(why))
    if "HX-Request" in request.headers:
        if given.item_id == item.pk:
            given.item = item
        return _fragment(request, _question(request, step, after=given))
    return redirect(f"{request.path}?after={given.pk}")


def _once_more(request: HttpRequest, step: Step, item: Item, n_hints: int, trouble: str) -> HttpResponse:
    """The same question with the sentence beside it; nothing was counted."""
    context = _question(request, step, asked=(item, n_hints)) | {"trouble": trouble}
    if "HX-Request" in request.headers:
        return _fragment(request, context, status=422)
    return render(request, "plans/practice.html", context, status=422)


def _not_now(request: HttpRequest, step: Step, why: Denied) -> HttpResponse:
    context = {"step": step, "sentence": str(why), "may_choose": step.stage in (Stage.OFFERED, Stage.CHOSEN)}
    if "HX-Request" in request.headers:
        context["csrf_token"] = get_token(request)
        return HttpResponse(render_to_string("plans/not_now_words.html", context), status=422)
    return render(request, "plans/not_now.html", context, status=200 if request.method == "GET" else 409)


def _question(
    request: HttpRequest,
    step: Step,
    *,
    after: Evidence | None = None,
    asked: tuple[Item, int] | None = None,
) -> dict:
    sitting = deeds.sitting(step)
    item, n_hints = asked or (deeds.next_item(step, sitting), 0)
    return {
        "step": step,
        "here": request.path,
        "week": reverse("day:my_week"),
        "item": item,
        "sitting": sitting,
        "number": sitting.n_answered + 1,
        "hints": item.hints[:n_hints] if item else [],
        "n_hints": n_hints,
        "more_hints": item is not None and n_hints < len(item.hints),
        "next_hint": n_hints + 1,
        "client_key": uuid4(),
        "who_helped": _who_helped(get_language()),
        "after": _said(after) if after else None,
    }


@lru_cache(maxsize=16)
def _who_helped(language: str) -> SafeString:
    """``language`` is the one that is set: it stands here for the cache's sake."""
    return render_to_string("plans/who_helped.html")


def _said(given: Evidence) -> dict:
    """What a word is said about: the answer as it was given, and one way to do it."""
    labels = {choice["key"]: choice["label_html"] for choice in given.item.choices}
    return {
        "shown": given.shown,
        "language": language_of(given.item),
        "label_html": labels.get(given.response, ""),
        "response": given.response,
        "stem_html": given.item.stem_html,
        "worked_html": given.item.worked_html,
        "thinking": _thinking(given),
    }


def _thinking(given: Evidence) -> str:
    """The thinking that leads to this answer, where the question knows one."""
    if not given.misconception or given.shown == 1:
        return ""
    found = Misconception.objects.filter(identifier=given.misconception).values_list("name", flat=True)
    return found.first() or ""


def _asked(request: HttpRequest, step: Step) -> tuple[Item, int] | None:
    """A question with some hints opened: the link says which."""
    item, hints = request.GET.get("item", ""), request.GET.get("hints", "")
    if not (item.isdecimal() and hints.isdecimal()):
        return None
    question = deeds.item_of(step, int(item))
    return question, min(int(hints), len(question.hints))


def _after(request: HttpRequest) -> Evidence | None:
    pk = request.GET.get("after", "")
    return deeds.answered(int(pk), by=request.person) if pk.isdecimal() else None


def _fragment(request: HttpRequest, context: dict, *, status: int = 200) -> HttpResponse:
    """The next question alone, without the frame: a school presses this a thousand times a minute."""
    context["csrf_token"] = get_token(request)
    return HttpResponse(render_to_string("plans/question.html", context), status=status)


@require_POST
@students_only
def on_paper(request: HttpRequest, step_pk: int) -> HttpResponse:
    """I want paper: the same questions, on a sheet."""
    step = deeds.step_of(step_pk, by=request.person)
    choices.choose(step, by=request.person, at=timezone.now(), on=timezone.localdate(), on_paper=True)
    return redirect("plans:doing", step.pk)


# --- a voice -----------------------------------------------------------------------------------------------


@students_only
def goal(request: HttpRequest) -> HttpResponse:
    newest = voice.goal_of(request.person)
    form = GoalForm(request.POST or None, initial={"words": newest.words if newest else ""})
    if request.method == "POST" and form.is_valid():
        voice.set_goal(
            student=request.person, words=form.cleaned_data["words"], by=request.person, at=timezone.now()
        )
        return redirect("day:my_week")
    return render(request, "plans/goal.html", {"form": form}, status=422 if form.errors else 200)


@students_only
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        voice.propose(
            student=request.person,
            words=said["words"],
            medium=said["medium"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, _("Your idea is with your teacher."))
        return redirect("plans:propose")
    ideas = Proposal.objects.filter(student=request.person).select_related("answered_by").order_by("-pk")
    return render(
        request, "plans/propose.html", {"form": form, "ideas": ideas[:20]}, status=422 if form.errors else 200
    )


@students_only
def contest(request: HttpRequest, competency_pk: int) -> HttpResponse:
    """ "I don't agree", "I can show you": the child's words, and how far the talk has come."""
    competency = get_object_or_404(Competency, pk=competency_pk)
    form = ContestForm(request.POST or None, initial={"wish": request.GET.get("wish", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        voice.contest(
            student=request.person,
            competency=competency,
            wish=said["wish"],
            words=said["words"],
            by=request.person,
            at=timezone.now(),
            on=timezone.localdate(),
        )
        messages.success(request, _("Your teacher will talk with you about it."))
        return redirect("plans:contest", competency_pk)
    said = Contest.objects.filter(student=request.person, competency=competency).select_related("replied_by")
    context = {"form": form, "competency": competency, "said": said.order_by("-pk")}
    return render(request, "plans/contest.html", context, status=422 if form.errors else 200)


@students_only
def ask(request: HttpRequest) -> HttpResponse:
    """A child asks for a talk."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_in.ask(
            student=request.person, asks=form.cleaned_data["asks"], by=request.person, at=timezone.now()
        )
        messages.success(request, _("Your teacher will find a time to talk with you."))
        return redirect("day:my_week")
    return render(request, "plans/ask.html", {"form": form}, status=422 if form.errors else 200)
