"""A card in two lines, for the morning: what it suggests, and the first reason.

In:   open suggestions, who reads, and on which day.
Out:  sentences with names, and where the whole card is.
Not here: deciding. That is on the card, where the evidence is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.guidance import say
from plainview.classroom.guidance.models import Suggestion
from plainview.lobby.people.models import Person
from plainview.lobby.people.names import joined

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    url: str
    sentence: str
    because: str
    about: Competency | None  # where that is all ``because`` says
    expires_words: str


def brief(cards: Sequence[Suggestion], *, reader: Person, today: date) -> list[Brief]:
    """One card in ten is shown blind first: the morning then says what it is about, and not what to do."""
    names = say.names_for([card.card for card in cards])
    return [_brief(card, names, reader, today) for card in cards]


def _brief(card: Suggestion, names: say.Names, reader: Person, today: date) -> Brief:
    hidden = card.is_hidden_from(reader)
    if hidden:
        who = joined(child.short_name for child in card.students.all())
        sentence = _("What would you do for %(who)s?") % {"who": who}
        because = card.competency.short_name if card.competency else ""
    else:
        sentence = say.line(card.card["do"]["say"], names)
        because = say.line(card.card["because"][0], names) if card.card["because"] else ""
    return Brief(
        url=reverse("guidance:card", args=[card.pk]),
        sentence=sentence,
        because=because,
        about=card.competency if hidden else None,
        expires_words=_until(card.expires_on, today=today),
    )


def _until(on: date, *, today: date) -> str:
    """On a Wednesday, "until Wednesday" would be today."""
    pattern = "l" if on - today < A_WEEK else "j F"
    return _("until %(day)s") % {"day": date_format(on, pattern)}
