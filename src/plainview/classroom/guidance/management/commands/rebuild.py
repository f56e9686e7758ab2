"""`plainview rebuild`: derive every estimate again, and say where a stored one differs.

In:   --write to mend; otherwise nothing is changed.
Out:  progress, each difference, and a last line; exit code 1 where anything differed and was not mended.
Not here: how an estimate is derived (guidance.estimate).
"""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from plainview.classroom.guidance.rebuild import everyone, rebuild

# A thousand lines of the same fault say no more than fifty.
MOST_SHOWN = 50


class Command(BaseCommand):
    help = "Derive every estimate again from its evidence and report any difference."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--write", action="store_true", help="put right what differs")

    def handle(self, *args, write: bool = False, **options) -> None:
        students = everyone()
        n_estimates = n_differences = n_waiting = 0
        for progress in rebuild(students, on=timezone.localdate(), mend=write):
            n_estimates += progress.n_estimates
            n_waiting += progress.n_waiting
            for difference in progress.differences[: max(0, MOST_SHOWN - n_differences)]:
                self.stdout.write(str(difference))
            n_differences += len(progress.differences)
            self._tell(f"{progress.n_students} of {progress.of} children")
        self._tell("")
        if n_waiting and not write:
            self.stdout.write(f"{n_waiting} children have something new that the next look will read.")
        self.stdout.write(_summary(n_estimates, n_differences, mended=write))
        if n_differences and not write:
            sys.exit(1)

    def _tell(self, words: str) -> None:
        """Progress on one line, for a person at a screen only."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{words:<40}", ending="" if words else "\r")


def _summary(n_estimates: int, n_differences: int, *, mended: bool) -> str:
    if not n_differences:
        return f"{n_estimates} estimates derived again: no difference."
    told = f"{n_estimates} estimates derived again: {n_differences} differences"
    return f"{told}, put right." if mended else f"{told}. `plainview rebuild --write` puts them right."
