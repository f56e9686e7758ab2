"""What people ask us to look at: the public form, and the chair's list. Thin.

In:   a request by anyone; by the chair.
Out:  the form, a word of thanks, the list, one request.
Not here: what becomes of it (settle). No address of a machine is kept: what is counted for the limit is a
fingerprint that only this site can make, and it is gone within the hour.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_ratelimit.core import is_ratelimited

from plainview.desk.reviews import ask, begin, policy, settle
from plainview.desk.reviews.forms import AskForm, SettleForm, settled
from plainview.desk.reviews.models import Request
from plainview.lobby.ledger import write
from plainview.lobby.people.address import address_of
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role

MOST_OFTEN = "5/h"
chair_only = only(Role.CHAIR)


def ask_page(http: HttpRequest) -> HttpResponse:
    """No account, and no cookie but the one that guards the form."""
    form = AskForm(http.POST or None)
    if http.method == "POST" and form.is_valid():
        if _too_often(http):
            form.add_error(None, _("That was often. Please try again in an hour."))
            return render(http, "reviews/ask.html", {"form": form}, status=429)
        ask.ask(**form.cleaned_data, language=get_language(), at=timezone.now())
        return redirect("ask:thanks")
    return render(http, "reviews/ask.html", {"form": form}, status=422 if form.errors else 200)


def _too_often(http: HttpRequest) -> bool:
    return is_ratelimited(http, group="reviews.ask", key=_who, rate=MOST_OFTEN, increment=True)


def _who(_group: str, http: HttpRequest) -> str:
    return salted_hmac("reviews.ask", address_of(http)).hexdigest()


def thanks(http: HttpRequest) -> HttpResponse:
    return render(http, "reviews/thanks.html")


@chair_only
def requests(http: HttpRequest) -> HttpResponse:
    seen = policy.requests_seen_by(http.person).select_related("review__product", "settled_by")
    write.deed("reviews.requests.looked", by=http.person.pk, at=timezone.now())
    waiting = seen.filter(state=Request.State.WAITING).order_by("asked_at")
    settled_ones = seen.exclude(state=Request.State.WAITING).order_by("-settled_at")[:100]
    return render(http, "reviews/requests.html", {"waiting": waiting, "settled": settled_ones})


@chair_only
def one_request(http: HttpRequest, pk: int) -> HttpResponse:
    found = policy.request_seen_by(http.person, pk)
    form = SettleForm(http.POST or None, initial={"name": found.product_name, "vendor": found.vendor_name})
    if http.method == "POST" and form.is_valid() and settled(form, _settle, http, found, form.cleaned_data):
        if found.review_id:
            return redirect("reviews:review", found.review_id)
        messages.success(http, _("Declined. Whoever left an address is told."))
        return redirect("reviews:requests")
    write.deed("reviews.request.looked", by=http.person.pk, at=timezone.now(), thing=found.pk)
    context = {"asked": found, "form": form}
    return render(http, "reviews/request.html", context, status=422 if form.errors else 200)


def _settle(http: HttpRequest, found: Request, said: dict) -> None:
    at, by = timezone.now(), http.person
    if http.POST.get("do") != "take_up":
        settle.decline(found, by=by, at=at, why=said["why"])
        return
    review = said["review"]
    product = review.product if review else said["product"]
    product = product or begin.product_of(name=said["name"], vendor=said["vendor"])
    settle.take_up(found, product=product, review=review, by=by, at=at, why=said["why"])
