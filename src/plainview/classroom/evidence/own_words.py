"""One piece of evidence, told to the child whose it is.

In:   a row of the child's own evidence.
Out:  the same facts as everybody reads, in the words of whoever did it: "I did it on my own".
Not here: anything that other readers are not told, and anything less.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from plainview.classroom.evidence import tell
from plainview.classroom.evidence.models import AssignedBy, Evidence, Helped, Kind, Medium


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    title: str
    said: str
    how: str
    helped: str
    chosen: str


TITLES = {
    Kind.ANSWER: _("A question I answered"),
    Kind.OBSERVATION: _("What somebody saw me do"),
    Kind.WORK: _("A piece of my work"),
    Kind.TALK: _("Something we talked about"),
    Kind.RUBRIC: _("How somebody looked at my work"),
    Kind.SELF_ASSESSMENT: _("What I said I can do"),
}
SAID = {
    "open": "",
    "fully": _("I showed it."),
    "partly": _("I showed some of it."),
    "not_yet": _("Not yet, that time."),
}
ANSWERED = SAID | {
    "open": _("A person will read my answer."),
    "fully": _("My answer fits."),
    "partly": _("Some of my answer fits."),
}
HOW = {
    Medium.SCREEN: _("I did it on a screen"),
    Medium.PAPER: _("I did it on paper"),
    Medium.HANDS_ON: _("I did it with things"),
    Medium.TALK: _("I said it"),
}
HELPED = {
    Helped.NONE: _("I did it on my own"),
    Helped.PEER: _("Another child helped me"),
    Helped.ADULT: _("A grown-up helped me"),
    Helped.TOOL: _("A tool helped me"),
}
CHOSEN = {
    AssignedBy.ALGORITHM: _("A program chose it"),
    AssignedBy.TEACHER: _("My teacher chose it"),
    AssignedBy.STUDENT: _("I chose it"),
    AssignedBy.FIXED: _("Everybody did it"),
    AssignedBy.UNKNOWN: _("Nobody wrote down who chose it"),
}


def own(row: Evidence) -> Own:
    return Own(
        title=str(TITLES[Kind(row.kind)]),
        said=_said(row),
        how=str(HOW[Medium(row.medium)]),
        helped=", ".join([str(HELPED[Helped(row.helped)]), *tell.hints(row)]),
        chosen=str(CHOSEN[AssignedBy(row.assigned_by)]),
    )


def _said(row: Evidence) -> str:
    if row.withdrawn or row.kind == Kind.SELF_ASSESSMENT:
        return tell.said(row)
    words = ANSWERED if row.kind == Kind.ANSWER else SAID
    return str(words[tell.level(row.shown)])
