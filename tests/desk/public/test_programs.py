"""What programs may ask: it answers as it describes itself, whatever is asked."""

from datetime import date

import pytest
import schemathesis
from django.conf import settings
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from schemathesis import GenerationMode

from plainview.desk.public import programs
from plainview.desk.published.page import canonical_json
from plainview.lobby.people import hourly

SITE = get_wsgi_application()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(programs, "A_MINUTE", 1_000_000)
    monkeypatch.setattr(programs, "tries", hourly.Tries())


def from_here(environ, start_response):
    """The site, asked from this machine by somebody who unpacks nothing."""
    return SITE({**environ, "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": ""}, start_response)


def test_it_answers_as_it_describes_itself(three):
    """Each address is tried with what it asks for, and with what it does not."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", from_here)
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) >= 9
    for operation in operations:

        @given(
            case=operation.as_strategy(GenerationMode.POSITIVE)
            | operation.as_strategy(GenerationMode.NEGATIVE)
        )
        @tries(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def is_answered(case):
            case.call_and_validate()

        is_answered()


def test_a_page_is_given_as_it_was_frozen(reader):
    told = reader.get("/api/v1/products/fractal/pages/1").json()
    assert canonical_json(told) == reader.get("/products/fractal/1/page.json").content


def test_conditions_are_told_as_they_stand_today(reader, on):
    on(date(2026, 12, 4))
    found = reader.get("/api/v1/conditions?status=overdue").json()
    assert [(one["product"], one["id"], one["since"]) for one in found] == [
        ("fractal", "stop-the-leak", "2026-12-02")
    ]


def test_products_are_found_as_on_the_page(reader):
    found = reader.get("/api/v1/products?row=adapts&mark=shown_not_to").json()
    assert (found["n"], found["products"][0]["marks"]["works"]) == (1, "shown")


def test_a_mark_is_told_with_the_sentence_that_limits_it(reader):
    told = reader.get("/api/v1/products/fractal").json()["label"]["leaves"]
    assert told["mark"] == "shown_not_to"
    assert told["answer"] == {"en": "seen to leave", "es": "se vieron salir"}
    assert told["sentence"]["en"] == "A child’s first name reached one advertising company."


def test_claims_findings_events_and_versions_are_told(reader):
    assert len(reader.get("/api/v1/claims?kind=safe").json()) == 2
    assert reader.get("/api/v1/products/fractal/findings").json()[0]["check"] == "adaptivity.log_test/1"
    assert {one["kind"] for one in reader.get("/api/v1/events").json()} >= {"published", "ownership_changed"}
    [version] = reader.get("/api/v1/products/fractal/versions").json()
    assert version["files"]["page.json"] == version["page_sha256"]


def test_whoever_asks_too_often_waits(reader, monkeypatch):
    monkeypatch.setattr(programs, "A_MINUTE", 2)
    answers = [reader.get("/api/v1/claims").status_code for _n in range(6)]  # the minute may turn between
    assert answers[0] == 200 and 429 in answers


def test_no_address_of_a_program_is_written_down(reader):
    cache.clear()
    assert reader.get("/api/v1/claims", REMOTE_ADDR="203.0.113.77").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM site_cache")
        assert cursor.fetchone() == (0,)


def test_it_has_no_page_that_fetches_from_elsewhere(reader):
    assert reader.get("/api/v1/docs").status_code == 404
    assert settings.DEBUG is False
