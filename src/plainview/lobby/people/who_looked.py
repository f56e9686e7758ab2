"""Who looked at a child's record, and who changed it: name, role, when, what.

In:   a child.
Out:  looks, newest first, with the people behind the numbers.
Not here: words. The ledger holds none.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Person, Role

# What a deed's fixed word is called on the page. A word without a name here is shown as it stands.
DEEDS = {
    "day.morning.looked": _("read the morning page"),
    "day.class_map.looked": _("looked at the class map"),
    "day.child.looked": _("read the child's page"),
    "day.family.looked": _("read the family page"),
    "guidance.card.looked": _("read a suggestion"),
    "guidance.cards.looked": _("read the list of suggestions"),
    "guidance.decided": _("decided on a suggestion"),
    "guidance.export.looked": _("took a suggestion along as a file"),
    "evidence.recorded": _("wrote down what was seen"),
    "evidence.row.looked": _("read a piece of evidence"),
    "evidence.capture.looked": _("opened the page for notes"),
    "evidence.corrected": _("corrected a piece of evidence"),
    "evidence.withdrawn": _("took a piece of evidence back"),
    "evidence.judged": _("wrote down what they hold the child can do"),
    "evidence.work.looked": _("looked at a piece of work"),
    "evidence.exported": _("exported the learning log"),
    "evidence.erased": _("erased the record"),
    "plans.groups.looked": _("looked at the groups"),
    "plans.plan.looked": _("looked at the child's plan"),
    "plans.check_in.looked": _("opened the check-in sheet"),
    "plans.check_ins.looked": _("looked at the list of check-ins"),
    "plans.check_in.held": _("held a check-in"),
    "people.supports.looked": _("looked at the supports"),
    "people.who_looked.looked": _("looked at this list"),
    "people.badge.renewed": _("made a new badge"),
    "people.badges.looked": _("printed the badges"),
    "people.family.chose": _("chose for the family"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    name: str
    role: str
    what: str
    at: datetime
    deed: str


def looks(student: Person, *, most: int = 200) -> list[Look]:
    """Adults' deeds about this child; the child's own are not 'looking'."""
    lines = list(Line.objects.filter(about=student.pk).exclude(by=student.pk).order_by("-at", "-pk")[:most])
    people = {p.pk: p for p in Person.objects.filter(pk__in={line.by for line in lines})}
    return [_look(line, people.get(line.by)) for line in lines]


def _look(line: Line, person: Person | None) -> Look:
    return Look(
        name=person.full_name if person else _("someone who is no longer here"),
        role=Role(person.role).label if person else "",
        what=DEEDS.get(line.deed, line.deed),
        at=line.at,
        deed=line.deed,
    )
