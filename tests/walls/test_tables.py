"""Two holes that import walls cannot see, first half: what the tables say.

A foreign key written as a string points wherever it likes, and a new column tells something new of a person.
"""

from django.apps import apps
from django.db import models

FLOORS = [
    *["ledger", "jobs", "people"],
    *["curriculum", "evidence", "plans", "guidance", "day"],
    *["published", "reviews", "background", "stories", "experts", "verdicts", "kits", "register", "public"],
    "site",
]
CLASSROOM = {"curriculum", "evidence", "plans", "guidance", "day"}
LOBBY = {"ledger", "jobs", "people"}


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("plainview.")]


def our_foreign_keys():
    """Every field of ours that leads to another table, many-to-many included."""
    for model in our_models():
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
            if field.is_relation:
                yield model, field


def test_every_app_of_ours_has_its_floor():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("plainview.")}
    assert ours <= set(FLOORS), f"give {ours - set(FLOORS)} a place in FLOORS"


def test_every_field_of_ours_says_what_it_tells_about_a_person():
    assert our_models()
    for model in our_models():
        fields = {f.name for f in [*model._meta.concrete_fields, *model._meta.local_many_to_many]}
        # A table that ties curriculum to curriculum says nothing of anyone; a tie to people does.
        silent = {f.name for f in model._meta.local_many_to_many if _is_about_nobody(model, f)}
        said = set(model.PRIVACY)
        assert said - silent == fields - silent, f"{model.__name__}.PRIVACY must name exactly its fields"


def _is_about_nobody(model, field) -> bool:
    return {model._meta.app_label, field.related_model._meta.app_label} == {"curriculum"}


def test_every_word_of_privacy_says_something():
    for model in our_models():
        for name, words in model.PRIVACY.items():
            assert str(words).strip(), f"{model.__name__}.PRIVACY[{name!r}] is empty"


def test_foreign_keys_point_downward():
    pairs = list(our_foreign_keys())
    assert pairs
    for model, field in pairs:
        here, there = model._meta.app_label, field.related_model._meta.app_label
        assert there in FLOORS, f"{model.__name__}.{field.name} points out of the house, to {there}"
        assert FLOORS.index(there) <= FLOORS.index(here), (
            f"{model.__name__}.{field.name} points up to {there}"
        )


def test_the_two_faces_share_the_lobby_alone():
    for model, field in our_foreign_keys():
        here, there = model._meta.app_label, field.related_model._meta.app_label
        assert there in LOBBY or (here in CLASSROOM) == (there in CLASSROOM), f"{model.__name__}.{field.name}"


def test_what_is_published_hangs_on_nothing():
    for model, field in our_foreign_keys():
        if model._meta.app_label == "published":
            assert field.related_model._meta.app_label == "published", f"{model.__name__}.{field.name}"


def test_nothing_of_a_child_goes_because_a_lower_row_went():
    """Evidence, plans and decisions are never carried off by a cascade: only a deed of erasure takes them."""
    for model, field in our_foreign_keys():
        if model._meta.app_label in {"evidence", "plans"} or model.__name__ == "Decision":
            cascades = getattr(field.remote_field, "on_delete", None) is models.CASCADE
            assert not cascades or model.__name__ == "KeepApart", f"{model.__name__}.{field.name} cascades"
