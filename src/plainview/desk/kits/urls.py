"""The addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "kits"
urlpatterns: list[URLPattern | URLResolver] = []
