"""Every address of the house asks who is there, and answers a stranger alike whatever lies behind it."""

import re

import pytest
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

from plainview.desk.published.addresses import PUBLIC

# Before the door: signing in, and what one reads when one cannot.
OPEN = {
    "people:sign_in",
    "people:badge_sign_in",
    "people:pick_picture",
    "people:come_in",
    "account_login",
    "account_reset_password",
    "account_signup",
    "account_inactive",
    "demo:enter",
    "register:confirm",  # by a signed link from a letter; any other is told that it opens nothing
    "register:stop",
    "register:api_description",  # what programs may ask, and no district's word
}
# By a link from a letter or a secret address, instead of an account: each view asks for it.
BY_A_SECRET = {"register:feed", "register:api_contracts", "register:api_news"}
# Of the library that checks a second factor: what a stranger's browser needs to offer a passkey.
OF_A_PASSKEY = {"mfa_login_webauthn"}


def every_address(resolver: URLResolver | None = None, before: str = "") -> list[str]:
    found = []
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            found.append("/" + re.sub(r"<(\w+:)?\w+>", "1", before + str(part.pattern)))
        else:
            found += every_address(part, before + str(part.pattern))
    return found


def test_there_are_addresses_to_ask():
    assert len(every_address()) > 70


@pytest.mark.django_db
@pytest.mark.parametrize("path", every_address())
def test_a_stranger_is_led_to_the_door(client, path):
    view = resolve(path).view_name
    answer = client.get(path)
    if path.startswith(PUBLIC):  # what anyone may read: tests/desk/public asks more of it
        assert answer.status_code in (200, 302, 400, 404, 405, 410)
    elif view in BY_A_SECRET:
        assert answer.status_code in (400, 401, 404, 410), "a secret that nobody was given opens nothing"
    elif view in OPEN | OF_A_PASSKEY:
        assert answer.status_code in (200, 302, 400, 410)
    elif answer.status_code == 302:
        assert answer.url == "/" or answer.url.startswith(("/people/sign-in/", "/account/sign-in/"))
    else:
        assert answer.status_code in (404, 405), f"{path} answers {answer.status_code}"
