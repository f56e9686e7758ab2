"""Proof that a page with a card was opened, and when: sealed into the page's form.

In:   a card, who opened it, on which page, at what time.
Out:  a seal that nobody else can make; read back when the form comes in.
Not here: a record of reading. The time stays in the form; nothing is kept of how long anyone looked.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.core import signing

from plainview.classroom.guidance.models import Suggestion
from plainview.lobby.people.models import Person

SALT = "plainview.guidance.opened"


class Page(StrEnum):
    LIST = "list"
    CARD = "card"  # the one that shows the evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    page: Page
    at: datetime

    @property
    def showed_evidence(self) -> bool:
        return self.page is Page.CARD


def seal(suggestion: Suggestion, *, by: Person, page: Page, at: datetime) -> str:
    return signing.dumps([suggestion.pk, by.pk, page.value, at.timestamp()], salt=SALT)


def unseal(seal: str, suggestion: Suggestion, *, by: Person) -> Opened | None:
    """What the seal says, if it is for this card and this person."""
    try:
        pk, person, page, moment = signing.loads(seal, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (pk, person) != (suggestion.pk, by.pk):
        return None
    return Opened(page=Page(page), at=datetime.fromtimestamp(moment, UTC))
