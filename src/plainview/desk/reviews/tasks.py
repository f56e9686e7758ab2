"""What this room does outside a request, each by its name. A worker looks here.

In:   numbers of rows.
Out:  the deed done. Each may be done twice: a worker can be cut off after it.
Not here: how. The science is loaded inside the worker, never in the process that shows pages.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from plainview.lobby.jobs.task import task

Progress = Callable[[int, int, str], None]
KEPT_UNUSED = timedelta(days=1)  # bytes that no exhibit came to use: an upload that was refused
KEPT_AT_MOST = timedelta(days=30)  # an address whose answer never went out


@task(name="reviews.run")
def run(progress: Progress, *, run: int) -> None:
    """Every check of the plan is asked."""
    from plainview.desk.reviews.run import work

    work(run, progress, at=timezone.now)


@task(name="reviews.read_exhibit")
def read_exhibit(progress: Progress, *, exhibit: int) -> None:
    """Can it be read? Its faults by line, and nothing of what it says."""
    from plainview.desk.reviews.reading import read

    read(exhibit)


@task(name="reviews.mail_notice")
def mail_notice(progress: Progress, *, notice: int) -> int:
    from plainview.desk.reviews.models import Notice
    from plainview.desk.reviews.notice import mail

    return mail(Notice.objects.select_related("review__product__vendor").get(pk=notice))


@task(name="reviews.answer_request")
def answer_request(progress: Progress, *, request: int) -> None:
    from plainview.desk.reviews.models import Request
    from plainview.desk.reviews.settle import answer

    answer(Request.objects.get(pk=request), at=timezone.now())


@task(name="reviews.sweep", every=timedelta(days=1))
def sweep(progress: Progress) -> int:
    from plainview.desk.reviews.sweep import sweep

    return sweep(before=timezone.now() - KEPT_UNUSED)


@task(name="reviews.drop_addresses", every=timedelta(days=1))
def drop_addresses(progress: Progress) -> int:
    from plainview.desk.reviews.settle import drop_addresses

    return drop_addresses(settled_before=timezone.now() - KEPT_AT_MOST)
