"""`plainview manage erase`: erase a child's record, for the school's data manager; certificates stay.

In:   the child's identifier, the ground, who does it; --yes, without which nothing is erased.
Out:  how many rows of each room went, under which certificate.
Not here: the order and the rule (day.erase).
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plainview.classroom.day.erase import erase
from plainview.classroom.evidence.models import Erasure
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied


class Command(BaseCommand):
    help = "Erases all that is kept about a child: a family's right, or the time to keep it is over."

    def add_arguments(self, parser) -> None:
        parser.add_argument("student", metavar="CHILD", help="the child's identifier")
        parser.add_argument("--ground", required=True, choices=Erasure.Ground.values, help="on which ground")
        parser.add_argument("--by", required=True, help="the sign-in name of the data manager who does it")
        parser.add_argument("--yes", action="store_true", help="erase it; there is no way back")

    def handle(self, *, student: str, ground: str, by: str, yes: bool, **_rest) -> None:
        child = Person.objects.filter(identifier=student, role=Role.STUDENT).first()
        person = Person.objects.filter(sign_in_name=by.lower()).first()
        if child is None or person is None:
            raise CommandError(f"found no child {student!r} or nobody who signs in as {by!r}.")
        if not yes:
            raise CommandError(f"this erases all that is kept about {child.full_name}. Add --yes to do it.")
        try:
            certificates = erase(child, ground=ground, by=person, at=timezone.now())
        except Denied as fault:
            raise CommandError(str(fault)) from fault
        rooms = ("suggested and decided", "planned", "shown", "kept beside the name")
        for room, certificate in zip(rooms, certificates, strict=True):
            self.stdout.write(f"{room}: {certificate.n_rows} rows, certificate {certificate.pk}.")
