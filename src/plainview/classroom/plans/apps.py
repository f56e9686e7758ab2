from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plainview.classroom.plans"
    label = "plans"
