"""Minutes as pictures: on the screen by day, with an adult promised beside delivered.

In:   minutes, counted by the rooms below.
Out:  charts of the core, in the reader's language.
Not here: counting.
"""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.classroom.plans import screen
from plainview.core.charts.chart import Chart
from plainview.core.charts.minutes import (
    DayMinutes,
    PromiseMinutes,
    PromiseWords,
    ScreenWords,
    promised_delivered,
    screen_minutes,
)


def screen_chart(days: Sequence[screen.Day]) -> Chart:
    """Oldest first, so that it reads as a calendar does."""
    words = ScreenWords(
        title=_("Minutes on a screen"),
        sentence=_(
            "{total} planned minutes on a screen in {n} days, {most} on the fullest; the cap is {cap} a day."
        ),
        no_cap=_("{total} planned minutes on a screen in {n} days, {most} on the fullest."),
        none=_("No screen minutes in these days."),
        day=_("day"),
        minutes=_("minutes"),
        cap=_("cap"),
    )
    bars = [DayMinutes(label=date_format(day.on, "D"), minutes=day.minutes) for day in reversed(days)]
    return screen_minutes(bars, cap=days[0].cap if days else None, words=words)


def promise_chart(*, promised: int, held: int) -> Chart:
    words = PromiseWords(
        title=_("Minutes of talk, promised and held"),
        sentence=_("{delivered} of {promised} promised minutes were held."),
        none=_("No minutes were promised."),
        when=_("when"),
        promised=_("promised"),
        delivered=_("held"),
    )
    rows = [PromiseMinutes(label=_("the last round"), promised=promised, delivered=held)]
    return promised_delivered(rows, words=words)
