"""In: nothing. Out: the room's name for Django. Not here: anything that happens at start-up."""

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "plainview.desk.background"
    label = "background"
