"""Three products, frozen; a reader who has no cookie and is nobody."""

import pytest
from django.test import Client
from tests.desk.published.three_products import freeze_three

from plainview.desk.published.door import PAGES


@pytest.fixture
def three(db):
    PAGES.clear()
    yield freeze_three()
    PAGES.clear()


@pytest.fixture
def reader(three) -> Client:
    return Client()


@pytest.fixture
def on(monkeypatch):
    """``on(day)``: the day that the pages believe it is."""

    def set_to(day) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_at: day)

    return set_to
