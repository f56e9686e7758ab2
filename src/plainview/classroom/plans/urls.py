"""In: nothing. Out: the addresses of this room. Not here: what they show (the views)."""

from django.urls import path

from plainview.classroom.plans import student_views as students
from plainview.classroom.plans import talk_views, views

app_name = "plans"
urlpatterns = [
    path("choose/", students.choose, name="choose"),
    path("lay-back/", students.lay_back, name="lay_back"),
    path("done/", students.done, name="done"),
    path("doing/<int:step_pk>/", students.doing, name="doing"),
    path("practice/<int:step_pk>/", students.practice, name="practice"),
    path("practice/<int:step_pk>/paper/", students.on_paper, name="on_paper"),
    path("goal/", students.goal, name="goal"),
    path("propose/", students.propose, name="propose"),
    path("contest/<int:competency_pk>/", students.contest, name="contest"),
    path("ask/", students.ask, name="ask"),
    path("plan/<int:student_pk>/", views.plan, name="plan"),
    path("plan/<int:student_pk>/goal/", views.write_goal, name="write_goal"),
    path("step/<int:step_pk>/set-aside/", views.set_aside, name="set_aside"),
    path("step/<int:step_pk>/offer-again/", views.offer_again, name="offer_again"),
    path("list/", views.defaults, name="defaults"),
    path("groups/", views.groups, name="groups"),
    path("groups/<int:group_pk>/end/", views.end_group, name="end_group"),
    path("groups/apart/", views.keep_apart, name="keep_apart"),
    path("groups/together/<int:pair_pk>/", views.let_together, name="let_together"),
    path("check-ins/", talk_views.check_ins, name="check_ins"),
    path("check-ins/<int:student_pk>/", talk_views.check_in, name="check_in"),
    path("promise/", talk_views.promise, name="promise"),
    path("voices/", talk_views.voices, name="voices"),
    path("voices/idea/<int:pk>/", talk_views.answer_idea, name="answer_idea"),
    path("voices/contest/<int:pk>/", talk_views.reply, name="reply"),
    path("screen/", views.screen_of_class, name="screen_of_class"),
    path("screen/<int:student_pk>/", views.screen_of_child, name="screen_of_child"),
]
