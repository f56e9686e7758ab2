from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    name = "plainview.desk.verdicts"
    label = "verdicts"
