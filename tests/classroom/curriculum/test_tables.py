"""Nothing in this room tells anything about a person."""

from django.apps import apps


def test_every_field_says_that_it_tells_nothing_about_anyone():
    for model in apps.get_app_config("curriculum").get_models():
        assert set(model.PRIVACY) == {field.name for field in model._meta.concrete_fields}, model.__name__
        assert set(model.PRIVACY.values()) == {"nothing"}
