"""The demonstration's links open its doors on this machine, for a day, and through nobody else."""

import pytest
from django.core import signing
from django.urls import reverse

from plainview.lobby.people.models import Enrollment, Guardianship, Person, Role, School
from plainview.site.demo import build, links

pytestmark = pytest.mark.django_db


@pytest.fixture
def delgado(people):
    people.ada.identifier = links.WHO["teacher"]
    people.ada.save()
    return people.ada


def entered(client, token: str = "", **extra) -> int:
    token = token or signing.dumps("teacher", salt=links.SALT)
    return client.get(reverse("demo:enter", args=[token]), **extra).status_code


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8"])
def test_on_this_machine_a_link_opens_the_door(client, delgado, address):
    assert entered(client, REMOTE_ADDR=address) == 302
    assert is_in(client)


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.5", "2001:db8::1", "::ffff:10.0.0.7", ""])
def test_from_another_machine_there_is_no_such_page(client, delgado, address):
    assert entered(client, REMOTE_ADDR=address) == 404
    assert not is_in(client)


@pytest.mark.parametrize("header", ["X_FORWARDED_FOR", "FORWARDED", "X_REAL_IP", "X_FORWARDED_HOST", "VIA"])
def test_through_a_proxy_on_this_machine_there_is_none_either(client, delgado, header):
    assert entered(client, REMOTE_ADDR="127.0.0.1", **{f"HTTP_{header}": "127.0.0.1"}) == 404
    assert not is_in(client)


def test_a_real_school_has_no_such_door(client, delgado, settings):
    settings.DEMO = False
    assert entered(client) == 404


def test_a_link_that_is_a_day_old_says_so(client, delgado, monkeypatch):
    monkeypatch.setattr(links, "A_DAY", -1)
    said = client.get(reverse("demo:enter", args=[signing.dumps("teacher", salt=links.SALT)]))
    assert said.status_code == 410
    assert "older than a day" in said.content.decode()


@pytest.mark.parametrize("token", ["teacher", "maple-delgado", "signed elsewhere"])
def test_a_link_that_somebody_made_up_opens_nothing(client, delgado, token):
    token = signing.dumps("teacher", salt="another") if token == "signed elsewhere" else token
    assert entered(client, token) == 410
    assert not is_in(client)


def test_the_familys_link_leads_to_a_guardian_and_never_to_the_child(people):
    people.bo.identifier = links.WHO["family"]
    people.bo.save()
    assert links.person_behind(signing.dumps("family", salt=links.SALT)) == people.eve
    assert links.person_behind(signing.dumps("student", salt=links.SALT)) == people.bo


def test_a_role_that_nobody_plays_leads_to_nobody(people):
    assert links.person_behind(signing.dumps("superuser", salt=links.SALT)) is None


def test_a_real_school_is_never_shown_as_made_up(people):
    """`make demo` in a folder that a school already lives in stops, and changes nothing."""
    n_before = Person.objects.count(), Enrollment.objects.count(), Guardianship.objects.count()
    with pytest.raises(build.AnotherSchool, match="holds another school"):
        build.build(say=lambda _words: None)
    assert n_before == (Person.objects.count(), Enrollment.objects.count(), Guardianship.objects.count())
    assert School.objects.count() == 1
    assert not Person.objects.filter(identifier__startswith="maple-", role=Role.STUDENT).exists()
