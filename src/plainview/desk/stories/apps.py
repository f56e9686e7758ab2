from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "plainview.desk.stories"
    label = "stories"
