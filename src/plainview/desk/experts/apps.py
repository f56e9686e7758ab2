from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "plainview.desk.experts"
    label = "experts"
