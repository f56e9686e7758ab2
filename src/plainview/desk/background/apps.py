from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "plainview.desk.background"
    label = "background"
