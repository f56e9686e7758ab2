"""Days as people say them: today, yesterday, Tuesday, 3 weeks ago.

In:   a day, and which day it is now.
Out:  words; the exact day stands beside them on hover and in print.
Not here: clocks. Nobody is told at what minute a child did something.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_WEEK = 7
DAYS_IN_WEEKS = 8 * A_WEEK  # from then on, months say more than weeks


def said(on: date | datetime | None, *, today: date) -> str:
    """'today', 'yesterday', 'Tuesday', '3 weeks ago', '4 months ago'; ahead: 'tomorrow', 'on Friday'."""
    if on is None:
        return ""
    on = as_day(on)
    days = (today - on).days
    if days < 0:
        return _ahead(on, -days)
    if days < 2:
        return [_("today"), _("yesterday")][days]
    if days < A_WEEK:
        return date_format(on, "l")
    if days < DAYS_IN_WEEKS:
        return ngettext("%(n)d week ago", "%(n)d weeks ago", days // A_WEEK) % {"n": days // A_WEEK}
    months = max(2, round(days / 30.4))
    return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}


def _ahead(on: date, days: int) -> str:
    if days == 1:
        return _("tomorrow")
    if days < A_WEEK:
        return _("on %(weekday)s") % {"weekday": date_format(on, "l")}
    return date_format(on, "j F")


def short(on: date | None, *, today: date) -> str:
    """The same for a small cell: 'today', '1 d', '3 wk', '4 mo'."""
    if on is None:
        return ""
    days = (today - on).days
    if days < 1:
        return _("today")
    if days < A_WEEK:
        return _("%(n)d d") % {"n": days}
    if days < DAYS_IN_WEEKS:
        return _("%(n)d wk") % {"n": days // A_WEEK}
    return _("%(n)d mo") % {"n": max(2, round(days / 30.4))}


def exact(on: date | datetime | None) -> str:
    return date_format(as_day(on), "DATE_FORMAT") if on else ""


def as_day(on: date | datetime) -> date:
    if isinstance(on, datetime):
        return timezone.localdate(on) if timezone.is_aware(on) else on.date()
    return on
