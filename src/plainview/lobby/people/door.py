"""The door of every page: who is asking, and what is said to someone who may not.

In:   a request.
Out:  ``request.person`` (None when signed out); the class a page is about; a page with the sentence when
      policy says no; and no copy of a signed-in page on a device that the next child uses.
Not here: the rules themselves.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from plainview.lobby.people import policy
from plainview.lobby.people.models import Class, Role
from plainview.lobby.people.policy import Denied, NotSeen


class PersonMiddleware:
    """Names the person behind a request, and turns ``Denied`` into a page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = request.user if request.user.is_authenticated else None
        response = self.get_response(request)
        # After signing out, "back" must not show the last child's page. What never changes says so itself.
        if request.person and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(self, request: HttpRequest, view: Callable, *_args) -> None:
        """Passwords and passkeys are adults': a child's way in is the badge, and a teacher can end it."""
        if request.person and not request.person.is_adult and _is_an_adults(request):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Denied):
            return render(request, "403.html", {"sentence": str(exception)}, status=403)
        return None


def _is_an_adults(request: HttpRequest) -> bool:
    """The pages of django-allauth, by the names that it looks up. Signing in leads home by itself."""
    name = request.resolver_match.url_name or ""
    return name.startswith(("account_", "mfa_")) and name != "account_login"


def only(*roles: Role) -> Callable:
    """Pages for these roles. Signed out: to the sign-in page. Another role: not found."""

    def door(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.person is None:
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            if roles and request.person.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return door


def class_of(request: HttpRequest, *, on: date, to_decide: bool = False) -> Class:
    """The class that was asked for, or this adult's first one. ``to_decide``: of those that she teaches."""
    asked = request.POST.get("class") or request.GET.get("class") or ""
    if asked.isdecimal():
        found = policy.class_seen_by(request.person, int(asked), on=on)
        if to_decide:
            policy.check_teaches_class(request.person, found, on=on)
        return found
    hers = Class.objects.taught_by if to_decide else Class.objects.seen_by
    first = hers(request.person, on=on).order_by("title", "pk").first()
    if first is None:
        raise NotSeen
    return first


signed_in = only()
teachers_only = only(Role.TEACHER)
class_adults_only = only(Role.TEACHER, Role.SPECIALIST)
students_only = only(Role.STUDENT)
families_only = only(Role.GUARDIAN)
