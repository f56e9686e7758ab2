"""Which form of an activity a child gets: as it stands, or its paper twin.

In:   an activity, and whether this child works on paper.
Out:  a medium and the screen minutes that go with it.
Not here: why a child works on paper. A family's choice and a support lead to the same row, and to a row that
      any child may have who simply took the paper: the record of one cannot be told from the other's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity
from plainview.classroom.evidence.models import Medium
from plainview.lobby.people import choices
from plainview.lobby.people.models import FamilyChoice
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.supports import supports_of

NO_SCREEN = "no-screen"
NO_PARTNER = "no-partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a child does an activity."""

    medium: str
    screen_minutes: int


def on_paper(students: Iterable[int], *, on: date) -> set[int]:
    """The children (by pk) who get the paper twin of whatever is on a screen."""
    students = list(students)
    by_support = {pk for pk, terms in support_terms(students, on=on).items() if NO_SCREEN in terms}
    return choices.chosen(students, FamilyChoice.Kind.PAPER_ONLY) | by_support


def support_terms(students: Iterable[int], *, on: date) -> dict[int, set[str]]:
    held = supports_of(students, on=on)
    return {pk: {support.term for support in supports} for pk, supports in held.items()}


def form_of(activity: Activity, *, on_paper: bool, medium: str | None = None) -> Form:
    """The activity as it stands, unless somebody asked for another medium or the child works on paper."""
    wanted = medium or activity.medium
    if wanted == Medium.SCREEN and activity.medium != Medium.SCREEN:
        raise Denied(_("“%(title)s” is not made for a screen.") % {"title": activity.title})
    if wanted == Medium.SCREEN and on_paper:
        wanted = Medium.PAPER
    minutes = activity.screen_minutes if wanted == Medium.SCREEN else 0
    return Form(medium=wanted, screen_minutes=minutes)


def clashes(activity: Activity, terms: set[str]) -> set[str]:
    """The child's supports that this activity does not fit, as it stands.

    "No screen" is not among them: there the paper twin is the answer.
    """
    return (set(activity.not_with_supports) & terms) - {NO_SCREEN}
