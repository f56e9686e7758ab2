"""Build the demonstration school, once.

In:   an empty house with its content.
Out:  28 made-up children with eight weeks behind them, ending on the last school day.
Not here: serving it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plainview.lobby.people.models import Person, School
from plainview.site.demo import history, school


class AnotherSchool(Exception):
    """Made-up people are never put among real ones, nor real ones shown as made up."""

    def __init__(self) -> None:
        super().__init__(
            f"{settings.HOME} holds another school. Give the demonstration a folder of its own: "
            "PLAINVIEW_HOME=var/demo."
        )


def build(*, say: Callable[[str], None]) -> bool:
    """Whether a school was built; False where one is there already."""
    if School.objects.exclude(identifier=school.IDENTIFIER).exists():
        raise AnotherSchool
    if Person.objects.exists():
        say("the school is there already")
        return False
    last = history.last_school_day(timezone.localdate())
    first = last - timedelta(days=last.weekday(), weeks=history.WEEKS - 1)
    say("inviting 28 children who do not exist")
    with transaction.atomic():
        made = school.make(
            begins_on=first - timedelta(days=30),
            at=timezone.make_aware(datetime.combine(first - timedelta(days=30), time(8))),
        )
        history.tell(made, first=first, last=last, say=say)
    return True
