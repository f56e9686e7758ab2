"""`plainview manage jobs`: what waits, runs or broke; and for whoever runs the site, why."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plainview.lobby.jobs.again import again
from plainview.lobby.jobs.models import Job, State


class Command(BaseCommand):
    help = "List the jobs that wait, run or broke."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--why", type=int, metavar="NUMBER", help="how this job broke")
        parser.add_argument("--again", type=int, metavar="NUMBER", help="try a broken job once more")

    def handle(self, *, why, again: int | None, **options) -> None:
        if why is not None:
            self.stdout.write(_found(why).traceback or "Nothing was written down.")
        elif again is not None:
            self._once_more(_found(again))
        else:
            self._list()

    def _once_more(self, job: Job) -> None:
        if not again(job, at=timezone.now()):
            raise CommandError(f"Job {job.pk} is not broken, or the same is asked for already.")
        self.stdout.write(f"Job {job.pk} waits for a worker.")

    def _list(self) -> None:
        for job in Job.objects.exclude(state=State.DONE).order_by("pk"):
            when = job.ended_at or job.due_at
            how_far = f" {job.done_of} of {job.of}" if job.of else ""
            line = f"{job.pk:>6}  {job.state:<8} {when:%Y-%m-%d %H:%M}  {job.name}{how_far}"
            self.stdout.write(f"{line}  {job.sentence}".rstrip())


def _found(number: int) -> Job:
    job = Job.objects.filter(pk=number).first()
    if job is None:
        raise CommandError(f"There is no job {number}. `plainview manage jobs` lists them.")
    return job
