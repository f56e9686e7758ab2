"""Where each role may go: the menu of every page, in the order of the work.

In:   a role.
Out:  places, each an address and words; a face that is off has none.
Not here: who may see what there. Each room's policy asks that again.
"""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Role

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
    Role.CHAIR: [
        ("reviews:reviews", _("Reviews")),
        ("reviews:requests", _("Requests")),
        ("experts:home", _("Panels")),
        ("verdicts:list", _("Verdicts")),
        ("background:books", _("Money and law")),
        ("background:declare", _("My interests")),
        ("public:products", _("Published")),
    ],
    Role.EXPERT: [
        ("experts:home", _("Ratings")),
        ("experts:practice", _("Practice")),
        ("public:products", _("Published")),
    ],
    Role.STEWARD: [
        ("stories:queue", _("Stories")),
        ("stories:sheets", _("Slips")),
        ("stories:log", _("What was done")),
        ("background:declare", _("My interests")),
        ("public:products", _("Published")),
    ],
    Role.OFFICER: [
        ("register:glance", _("Our register")),
        ("register:subscriptions", _("Letters")),
        ("public:products", _("Published")),
    ],
    Role.VENDOR: [
        ("reviews:reviews", _("Our products")),
        ("verdicts:list", _("Pages and replies")),
        ("stories:ours", _("Stories")),
        ("public:products", _("Published")),
    ],
}


@lru_cache(maxsize=32)
def places_of(role: str) -> tuple[tuple[str, object], ...]:
    """Addresses are looked up once: the menu stands on every page."""
    found = [(_address(name), words) for name, words in PLACES.get(role, [])]
    return tuple((address, words) for address, words in found if address)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # of a face that is off; a test holds the others
        return ""
