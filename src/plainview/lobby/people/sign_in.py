"""How adults sign in: by name and password, with TOTP or a passkey where they set one up (django-allauth).

In:   a name and a password.
Out:  the adult.
Not here: children. They sign in with a badge and a picture: see badge.py.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import LoginView
from django.conf import settings
from django.db import connection

from plainview.lobby.people.address import address_of
from plainview.lobby.people.models import Person, Role

# Every page asks who is there. Plain SQL: the query compiler takes three times as long as the database.
NAMES = [field.attname for field in Person._meta.concrete_fields]
PERSON = f"SELECT {', '.join(NAMES)} FROM people_person WHERE id = %s AND is_active"  # noqa: S608 - columns


class AdultBackend(AuthenticationBackend):
    def user_can_authenticate(self, user) -> bool:
        return user.role != Role.STUDENT and super().user_can_authenticate(user)

    def get_user(self, user_id):
        """Whoever came in stays in: a child, too, who came by badge and could never come by password."""
        with connection.cursor() as cursor:
            cursor.execute(PERSON, [user_id])
            row = cursor.fetchone()
        return Person.from_db(connection.alias, NAMES, row) if row else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False  # people come from the roster, never from a form on the open page

    def get_client_ip(self, request) -> str:
        """The same address for every limit of the house."""
        return address_of(request)

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
