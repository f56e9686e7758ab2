"""What stands around every page: where one may go, and whether this is the demonstration.

In:   a request.
Out:  ``nav``, ``is_demo`` for the base template.
Not here: what a page says.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    url: str
    words: str
    is_here: bool


PLACES = {
    Role.TEACHER: [
        ("day:morning", _("Morning")),
        ("day:class_map", _("Class map")),
        ("guidance:cards", _("Cards")),
        ("plans:groups", _("Groups")),
        ("plans:check_ins", _("Check-ins")),
        ("evidence:capture", _("Note")),
        ("curriculum:unit", _("Unit")),
    ],
    Role.SPECIALIST: [
        ("day:class_map", _("Class map")),
        ("people:supports", _("Supports")),
        ("evidence:capture", _("Note")),
        ("curriculum:unit", _("Unit")),
    ],
    Role.STUDENT: [("day:my_week", _("My week")), ("day:my_learning", _("My learning"))],
    Role.GUARDIAN: [("day:family", _("My child"))],
    Role.PRINCIPAL: [("day:conditions", _("Conditions")), ("guidance:rules", _("Rules"))],
    Role.DATA_MANAGER: [("guidance:rules", _("Rules"))],
}


def frame(request: HttpRequest) -> dict:
    person = getattr(request, "person", None)
    return {"nav": _places(request.path, person), "is_demo": settings.DEMO, "person": person}


def _places(path: str, person) -> list[Place]:
    places = []
    for name, words in PLACES.get(person.role, []) if person else []:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        places.append(Place(url=url, words=words, is_here=path == url))
    return places
