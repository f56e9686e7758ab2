"""Coming in: a badge and a picture for children, a name and a password for adults, nothing else."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plainview.lobby.people import badge
from plainview.lobby.people.models import Badge

pytestmark = pytest.mark.django_db
PASSWORD = "a long walk by the river"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def bo(people, now):
    Badge.objects.create(student=people.bo, code="OAK7", picture="fish", made_at=now)
    return people.bo


@pytest.fixture
def ada(people):
    people.ada.set_password(PASSWORD)
    people.ada.save()
    return people.ada


def who_is_in(client) -> int | None:
    number = client.session.get("_auth_user_id")
    return int(number) if number else None


def test_a_child_signs_in_with_a_badge_and_a_picture(client, bo):
    said = client.post(reverse("people:badge_sign_in"), {"code": " oak-7 "})
    assert said.url == reverse("people:pick_picture", args=["OAK7"])
    asked = client.get(said.url).content.decode()
    assert f'action="{reverse("people:come_in")}"' in asked
    assert 'name="code" value="OAK7"' in asked
    client.post(reverse("people:come_in"), {"code": "OAK7", "picture": "fish"})
    assert who_is_in(client) == bo.pk


def test_the_door_of_a_school_names_a_badge_and_a_desks_door_does_not(client, settings):
    settings.FACES = ("classroom",)
    school = client.get(reverse("people:sign_in")).content.decode()
    assert "I have a badge" in school
    assert "open to anyone" not in school
    settings.FACES = ("desk",)
    desk = client.get(reverse("people:sign_in"), {"next": "/desk/reviews/"}, follow=True)
    assert desk.redirect_chain == [(f"{reverse('account_login')}?next=%2Fdesk%2Freviews%2F", 302)]
    assert "I have a badge" not in desk.content.decode()
    assert 'value="/desk/reviews/"' in desk.content.decode()


def test_the_door_of_a_house_with_both_faces_says_where_anyone_may_read(client, settings):
    settings.FACES = ("classroom", "desk")
    door = client.get(reverse("people:sign_in")).content.decode()
    assert f'href="{reverse("public:products")}"' in door


def test_the_wrong_picture_opens_nothing_and_says_so_kindly(client, bo):
    said = client.post(reverse("people:come_in"), {"code": "OAK7", "picture": "sun"})
    assert said.status_code == 422
    assert "do not fit together" in said.content.decode()
    assert who_is_in(client) is None


def test_a_badge_that_does_not_exist_looks_like_one_that_does(client, bo):
    here = client.get(reverse("people:pick_picture", args=["OAK7"])).content.decode()
    not_here = client.get(reverse("people:pick_picture", args=["ELM9"])).content.decode()
    assert here.count("<button") == not_here.count("<button")
    wrong = client.post(reverse("people:come_in"), {"code": "ELM9", "picture": "fish"})
    assert wrong.status_code == 422


def test_a_new_badge_ends_the_old_one(client, bo, people, now):
    new = badge.renew(bo, by=people.ada, at=now)
    assert badge.child_of(code="OAK7", picture="fish") is None
    assert badge.child_of(code=new.code, picture=new.picture) == bo


def test_a_child_who_left_does_not_come_in(bo):
    bo.is_active = False
    bo.save()
    assert badge.child_of(code="OAK7", picture="fish") is None


def test_an_adult_signs_in_by_name_and_password(client, ada):
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert who_is_in(client) == ada.pk


def test_signing_in_writes_little(client, ada):
    """A whole staff comes at eight. The try, its taking back, and the session: three writes."""
    with CaptureQueriesContext(connection) as asked:
        client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert who_is_in(client) == ada.pk
    verbs = [one["sql"].split()[0] for one in asked]
    assert [verb for verb in verbs if verb in {"INSERT", "UPDATE", "DELETE"}] == [
        "INSERT",
        "DELETE",
        "INSERT",
    ]
    assert verbs.count("SELECT") == 2  # who has that name; which second factors she has


def test_a_session_that_ended_meanwhile_is_not_written_again(client, ada):
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    session = client.session
    session["planted"] = True  # read before it ended, as by a page that takes its time
    session.delete()
    with pytest.raises(UpdateError):
        session.save()


def test_a_wrong_password_opens_nothing(client, ada):
    said = client.post(reverse("account_login"), {"login": "ada", "password": "guess"})
    assert who_is_in(client) is None
    assert said.status_code == 200


def test_a_child_has_no_way_in_by_password(client, bo):
    bo.set_password(PASSWORD)
    bo.save()
    client.post(reverse("account_login"), {"login": bo.identifier, "password": PASSWORD})
    assert who_is_in(client) is None


def test_a_second_factor_is_asked_for_where_it_was_set_up(client, ada):
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    said = client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert said.url.startswith(reverse("mfa_authenticate"))
    assert who_is_in(client) is None
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert who_is_in(client) == ada.pk


def test_nobody_signs_up(client, db):
    said = client.post(reverse("account_signup"), {"username": "zed", "password1": PASSWORD})
    assert said.status_code == 405
    assert "Someone at your school can help" in client.get(reverse("account_signup")).content.decode()


def test_signing_out_takes_a_post(signed_in_as, people):
    client = signed_in_as(people.ada)
    assert client.get(reverse("people:sign_out")).status_code == 405
    client.post(reverse("people:sign_out"))
    assert who_is_in(client) is None


def test_the_way_back_stays_in_this_house(client, ada):
    said = client.post(
        reverse("account_login") + "?next=https://elsewhere.example/", {"login": "ada", "password": PASSWORD}
    )
    assert "elsewhere" not in said.url


def test_an_adult_finds_where_to_sign_in_more_safely(signed_in_as, people):
    people.fay.set_password(PASSWORD)
    people.fay.save()
    client = signed_in_as(people.fay)
    page = client.get(reverse("people:supports")).content.decode()
    assert reverse("mfa_index") in page
    safely = client.get(reverse("mfa_index")).content.decode()
    assert "Signing in safely" in safely
    assert reverse("mfa_activate_totp") in safely
    assert reverse("account_change_password") in safely


def test_a_child_is_shown_no_door_for_adults(signed_in_as, people):
    page = signed_in_as(people.bo).get(reverse("day:my_week")).content.decode()
    assert reverse("mfa_index") not in page


def test_a_family_reads_in_the_language_of_its_home(client, people):
    people.eve.language = "es"
    people.eve.set_password(PASSWORD)
    people.eve.save()
    client.post(reverse("account_login"), {"login": "eve", "password": PASSWORD})
    page = client.get(reverse("day:family_child", args=[people.bo.pk])).content.decode()
    assert '<html lang="es"' in page


def test_a_browser_that_was_told_another_language_keeps_it(client, people):
    people.eve.language = "es"
    people.eve.set_password(PASSWORD)
    people.eve.save()
    client.cookies["django_language"] = "en"
    client.post(reverse("account_login"), {"login": "eve", "password": PASSWORD})
    page = client.get(reverse("day:family_child", args=[people.bo.pk])).content.decode()
    assert '<html lang="en"' in page


def test_a_whole_staff_signs_in_from_one_address_within_a_minute(client, ada):
    for _n in range(35):
        client.logout()
        client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
        assert who_is_in(client) == ada.pk
