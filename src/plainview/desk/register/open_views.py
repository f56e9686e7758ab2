"""What is opened by a link or a secret, without signing in: saying yes or no to letters, the feed, JSON.

In:   a signed link, a secret.
Out:  a page that sets no cookie; Atom; JSON.
Not here: the officer's pages (views).
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from plainview.desk.register import described, keys, subscribe, tell
from plainview.desk.register.models import District, Secret
from plainview.lobby.people.hourly import tries

WRONG_SECRETS = 60  # a minute from one address: nobody guesses 43 characters, and nobody shall try for long


# The signed link is what lets somebody in: there is no session that a foreign page could ride on.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: programs that open every link of a letter say yes for nobody."""
    found = subscribe.of_token(token, subscribe.CONFIRM)
    if found and request.method == "POST":
        found = subscribe.confirm(token, at=timezone.now())
    return _page("register/confirm.html", found, is_void=found is None)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One press of a mail program's own button is a POST; a person presses ours."""
    found = subscribe.of_token(token, subscribe.STOP)
    if request.method == "POST":
        subscribe.stop(token, at=timezone.now())
    return _page("register/stop.html", found, is_done=request.method == "POST" or found is None)


def _page(template: str, subscriber, **more) -> HttpResponse:
    """In the subscription's language. Made without the request: no cookie is set."""
    language = subscriber.language if subscriber else "en"
    with override(language):
        answer = HttpResponse(render_to_string(template, {"subscriber": subscriber} | more))
    answer["Referrer-Policy"] = "no-referrer"  # the link itself is the key
    return answer


@never_cache
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    district = _district_by(request, secret, Secret.Opens.FEED)
    if district is None:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    own = f"{site}/desk/register/feed/{district.slug}"
    body = tell.atom(district, at=timezone.now(), site=site, own=own)
    answer = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _district_by(request: HttpRequest, secret: str, opens: str) -> District | None:
    """Wrong ones are counted in memory: who reads a district's news is written down nowhere."""
    at = timezone.now()
    asked = {"of": f"register.secret.{at:%M}", "most": WRONG_SECRETS, "at": at}
    if tries.is_full(request, **asked):
        return None
    district = keys.district_by(secret, opens=opens)
    if district is None:
        tries.take(request, **asked)
    return district


def for_programs(view: Callable[[HttpRequest, District], list]) -> Callable:
    """``Authorization: Bearer <secret>``; the district is the secret's own."""

    @never_cache
    @require_GET
    @wraps(view)
    def asked(request: HttpRequest) -> JsonResponse:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        is_bearer = kind.lower() == "bearer" and secret
        district = _district_by(request, secret.strip(), Secret.Opens.API) if is_bearer else None
        if district is None:
            said = {"error": _("Send the district's secret: Authorization: Bearer …")}
            return JsonResponse(said, status=401, headers={"WWW-Authenticate": "Bearer"})
        return JsonResponse(
            {"district": district.slug, "on": timezone.localdate(), view.__name__: view(request, district)}
        )

    return asked


@require_GET
def description(request: HttpRequest) -> JsonResponse:
    """No secret stands in it, so none is asked for."""
    return JsonResponse(described.openapi())


@for_programs
def contracts(request: HttpRequest, district: District) -> list:
    return tell.contracts(district, at=timezone.now())


@for_programs
def news(request: HttpRequest, district: District) -> list:
    return tell.told(district, at=timezone.now())
