"""The adults' pages of talk: thin. Check-ins, the promise behind them, what children say and propose.

In:   a request by an adult of the class.
Out:  the list and the sheet, the promise with its sum, ideas and "I don't agree" with their clock.
Not here: what is on a plan (views.py). Every read of a child's row is logged here, too.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.plans import check_in as talks
from plainview.classroom.plans import promise as promises
from plainview.classroom.plans import voice
from plainview.classroom.plans.forms import AnswerProposalForm, CheckInForm, PromiseForm, ReplyForm, SpeakForm
from plainview.classroom.plans.models import Contest, Proposal
from plainview.classroom.plans.views import children_of, class_of
from plainview.lobby.ledger import write
from plainview.lobby.people import policy as people
from plainview.lobby.people.door import class_adults_only, teachers_only
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

# --- check-ins ---------------------------------------------------------------------------------------------


@class_adults_only
def check_ins(request: HttpRequest) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    school_class = class_of(request)
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
        talks.hold(student=child, by=request.person, at=at, **form.cleaned_data)
        messages.success(
            request, _("Kept. It stands in %(student)s's record.") % {"student": child.short_name}
        )
        return redirect("plans:check_ins")
    write.looked("plans.check_in.looked", by=request.person.pk, at=at, about=[child.pk])
    context = {"sheet": talks.sheet(child), "child": child, "form": form, "on": on}
    return render(request, "plans/check_in.html", context)


@teachers_only
def promise(request: HttpRequest) -> HttpResponse:
    """Minutes with an adult: the sum said aloud, before and after it is promised."""
    on = timezone.localdate()
    school_class = class_of(request)
    held = promises.promise_of(school_class)
    form = PromiseForm(request.POST or None, initial=_preset(held))
    fit, status = None, 200
    if request.method == "POST" and form.is_valid():
        fit = promises.fits(n_children=promises.n_children(school_class, on=on), **form.cleaned_data)
        if request.POST.get("do") == "promise" and fit.does_fit:
            promises.set_promise(
                school_class=school_class, by=request.person, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Promised. %(sum)s") % {"sum": fit.sentence})
            return redirect("plans:check_ins")
        status = 200 if fit.does_fit else 422
    elif held:
        fit = promises.fit_now(held, on=on)
    context = {
        "school_class": school_class,
        "form": form,
        "fit": fit,
        "held": held,
        "delivered": promises.delivered(school_class, on=on),
    }
    return render(request, "plans/promise.html", context, status=status)


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
    at, on = timezone.now(), timezone.localdate()
    school_class = class_of(request)
    form = SpeakForm(request.POST or None, children=children_of(school_class))
    if request.method == "POST" and form.is_valid():
        _write_down(request, form.cleaned_data)
        return redirect(f"{request.path}?class={school_class.pk}")
    ideas = voice.open_proposals(school_class, on=on)
    contests = voice.open_contests(school_class, on=on)
    about = {row.student_id for row in [*ideas, *contests]}
    write.looked("plans.voices.looked", by=request.person.pk, at=at, about=about)
    context = {
        "school_class": school_class,
        "form": form,
        "ideas": ideas,
        "contests": [(said, voice.school_days_left(said, on=on)) for said in contests],
    }
    return render(request, "plans/voices.html", context)


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
    seen = Person.objects.seen_by(request.person, on=timezone.localdate())
    idea = get_object_or_404(Proposal.objects.select_related("student"), pk=pk, student__in=seen)
    form = AnswerProposalForm(request.POST)
    if not form.is_valid():
        raise Denied(_("Choose yes, later or not this time."))
    said = form.cleaned_data
    voice.answer_proposal(
        idea,
        answer=said["answer"],
        words=said["words"],
        minutes=said["minutes"] or voice.PRESET_MINUTES,
        with_whom=said["with_whom"],
        by=request.person,
        at=timezone.now(),
    )
    return redirect("plans:voices")


@require_POST
@teachers_only
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step, or the third: whichever comes next."""
    seen = Person.objects.seen_by(request.person, on=timezone.localdate())
    said = get_object_or_404(Contest.objects.select_related("student"), pk=pk, student__in=seen)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        raise Denied(_("A few words are needed here."))
    deed = voice.settle if request.POST.get("do") == "settle" else voice.reply
    deed(said, words=form.cleaned_data["words"], by=request.person, at=timezone.now())
    return redirect("plans:voices")
