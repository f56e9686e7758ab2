"""Sign-in links for the demonstration: signed, for one role each, good for a day, on this machine only.

In:   a role's word.
Out:  a link; and the person behind a link, or None where it is old or not ours.
Not here: any other way in. A real school has neither this room's address nor its links.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from plainview.lobby.people.models import Guardianship, Person, Role

SALT = "plainview.demo.enter"
A_DAY = 24 * 60 * 60
IDENTIFIER = "maple-street"  # of the school; a house with another school is no demonstration
# Which made-up person stands for each role, and what the link is called; by face.
OF_THE_SCHOOL = {
    "teacher": "maple-delgado",
    "student": "maple-s10",
    "family": "maple-s10",
    "specialist": "maple-whitfield",
    "principal": "maple-achebe",
}
OF_THE_DESK = {
    "chair": "desk-chair",
    "expert": "desk-expert",
    "expert2": "desk-expert2",
    "expert3": "desk-expert3",
    "steward": "desk-steward",
    "officer": "desk-officer",
    "vendor": "desk-vendor",
}
WHO = OF_THE_SCHOOL | OF_THE_DESK


def links(base: str) -> list[tuple[str, str]]:
    there = [
        *(OF_THE_SCHOOL if "classroom" in settings.FACES else ()),
        *(OF_THE_DESK if "desk" in settings.FACES else ()),
    ]
    return [
        (role, base + reverse("demo:enter", args=[signing.dumps(role, salt=SALT, compress=False)]))
        for role in there
    ]


def person_behind(token: str) -> Person | None:
    """Raises ``signing.SignatureExpired`` or ``signing.BadSignature``."""
    role = signing.loads(token, salt=SALT, max_age=A_DAY)
    person = Person.objects.filter(identifier=WHO.get(role, "")).first()
    if person and role == "family" and person.role == Role.STUDENT:
        return Guardianship.objects.get(student=person).guardian
    return person
