"""What stands around every page: where one may go, and whether this is the demonstration.

In:   a request.
Out:  ``nav``, ``fixed``, ``is_demo``, which faces are on, and who is here, for the base template.
Not here: what a page says.

What stands on many pages alike is made once. Where it holds a token or the page's own address, it is made
with a hole for it, and filled for each page: a token is never kept.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from plainview.lobby.people.models import Role
from plainview.site.places import places_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    url: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    name: str
    role: str
    key: str  # opaque: ties notes that wait on a device to the person who wrote them


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What stands on every page of a language alike: made once, not a thousand times a minute."""

    begins: SafeString
    skip: SafeString
    name: SafeString
    styles: SafeString
    scripts: SafeString
    says: SafeString
    licence: SafeString
    languages: SafeString
    set_language_url: str


def frame(request: HttpRequest) -> dict:
    person, language = getattr(request, "person", None), get_language()
    token = SimpleLazyObject(lambda: get_token(request))  # one for the page, and none where nobody asks
    context = {
        "is_demo": settings.DEMO,
        "source_url": settings.SOURCE_URL,
        "has_badges": "classroom" in settings.FACES,
        "has_open_pages": "desk" in settings.FACES,
        "person": person,
        "fixed": _fixed(language, settings.SOURCE_URL),
        "foot": cache(lambda: _filled(_foot(language, settings.SOURCE_URL), str(token), request)),
        "csrf_token": token,
    }
    if person:
        signed_in = SignedIn(
            name=person.full_name,
            role=Role(person.role).label,
            key=salted_hmac("offline queue", str(person.pk)).hexdigest()[:16],
        )
        context |= {
            "nav": _nav(language, person.role, _here(request.path, person.role)),
            "signed_in": signed_in,
            "corner": lambda: _filled(_corner(language, signed_in, person.is_adult), str(token), request),
        }
    return context


A_TOKEN, A_PATH = token_hex(16), token_hex(16)  # the holes: drawn by chance, so that nobody's words hold them
_address = lru_cache(maxsize=64)(reverse)


@lru_cache(maxsize=16)
def _fixed(language: str, source_url: str) -> Fixed:
    """``language`` is the one that is set: it stands here for the cache's sake."""
    return Fixed(
        begins=_made("begins"),
        skip=_made("skip"),
        name=_made("name"),
        styles=_made("styles"),
        scripts=_made("scripts"),
        says=_made("says"),
        licence=_made("licence", source_url=source_url, is_desk="classroom" not in settings.FACES),
        languages=_made("languages"),
        set_language_url=reverse("set_language"),
    )


@lru_cache(maxsize=16)
def _foot(language: str, source_url: str) -> SafeString:
    here = {"get_full_path": A_PATH}
    return _made("footer", fixed=_fixed(language, source_url), request=here, csrf_token=A_TOKEN)


@lru_cache(maxsize=256)
def _corner(language: str, signed_in: SignedIn, is_adult: bool) -> SafeString:
    return _made(
        "corner",
        signed_in=signed_in,
        account_url=_address("mfa_index") if is_adult else "",
        sign_out_url=_address("people:sign_out"),
        csrf_token=A_TOKEN,
    )


def _filled(html: SafeString, token: str, request: HttpRequest) -> SafeString:
    made = html.replace(A_TOKEN, token).replace(A_PATH, escape(request.get_full_path()))
    return mark_safe(made)  # noqa: S308 - a template of our own, and a path that was escaped


def _here(path: str, role: str) -> str:
    """The place of the menu that this page is; nothing where it is none."""
    return path if any(path == url for url, _words in places_of(role)) else ""


@lru_cache(maxsize=128)
def _nav(language: str, role: str, here: str) -> SafeString:
    places = [Place(url=url, words=words, is_here=url == here) for url, words in places_of(role)]
    return _made("nav", places=places) if places else SafeString()


def _made(component: str, **context) -> SafeString:
    html = render_to_string(f"site/components/{component}.html", context)
    return mark_safe(html.strip())  # noqa: S308 - a template of our own
