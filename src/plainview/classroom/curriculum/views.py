"""The pages of what can be learned: thin.

In:   a request by anyone who is signed in.
Out:  the unit, a competency, an activity, sheets to print.
Not here: what a particular child does (plans) or has shown (evidence). No page here is about anyone.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.lobby.people.door import only, signed_in
from plainview.lobby.people.models import Role
from plainview.lobby.people.qr import qr

from . import print_set
from .models import Activity, Competency, ItemFamily, Misconception, Picture, Unit

# Whoever may hold the key to a sheet of questions. A child may not, and a family gets it from the teacher.
keepers_of_the_key = only(Role.TEACHER, Role.SPECIALIST, Role.PRINCIPAL)
KEEPERS = {Role.TEACHER, Role.SPECIALIST, Role.PRINCIPAL}


@signed_in
def unit(request: HttpRequest, identifier: str = "") -> HttpResponse:
    units = list(Unit.objects.all())
    if identifier and identifier not in {u.identifier for u in units}:
        raise Http404
    here = next((u for u in units if u.identifier == identifier), units[0] if units else None)
    competencies = (
        Competency.objects.offered().filter(unit=here).prefetch_related("requires__unit") if here else []
    )
    return render(
        request, "curriculum/unit.html", {"unit": here, "units": units, "competencies": competencies}
    )


@signed_in
def competency(request: HttpRequest, identifier: str) -> HttpResponse:
    around = Competency.objects.select_related("unit").prefetch_related("requires__unit", "unlocks__unit")
    shown = get_object_or_404(around, identifier=identifier)
    return render(
        request,
        "curriculum/competency.html",
        {
            "competency": shown,
            "activities": shown.activities.offered().select_related("unit"),
            "families": shown.families.offered().select_related("unit"),
            "misconceptions": _misconceptions(shown) if _holds_key(request) else [],
            "holds_key": _holds_key(request),
        },
    )


@signed_in
def activity(request: HttpRequest, identifier: str) -> HttpResponse:
    about = Activity.objects.select_related("unit")
    about = about.prefetch_related("competencies__unit", "misconceptions__unit")
    shown = get_object_or_404(about, identifier=identifier)
    return render(
        request,
        "curriculum/activity.html",
        {
            "activity": shown,
            "group_words": _group_words(shown),
            "for_teacher": _holds_key(request),
            "has_questions": shown.item_families.offered().exists(),
        },
    )


@signed_in
def activity_paper(request: HttpRequest, identifier: str) -> HttpResponse:
    """The paper twin; with ?questions=8 more questions behind it, and the key for whoever may hold it."""
    shown = get_object_or_404(Activity, identifier=identifier)
    families = shown.item_families.offered() if "questions" in request.GET else []
    return render(
        request,
        "curriculum/activity_paper.html",
        {
            "activity": shown,
            "printed": print_set.lay_out(print_set.pick(families, most=_how_many(request))),
            "with_key": _holds_key(request),
            "back_url": shown.get_absolute_url(),
            "qr": qr(request.build_absolute_uri(shown.get_absolute_url())),
        },
    )


@keepers_of_the_key
def family_paper(request: HttpRequest, identifier: str) -> HttpResponse:
    family = get_object_or_404(ItemFamily, identifier=identifier)
    back = family.competency.get_absolute_url()
    return _set_paper(request, [family], title=family.title, back_url=back)


@keepers_of_the_key
def competency_paper(request: HttpRequest, identifier: str) -> HttpResponse:
    shown = get_object_or_404(Competency, identifier=identifier)
    families = list(shown.families.offered())
    return _set_paper(request, families, title=shown.short_name, back_url=shown.get_absolute_url())


@signed_in
def picture(request: HttpRequest, identifier: str) -> HttpResponse:
    kept = get_object_or_404(Picture, identifier=identifier)
    response = HttpResponse(bytes(kept.png), content_type="image/png")
    # Its name is the hash of its content, so it never changes.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _set_paper(
    request: HttpRequest, families: list[ItemFamily], *, title: str, back_url: str
) -> HttpResponse:
    printed = print_set.lay_out(print_set.pick(families, most=_how_many(request)))
    if not printed:
        raise Http404
    context = {"title": title, "printed": printed, "back_url": back_url, "sheets_words": _("with a key")}
    context["unit"] = families[0].unit
    return render(request, "curriculum/set_paper.html", context)


def _how_many(request: HttpRequest) -> int:
    asked = request.GET.get("questions", "")
    return (
        max(1, min(int(asked), print_set.MOST))
        if asked.isascii() and asked.isdigit()
        else print_set.ON_ONE_SHEET
    )


def _holds_key(request: HttpRequest) -> bool:
    return request.person.role in KEEPERS


def _misconceptions(competency: Competency) -> list[Misconception]:
    """The ways of thinking that its questions can bring to light."""
    shown: set[str] = set()
    for choices, answer in competency.items.offered().values_list("choices", "answer"):
        shown |= {wrong["misconception"] for wrong in (*choices, *answer.get("known_wrong", []))}
    return list(Misconception.objects.filter(identifier__in=shown).select_related("unit"))


def _group_words(shown: Activity) -> str:
    if shown.group_min == shown.group_max:
        return ngettext("%(n)s child", "%(n)s children", shown.group_min) % {"n": shown.group_min}
    return _("%(fewest)s to %(most)s children") % {"fewest": shown.group_min, "most": shown.group_max}
