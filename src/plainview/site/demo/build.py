"""Build the demonstration, once: a school, a desk, or both, as the house has faces.

In:   an empty house with its content.
Out:  28 made-up children with eight weeks behind them, ending on the last school day; a desk with a product
      at each stage of a review.
Not here: serving it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plainview.lobby.people.models import Person, School
from plainview.site.demo.links import IDENTIFIER


class AnotherSchool(Exception):
    """Made-up people are never put among real ones, nor real ones shown as made up."""

    def __init__(self) -> None:
        super().__init__(
            f"{settings.HOME} holds another school. Give the demonstration a folder of its own: "
            "PLAINVIEW_HOME=var/demo."
        )


def build(*, say: Callable[[str], None]) -> bool:
    """Whether anything was built; False where it is there already."""
    if School.objects.exclude(identifier=IDENTIFIER).exists():
        raise AnotherSchool
    if Person.objects.exists():
        say("the people are there already")
        return False
    if "classroom" in settings.FACES:
        _a_school(say)
    if "desk" in settings.FACES:
        _a_desk(say)
    return True


def _a_school(say: Callable[[str], None]) -> None:
    # A desk alone has no such rooms.
    from plainview.site.demo import history, school

    last = history.last_school_day(timezone.localdate())
    first = last - timedelta(days=last.weekday(), weeks=history.WEEKS - 1)
    say("inviting 28 children who do not exist")
    with transaction.atomic():
        made = school.make(
            begins_on=first - timedelta(days=30),
            at=timezone.make_aware(datetime.combine(first - timedelta(days=30), time(8))),
        )
        history.tell(made, first=first, last=last, say=say)


def _a_desk(say: Callable[[str], None]) -> None:
    # A school alone has no such rooms.
    from plainview.site.demo.desk.build import build

    build(today=timezone.localdate(), say=say)
