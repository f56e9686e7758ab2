"""'Always', 'never', and a specialist's no for one child: drafted from a card, kept until a day.

In:   a request by an adult of the class, about one card.
Out:  a standing decision, or the sentence why not.
Not here: what stands already, and taking it back (setting_views).
"""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plainview.classroom.guidance import lay_out, policy, standing
from plainview.classroom.guidance.forms import StandingForm, VetoForm
from plainview.classroom.guidance.models import StandingDecision, Suggestion
from plainview.classroom.guidance.views import looked, now
from plainview.lobby.people.door import class_adults_only, teachers_only
from plainview.lobby.people.policy import Denied, NotSeen


@teachers_only
def keep_standing(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    if way not in StandingDecision.Way.values:
        raise NotSeen
    form = StandingForm(request.POST or None, card=found, way=way, on=on)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, found, way, form.cleaned_data, at=at)
        except Denied as refusal:
            trouble = str(refusal)
        else:
            messages.success(
                request, _("It stands until the day you chose. You can take it back at any time.")
            )
            return redirect("guidance:settings")
    looked(request, found, "guidance.card.looked", at=at)
    [front] = lay_out.fronts([found], today=on, reader=request.person)
    context = {"front": front, "form": form, "way": way, "trouble": trouble, "title": _way_words(way)}
    return render(request, "guidance/standing.html", context, status=422 if trouble or form.errors else 200)


def _keep(request: HttpRequest, found: Suggestion, way: str, said: dict, *, at: datetime) -> StandingDecision:
    kept = {"ends_on": said["ends_on"], "by": request.person, "at": at, "words": said["words"]}
    kept["everything"] = said["reach"] == "everything"
    if way == StandingDecision.Way.ALWAYS:
        return standing.always(found, **kept)
    return standing.never(found, student=said["student"], **kept)


def _way_words(way: str) -> str:
    return _("Always like this") if way == StandingDecision.Way.ALWAYS else _("Never like this")


@class_adults_only
def veto(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    form = VetoForm(request.POST or None, card=found, on=on)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            standing.veto(
                found, said["student"], words=said["words"], ends_on=said["ends_on"], by=request.person, at=at
            )
        except Denied as refusal:
            trouble = str(refusal)
        else:
            messages.success(request, _("Your no is kept. The teacher reads it on the card."))
            return redirect("guidance:card", pk)
    looked(request, found, "guidance.card.looked", at=at)
    [front] = lay_out.fronts([found], today=on, reader=request.person)
    context = {"front": front, "form": form, "trouble": trouble}
    return render(request, "guidance/veto.html", context, status=422 if trouble or form.errors else 200)
