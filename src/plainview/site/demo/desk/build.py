"""Build the demonstration's desk, once.

In:   an empty desk.
Out:  its people, a product at each stage, stories.
Not here: serving it.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from plainview.site.demo.desk import people, told


def build(*, today: date, say: Callable[[str], None]) -> None:
    with transaction.atomic():
        told.tell(people.make(), today=today, say=say)
