"""`plainview manage verify_chain`: walk each class's chain of decisions, and say where it was changed.

In:   nothing; every class that has decided anything.
Out:  a line for each class; exit code 1 where something is not as it was written.
Not here: mending. A chain that could be mended would prove nothing.
"""

import sys

from django.core.management.base import BaseCommand

from plainview.classroom.guidance import chain
from plainview.lobby.ledger.models import Link
from plainview.lobby.people.models import Class


class Command(BaseCommand):
    help = "Walk each class's chain of decisions and report the first that is not as it was written."

    def handle(self, *args, **options) -> None:
        chained = [one for one in Class.objects.order_by("pk") if _n_links(one)]
        faults = [fault for one in chained for fault in self._faults(one)]
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(chained)} chains read, {len(faults)} not as they were written.")
        if faults:
            sys.exit(1)

    def _faults(self, school_class: Class) -> list[str]:
        name, broken = chain.name_of(school_class), chain.first_broken(school_class)
        said = [] if broken is None else [f"{name}: changed at number {broken} of {_n_links(school_class)}."]
        differ = chain.cards_that_differ(school_class)
        return said + [
            f"{name}: the card under decision {pk} is not the one that was decided on." for pk in differ
        ]


def _n_links(school_class: Class) -> int:
    return Link.objects.filter(chain=chain.name_of(school_class)).count()
