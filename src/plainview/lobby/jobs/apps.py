from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "plainview.lobby.jobs"
    label = "jobs"
