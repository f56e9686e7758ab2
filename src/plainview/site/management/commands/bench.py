"""`plainview bench classroom | desk`: how fast is it on this machine?"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plainview.cli.bench import report
from plainview.site.bench import house

DOCS = settings.HERE.parents[2] / "docs"
PAGES = {"classroom": DOCS / "performance.md", "desk": DOCS / "performance-desk.md"}


class Command(BaseCommand):
    help = "Measure the classroom or the desk on this machine: pages, many at once, writers, jobs."

    def add_arguments(self, parser) -> None:
        parser.add_argument("what", choices=sorted(PAGES))
        parser.add_argument("--rows", type=int, help="classroom: pieces of evidence in the file (2,000,000)")
        parser.add_argument("--quick", action="store_true", help="fewer rows, shorter bursts, same rate")
        parser.add_argument("--json", action="store_true", help="answer for a program")
        parser.add_argument("--write", action="store_true", help="write the figures into its page in docs")
        parser.add_argument("--folder", type=Path, help="keep the house here, or use the one there")

    def handle(self, *, what, rows, quick, json, write, folder, **options) -> None:
        if rows is not None and rows < 1:
            raise CommandError(f"--rows: found {rows}, expected a number above 0.")
        try:
            machine, figures = house.measure(n_rows=rows, quick=quick, folder=folder, face=what)
            if write:
                report.write_into(PAGES[what], report.markdown(machine, figures))
        except (house.Stopped, report.NoPage) as fault:
            raise CommandError(str(fault)) from fault
        said = report.as_json if json else report.table
        self.stdout.write(said(machine, figures))
