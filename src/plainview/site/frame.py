"""What stands around every page: where one may go, and whether this is the demonstration.

In:   a request.
Out:  ``nav``, ``is_demo`` for the base template.
Not here: what a page says.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    name: str
    role: str
    key: str  # opaque: ties notes that wait on a device to the person who wrote them


def frame(request: HttpRequest) -> dict:
    person = getattr(request, "person", None)
    context = {"is_demo": settings.DEMO, "source_url": settings.SOURCE_URL, "person": person}
    if person:
        context |= {
            "nav": _places(request.path, person),
            "signed_in": SignedIn(
                name=person.full_name,
                role=Role(person.role).label,
                key=salted_hmac("offline queue", str(person.pk)).hexdigest()[:16],
            ),
            "sign_out_url": reverse("people:sign_out"),
            "account_url": reverse("mfa_index") if person.is_adult else "",
        }
    return context


def _places(path: str, person) -> list[Place]:
    return [
        Place(url=(url := reverse(name)), words=words, is_here=path == url)
        for name, words in PLACES.get(person.role, [])
    ]
