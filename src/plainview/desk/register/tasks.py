"""What this room does outside a request, each by its name. A worker looks here.

In:   numbers of rows; the time.
Out:  letters. Each may be done twice: a worker can be cut off after it.
Not here: what stands in them (subscribe, digest).
"""

from datetime import timedelta

from django.utils import timezone

from plainview.desk.register import digest, subscribe
from plainview.desk.register.models import Subscriber
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.task import task


@task(name="register.mail_confirmation")
def mail_confirmation(progress, *, subscriber: int) -> bool:
    found = Subscriber.objects.select_related("district").filter(pk=subscriber).first()
    return bool(found) and subscribe.mail_confirmation(found)


# An overdue condition is news from the first minute of its first day over, without anybody's deed: within the
# hour the letters are asked for. Nobody gets more than one a day.
@task(name="register.news", every=timedelta(hours=1))
def news(progress) -> int:
    at = timezone.now()
    subscribe.drop_unanswered(asked_before=at - subscribe.LINK_HOLDS)
    batches = digest.batches(at=at)
    for batch in batches:
        enqueue(
            write_to,
            arguments={"subscribers": batch},
            at=at,
            key=f"register.write_to/{timezone.localdate(at)}/{batch[0]}",
        )
    return len(batches)


@task(name="register.write_to")
def write_to(progress, *, subscribers: list[int]) -> int:
    """A batch. One address that is refused stops no other; the job is tried again for those left over."""
    n_sent, trouble = 0, None
    for pk in subscribers:
        found = Subscriber.objects.select_related("district").filter(pk=pk).first()
        if found is None:
            continue  # it said no meanwhile
        try:
            n_sent += digest.send(found, at=timezone.now())
        except OSError as fault:  # what a mail server says, or that there is none, is of this kind
            trouble = fault
        progress(n_sent, len(subscribers), "")
    if trouble:
        raise trouble
    return n_sent
