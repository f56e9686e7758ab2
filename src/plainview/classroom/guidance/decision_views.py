"""The record of a decision, what comes after it, and a teacher's own idea.

In:   a request by an adult of the class.
Out:  the record with its place in the chain; notes; taking back; a decision that needed no card.
Not here: deciding on a card (views).
"""

from datetime import date, datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.guidance import chain, decide, lay_out, policy, say
from plainview.classroom.guidance.forms import IdeaForm
from plainview.classroom.guidance.models import Decision, DecisionNote, Reason
from plainview.classroom.guidance.views import (
    capture_url,
    decides,
    now,
    picked,
    what_became,
)
from plainview.lobby.ledger import write
from plainview.lobby.people.door import class_adults_only, class_of, teachers_only
from plainview.lobby.people.models import Class, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen


@class_adults_only
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    made = policy.decision_seen_by(request.person, pk, on=on)
    students = list(made.students.order_by("pk"))  # as the card names them
    about = [child.pk for child in students]
    write.looked("guidance.decision.looked", by=request.person.pk, at=at, about=about, thing=made.pk)
    return render(request, "guidance/decision.html", _record(request, made, students, on=on))


def _record(request: HttpRequest, made: Decision, students: list[Person], *, on: date) -> dict:
    card = made.suggestion
    may_decide = decides(request, made.school_class, on=on)
    front = lay_out.fronts([card], today=on, reader=request.person)[0] if card else None
    return {
        "decision": made,
        "role": Role(made.acting_role).label,
        "students": students,
        "front": front,
        "changes": say.changes(made),
        "reasons": [Reason(one).label for one in made.reasons],
        "notes": made.notes.select_related("by").order_by("pk"),
        "later": Decision.objects.filter(supersedes=made).select_related("by").first(),
        "place": chain.place_of(made),
        "card_is_gone": bool(made.rule and card is None),
        "picked": picked(request, card) if card and made.by_id == request.person.pk else None,
        "title": say.title_of(made),
        "activity": say.activity_title(made),
        "may_decide": may_decide,
        "may_take_back": may_decide and _may_take_back(request, made, on=on),
        "capture_url": capture_url(made),
    }


def _may_take_back(request: HttpRequest, made: Decision, *, on: date) -> bool:
    try:
        policy.check_may_take_back(request.person, made, on=on)
    except Denied:
        return False
    return True


@teachers_only
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    made = policy.decision_seen_by(request.person, pk, on=on)
    try:
        later = decide.take_back(made, by=request.person, at=at, words=request.POST.get("words", ""))
    except Denied as refusal:
        messages.info(request, str(refusal))
        return redirect("guidance:decision", pk)
    messages.success(request, _("Taken back. What a child has chosen already stays with the child."))
    return redirect("guidance:decision", later.pk)


@teachers_only
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    made = policy.decision_seen_by(request.person, pk, on=on)
    kind = request.POST.get("kind", "")
    if kind not in DecisionNote.Kind.values:
        raise NotSeen
    try:
        decide.note(made, kind=kind, words=request.POST.get("words", ""), by=request.person, at=at)
        messages.success(request, _("It is on the record."))
    except Denied as refusal:
        messages.info(request, str(refusal))
    return redirect("guidance:decision", pk)


@teachers_only
def own_idea(request: HttpRequest) -> HttpResponse:
    """Most good decisions need no card."""
    at, on = now()
    school_class = class_of(request, on=on, to_decide=True)
    children = Person.objects.in_classes([school_class.pk], on=on).by_name()
    form = IdeaForm(request.POST or None, children=children, initial=_prefilled(request))
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = _originate(request, school_class, form.cleaned_data, at=at)
        except Denied as refusal:
            trouble = str(refusal)
        else:
            messages.success(request, what_became(made))
            return redirect("guidance:decision", made.pk)
    about = [child.pk for child in children]
    write.looked("guidance.own_idea.looked", by=request.person.pk, at=at, about=about)
    context = {"form": form, "school_class": school_class, "trouble": trouble}
    return render(request, "guidance/own_idea.html", context, status=422 if trouble or form.errors else 200)


def _originate(request: HttpRequest, school_class: Class, said: dict, *, at: datetime) -> Decision:
    return decide.originate(
        school_class,
        students=list(said["students"]),
        activity=said["activity"],
        competency=said["competency"],
        by=request.person,
        at=at,
        client_key=said["client_key"],
        why=decide.Why(words=said["words"]),
        because=said["because"],
        on=said["on"],
    )


def _prefilled(request: HttpRequest) -> dict:
    """Another page may lead here with a child and a skill."""
    return {
        "client_key": uuid4(),
        "students": [one for one in request.GET.getlist("child") if one.isdecimal()],
        "competency": request.GET.get("competency", ""),
    }
