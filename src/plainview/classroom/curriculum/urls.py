from django.urls import path

app_name = "curriculum"
urlpatterns = []
