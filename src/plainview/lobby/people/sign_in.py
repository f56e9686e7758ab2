"""How adults sign in: by name and password, with TOTP or a passkey where they set one up (django-allauth).

In:   a name and a password.
Out:  the adult. Wrong tries are counted, by address and by name; right ones are not.
Not here: children. They sign in with a badge and a picture: see badge.py.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import LoginView
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from plainview.lobby.people.address import address_of
from plainview.lobby.people.models import Person, Role

# Every page asks who is there, and a school signs in at one time. Plain SQL: the query compiler takes three
# times as long as the database.
NAMES = [field.attname for field in Person._meta.concrete_fields]
PERSON = f"SELECT {', '.join(NAMES)} FROM people_person WHERE id = %s AND is_active"  # noqa: S608 - columns
NAMED = f"SELECT {', '.join(NAMES)} FROM people_person WHERE sign_in_name = %s"  # noqa: S608 - columns
SECOND_FACTORS = "SELECT type FROM mfa_authenticator WHERE user_id = %s"


class AdultBackend(AuthenticationBackend):
    def user_can_authenticate(self, user) -> bool:
        return user.role != Role.STUDENT and super().user_can_authenticate(user)

    def get_user(self, user_id):
        """Whoever came in stays in: a child, too, who came by badge and could never come by password."""
        return _person(PERSON, user_id)

    def _authenticate_by_username(self, username, password):
        """As the library, which calls this, but in plain SQL. Names are kept in small letters."""
        return self._check_password(_person(NAMED, username.lower()), password)


def _person(sql: str, asked: object) -> Person | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked])
        row = cursor.fetchone()
    return Person.from_db(connection.alias, NAMES, row) if row else None


class SecondFactor(DefaultMFAAdapter):
    def is_mfa_enabled(self, user, types=None) -> bool:
        if user.is_anonymous:
            return False
        with connection.cursor() as cursor:
            cursor.execute(SECOND_FACTORS, [user.pk])
            return any(types is None or kind in types for (kind,) in cursor.fetchall())


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False  # people come from the roster, never from a form on the open page

    def get_client_ip(self, request) -> str:
        """The same address for every limit of the house."""
        return address_of(request)

    def pre_authenticate(self, request, **credentials) -> None:
        """Every try counts until it turns out right. The limits are the library's; its counting takes sixteen
        statements where ours takes two."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        told = {"app": "allauth.account", "action": "login_failed"}
        limits = [
            (ratelimit.get_cache_key(request, rate=rate, key=key, **told), rate.amount, rate.duration)
            for rate in ratelimit.get_rates(**told)
        ]
        self._tries = cache.take(limits)
        if self._tries is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        cache.take_back(self._tries)

    def add_message(self, request, level, message_template=None, *rest, **told) -> None:
        """Who comes in sees her name at the top of the page: no message says it once more."""
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, *rest, **told)

    def post_login(self, request, user, **told):
        """A family reads in the language of its home, unless this browser was told another."""
        response = super().post_login(request, user, **told)
        speaks = user.language in dict(settings.LANGUAGES)
        if user.role == Role.GUARDIAN and speaks and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
                httponly=True,
            )
        return response


class SignIn(LoginView):
    template_name = "people/sign_in.html"
