"""`{{ row.on|said }}`: a day as people say it; `{{ row.on|exact }}`: the day itself."""

from django import template
from django.utils import timezone

from plainview.lobby.people import days

register = template.Library()


@register.filter
def said(on) -> str:
    return days.said(on, today=timezone.localdate())


@register.filter
def exact(on) -> str:
    return days.exact(on)
