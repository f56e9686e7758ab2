from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "plainview.desk.reviews"
    label = "reviews"
