"""In: nothing. Out: where anyone asks for a review. Not here: what it shows (ask_views)."""

from django.urls import path

from plainview.desk.reviews import ask_views

app_name = "ask"
urlpatterns = [
    path("", ask_views.ask_page, name="ask"),
    path("thanks/", ask_views.thanks, name="thanks"),
]
