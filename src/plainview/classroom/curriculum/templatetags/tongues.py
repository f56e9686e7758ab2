"""`{{ competency.short_name|in_its_language:competency }}`, and `<div{{ unit|lang }}>`: see tongue.py."""

from django import template

from plainview.classroom.curriculum import tongue

register = template.Library()
register.filter("in_its_language", tongue.marked)
register.filter("lang", tongue.attribute)
