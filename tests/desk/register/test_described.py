"""What programs read of a register: it answers as it describes itself, and counts wrong secrets in memory."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from tests.desk.register.conftest import a_condition, publish

from plainview.desk.register import keys, open_views
from plainview.lobby.people import hourly

SITE = get_wsgi_application()
DESCRIPTION = "/desk/register/api/v1/openapi.json"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(open_views, "tries", hourly.Tries())


def from_here(environ, start_response):
    return SITE({**environ, "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": ""}, start_response)


def test_it_answers_as_it_describes_itself(oak, now):
    publish(a_condition())
    secret = keys.renew(oak.oak, opens="api", by=oak.olu, at=now)
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, from_here)
    operations = [one.ok() for one in schema.get_all_operations()]
    assert {one.path for one in operations} == {
        f"/desk/register/api/v1/{name}" for name in ("contracts", "news")
    }
    for operation in operations:
        right = operation.Case(headers={"Authorization": f"Bearer {secret}"}).call()
        operation.validate_response(right)
        assert right.status_code == 200
        wrong = operation.Case(headers={"Authorization": "Bearer guess"}).call()
        operation.validate_response(wrong)
        assert wrong.status_code == 401


def test_the_description_is_open_and_holds_no_districts_word(oak, client):
    told = client.get(DESCRIPTION)
    assert told.status_code == 200 and not told.cookies
    assert b"oak" not in told.content.lower()


def test_a_wrong_secret_is_counted_and_its_address_written_nowhere(oak, client, monkeypatch):
    monkeypatch.setattr(open_views, "WRONG_SECRETS", 2)
    cache.clear()
    asked = []
    monkeypatch.setattr(keys, "district_by", lambda *_args, **_told: asked.append(1))
    for _n in range(6):  # the minute may turn between
        assert client.get("/desk/register/api/v1/news", HTTP_AUTHORIZATION="Bearer x").status_code == 401
    assert 2 <= len(asked) <= 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM site_cache")
        assert cursor.fetchone() == (0,)


def test_a_right_secret_is_never_counted(oak, client, now, monkeypatch):
    monkeypatch.setattr(open_views, "WRONG_SECRETS", 1)
    secret = keys.renew(oak.oak, opens="api", by=oak.olu, at=now)
    asked = [
        client.get("/desk/register/api/v1/news", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code
        for _n in range(4)
    ]
    assert asked == [200] * 4
