"""Build the demonstration's desk, once.

In:   an empty desk.
Out:  its people, a made-up product at each stage, stories; pages of the dossiers that come with Plainview.
Not here: serving it.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from plainview.desk.verdicts import first
from plainview.site.demo.desk import people, told
from plainview.site.demo.desk.steps import on


def build(*, today: date, say: Callable[[str], None]) -> None:
    with transaction.atomic():
        desk = people.make()
        told.tell(desk, today=today, say=say)
        say("the dossiers that come with Plainview are taken in")
        list(first.publish(by=desk.chair, at=on(today - timedelta(days=4))))
