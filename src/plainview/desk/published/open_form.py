"""A form that anyone may send, and that leaves nothing at the door: no cookie, no session, no person.

In:   a view that takes words.
Out:  the same, answered by the public door; what another site's page sends is not taken; nothing is kept by
      a browser or a cache.
Not here: what becomes of the words (stories, kits).
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plainview.lobby.people.from_here import from_here
from plainview.lobby.people.policy import Denied

View = Callable[..., HttpResponse]


def open_form(view: View) -> View:
    @wraps(view)
    def taken(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            _check_is_ours(request)
            response = view(request, *args, **kwargs)
        except Denied as sentence:
            told = {"sentence": str(sentence), "request": request}
            response = HttpResponse(render_to_string("published/not_taken.html", told), status=403)
        response["X-Robots-Tag"] = "noindex"
        return response

    # No cookie binds this form to a browser: it changes nothing of anyone's (see from_here).
    opened = csrf_exempt(never_cache(sensitive_post_parameters()(taken)))
    opened = require_http_methods(["GET", "HEAD", "POST"])(opened)
    opened.is_open = True
    return opened


def _check_is_ours(request: HttpRequest) -> None:
    if request.method == "POST" and not from_here(request):
        raise Denied(_("This came from a page of another site. Open the form here, and send it from there."))
