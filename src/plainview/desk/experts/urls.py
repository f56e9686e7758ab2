"""The addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "experts"
urlpatterns: list[URLPattern | URLResolver] = []
