from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "plainview.site"
    label = "site"
