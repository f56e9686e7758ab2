"""Put one decision on the record: its reasons, its fingerprint, its place in the chain of the class.

In:   a decision that is ready, its children, the reasons, who and when.
Out:  the row, and a line of the ledger for each child.
Not here: whether to decide (decide), and what it puts on plans (act).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.guidance import act, chain
from plainview.classroom.guidance.models import Decision, Reason
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

# A week to see how it goes; what a child has chosen by then stays hers (act.take_off).
REVERSIBLE_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The teacher's reasons, as fixed words and in her own."""

    reasons: tuple[str, ...] = ()
    words: str = ""
    review_on: date | None = None

    @property
    def is_given(self) -> bool:
        return bool(self.reasons or self.words.strip())


def check_reasons(why: Why) -> None:
    if unknown := sorted(set(why.reasons) - set(Reason.values)):
        raise Denied(_("We do not know the reason “%(reason)s”.") % {"reason": unknown[0][:40]})


def accepted(deed: act.Act, *, by: Person, at: datetime) -> dict:
    on = timezone.localdate(at)
    return {
        "made": act.put_on_plans(deed, by=by, at=at),
        "from_on": deed.on or on,
        "to_on": act.last_day(deed, at=at),
        "reversible_until": on + REVERSIBLE_FOR,
    }


def record(
    decision: Decision, students: tuple[Person, ...], *, why: Why, by: Person, at: datetime
) -> Decision:
    """Fingerprint first, then its place in the chain, then the row: all in one transaction."""
    decision.by, decision.acting_role, decision.at = by, by.role, at.astimezone(UTC)
    decision.reasons, decision.words = list(why.reasons), why.words.strip()[:300]
    decision.review_on = why.review_on
    decision.digest = chain.digest_of(decision, [one.pk for one in students])
    link = write.chain(chain.name_of(decision.school_class), digest=decision.digest, at=decision.at)
    decision.link = link.pk
    decision.save(force_insert=True)
    decision.students.set(students)
    for student in students:
        write.deed("guidance.decided", by=by.pk, at=at, about=student.pk, thing=decision.pk)
    return decision


def in_order(students: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(students, key=lambda one: one.pk))
