"""`plainview bench classroom`: how fast is the classroom on this machine?"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plainview.cli.bench import report
from plainview.site.bench import house

PAGE = settings.HERE.parents[2] / "docs" / "performance.md"


class Command(BaseCommand):
    help = "Measure the classroom on this machine: pages, answers, a school's load, writers, sign-in."

    def add_arguments(self, parser) -> None:
        parser.add_argument("what", choices=["classroom"])
        parser.add_argument("--rows", type=int, help="pieces of evidence in the file (2,000,000)")
        parser.add_argument("--quick", action="store_true", help="fewer rows, shorter bursts, same rate")
        parser.add_argument("--json", action="store_true", help="answer for a program")
        parser.add_argument("--write", action="store_true", help="write the figures into docs/performance.md")
        parser.add_argument("--folder", type=Path, help="keep the school here, or use the one there")

    def handle(self, *, rows, quick, json, write, folder, **options) -> None:
        if rows is not None and rows < 1:
            raise CommandError(f"--rows: found {rows}, expected a number above 0.")
        try:
            machine, figures = house.measure(n_rows=rows, quick=quick, folder=folder)
            if write:
                report.write_into(PAGE, report.markdown(machine, figures))
        except (house.Stopped, report.NoPage) as fault:
            raise CommandError(str(fault)) from fault
        said = report.as_json if json else report.table
        self.stdout.write(said(machine, figures))
