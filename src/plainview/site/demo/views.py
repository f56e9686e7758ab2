"""Enter the demonstration by link: loopback only, and only while the demonstration runs."""

import ipaddress

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plainview.site.demo.links import person_behind


@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    if not (settings.DEMO and _is_from_here(request)):
        raise Http404
    try:
        person = person_behind(token)
    except signing.SignatureExpired:
        return _sorry(
            request, _("This link is older than a day. Start the demonstration again for a new one.")
        )
    except signing.BadSignature:
        return _sorry(request, _("This link is not complete, or not from this demonstration."))
    if person is None:
        return _sorry(request, _("The demonstration school is not built yet."))
    login(request, person, backend="plainview.lobby.people.sign_in.AdultBackend")
    return redirect("/")


# A proxy on this machine is on loopback too, and whom it speaks for need not be.
SAYS_FOR_ANOTHER = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def _is_from_here(request: HttpRequest) -> bool:
    by_proxy = any(name in request.headers for name in SAYS_FOR_ANOTHER)
    return not by_proxy and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _sorry(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "demo/link_is_over.html", {"sentence": sentence}, status=410)
