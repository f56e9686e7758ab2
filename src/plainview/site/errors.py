"""Pages for when something went wrong: what happened, what was kept, what to do.

In:   a request that cannot be answered as asked.
Out:  a calm page with the right status.
Not here: the sentences of policy. ``Denied`` brings its own.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "site/errors/400.html", status=400)


def denied(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "site/errors/403.html", {"sentence": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "site/errors/404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    return render(request, "site/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "site/errors/csrf.html", status=403)
