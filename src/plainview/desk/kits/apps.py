from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "plainview.desk.kits"
    label = "kits"
