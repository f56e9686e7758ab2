"""The settings of a class: on, off, stopped for a week; weights; what stands always or never.

In:   a request by an adult of the class.
Out:  a page to read, for specialists too; presses that only a teacher's count.
Not here: settings of the site (docs/settings.md).
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.guidance import policy, standing, switch
from plainview.classroom.guidance.forms import WeightsForm
from plainview.classroom.guidance.models import StandingDecision
from plainview.classroom.guidance.views import decides, now
from plainview.core.rules.catalogue import RULES
from plainview.lobby.ledger import write
from plainview.lobby.people.door import class_adults_only, class_of, teachers_only
from plainview.lobby.people.models import Class
from plainview.lobby.people.policy import Denied, NotSeen


@class_adults_only
def settings(request: HttpRequest) -> HttpResponse:
    _at, on = now()
    school_class = class_of(request, on=on)
    form = WeightsForm(weights=switch.weights_of(school_class))
    return _page(request, school_class, form)


def _page(request: HttpRequest, school_class: Class, form: WeightsForm) -> HttpResponse:
    at, on = now()
    newest = switch.newest(school_class)
    kept, outgrown = standing.in_force(school_class, on=on), standing.outgrown(school_class, on=on)
    about = [one.student_id for one in (*kept, *outgrown) if one.student_id]
    write.looked("guidance.settings.looked", by=request.person.pk, at=at, about=about)
    context = {
        "school_class": school_class,
        "others": Class.objects.seen_by(request.person, on=on).exclude(pk=school_class.pk),
        "switch": newest,
        "is_on": switch.holds(newest, on=on),
        "is_stopped": bool(newest and newest.stopped_until and newest.stopped_until > on),
        "form": form,
        "standing": [(one, _title(one), _may_end(request, one)) for one in kept],
        "outgrown": [(one, _rule(one), one.by_id == request.person.pk) for one in outgrown],
        "may_decide": decides(request, school_class, on=on),
    }
    return render(request, "guidance/settings.html", context, status=422 if form.errors else 200)


def _title(one: StandingDecision) -> str:
    return _(RULES[one.rule].title) if one.rule in RULES else one.rule


def _rule(one: StandingDecision) -> dict:
    return {"title": _title(one), "version": RULES[one.rule].version}


def _may_end(request: HttpRequest, one: StandingDecision) -> bool:
    try:
        policy.check_may_end(request.person, one, on=now()[1])
    except Denied:
        return False
    return True


@class_adults_only
@require_POST
def turn(request: HttpRequest) -> HttpResponse:
    at, on = now()
    school_class = class_of(request, on=on)
    if request.POST.get("turn") == "on":
        switch.turn_on(school_class, by=request.person, at=at)
        messages.success(request, _("Suggestions are on. Nothing happens until you decide."))
    else:
        switch.turn_off(school_class, by=request.person, at=at)
        messages.success(request, _("Suggestions are off. Everything else goes on as before."))
    return redirect(_back(school_class))


@class_adults_only
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    at, on = now()
    school_class = class_of(request, on=on)
    row = switch.stop_for_a_week(school_class, by=request.person, at=at)
    messages.success(request, _("No suggestions until %(day)s.") % {"day": policy.day(row.stopped_until)})
    return redirect(_back(school_class))


@class_adults_only
@require_POST
def weights(request: HttpRequest) -> HttpResponse:
    at, on = now()
    school_class = class_of(request, on=on)
    form = WeightsForm(request.POST, weights=switch.weights_of(school_class))
    if not form.is_valid():
        return _page(request, school_class, form)
    switch.set_weights(school_class, weights=form.weights(), by=request.person, at=at)
    messages.success(request, _("Kept. The next look hears the evidence so. What was earned stays."))
    return redirect(_back(school_class))


@class_adults_only
@require_POST
def end_standing(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    found = StandingDecision.objects.select_related("by").filter(pk=pk).first()
    if found is None:
        raise NotSeen
    standing.end(found, by=request.person, at=at)
    messages.success(request, _("Taken back."))
    return redirect(_back(found.school_class))


@teachers_only
@require_POST
def say_again(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    found = StandingDecision.objects.select_related("by", "school_class").filter(pk=pk).first()
    if found is None:
        raise NotSeen
    standing.say_again(found, by=request.person, at=at)
    messages.success(request, _("It stands until the day you chose. You can take it back at any time."))
    return redirect(_back(found.school_class))


def _back(school_class: Class) -> str:
    return f"{reverse('guidance:settings')}?class={school_class.pk}"
