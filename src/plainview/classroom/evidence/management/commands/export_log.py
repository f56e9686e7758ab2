"""Write the learning log of a class into a file, for a reviewer's desk."""

import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plainview.classroom.evidence.export import hand_over
from plainview.lobby.people.models import Class, Person
from plainview.lobby.people.policy import Denied, NotSeen


class Command(BaseCommand):
    help = "Writes the learning log of a class: one row an answer, under pseudonyms."

    def add_arguments(self, parser) -> None:
        parser.add_argument("school_class", metavar="CLASS", help="the class's identifier")
        parser.add_argument("--by", required=True, help="the sign-in name of who takes it out")
        parser.add_argument("--key-file", required=True, type=Path, help="the secret of the pseudonyms")
        parser.add_argument("--out", type=Path, help="where to write; without it, to the screen")

    def handle(self, *, school_class: str, by: str, key_file: Path, out: Path | None, **_rest) -> None:
        room = Class.objects.filter(identifier=school_class).first()
        person = Person.objects.filter(sign_in_name=by.lower()).first()
        if room is None or person is None:
            raise CommandError(f"found no class {school_class!r} or nobody who signs in as {by!r}.")
        try:
            with out.open("w", newline="") if out else nullcontext(sys.stdout) as file:
                done = hand_over(room, file, key=key_file.read_bytes(), by=person, at=timezone.now())
        except (Denied, NotSeen, ValueError, OSError) as fault:
            raise CommandError(str(fault) or f"{by!r} has nothing to do with {school_class!r}.") from fault
        self.stderr.write(
            f"answers: {done.n_attempts}; children: {done.n_students}; "
            f"left out, because their families chose no research: {done.n_left_out}."
        )
