"""Let accepted stories be read, many at once, on the fixed days.

In:   a steward, on or after the first or the fifteenth of a month.
Out:  every accepted story that was told before that day, released with that day's date.
Not here: choosing among them. All go, or none: a story that goes alone would say when it came.
"""

from datetime import date, datetime
from random import SystemRandom

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.desk.stories import policy
from plainview.desk.stories.days import period_of
from plainview.desk.stories.forget import leaving_nothing_behind
from plainview.desk.stories.models import Standing, Story
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

FEWEST_AT_ONCE = 3


def ready(day: date) -> QuerySet[Story]:
    """What may go: accepted, and told before the fixed day that is the last one."""
    return Story.objects.filter(standing=Standing.ACCEPTED, told_in__lt=period_of(day))


def release(*, by: Person, at: datetime) -> int:
    """How many were released. Rows are written anew in an order by chance."""
    policy.check_looks_after_stories(by)
    day = period_of(timezone.localdate(at))
    with leaving_nothing_behind():
        going = list(ready(day).values_list("pk", flat=True))
        if len(going) < FEWEST_AT_ONCE:
            raise Denied(
                _("Fewer than %(n)s stories are ready. One alone would say when it came, so they wait.")
                % {"n": FEWEST_AT_ONCE}
            )
        SystemRandom().shuffle(going)
        for pk in going:
            Story.objects.filter(pk=pk).update(standing=Standing.RELEASED, released_on=day)
        deed("stories.released", by=by.pk, at=at)
    return len(going)
