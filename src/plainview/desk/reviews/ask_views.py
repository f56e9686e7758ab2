"""What people ask us to look at: the public form, and the chair's list. Thin.

In:   a request by anyone; by the chair.
Out:  the form, a word of thanks, the list, one request.
Not here: what becomes of it (settle). No address of a machine is kept: what is counted for the limit stands
in memory alone, under a key that is thrown away at the turn of the hour (hourly). The form sets no cookie.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.published import addresses
from plainview.desk.published.door import open_to_all
from plainview.desk.published.open_form import open_form
from plainview.desk.reviews import ask, begin, policy, settle
from plainview.desk.reviews.forms import AskForm, SettleForm, settled
from plainview.desk.reviews.models import Request
from plainview.lobby.ledger import write
from plainview.lobby.people.door import only
from plainview.lobby.people.hourly import tries
from plainview.lobby.people.models import Role

MOST_ASKED = 5  # from one address within the hour
chair_only = only(Role.CHAIR)


def show(http: HttpRequest, template: str, told: dict, *, status: int = 200) -> HttpResponse:
    return HttpResponse(render_to_string(template, {**told, "request": http}), status=status)


@open_form
def ask_page(http: HttpRequest) -> HttpResponse:
    """No account and no cookie."""
    form = AskForm(http.POST or None)
    if http.method == "POST" and form.is_valid():
        at = timezone.now()
        if not tries.take(http, of="reviews.ask", most=MOST_ASKED, at=at):
            form.add_error(None, _("That was often. Please try again in an hour."))
            return show(http, "reviews/ask.html", {"form": form}, status=429)
        ask.ask(**form.cleaned_data, language=get_language(), at=at)
        return redirect(addresses.asked_in.get() + reverse("ask:thanks"))
    return show(http, "reviews/ask.html", {"form": form}, status=422 if form.errors else 200)


@open_to_all
def thanks(http: HttpRequest) -> HttpResponse:
    return show(http, "reviews/thanks.html", {})


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
