"""Where a request comes from, so that too many tries from one place can be told from a class signing in.

In:   a request, and how many proxies of the school's own stand in front (``PLAINVIEW_PROXIES``).
Out:  one address.
Not here: counting. A browser can write any number of addresses into ``X-Forwarded-For``: only what our own
      proxies added at its end is believed.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    said = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXIES and len(said) >= settings.PROXIES:
        nearest = said[-settings.PROXIES].strip()
        if _is_address(nearest):
            return nearest
    return request.META["REMOTE_ADDR"]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
