"""Guessing one's way in: what is counted, for whom, and what a school at eight o'clock never notices."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from plainview.lobby.people import badge
from plainview.lobby.people.address import address_of
from plainview.lobby.people.models import Badge, Person
from plainview.site.counts import Counts

pytestmark = pytest.mark.django_db
PASSWORD = "a long walk by the river"
WRONG = ["sun", "tree", "boat", "bird", "apple", "moon", "leaf", "star"]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture(autouse=True)
def one_window(monkeypatch):
    """No test begins at the end of a minute and is over in the next."""
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda _value, period: 1_770_000_000 // period)


@pytest.fixture
def bo(people, now):
    Badge.objects.create(student=people.bo, code="OAK7", picture="fish", made_at=now)
    return people.bo


def tries(client, code: str, picture: str) -> int:
    return client.post(reverse("people:come_in"), {"code": code, "picture": picture}).status_code


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_one_badge_is_tried_three_times_and_then_rests(client, bo):
    assert [tries(client, "OAK7", picture) for picture in WRONG] == [422] * 3 + [429] * 5
    assert tries(client, "OAK7", "fish") == 429
    assert not is_in(client)


def test_another_way_to_write_the_code_is_the_same_badge(client, bo):
    found = [tries(client, code, "sun") for code in ("oak7", "OAK-7", "o a k 7", "oAk7")]
    assert found == [422, 422, 422, 429]


def test_after_six_wrong_pictures_in_a_day_only_a_new_badge_opens(client, bo, people, now, monkeypatch):
    clock = [1_770_000_000]
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda _value, period: clock[0] // period)
    monkeypatch.setattr("plainview.site.counts._now", lambda: datetime.fromtimestamp(clock[0], tz=UTC))
    monkeypatch.setattr("time.time", lambda: clock[0])
    for picture in WRONG[:6]:
        assert tries(client, "OAK7", picture) == 422
        clock[0] += 11 * 60
    assert tries(client, "OAK7", "fish") == 429
    new = badge.renew(bo, by=people.ada, at=now)
    assert tries(client, new.code, new.picture) == 302
    assert is_in(client)


def test_a_whole_school_comes_in_from_one_address_in_one_minute(client, bo):
    assert {tries(client, "OAK7", "fish") for _child in range(130)} == {302}


def test_one_address_does_not_try_code_after_code_without_end(client, bo):
    found = [tries(client, f"X{n}", "sun") for n in range(130)]
    assert found[:100] == [422] * 100
    assert found[-1] == 429


def test_only_what_our_own_proxy_says_of_an_address_is_believed(rf, settings):
    said = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 10.0.0.9"}
    settings.PROXIES = 1
    assert address_of(rf.get("/", **said)) == "10.0.0.9"
    assert address_of(rf.get("/", **said | {"HTTP_X_FORWARDED_FOR": "nonsense"})) == "127.0.0.1"
    assert address_of(rf.get("/", REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"
    settings.PROXIES = 0
    assert address_of(rf.get("/", **said)) == "127.0.0.1"


def test_behind_our_proxy_one_guesser_does_not_keep_the_others_out(client, bo, settings):
    settings.PROXIES = 1
    url, right = reverse("people:come_in"), {"code": "OAK7", "picture": "fish"}
    for n in range(125):
        client.post(url, {"code": f"X{n}", "picture": "sun"}, HTTP_X_FORWARDED_FOR="10.0.0.66")
    assert client.post(url, right, HTTP_X_FORWARDED_FOR="10.0.0.66").status_code == 429
    assert client.post(url, right, HTTP_X_FORWARDED_FOR="10.0.0.7").status_code == 302


def test_one_password_is_guessed_at_only_a_few_times(client, people):
    people.ada.set_password(PASSWORD)
    people.ada.save()
    for _try in range(6):
        client.post(reverse("account_login"), {"login": "ada", "password": "guess"})
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert not is_in(client)


def test_one_address_does_not_try_name_after_name_without_end(client, people):
    people.ada.set_password(PASSWORD)
    people.ada.save()
    for n in range(30):
        client.post(reverse("account_login"), {"login": f"name{n}", "password": "guess"})
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert not is_in(client)


def test_right_ones_do_not_wipe_out_wrong_ones(client, people):
    """Else who knows one password could guess at another for ever, with her own in between."""
    for person in (people.ada, people.fay):
        person.set_password(PASSWORD)
        person.save()
    for _try in range(5):
        client.post(reverse("account_login"), {"login": "fay", "password": "guess"})
        client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
        assert is_in(client)
        client.logout()
    client.post(reverse("account_login"), {"login": "fay", "password": PASSWORD})
    assert not is_in(client)


@pytest.mark.django_db(transaction=True)
def test_nobody_holds_the_file_while_a_try_is_counted_or_a_password_looked_at(client, people, monkeypatch):
    """Argon2 takes its time on purpose: inside a transaction nobody in the school could write meanwhile."""
    people.ada.set_password(PASSWORD)
    people.ada.save()
    held = {}

    def watch(where, name):
        real = getattr(where, name)

        def watched(*args, **told):
            held[name] = connection.in_atomic_block
            return real(*args, **told)

        monkeypatch.setattr(where, name, watched)

    watch(Counts, "take")
    watch(Counts, "take_back")
    watch(Person, "check_password")
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert is_in(client)
    assert held == {"take": False, "check_password": False, "take_back": False}
