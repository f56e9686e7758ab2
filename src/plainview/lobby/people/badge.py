"""A child signs in: the code on a card, then one picture of nine. No memory test, no typing of secrets.

In:   a code and a picture.
Out:  the child, or None; a new card for a child.
Not here: counting tries (views), and strength. The code is the key, one of 800 billion; the picture only
      keeps a friend who saw the card from walking in at once. A card opens one child's own week only.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from plainview.lobby.ledger import write
from plainview.lobby.people import policy
from plainview.lobby.people.models import Badge, Person, Role

PICTURES = {
    "sun": _("sun"),
    "fish": _("fish"),
    "tree": _("tree"),
    "boat": _("boat"),
    "bird": _("bird"),
    "apple": _("apple"),
    "moon": _("moon"),
    "leaf": _("leaf"),
    "star": _("star"),
}
# Without 0/O, 1/I/L: a child reads it from a card.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def tidy(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())[:12]


@sensitive_variables()
def child_of(*, code: str, picture: str) -> Person | None:
    badge = (
        Badge.objects.select_related("student")
        .filter(code=tidy(code), student__is_active=True, student__role=Role.STUDENT)
        .first()
    )
    if badge is None or not secrets.compare_digest(badge.picture, picture):
        return None
    return badge.student


@transaction.atomic
def renew(student: Person, *, by: Person, at: datetime) -> Badge:
    """A new card. The old one stops working, and so does whatever it opened that is still open."""
    policy.check_teaches(by, student, on=timezone.localdate(at))
    student.set_unusable_password()  # sessions hang on it, though a child never has one to type
    student.save(update_fields=["password"])
    badge, _made = Badge.objects.update_or_create(
        student=student,
        defaults={"code": new_code(), "picture": any_picture(), "made_at": at},
    )
    write.deed("people.badge.renewed", by=by.pk, at=at, about=student.pk)
    return badge


def any_picture() -> str:
    return secrets.choice(list(PICTURES))


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(8))
