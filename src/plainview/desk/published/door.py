"""The door of the public pages: nobody is asked who they are, nothing is set, one language a path.

In:   a request for an address that anyone may read.
Out:  the page with what a cache needs (ETag, Cache-Control), packed where the browser takes that; or nothing
      new, where it has the page already.
Not here: pages. A view that is ``open_to_all`` is answered here, before there is any session; every other
      address goes on into the house, in the language that its path says.

/es/products/ is /products/ in Spanish. A path without a language is answered in the one that the browser asks
for, and says so to caches (Vary).
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from plainview.desk.published import addresses, read

FOR_A_MINUTE = "public, max-age=60"
FOR_EVER = "public, max-age=31536000, immutable"
# Nothing runs, nothing is fetched from elsewhere, nobody frames it.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SMALLEST_TO_PACK = 800
MOST_KEPT = 24_000_000  # bytes, for each process of the server

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """A page that anyone may read: GET alone, no person, no session, no form token."""
    opened = require_safe(view)
    opened.is_open = True
    return opened


def kept(view: View) -> View:
    """As ``open_to_all``; made of what is frozen and of the day, so made once until either changes."""

    @wraps(view)
    def remembered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        asked = (request.path_info, request.META.get("QUERY_STRING", ""), addresses.asked_in.get())
        key = (*asked, translation.get_language(), read.as_of(), timezone.localdate())
        response = PAGES.get(key)
        if response is None:
            response = view(request, *args, **kwargs)
            PAGES.keep(key, response)
        return response

    return open_to_all(remembered)


# --- pages that were made once --------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page as bytes: as it is, and packed."""

    body: bytes
    packed: bytes | None
    headers: tuple[tuple[str, str], ...]

    @property
    def n_bytes(self) -> int:
        return len(self.body) + len(self.packed or b"")

    def response(self) -> HttpResponse:
        found = HttpResponse(self.body, headers=dict(self.headers))
        found.packed = self.packed
        return found


class Pages:
    """As many pages as fit; the one that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.n_bytes = most, 0
        self.made: OrderedDict[tuple, Made] = OrderedDict()
        self.lock = Lock()

    def get(self, key: tuple) -> HttpResponse | None:
        with self.lock:
            made = self.made.get(key)
            if made is not None:
                self.made.move_to_end(key)
        return made.response() if made else None

    def keep(self, key: tuple, response: HttpResponse) -> None:
        if response.status_code != 200 or response.streaming:
            return
        made = _made(response)
        with self.lock:
            self.n_bytes += made.n_bytes - (self.made[key].n_bytes if key in self.made else 0)
            self.made[key] = made
            while self.n_bytes > self.most:
                _key, gone = self.made.popitem(last=False)
                self.n_bytes -= gone.n_bytes

    def clear(self) -> None:
        with self.lock:
            self.made.clear()
            self.n_bytes = 0


PAGES = Pages(MOST_KEPT)


def _made(response: HttpResponse) -> Made:
    _name_by_hash(response)
    packed = getattr(response, "packed", None) or _packed(response)
    response.packed = packed
    return Made(body=response.content, packed=packed, headers=tuple(response.items()))


# --- the door -------------------------------------------------------------------------------------------
class PublicDoor:
    """Stands before sessions and signing in: who reads a public page passes neither."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tongue, path = tongue_and_path(request.path_info)
        if tongue and path == "/":
            return HttpResponseRedirect(f"/{tongue}{addresses.PRODUCTS}")
        if not path.startswith(addresses.PUBLIC) and not _is_a_strangers_slip(request, tongue, path):
            return self.get_response(request)
        request.path_info = path
        asked = addresses.asked_in.set(f"/{tongue}" if tongue else "")
        try:
            if is_nowhere(path):
                return _answered(request, NOWHERE, tongue)
            match = _open_match(path)
            return _answered(request, match, tongue) if match else self._inside(request, tongue)
        finally:
            addresses.asked_in.reset(asked)

    def _inside(self, request: HttpRequest, tongue: str) -> HttpResponse:
        """A page with a form: the house knows its language by a cookie, and the path is as good as one."""
        if tongue:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = tongue
        return self.get_response(request)


def _is_a_strangers_slip(request: HttpRequest, tongue: str, path: str) -> bool:
    """An address that nothing answers, asked for in a language, or of a desk alone by who is not signed in.

    The house's own page for it has a form, and so sets a cookie: for these the public one does.
    """
    is_of_a_desk = "classroom" not in settings.FACES and settings.SESSION_COOKIE_NAME not in request.COOKIES
    return (bool(tongue) or is_of_a_desk) and is_nowhere(path)


@lru_cache(maxsize=2000)
def is_nowhere(path: str) -> bool:
    """Nothing answers there; where only the slash at the end was forgotten, the house leads on."""
    ways = [path] if path.endswith("/") else [path, f"{path}/"]
    return not any(_match(one) for one in ways)


def tongue_and_path(path: str) -> tuple[str, str]:
    """ "/es/products/" is "es" and "/products/"."""
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            return code, path[len(code) + 1 :]
    return "", path


@lru_cache(maxsize=2000)  # what an address means does not change while the server runs
def _open_match(path: str) -> ResolverMatch | None:
    match = _match(path)
    is_open = getattr(match and match.func, "is_open", False) or path.startswith(addresses.PROGRAMS)
    return match if is_open else None


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _nowhere(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(addresses.PROGRAMS):
        return JsonResponse({"detail": "There is no such address: see /api/."}, status=404)
    raise Http404


NOWHERE = ResolverMatch(_nowhere, (), {})


def _answered(request: HttpRequest, match: ResolverMatch, tongue: str) -> HttpResponse:
    request.resolver_match = match
    language = tongue or asked_for(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    with translation.override(language):
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Http404:
            response = HttpResponse(render_to_string("published/not_found.html"), status=404)
    return _finished(request, response, language, is_negotiated=not tongue)


def asked_for(header: str) -> str:
    """The first language of the browser's that we have words in."""
    for code, _weight in parse_accept_lang_header(header.lower()[:200]):
        short = code.split("-")[0]
        if short in dict(settings.LANGUAGES):
            return short
    return settings.LANGUAGE_CODE


# --- what a cache needs ---------------------------------------------------------------------------------
def _finished(
    request: HttpRequest, response: HttpResponse, language: str, *, is_negotiated: bool
) -> HttpResponse:
    if is_negotiated and not response.has_header("Content-Language"):
        patch_vary_headers(response, ["Accept-Language"])
    for name, value in {
        "Content-Language": language,
        "Cache-Control": FOR_A_MINUTE,
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "DENY",
    }.items():
        response.headers.setdefault(name, value)
    if response.status_code != 200 or response.streaming:
        return response
    _name_by_hash(response)
    same = get_conditional_response(request, etag=response["ETag"], response=response)
    return same if same.status_code == 304 else _in_its_packing(request, response)


def _name_by_hash(response: HttpResponse) -> None:
    if not response.has_header("ETag"):
        response["ETag"] = f'W/"{sha256(response.content).hexdigest()[:32]}"'


def _packed(response: HttpResponse) -> bytes | None:
    """None where packing does not pay."""
    told = response.get("Content-Type", "").split(";")[0]
    packs = told.startswith("text/") or told in {"application/json", "application/atom+xml"}
    if not packs or len(response.content) < SMALLEST_TO_PACK:
        return None
    return gzip.compress(response.content, 6, mtime=0)


def _in_its_packing(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept-Encoding"])
    if not response.has_header("Content-Encoding") and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        packed = getattr(response, "packed", None) or _packed(response)
        if packed:
            response.content = packed
            response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""  # what would have been sent is told, and not sent
    return response
