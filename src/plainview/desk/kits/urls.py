"""The addresses of this room."""

from django.urls import path

from plainview.desk.kits import views

app_name = "kits"
urlpatterns = [
    path("kits/", views.index, name="index"),
    path("kits/<slug:slug>/", views.of_product, name="of_product"),
    path("kits/<slug:slug>/petition/sign/", views.sign_petition, name="sign"),
    path("kits/<slug:slug>/<slug:name>/", views.kit, name="kit"),
]
