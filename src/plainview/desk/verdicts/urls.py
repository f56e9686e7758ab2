"""The addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "verdicts"
urlpatterns: list[URLPattern | URLResolver] = []
