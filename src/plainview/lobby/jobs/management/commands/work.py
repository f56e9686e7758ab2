"""`plainview work`: one process that does what outlives a request. `plainview serve` starts one by itself."""

import os
import signal
from threading import Event, Thread

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from plainview.lobby.jobs.models import Job
from plainview.lobby.jobs.work import work

LOOKS_S = 2.0


class Command(BaseCommand):
    help = "Do the work that outlives a request, one job after another, until stopped."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument("--with", type=int, dest="beside", help="stop when that process ends")

    def handle(self, *, once, beside, **options) -> None:
        if Job._meta.db_table not in connection.introspection.table_names():
            raise CommandError(
                "There are no tables yet. `plainview serve` makes them at its first start; "
                "PLAINVIEW_HOME says where."
            )
        until = Event()
        _stop_when_told(until)
        if beside:
            Thread(target=_stop_when_gone, args=(beside, until), daemon=True).start()
        n_taken = work(until=until, once=once)
        if once:
            self.stdout.write(f"   {n_taken} jobs taken")


def _stop_when_told(until: Event) -> None:
    """The first signal asks; the second one is not asked twice, and the lease brings the job back."""

    def stop(number: int, _frame: object) -> None:
        until.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _stop_when_gone(parent: int, until: Event) -> None:
    """A server that was killed takes no leave of its worker."""
    while os.getppid() == parent:
        if until.wait(LOOKS_S):
            return
    until.set()
