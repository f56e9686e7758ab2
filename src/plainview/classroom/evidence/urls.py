"""In: nothing. Out: the addresses of this room. Not here: what they show (views.py)."""

from django.urls import path

from plainview.classroom.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.capture, name="capture"),
    path("self/", views.self_assess, name="self_assess"),
    path("<int:pk>/", views.row, name="record"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("work/<int:pk>/image/", views.work_image, name="work_image"),
    path("judge/<int:student_pk>/<int:competency_pk>/", views.judge, name="judge"),
    path("amend/<int:student_pk>/", views.amend, name="amend"),
    path("amendments/", views.amendments_waiting, name="amendments"),
    path("amendments/<int:pk>/", views.amendment, name="amendment"),
]
