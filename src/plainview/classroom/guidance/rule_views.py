"""The rules room: each rule in plain words, who wrote it, what it may do. Anyone who works here may read it.

In:   a request by an adult who has signed in.
Out:  the rules; how their cards were answered over all classes, where that points at nobody.
Not here: any count of one class or one teacher.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.guidance import alarm, counts
from plainview.classroom.guidance.views import now
from plainview.core.rules.catalogue import RULES
from plainview.core.rules.rule import Rule
from plainview.lobby.people.door import class_of, signed_in, teachers_only
from plainview.lobby.people.models import Class


@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    told = [_told(rule) | {"answers": counts.of_rule(rule.name)} for rule in RULES.values()]
    return render(request, "guidance/rules.html", {"rules": told})


@signed_in
def rule(request: HttpRequest, name: str) -> HttpResponse:
    if name not in RULES:
        raise Http404
    found = RULES[name]
    context = _told(found) | {
        "answers": counts.of_rule(name),
        "parameters": found.parameters,
        "rests_in": _rests_in(request, name),
    }
    return render(request, "guidance/rule.html", context)


@teachers_only
@require_POST
def wake(request: HttpRequest, name: str) -> HttpResponse:
    at, on = now()
    alarm.wake(class_of(request, on=on, to_decide=True), name, by=request.person, at=at)
    messages.success(request, _("The rule speaks again from the next look on."))
    return redirect("guidance:rule", name)


def _rests_in(request: HttpRequest, name: str) -> list[Class]:
    """The teacher's own classes in which the rule rests. Nobody else is told."""
    mine = Class.objects.taught_by(request.person, on=timezone.localdate())
    return [one for one in mine if name in alarm.resting(one)]


def _told(found: Rule) -> dict:
    return {
        "rule": found,
        "title": _(found.title),
        "words": _(found.words),
        "may": _(found.may),
        "asks_less": found.lowers_expectation,
    }
