from django.urls import path

from plainview.classroom.day import views

app_name = "day"
urlpatterns = [
    path("", views.first_page, name="morning"),
    path("morning/<int:class_pk>/", views.morning, name="morning_of"),
    path("morning/<int:class_pk>/absent/", views.absent, name="absent"),
    path("class/", views.class_map, name="class_map"),
    path("class/<int:class_pk>/", views.class_map, name="class_map_of"),
    path("child/<int:pk>/", views.child, name="child"),
    path("my/week/", views.my_week, name="my_week"),
    path("my/learning/", views.my_learning, name="my_learning"),
    path("family/", views.family, name="family"),
    path("family/<int:pk>/", views.family_child, name="family_child"),
    path("family/<int:pk>/everything.html", views.take_along, name="take_along"),
    path("school/", views.conditions, name="conditions"),
]
