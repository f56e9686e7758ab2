from django.urls import path

from plainview.lobby.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("badge/", views.badge_sign_in, name="badge_sign_in"),
    path("badge/come-in/", views.come_in, name="come_in"),
    path("badge/<str:code>/", views.pick_picture, name="pick_picture"),
    path("badges/<int:class_pk>/", views.badges, name="badges"),
    path("badges/renew/<int:pk>/", views.renew_badge, name="renew_badge"),
    path("supports/", views.supports, name="supports"),
    path("supports/<int:pk>/tick/", views.tick_support, name="tick_support"),
    path("supports/new/<int:pk>/", views.new_support, name="new_support"),
    path("who-looked/<int:pk>/", views.who_looked, name="who_looked"),
    path("choices/<int:pk>/", views.choices, name="choices"),
]
