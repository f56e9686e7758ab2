"""Put a row right, or take it back. The old row stays and can be read; the new one supersedes it.

In:   a row, what is different, who says so and why.
Out:  a new row that holds from now on.
Not here: erasing (erase.py), and the family's request for it (amend.py).
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.evidence import policy
from plainview.classroom.evidence.keep import keep, kept_before
from plainview.classroom.evidence.models import Evidence, Medium
from plainview.classroom.evidence.policy import NotTaken
from plainview.classroom.evidence.record import check_day, check_language, check_response, scored
from plainview.lobby.people.models import Person

# Not the child: a row about the wrong child is taken back, and written again for the right one.
MAY_CHANGE = frozenset(
    {"competency", "kind", "shown", "words", "language", "medium", "helped", "hints", "misconception", "on"}
    | {"response"}
)
STAYS = ("student_id", "item_id", "work_id", "assigned_by")


def correct(
    evidence: Evidence, *, by: Person, at: datetime, why: str, client_key: UUID, **changes
) -> Evidence:
    """A row that says it right. An answer that was read wrong from paper is marked again."""
    if unknown := set(changes) - MAY_CHANGE:
        raise ValueError(f"a correction cannot change {sorted(unknown)}")
    row = _next_row(evidence, by=by, at=at, why=why, client_key=client_key)
    for name in MAY_CHANGE:
        setattr(row, name, changes.get(name, getattr(evidence, name)))
    if "response" in changes and evidence.item_id:
        _check_was_read_from_paper(evidence)
        row.response = check_response(evidence.item, row.response)
        row.shown, row.misconception = scored(evidence.item, row.response)
    check_language(row.language)
    check_day(row.on, at=at)
    return _supersede(evidence, row, deed="evidence.corrected")


def withdraw(evidence: Evidence, *, by: Person, at: datetime, why: str, client_key: UUID) -> Evidence:
    """Nothing is made of the row any more. Its words stay where they were, readable as taken back."""
    row = _next_row(evidence, by=by, at=at, why=why, client_key=client_key)
    row.competency_id, row.kind, row.on = evidence.competency_id, evidence.kind, evidence.on
    row.medium, row.helped, row.language = evidence.medium, evidence.helped, evidence.language
    row.withdrawn = True
    return _supersede(evidence, row, deed="evidence.withdrawn")


def _next_row(evidence: Evidence, *, by: Person, at: datetime, why: str, client_key: UUID) -> Evidence:
    policy.check_may_correct(by, evidence, on=timezone.localdate(at))
    if not why.strip():
        raise NotTaken(_("Say in a few words why. The family can read it."))
    row = Evidence(supersedes=evidence, by=by, at=at, why=why.strip(), client_key=client_key)
    for name in STAYS:
        setattr(row, name, getattr(evidence, name))
    return row


def _check_was_read_from_paper(evidence: Evidence) -> None:
    if evidence.medium == Medium.SCREEN:
        raise NotTaken(
            _("On a screen the child answered, and that stays. You can say that it shows something else.")
        )


def _supersede(evidence: Evidence, row: Evidence, *, deed: str) -> Evidence:
    if first := kept_before(row.client_key, student_pk=row.student_id):
        return first
    if Evidence.objects.filter(supersedes=evidence).exists():
        raise NotTaken(_("This row was corrected before. Open the newer one and correct that."))
    return keep(row, deed=deed)
