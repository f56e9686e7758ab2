from django.urls import path

from plainview.site.demo import views

app_name = "demo"
urlpatterns = [path("enter/<str:token>/", views.enter, name="enter")]
