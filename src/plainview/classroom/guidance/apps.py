from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "plainview.classroom.guidance"
    label = "guidance"
