"""Who waits for a word from the teacher, each in one line, whoever has a date first.

In:   what children contest and propose, what families ask, who holds too little to choose from.
Out:  lines that all look alike, so that a page can show the first few and fold the rest.
Not here: the answer. Each line leads to where it is given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence.models import Amendment
from plainview.classroom.plans import options, voice
from plainview.classroom.plans.models import Contest, Proposal
from plainview.lobby.people import days
from plainview.lobby.people.models import Class, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    url: str
    who: str  # whoever reads it follows this
    words: str = ""  # the child's own
    about: Competency | None = None
    due: str = ""


def waiting(room: Class, children: list[Person], *, on: date) -> list[Line]:
    contests = voice.open_contests(room, on=on)
    prefetch_related_objects(contests, "competency__unit")
    asked = Amendment.objects.filter(student__in=children, answered_at=None).select_related("student")
    return [
        *_contests(contests, on=on),
        *_amendments(asked.order_by("due_on"), on=on),
        *_proposals(voice.open_proposals(room, on=on)),
        *_short_of_options(options.students_short_of_options(children, on=on)),
    ]


def _due(on: date, *, today: date) -> str:
    return _("answer due %(day)s") % {"day": days.said(on, today=today)}


def _contests(contests: Iterable[Contest], *, on: date) -> Iterator[Line]:
    for one in contests:
        yield Line(
            url=f"{reverse('plans:voices')}#contest-{one.pk}",
            who=one.student.short_name,
            words=one.words,
            about=one.competency,
            due=_due(one.due_on, today=on),
        )


def _amendments(amendments: Iterable[Amendment], *, on: date) -> Iterator[Line]:
    for one in amendments:
        who = _("%(name)s's family asks about the record") % {"name": one.student.short_name}
        url = reverse("evidence:amendment", args=[one.pk])
        yield Line(url=url, who=who, due=_due(one.due_on, today=on))


def _proposals(ideas: Iterable[Proposal]) -> Iterator[Line]:
    for one in ideas:
        url = f"{reverse('plans:voices')}#idea-{one.pk}"
        yield Line(url=url, who=one.student.short_name, words=one.words)


def _short_of_options(children: list) -> Iterator[Line]:
    if n := len(children):
        said = ngettext(
            "%(n)d child has too little to choose from", "%(n)d children have too little to choose from", n
        )
        yield Line(url=reverse("plans:defaults"), who=said % {"n": n})
