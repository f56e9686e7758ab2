"""What stays open, on whose device, and the pages about an adult's account under our content policy."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from plainview.lobby.people import badge
from plainview.lobby.people.models import Badge, Person

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
def bos(client, bo):
    """A browser in which Bo came in by badge."""
    client.post(reverse("people:come_in"), {"code": "OAK7", "picture": "fish"})
    return client


@pytest.fixture
def adas(client, people):
    """A browser in which Ada came in by password, and said it again for what is about her account."""
    people.ada.set_password(PASSWORD)
    people.ada.save()
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_coming_in_makes_a_new_session(client, bo):
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post(reverse("people:come_in"), {"code": "OAK7", "picture": "fish"})
    assert client.session.session_key != session.session_key
    assert client.session["_auth_user_id"] == str(bo.pk)


def test_a_new_badge_closes_what_the_old_one_opened(bos, bo, people, now):
    assert bos.get(reverse("day:my_week")).status_code == 200
    badge.renew(bo, by=people.ada, at=now)
    assert bos.get(reverse("day:my_week")).status_code == 302


def test_no_copy_of_a_signed_in_page_stays_on_the_device(adas, client):
    assert "no-store" in adas.get(reverse("people:supports"))["Cache-Control"]
    client.post(reverse("people:sign_out"))
    assert client.get(reverse("people:supports")).status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
    ],
)
def test_a_child_makes_no_way_in_that_a_teacher_could_not_end(bos, bo, page):
    assert bos.get(reverse(page)).status_code == 404
    assert bos.post(reverse(page), {"password1": PASSWORD, "password2": PASSWORD}).status_code == 404
    bo.refresh_from_db()
    assert not bo.has_usable_password()


PAGES = ["account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_about_the_account_is_there_and_writes_no_script_into_its_markup(adas, page):
    """The content policy would drop it in silence, and a passkey would never be asked for."""
    said = adas.get(reverse(page))
    assert said.status_code == 200
    markup = said.content.decode()
    runs = [tag for tag in re.findall(r"<script[^>]*>", markup) if "application/json" not in tag]
    assert all(" src=" in tag for tag in runs)
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", markup)


def test_a_device_left_open_does_not_get_a_second_factor_of_another(client, people):
    people.ada.set_password(PASSWORD)
    people.ada.save()
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    for page in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(page)).url.startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("account_reauthenticate")).status_code == 200


def test_an_adult_changes_the_password_and_stays_in(adas, people):
    new = "another walk, along the sea"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert adas.post(reverse("account_change_password"), fields).status_code == 302
    assert adas.session["_auth_user_id"] == str(people.ada.pk)
    people.ada.refresh_from_db()
    assert people.ada.check_password(new)


def test_an_adult_sets_up_a_second_factor_from_a_picture_inside_the_page(adas):
    page = adas.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = adas.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert adas.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert adas.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert adas.get(reverse("mfa_index")).status_code == 200


def test_signing_in_offers_a_passkey_and_a_way_without_one(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert 'id="mfa_login"' in page
    assert "webauthn" in page
    assert 'type="password"' in page


def test_a_name_may_be_typed_in_capitals(client, people):
    people.ada.set_password(PASSWORD)
    people.ada.save()
    client.post(reverse("account_login"), {"login": "ADA", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(people.ada.pk)


def test_names_are_kept_in_small_letters_and_the_database_says_so(people):
    made = Person.objects.create_user(
        "Greta", PASSWORD, identifier="greta", given_name="Greta", role="teacher"
    )
    assert made.sign_in_name == "greta"
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=made.pk).update(sign_in_name="GRETA")


def test_nobody_keeps_when_someone_last_came_in():
    assert "last_login" not in {field.name for field in Person._meta.get_fields()}


@pytest.mark.parametrize("page", ["mfa_index", "account_reauthenticate"])
def test_who_has_no_password_is_told_so_and_asked_for_none(signed_in_as, people, settings, page):
    """In the demonstration people come in by a link: a form that asks for a password leads nowhere."""
    settings.DEMO = True
    people.ada.set_unusable_password()
    people.ada.save()
    said = signed_in_as(people.ada).get(reverse(page), follow=True).content.decode()
    assert "You have no password." in said
    assert "In this demonstration people come in by a link" in said
    main = said.split("<main")[1].split("</main>")[0]
    assert "<input" not in main
    assert reverse("account_change_password") not in main
