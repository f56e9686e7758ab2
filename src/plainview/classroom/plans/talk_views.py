"""The adults' pages of talk: thin. Check-ins, the promise behind them, what children say and propose.

In:   a request by an adult of the class.
Out:  the list and the sheet, the promise with its sum, ideas and "I don't agree" with their clock.
Not here: what is on a plan (views.py). Every read of a child's row is logged here, too.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.plans import check_in as talks
from plainview.classroom.plans import promise as promises
from plainview.classroom.plans import voice
from plainview.classroom.plans.forms import AnswerProposalForm, CheckInForm, PromiseForm, ReplyForm, SpeakForm
from plainview.classroom.plans.models import Contest, Proposal
from plainview.classroom.plans.views import children_of
from plainview.lobby.ledger import write
from plainview.lobby.people import policy as people
from plainview.lobby.people.door import class_adults_only, class_of, teachers_only
from plainview.lobby.people.models import Class, Person
from plainview.lobby.people.policy import Denied

# --- check-ins ---------------------------------------------------------------------------------------------


@class_adults_only
def check_ins(request: HttpRequest) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    school_class = class_of(request, on=on)
    rounds = talks.rounds(school_class, on)
    about = [row.student.pk for row in rounds]
    write.looked("plans.check_ins.looked", by=request.person.pk, at=at, about=about)
    today = talks.due(school_class, on)
    now = {row.student.pk for row in today}
    delivered = promises.delivered(school_class, on=on)
    context = {
        "school_class": school_class,
        "today": today,
        "on": on,
        "later": [row for row in rounds if row.student.pk not in now],
        "delivered": delivered,
        "fit": promises.fit_now(delivered.promise, on=on) if delivered else None,
    }
    return render(request, "plans/check_ins.html", context)


@class_adults_only
def check_in(request: HttpRequest, student_pk: int) -> HttpResponse:
    """The sheet for five minutes, and the note afterwards. It prints."""
    at, on = timezone.now(), timezone.localdate()
    child = people.student_seen_by(request.person, student_pk, on=on)
    form = CheckInForm(request.POST or None, initial={"client_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            talks.hold(student=child, by=request.person, at=at, **form.cleaned_data)
        except Denied as why:
            form.add_error(None, str(why))
        else:
            said = _("Kept. It stands in %(student)s's record.") % {"student": child.short_name}
            messages.success(request, said)
            return redirect("plans:check_ins")
    write.looked("plans.check_in.looked", by=request.person.pk, at=at, about=[child.pk])
    context = {"sheet": talks.sheet(child), "child": child, "form": form, "on": on}
    return render(request, "plans/check_in.html", context, status=422 if form.errors else 200)


@teachers_only
def promise(request: HttpRequest) -> HttpResponse:
    """Minutes with an adult: the sum said aloud, before and after it is promised."""
    on = timezone.localdate()
    school_class = class_of(request, on=on, to_decide=True)
    held = promises.promise_of(school_class)
    form = PromiseForm(request.POST or None, initial=_preset(held))
    fit = None
    if request.method == "POST" and form.is_valid():
        fit = promises.fits(n_children=promises.n_children(school_class, on=on), **form.cleaned_data)
        if request.POST.get("do") == "promise" and fit.does_fit:
            promises.set_promise(
                school_class=school_class, by=request.person, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Promised. %(sum)s") % {"sum": fit.sentence})
            return redirect("plans:check_ins")
    elif held:
        fit = promises.fit_now(held, on=on)
    context = {
        "school_class": school_class,
        "form": form,
        "fit": fit,
        "held": held,
        "delivered": promises.delivered(school_class, on=on),
    }
    too_much = request.method == "POST" and fit is not None and not fit.does_fit
    return render(request, "plans/promise.html", context, status=422 if form.errors or too_much else 200)


def _preset(held) -> dict:
    if held:
        names = ("minutes", "every_school_days", "minutes_a_day")
        return {name: getattr(held, name) for name in names}
    return {
        "minutes": promises.PRESET_MINUTES,
        "every_school_days": promises.PRESET_SCHOOL_DAYS,
        "minutes_a_day": promises.PRESET_MINUTES_A_DAY,
    }


# --- what children say -------------------------------------------------------------------------------------


@teachers_only
def voices(request: HttpRequest) -> HttpResponse:
    """Ideas and "I don't agree", the first due first."""
    school_class = class_of(request, on=timezone.localdate(), to_decide=True)
    form = SpeakForm(request.POST or None, children=children_of(school_class))
    if request.method == "POST" and form.is_valid():
        try:
            _write_down(request, form.cleaned_data)
            return redirect(_voices_of(school_class))
        except Denied as why:
            form.add_error(None, str(why))
    return _voices_page(request, school_class, form)


def _voices_of(school_class: Class) -> str:
    return f"{reverse('plans:voices')}?class={school_class.pk}"


def _voices_page(
    request: HttpRequest,
    school_class: Class,
    form: SpeakForm,
    *,
    answering: AnswerProposalForm | ReplyForm | None = None,
    to: Proposal | Contest | None = None,
) -> HttpResponse:
    """``answering``: an answer that could not be taken, and what it was an answer ``to``."""
    at, on = timezone.now(), timezone.localdate()
    ideas = voice.open_proposals(school_class, on=on)
    contests = voice.open_contests(school_class, on=on)
    about = {row.student_id for row in [*ideas, *contests]}
    write.looked("plans.voices.looked", by=request.person.pk, at=at, about=about)
    context = {
        "school_class": school_class,
        "form": form,
        "ideas": [(idea, answering if idea == to else _answer_form(idea)) for idea in ideas],
        "contests": [
            (said, voice.school_days_left(said, on=on), answering if said == to else _reply_form(said))
            for said in contests
        ],
        # Somebody else was first: the row waits no more, and what was typed must not go with it.
        "gone": answering if answering and to not in [*ideas, *contests] else None,
    }
    return render(request, "plans/voices.html", context, status=422 if answering or form.errors else 200)


def _answer_form(idea: Proposal, sent: QueryDict | None = None) -> AnswerProposalForm:
    return AnswerProposalForm(sent, auto_id=f"idea-{idea.pk}-%s")


def _reply_form(said: Contest, sent: QueryDict | None = None) -> ReplyForm:
    return ReplyForm(sent, said=said, auto_id=f"contest-{said.pk}-%s")


def _write_down(request: HttpRequest, said: dict) -> None:
    """For a child without an account: the same rows that the child's own pages make."""
    at, child, words = timezone.now(), said["child"], said["words"]
    if said["what"] == SpeakForm.IDEA:
        voice.propose(student=child, words=words, by=request.person, at=at)
        return
    voice.contest(
        student=child,
        competency=said["competency"],
        wish=said["what"],
        words=words,
        by=request.person,
        at=at,
        on=timezone.localdate(at),
    )


@require_POST
@teachers_only
def answer_idea(request: HttpRequest, pk: int) -> HttpResponse:
    idea = _asked(Proposal, request, pk)
    form = _answer_form(idea, request.POST)
    return _answered(request, idea, form, _answer_idea)


def _answer_idea(idea: Proposal, said: dict, *, by: Person, at: datetime) -> None:
    voice.answer_proposal(
        idea,
        answer=said["answer"],
        words=said["words"],
        minutes=said["minutes"] or voice.PRESET_MINUTES,
        with_whom=said["with_whom"],
        by=by,
        at=at,
    )


@require_POST
@teachers_only
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step, or the third: whichever comes next."""
    said = _asked(Contest, request, pk)
    deed = _settle if request.POST.get("do") == "settle" else _reply
    return _answered(request, said, _reply_form(said, request.POST), deed)


def _settle(contest: Contest, said: dict, *, by: Person, at: datetime) -> None:
    voice.settle(contest, words=said["words"], by=by, at=at)


def _reply(contest: Contest, said: dict, *, by: Person, at: datetime) -> None:
    voice.reply(contest, words=said["words"], by=by, at=at)


def _asked(model: type[Proposal] | type[Contest], request: HttpRequest, pk: int) -> Proposal | Contest:
    seen = Person.objects.seen_by(request.person, on=timezone.localdate())
    return get_object_or_404(model.objects.select_related("student"), pk=pk, student__in=seen)


def _answered(
    request: HttpRequest,
    asked: Proposal | Contest,
    form: AnswerProposalForm | ReplyForm,
    deed: Callable[..., None],
) -> HttpResponse:
    """The deed; or the page once more, with the sentence where it belongs and all that was typed."""
    school_class = class_of(request, on=timezone.localdate(), to_decide=True)
    if form.is_valid():
        try:
            deed(asked, form.cleaned_data, by=request.person, at=timezone.now())
            return redirect(_voices_of(school_class))
        except Denied as why:
            form.add_error(None, str(why))
    empty = SpeakForm(children=children_of(school_class))
    return _voices_page(request, school_class, empty, answering=form, to=asked)
