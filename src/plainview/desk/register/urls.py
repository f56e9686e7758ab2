"""In: nothing. Out: the addresses of this room. Not here: what they show (the views)."""

from django.urls import path

from plainview.desk.register import open_views, views

app_name = "register"
urlpatterns = [
    path("register/", views.glance, name="glance"),
    path("register/all/", views.everything, name="everything"),
    path("register/add/", views.add, name="add"),
    path("register/tables/", views.tables, name="tables"),
    path("register/tables/<str:kind>.csv", views.table_out, name="table_out"),
    path("register/letters/", views.subscriptions, name="subscriptions"),
    path("register/letters/<int:pk>/off/", views.take_off_subscriber, name="take_off_subscriber"),
    path("register/secrets/<str:opens>/", views.renew_secret, name="renew_secret"),
    path("register/<int:pk>/", views.contract, name="contract"),
    path("register/<int:pk>/off/", views.take_off, name="take_off"),
    path("register/<int:pk>/ask/", views.ask_for_review, name="ask_for_review"),
    path("register/<int:pk>/pause/", views.letter, {"kind": "pause"}, name="pause"),
    path("register/<int:pk>/clauses/", views.letter, {"kind": "clauses"}, name="clauses"),
    # Opened by a link or a secret.
    path("register/yes/<str:token>/", open_views.confirm, name="confirm"),
    path("register/no/<str:token>/", open_views.stop, name="stop"),
    path("register/feed/<str:secret>.atom", open_views.feed, name="feed"),
    path("register/api/v1/openapi.json", open_views.description, name="api_description"),
    path("register/api/v1/contracts", open_views.contracts, name="api_contracts"),
    path("register/api/v1/news", open_views.news, name="api_news"),
]
