from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "plainview.desk.published"
    label = "published"
