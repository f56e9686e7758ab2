"""Word to whoever leads reviews that a verdict runs out: sixty days before, and on the morning after.

In:   a review that is published, the last day on which its verdicts hold.
Out:  jobs on their days; a mail to each chair, in their language.
Not here: the status. Every page says by itself by when it is to be looked at again.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.desk.reviews.expiring import WITHIN
from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import conclude, tasks
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.people.models import Person, Role


def set_alarms(review: Review, *, expires_on: date | None, at: datetime) -> None:
    """A day that has passed is left out: whoever publishes knows."""
    if expires_on is None:
        return
    for day in (expires_on - WITHIN, expires_on + timedelta(days=1)):
        if day > timezone.localdate(at):
            enqueue(
                tasks.word_of_expiry,
                arguments={"review": review.pk},
                at=at,
                run_after=tasks.morning_of(day),
                key=f"verdicts.expiry/{review.pk}/{day.isoformat()}",
            )


def tell(review: Review, *, on: date) -> int:
    """How many were written to: none where it is looked at again already."""
    if review.stage != Stage.PUBLISHED or Review.objects.filter(follows=review).exists():
        return 0
    last = min((one.holds_until for one in conclude.verdicts_of(review).values()), default=None)
    if last is None:
        return 0
    chairs = Person.objects.filter(role=Role.CHAIR, is_active=True).exclude(email="").order_by("pk")
    for chair in chairs:
        with translation.override(chair.language):
            subject, body = _words(review, last, is_over=last < on)
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [chair.email])
    return len(chairs)


def _words(review: Review, last: date, *, is_over: bool) -> tuple[str, str]:
    told = {"product": " ".join(str(review).split()), "day": date_format(last)}
    if is_over:
        subject, opening = _("%(product)s: the verdict has run out"), _("The verdict held until %(day)s.")
    else:
        subject, opening = _("%(product)s: the verdict runs out"), _("The verdict holds until %(day)s.")
    what = _("Look at it again: open the review under “Verdicts”. The public page names the day already.")
    return subject % told, "\n\n".join([opening % told, what, settings.OFFICE]) + "\n"
