from django.urls import path

app_name = "day"
urlpatterns = []
