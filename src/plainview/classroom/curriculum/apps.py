"""In: nothing. Out: the room's name for Django. Not here: anything that happens at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "plainview.classroom.curriculum"
    label = "curriculum"
    verbose_name = _("What can be learned here")
    default_auto_field = "django.db.models.BigAutoField"
