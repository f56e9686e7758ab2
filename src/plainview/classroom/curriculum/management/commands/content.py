"""In: a folder of content. Out: its faults, or its rows. Not here: what a file may say (docs/content.md)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

import plainview
from plainview.classroom.curriculum.faults import MOST_SHOWN, Fault

if TYPE_CHECKING:
    from plainview.classroom.curriculum.load import Loaded


class Command(BaseCommand):
    help = "Look through the content files, or load them."

    def add_arguments(self, parser) -> None:
        parser.add_argument("deed", choices=["check", "load"])
        parser.add_argument("folder", nargs="?", type=Path, help="without it: what Plainview brings along")

    def handle(self, *, deed: str, folder: Path | None, verbosity: int, **options) -> None:
        # Readers of files weigh 12 MB; a server that finds the content unchanged never needs them.
        from plainview.classroom.curriculum.check import check_content
        from plainview.classroom.curriculum.load import load_content

        folder = folder or shipped_content()
        if deed == "check":
            self._say(check_content(folder))
            self.stdout.write("Every file holds together.")
            return
        loaded = load_content(folder)
        if verbosity:
            self.stdout.write(counted(loaded))
        self._say(loaded.faults)

    def _say(self, faults: list[Fault]) -> None:
        if not faults:
            return
        lines = [str(fault) for fault in faults[:MOST_SHOWN]]
        if len(faults) > MOST_SHOWN:
            lines.append(f"... and {len(faults) - MOST_SHOWN} more.")
        raise CommandError("\n".join(lines))


def shipped_content() -> Path:
    """The content that comes with Plainview: inside the package once installed, beside src/ in a checkout."""
    package = Path(plainview.__file__).parent
    packed = package / "content"
    return packed if packed.is_dir() else package.parents[1] / "content"


def counted(loaded: Loaded) -> str:
    """What a load did, in a few words."""
    said = []
    for what in ("made", "changed", "unchanged", "retired"):
        counts = getattr(loaded, what)
        if counts:
            said.append(f"{what}: " + ", ".join(f"{n} {name}" for name, n in counts.items()))
    return "; ".join(said) or "nothing to load"


def say_what_was_imported(command: BaseCommand, loaded: Loaded) -> None:
    """An importer takes what it can; whoever runs it reads each fault and what was left out for it."""
    for fault in loaded.faults:
        command.stdout.write(("left out: " if fault.heavy else "noted: ") + str(fault))
    heavy = sum(fault.heavy for fault in loaded.faults)
    command.stdout.write(f"{counted(loaded)}. {heavy} left out, {len(loaded.faults) - heavy} noted.")
    if not (loaded.made or loaded.changed or loaded.unchanged):
        raise CommandError("Nothing was taken in.")
