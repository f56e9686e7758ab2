"""Fractal is published with all there is: findings, conditions, a refusal."""

import pytest
from tests.desk.published.three_products import freeze_three

from plainview.desk.kits import views
from plainview.lobby.people import hourly


@pytest.fixture
def fractal_page(db, monkeypatch):
    monkeypatch.setattr(views, "tries", hourly.Tries())
    return freeze_three()[0]
