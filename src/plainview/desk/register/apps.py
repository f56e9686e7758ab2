from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "plainview.desk.register"
    label = "register"
