from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "plainview.desk.public"
    label = "public"
