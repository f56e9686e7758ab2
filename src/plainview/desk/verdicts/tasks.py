"""What the clock does by itself: letters about conditions, and about verdicts that run out. It changes no
status; a status needs no deed.

In:   a condition or a review, on its days.
Out:  letters.
Not here: what stands in them (letters, expiry).
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from plainview.desk.reviews.models import Review
from plainview.desk.verdicts import letters
from plainview.desk.verdicts.models import Condition, Letter
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.task import task

REMINDED_BEFORE = timedelta(days=14)
IN_THE_MORNING = time(8)


@task(name="verdicts.letter")
def letter(progress, *, condition: int, kind: str) -> str:
    """Sent where there is a reason for it still. Done twice, it is sent once."""
    sent = letters.send(Condition.objects.get(pk=condition), kind=kind, by=None, at=timezone.now())
    return "sent" if sent else "no reason"


@task(name="verdicts.expiry")
def word_of_expiry(progress, *, review: int) -> int:
    from plainview.desk.verdicts import expiry  # which names this task

    return expiry.tell(Review.objects.get(pk=review), on=timezone.localdate())


def set_alarms(condition: Condition, *, at: datetime) -> None:
    """A reminder two weeks before, word on the morning after. A reminder whose day has passed is left out."""
    days = {
        Letter.Kind.REMINDER: condition.deadline - REMINDED_BEFORE,
        Letter.Kind.OVERDUE: condition.deadline + timedelta(days=1),
    }
    for kind, day in days.items():
        if day > timezone.localdate(at):
            enqueue(
                letter,
                arguments={"condition": condition.pk, "kind": kind.value},
                at=at,
                run_after=morning_of(day),
                key=f"verdicts.letter/{condition.pk}/{kind.value}",
            )


def morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, IN_THE_MORNING))
