from django.apps import AppConfig


class DayConfig(AppConfig):
    name = "plainview.classroom.day"
    label = "day"
