from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "plainview.lobby.people"
    label = "people"
