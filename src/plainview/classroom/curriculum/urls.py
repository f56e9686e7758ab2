"""In: nothing. Out: the addresses of this room. Not here: what they show (views.py)."""

from django.urls import path

from . import views

app_name = "curriculum"
urlpatterns = [
    path("", views.unit, name="unit"),
    path("unit/<slug:identifier>/", views.unit, name="other_unit"),
    path("competency/<str:identifier>/", views.competency, name="competency"),
    path("competency/<str:identifier>/paper/", views.competency_paper, name="competency_paper"),
    path("family/<str:identifier>/paper/", views.family_paper, name="family_paper"),
    path("activity/<str:identifier>/", views.activity, name="activity"),
    path("activity/<str:identifier>/paper/", views.activity_paper, name="activity_paper"),
    path("picture/<slug:identifier>.png", views.picture, name="picture"),
]
