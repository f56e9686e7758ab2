"""The pages of the day. Each writes down who looked before it answers; none of them decides anything."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.day import child as child_gather
from plainview.classroom.day import class_map as map_gather
from plainview.classroom.day import conditions as conditions_gather
from plainview.classroom.day import family as family_gather
from plainview.classroom.day import week as week_gather
from plainview.classroom.day.brief import brief
from plainview.classroom.day.morning import morning as morning_of
from plainview.classroom.day.pictures import promise_chart, screen_chart
from plainview.classroom.day.take_along import whole_file
from plainview.classroom.guidance import registers, suggest, switch
from plainview.classroom.guidance.estimate import bring_up_to_date
from plainview.classroom.plans.tiles import tiles
from plainview.lobby.ledger import write
from plainview.lobby.people import policy
from plainview.lobby.people.door import (
    class_adults_only,
    families_only,
    only,
    signed_in,
    students_only,
    teachers_only,
)
from plainview.lobby.people.models import Absence, Class, Person, Role

FIRST_PAGES = {
    Role.SPECIALIST: "day:class_map",
    Role.STUDENT: "day:my_week",
    Role.GUARDIAN: "day:family",
    Role.PRINCIPAL: "day:conditions",
    Role.DATA_MANAGER: "guidance:rules",
}


N_CARDS = 3  # one screen, one minute; the others wait on their own page


ROWS_STAND_HERE = mark_safe("<!-- the rows -->")


def now() -> tuple[datetime, date]:
    return timezone.now(), timezone.localdate()


@signed_in
def first_page(request: HttpRequest) -> HttpResponse:
    """The teacher's first page is the morning; everybody else is sent to theirs."""
    if request.person.role == Role.TEACHER:
        return morning(request)
    return redirect(FIRST_PAGES[request.person.role])


@teachers_only
def morning(request: HttpRequest, class_pk: int | None = None) -> HttpResponse:
    at, on = now()
    room = _room(request.person, class_pk, on=on)
    if room is None:
        return class_map(request)
    cards = suggest.propose(room, on=on, at=at, by=request.person)
    page = morning_of(room, on=on)
    _looked(request, "day.morning.looked", page.children, at=at)
    context = {
        "page": page,
        "cards": brief(cards[:N_CARDS], reader=request.person, today=on),
        "n_cards": len(cards),
        "rooms": _rooms(request.person, on=on),
        "is_on": switch.is_on(room, on=on),
        "stopped_until": switch.stopped_until(room, on=on),
    }
    return render(request, "day/morning.html", context)


@teachers_only
@require_POST
def absent(request: HttpRequest, class_pk: int) -> HttpResponse:
    """Who is away today: the whole list at once, so that a second press corrects the first."""
    at, on = now()
    room = policy.class_seen_by(request.person, class_pk, on=on)
    # The list stands on the morning page, which is for who teaches the class; a specialist reads who is away.
    policy.check_teaches_class(request.person, room, on=on)
    children = Person.objects.in_classes([room.pk], on=on)
    asked = request.POST.getlist("away")
    away = set(children.filter(pk__in=_numbers(asked)).values_list("pk", flat=True))
    if len(away) != len(set(asked)):
        sentence = _("Some of these names are not of this class. The list for today was not changed.")
        return render(request, "400.html", {"sentence": sentence}, status=422)
    with transaction.atomic():
        Absence.objects.filter(student__in=children, on=on).exclude(student__in=away).delete()
        for pk in away:
            Absence.objects.get_or_create(student_id=pk, on=on, defaults={"entered_by": request.person})
            write.deed("day.absence.entered", by=request.person.pk, at=at, about=pk)
    messages.success(request, _("The list for today is kept."))
    return redirect("day:morning_of", class_pk=class_pk)


def _numbers(raw: list[str]) -> list[int]:
    return [int(text[:18]) for text in raw if text.isdecimal()]


@class_adults_only
def class_map(request: HttpRequest, class_pk: int | None = None) -> HttpResponse:
    at, on = now()
    rooms = policy.classes_seen_by(request.person, on=on)
    room = _among(rooms, class_pk)
    if room is None:
        return render(request, "day/no_class.html")
    bring_up_to_date(room, at=at)
    page = map_gather.class_map(room, on=on)
    write.looked("day.class_map.looked", by=request.person.pk, at=at, about=[row.child for row in page.rows])
    around = _around(
        get_language(),
        (room.pk, room.title),
        tuple((other.pk, other.title) for other in rooms if other.pk != room.pk),
        is_teacher=request.person.role == Role.TEACHER,
        columns=page.columns,
        here=ROWS_STAND_HERE if page.rows else "",
    )
    # Through the template the rows, a quarter of a million letters, would be copied nine times over.
    html = render_to_string("day/class_map.html", {"around": around}, request)
    before, _here, after = html.partition(ROWS_STAND_HERE)
    return HttpResponse([before, *(row.cells for row in page.rows), after])


@class_adults_only
def child(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    student = policy.student_seen_by(request.person, pk, on=on)
    bring_up_to_date([student], at=at)
    page = child_gather.child_page(student, on=on)
    _looked(request, "day.child.looked", [student], at=at)
    return render(request, "day/child.html", {"page": page, "child": student})


@students_only
def my_week(request: HttpRequest) -> HttpResponse:
    _at, on = now()
    page = week_gather.my_week(request.person, on=on)
    context = {
        "page": page,
        "chosen": [replace(one, url=reverse("plans:doing", args=[one.value])) for one in tiles(page.chosen)],
        "options": tiles(page.options),
        "told": page.told,
    }
    return render(request, "day/my_week.html", context)


@students_only
def my_learning(request: HttpRequest) -> HttpResponse:
    at, on = now()
    bring_up_to_date([request.person], at=at)
    return render(request, "day/my_learning.html", {"known": week_gather.my_learning(request.person, on=on)})


@families_only
def family(request: HttpRequest) -> HttpResponse:
    _at, on = now()
    children = list(Person.objects.seen_by(request.person, on=on).by_name())
    if len(children) == 1:
        return family_child(request, pk=children[0].pk)
    return render(request, "day/family_children.html", {"children": children})


@families_only
def family_child(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    student = policy.student_seen_by(request.person, pk, on=on)
    bring_up_to_date([student], at=at)
    page = family_gather.family_page(student, on=on)
    _looked(request, "day.family.looked", [student], at=at)
    return render(
        request, "day/family.html", {"page": page, "child": student, **_record(student, page, on=on)}
    )


@families_only
def take_along(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole record as one file."""
    at, on = now()
    student = policy.student_seen_by(request.person, pk, on=on)
    bring_up_to_date([student], at=at)
    page = family_gather.family_page(student, on=on)
    _looked(request, "day.family.took_along", [student], at=at)
    html = whole_file(page, {**_record(student, page, on=on), "today": on})
    return HttpResponse(
        html,
        headers={
            "Content-Disposition": f'attachment; filename="plainview-record-{on}.html"',
            "Cache-Control": "private, no-store",
        },
    )


def _record(student: Person, page: family_gather.FamilyPage, *, on: date) -> dict:
    return {
        "told": registers.for_family(student, on=on),
        "screen_chart": screen_chart(page.screen_days),
    }


@only(Role.PRINCIPAL)
def conditions(request: HttpRequest) -> HttpResponse:
    _at, on = now()
    page = conditions_gather.conditions(on=on)
    chart = None
    if page and page.minutes_promised:
        chart = promise_chart(promised=page.minutes_promised, held=page.minutes_held)
    return render(request, "day/conditions.html", {"page": page, "chart": chart})


def _rooms(person: Person, *, on: date) -> list[Class]:
    """The morning is for who teaches the class. Who serves it as a specialist has the class map."""
    return list(Class.objects.taught_by(person, on=on).order_by("title"))


def _room(person: Person, class_pk: int | None, *, on: date) -> Class | None:
    if class_pk is not None:
        room = policy.class_seen_by(person, class_pk, on=on)
        policy.check_teaches_class(person, room, on=on)
        return room
    return next(iter(_rooms(person, on=on)), None)


@lru_cache(maxsize=64)
def _around(
    language: str, room: tuple[int, str], others: tuple[tuple[int, str], ...], **context: object
) -> SafeString:
    """The map without its rows. ``language`` is the one that is set: it stands here for the cache's sake."""
    context |= {"room": room, "others": others}
    return render_to_string("day/class_map_around.html", context)


def _among(rooms: list[Class], class_pk: int | None) -> Class | None:
    """The same as ``_room``, where all rooms of the person are at hand."""
    if class_pk is None:
        return next(iter(rooms), None)
    for room in rooms:
        if room.pk == class_pk:
            return room
    raise policy.NotSeen


def _looked(request: HttpRequest, deed: str, children: list[Person], *, at: datetime) -> None:
    write.looked(deed, by=request.person.pk, at=at, about=[child.pk for child in children])
