"""In: nothing. Out: the addresses of this room. Not here: what they show (the views)."""

from django.urls import path

from plainview.desk.background import views

app_name = "background"
urlpatterns = [
    path("funding/", views.funding, name="funding"),
    path("funding/grants.csv", views.grants_as_table, name="grants_as_table"),
    path("reading/", views.reading, name="reading"),
    path("law/", views.law, name="law"),
    path("desk/background/", views.books, name="books"),
    path("desk/background/tie/<int:pk>/off/", views.untie, name="untie"),
    path("desk/background/declare/", views.declare, name="declare"),
]
