"""A family asks for a row to be put right, or lays its own word beside it. The answer has a clock.

In:   what the family asks; what the teacher answers.
Out:  a request whose words stay, due in ten school days; its answer.
Not here: the correction itself (correct.py): who agrees to a request corrects the row.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.classroom.evidence import policy
from plainview.classroom.evidence.models import Amendment, Evidence
from plainview.classroom.evidence.policy import NotTaken
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import NotSeen
from plainview.lobby.people.school_days import add_school_days

SCHOOL_DAYS_TO_ANSWER = 10  # CLASSROOM 1


@transaction.atomic
def ask(*, student: Person, evidence: Evidence | None, words: str, by: Person, at: datetime) -> Amendment:
    """The family's words. The same words about the same row, asked twice, are one request."""
    policy.check_may_ask_for_amendment(by, student, on=timezone.localdate(at))
    if evidence is not None and evidence.student_id != student.pk:
        raise NotSeen
    words = words.strip()
    if not words:
        raise NotTaken(_("Write what should be put right, or what you want to say beside it."))
    same = {"student": student, "evidence": evidence, "asked_by": by, "words": words}
    if waiting := Amendment.objects.filter(**same, answer="").first():
        return waiting
    due_on = add_school_days(timezone.localdate(at), SCHOOL_DAYS_TO_ANSWER)
    amendment = Amendment.objects.create(**same, asked_at=at, due_on=due_on)
    write.deed("evidence.amendment_asked", by=by.pk, at=at, about=student.pk, thing=amendment.pk)
    return amendment


@transaction.atomic
def answer(amendment: Amendment, *, words: str, by: Person, at: datetime) -> Amendment:
    """The school's answer; the family's words stay, whatever it is."""
    policy.check_may_answer_amendment(by, amendment, on=timezone.localdate(at))
    words = words.strip()
    if not words:
        raise NotTaken(_("Write what you answer. The family reads it."))
    if amendment.answer:
        raise NotTaken(
            _("%(who)s answered this on %(day)s.")
            % {"who": amendment.answered_by, "day": date_format(timezone.localdate(amendment.answered_at))}
        )
    amendment.answer, amendment.answered_by, amendment.answered_at = words, by, at
    amendment.save(update_fields=["answer", "answered_by", "answered_at"])
    write.deed("evidence.amendment_answered", by=by.pk, at=at, about=amendment.student_id, thing=amendment.pk)
    return amendment
