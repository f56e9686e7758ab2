"""No code, no picture, no name and no password comes into a log or a report of an error."""

import io
import logging
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.views.debug import ExceptionReporter

from plainview.lobby.people import badge, views
from plainview.lobby.people.models import Badge
from plainview.lobby.people.quiet import WithoutAskingAgain, WithoutBadges

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def bo(people, now):
    Badge.objects.create(student=people.bo, code="OAK7", picture="fish", made_at=now)
    return people.bo


@pytest.fixture
def log():
    """What the site's own handler writes."""
    [handler] = [
        one
        for one in logging.getLogger().handlers
        if any(isinstance(quiet, WithoutBadges) for quiet in one.filters)
    ]
    before = handler.setStream(io.StringIO())
    yield handler.stream.getvalue
    handler.setStream(before)


def broken(*_args, **_said):
    raise RuntimeError("the database is away")


def test_wrong_pictures_leave_lines_without_a_code(client, bo, log):
    for _try in range(5):
        client.post(reverse("people:come_in"), {"code": "OAK7", "picture": "sun"})
    assert [line.split(": ")[1] for line in log().splitlines()] == ["/people/badge/come-in/"] * 5
    assert not [word for word in ("OAK7", "sun", "Bo") if word in log()]


def test_a_page_that_breaks_leaves_a_line_without_a_code(client, bo, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(views, "_pictures", broken)
    client.get(reverse("people:pick_picture", args=["OAK7"]))
    assert "Internal Server Error: /people/badge/(a code)/" in log()
    assert "OAK7" not in log()


def test_a_wrong_password_leaves_no_name(client, people, log):
    client.post(reverse("account_login"), {"login": "ada", "password": "a long walk by the river"})
    assert not [word for word in ("ada", "river") if word in log()]


def test_a_report_of_an_error_holds_nothing_that_opens_a_door(rf, bo, people, monkeypatch):
    monkeypatch.setattr(badge, "Badge", None)
    request = rf.post(reverse("people:come_in"), {"code": "OAK7", "picture": "fish"})
    request.person = None
    try:
        views.come_in(request)
    except AttributeError:
        kind, fault, where = sys.exc_info()
        report = ExceptionReporter(request, kind, fault, where.tb_next)  # from the view on, without this test
    whole = report.get_traceback_html() + report.get_traceback_text()
    assert "in come_in" in whole
    assert "in child_of" in whole
    assert not [word for word in ("OAK7", "&#x27;fish&#x27;", "'fish'", "Neill") if word in whole]


def test_the_next_request_does_not_tell_the_address_of_a_badge(client, bo):
    """A browser would send it along, and a report of an error would print it."""
    page = client.get(reverse("people:pick_picture", args=["OAK7"]))
    assert page["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize(
    ("address", "status", "is_said"),
    [
        ("/people/choices/3/", 422, False),
        ("/people/badge/come-in/", 422, True),
        ("/account/sign-in/", 422, True),
        ("/nowhere/", 404, True),
        ("/", 500, True),
    ],
)
def test_a_form_that_asks_once_more_leaves_no_line_unless_it_is_a_door(address, status, is_said):
    record = logging.makeLogRecord({"msg": "What: %s", "args": (address,), "status_code": status})
    assert WithoutAskingAgain().filter(record) is is_said
    assert "without_asking_again" in settings.LOGGING["handlers"]["console"]["filters"]
