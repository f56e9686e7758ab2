"""In: the graph of the public standards. Out: competencies, and every fault. Not here: our own units."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand

from plainview.classroom.curriculum.importers.ccss import import_ccss
from plainview.classroom.curriculum.management.commands.content import say_what_was_imported


class Command(BaseCommand):
    help = "Take in the graph of the public mathematics standards: a folder with json/ or csv/."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **options) -> None:
        say_what_was_imported(self, import_ccss(path))
