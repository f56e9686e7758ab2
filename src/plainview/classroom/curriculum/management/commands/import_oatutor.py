"""In: a folder or file of OATutor's problems. Out: rows, and every fault. Not here: what a problem means."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand

from plainview.classroom.curriculum.importers.oatutor import import_oatutor
from plainview.classroom.curriculum.management.commands.content import say_what_was_imported


class Command(BaseCommand):
    help = "Take in OATutor's problems: a folder with content-pool/, or a .jsonl(.gz) file, a problem a line."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--licence", default="", help="the terms of problems that name none")

    def handle(self, *, path: Path, licence: str, **options) -> None:
        say_what_was_imported(self, import_oatutor(path, licence=licence))
