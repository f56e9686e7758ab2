"""In: nothing. Out: the addresses of this room. Not here: what they show (the views)."""

from django.urls import path

from plainview.classroom.guidance import (
    decision_views,
    rule_views,
    setting_views,
    standing_views,
    views,
)

app_name = "guidance"
urlpatterns = [
    path("cards/", views.cards, name="cards"),
    path("cards/<int:pk>/", views.card, name="card"),
    path("cards/<int:pk>/pick/", views.pick, name="pick"),
    path("cards/<int:pk>/decide/", views.decide_card, name="decide"),
    path("cards/<int:pk>/why/", views.why_no, name="why_no"),
    path("cards/<int:pk>/change/", views.change, name="change"),
    path("cards/<int:pk>/standing/<str:way>/", standing_views.keep_standing, name="standing"),
    path("cards/<int:pk>/veto/", standing_views.veto, name="veto"),
    path("cards/<int:pk>/suggestion.json", views.export, name="export"),
    path("decisions/new/", decision_views.own_idea, name="own_idea"),
    path("decisions/<int:pk>/", decision_views.decision, name="decision"),
    path("decisions/<int:pk>/take-back/", decision_views.take_back, name="take_back"),
    path("decisions/<int:pk>/note/", decision_views.note, name="note"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/<slug:name>/", rule_views.rule, name="rule"),
    path("rules/<slug:name>/wake/", rule_views.wake, name="wake"),
    path("settings/", setting_views.settings, name="settings"),
    path("settings/switch/", setting_views.turn, name="switch"),
    path("settings/stop/", setting_views.stop, name="stop"),
    path("settings/weights/", setting_views.weights, name="weights"),
    path("settings/standing/<int:pk>/again/", setting_views.say_again, name="say_again"),
    path("settings/standing/<int:pk>/end/", setting_views.end_standing, name="end_standing"),
]
