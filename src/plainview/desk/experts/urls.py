"""In: nothing. Out: the addresses of this room. Not here: what they show (the views)."""

from django.urls import path

from plainview.desk.experts import chair_views, practice_views, views

app_name = "experts"
urlpatterns = [
    path("ratings/", views.home, name="home"),
    path("ratings/practice/", practice_views.practice, name="practice"),
    path("ratings/practice/finish/", practice_views.finish, name="finish"),
    path("ratings/practice/made-up/<slug:slug>/", practice_views.product, name="practice_product"),
    path("ratings/practice/<int:pk>/", practice_views.practised, name="practised"),
    path("ratings/<int:pk>/", views.invitation, name="invitation"),
    path("ratings/<int:pk>/answer/", views.answer, name="answer"),
    path("ratings/<int:pk>/declare/", views.declaration, name="declare"),
    path("ratings/<int:pk>/ballot/", views.ballot, name="ballot"),
    path("ratings/<int:pk>/ballot/<slug:about>/", views.part, name="part"),
    path("ratings/<int:pk>/ballot/<slug:about>/leave/", views.leave, name="leave"),
    path("ratings/<int:pk>/keep/<int:number>/", views.keep, name="keep"),
    path("ratings/<int:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("ratings/<int:pk>/let-go/", chair_views.let_go, name="let_go"),
    path("ratings/rounds/<int:pk>/", views.together, name="together"),
    path("ratings/rounds/<int:pk>/open/", chair_views.open_round, name="open"),
    path("ratings/rounds/<int:pk>/weigh/", chair_views.weigh, name="weigh"),
    path("ratings/rounds/<int:pk>/alike/", chair_views.note_alike, name="note_alike"),
    path("ratings/rounds/<int:pk>/<int:number>/", views.question, name="question"),
    path("ratings/reviews/<int:pk>/", chair_views.panel, name="panel"),
    path("ratings/reviews/<int:pk>/ask/", chair_views.ask, name="ask"),
    path("ratings/reviews/<int:pk>/begin/", chair_views.begin, name="begin"),
]
