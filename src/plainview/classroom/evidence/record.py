"""Write down what a child showed: an answer on screen or paper, or what someone saw.

In:   who showed what, in which way, with what help; who writes it, when.
Out:  one row of evidence and one line of the ledger. Nothing else happens.
Not here: several children at once, and pictures (note.py); corrections (correct.py).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.mark import can_be_read, mark
from plainview.classroom.curriculum.models import Competency, Item
from plainview.classroom.evidence import policy
from plainview.classroom.evidence.keep import keep
from plainview.classroom.evidence.models import AssignedBy, Evidence, Helped, Kind, Medium, Work
from plainview.classroom.evidence.policy import NotTaken
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import NotSeen

LONGEST_RESPONSE = Evidence._meta.get_field("response").max_length
PARTLY = 0.5  # the amount is right, and the question asked for another way of writing it
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What someone saw, heard or thinks: the same for one child and for several."""

    kind: Kind
    medium: Medium
    on: date
    competency: Competency | None = None
    shown: float | None = None
    words: str = ""
    language: str = "en"
    helped: Helped = Helped.NONE
    misconception: str = ""


def answer(
    *,
    student: Person,
    item: Item,
    response: str,
    by: Person,
    at: datetime,
    on: date,
    client_key: UUID,
    helped: Helped = Helped.NONE,
    hints: int = 0,
    medium: Medium = Medium.SCREEN,
    language: str = "en",
    assigned_by: AssignedBy,
) -> Evidence:
    """One answer to one question. Help is written down as it was; the answer still counts."""
    policy.check_may_record(by, student, Kind.ANSWER, on=on)
    policy.check_medium(student, medium)
    check_day(on, at=at)
    response = check_response(item, response)
    shown, misconception = scored(item, response)
    row = Evidence(
        student_id=student.pk,
        competency_id=item.competency_id,
        kind=Kind.ANSWER,
        shown=shown,
        language=check_language(language),
        medium=medium,
        helped=helped,
        hints=hints,
        item_id=item.pk,
        response=response,
        misconception=misconception,
        assigned_by=assigned_by,
        on=on,
        at=at,
        by_id=by.pk,
        client_key=client_key,
    )
    return keep(row, deed="evidence.answered")


def observe(
    seen: Seen, *, student: Person, by: Person, at: datetime, client_key: UUID, work: Work | None = None
) -> Evidence:
    """As good as an answer. Words alone are enough."""
    policy.check_may_record(by, student, seen.kind, on=seen.on)
    if seen.kind == Kind.ANSWER:
        raise ValueError("an answer is marked, not observed: use answer()")
    if work is not None and work.student_id != student.pk:
        raise NotSeen
    check_day(seen.on, at=at)
    words = seen.words.strip()
    if seen.shown is None and not words and work is None:
        raise NotTaken(_("Say what you saw: press one of the buttons, or write a few words."))
    row = Evidence(
        student_id=student.pk,
        competency=seen.competency,
        kind=seen.kind,
        shown=seen.shown,
        words=words,
        language=check_language(seen.language),
        medium=seen.medium,
        helped=seen.helped,
        misconception=seen.misconception,
        work=work,
        assigned_by=AssignedBy.STUDENT if by.pk == student.pk else AssignedBy.TEACHER,
        on=seen.on,
        at=at,
        by_id=by.pk,
        client_key=client_key,
    )
    return keep(row, deed="evidence.recorded")


def scored(item: Item, response: str) -> tuple[float | None, str]:
    """What the answer shows. A question taken out since may have had a wrong key: kept, not scored."""
    if item.retired:
        return None, ""
    marked = mark(item, response)
    if marked.equal_but_written_otherwise:
        return PARTLY, ""
    return (None if marked.right is None else float(marked.right)), marked.misconception


def check_response(item: Item, response: str) -> str:
    """An answer that cannot be read counts neither way: it is asked for once more."""
    response = response.strip()
    if not response:
        raise NotTaken(_("There is no answer yet. Choose one or write one; nothing was counted."))
    if len(response) > LONGEST_RESPONSE:
        raise NotTaken(_("That answer is longer than we can keep. Write it in fewer words."))
    if "\x00" in response or not can_be_read(item, response):
        raise NotTaken(_("We cannot read that answer. Write it like 3/4, 1 1/2 or 0.5; nothing was counted."))
    return response


def check_day(on: date, *, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise NotTaken(_("That day is still to come. Choose today or a day before."))


def check_language(language: str) -> str:
    if len(language) > 12 or not LANGUAGE.fullmatch(language):
        raise NotTaken(_("We do not know the language %(code)s.") % {"code": language[:20]})
    return language
