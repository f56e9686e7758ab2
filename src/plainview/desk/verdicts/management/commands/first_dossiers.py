"""`plainview manage first_dossiers`: the dossiers that come with Plainview become this desk's first pages."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plainview.core.mendable import Mendable
from plainview.desk.verdicts import first
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied


class Command(BaseCommand):
    help = (
        "Publish the dossiers that come with Plainview, as their checks found. A second time changes nothing."
    )

    def add_arguments(self, parser) -> None:
        names = ", ".join(path.name for path in first.folders())
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help=f"which of them; otherwise all: {names}")
        parser.add_argument(
            "--by", required=True, metavar="NAME", help="the chair who publishes: sign-in name"
        )

    def handle(self, *, slugs, by, **options) -> None:
        try:
            for path, made in first.publish(slugs, by=_chair(by), at=timezone.now()):
                said = f"/products/{made.product}/{made.number}/" if made else "published here already"
                self.stdout.write(f"{path.name}: {said}")
        except (Denied, Mendable) as fault:
            raise CommandError(str(fault)) from fault


def _chair(name: str) -> Person:
    found = Person.objects.filter(sign_in_name=name.lower(), role=Role.CHAIR, is_active=True).first()
    if found is None:
        raise CommandError(
            f"--by: found no chair who signs in as '{name}'. Make one with `plainview manage appoint`."
        )
    return found
