"""In: nothing. Out: the room's name for Django. Not here: anything that happens at start-up."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "plainview.desk.register"
    label = "register"
