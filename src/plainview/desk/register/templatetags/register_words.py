"""How a condition's clock is said, in which language its words are, minutes as hours."""

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plainview.desk.published.clocks import Standing, Status
from plainview.desk.published.page import Words

register = template.Library()


@register.filter
def clock_words(standing: Standing) -> str:
    """A word always, never a colour alone."""
    if standing.status == Status.OVERDUE:
        n = standing.days_over
        return ngettext("overdue since yesterday", "overdue for %(n)s days", n) % {"n": n}
    if standing.status == Status.OPEN:
        n = standing.days_left
        return ngettext("open, %(n)s day left", "open, %(n)s days left", n) % {"n": n}
    return {Status.MET: _("met"), Status.BREACHED: _("breached"), Status.WITHDRAWN: _("withdrawn")}[
        standing.status
    ]


@register.filter
def in_tongue(words: Words) -> str:
    return (words.es if (get_language() or "").startswith("es") else "") or words.en


@register.filter
def in_hours(minutes: int) -> int:
    return round(minutes / 60)
