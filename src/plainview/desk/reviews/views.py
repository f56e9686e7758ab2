"""The reviews: the list, one review, and its steps. Thin.

In:   a request by the chair, a vendor's contact, or somebody who was let in to read.
Out:  where each review stands, what comes next and whose turn it is, and its whole history.
Not here: claims and plans (said_views), exhibits (handed_views), requests (ask_views).
"""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.desk.reviews import begin, notice, policy, seats
from plainview.desk.reviews.expiring import expiring
from plainview.desk.reviews.forms import BeginForm, SeatForm, WhyForm, settled
from plainview.desk.reviews.models import Asked, Exhibit, Request, Review, Stage, Vendor, VendorSeat
from plainview.desk.reviews.turn import Whose, turn
from plainview.lobby.ledger import write
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Person, Role

people_of_reviews = only(Role.CHAIR, Role.VENDOR, Role.EXPERT)
chair_only = only(Role.CHAIR)
OVER = (Stage.PUBLISHED, Stage.DECLINED)
FROM_CHECKS_ON = (Stage.CHECKED, Stage.RATING, Stage.CONSOLIDATING, Stage.CONCLUDED, Stage.PUBLISHED)
# Pages of rooms above, by name and from which stages on: a desk without those rooms shows no link.
FURTHER = {
    Role.CHAIR: (
        ("experts:panel", "ratings", FROM_CHECKS_ON),
        # While experts rate nobody concludes: there is nothing to open.
        ("verdicts:of_review", "verdict", tuple(one for one in FROM_CHECKS_ON if one != Stage.RATING)),
    ),
    Role.VENDOR: (("verdicts:draft", "draft", (Stage.CONCLUDED, Stage.PUBLISHED)),),
}


@people_of_reviews
def reviews(request: HttpRequest) -> HttpResponse:
    seen = Review.objects.seen_by(request.person).newest_first()
    on = timezone.localdate()
    is_vendor = request.person.role == Role.VENDOR
    under_way = [(one, turn(one, on=on, is_vendor=is_vendor)) for one in seen.exclude(stage__in=OVER)]
    is_hers = _is_hers(request.person)
    context = {
        "hers": [pair for pair in under_way if is_hers(pair[1].whose)],
        "others": [pair for pair in under_way if not is_hers(pair[1].whose)],
        "expiring": expiring(on=on) if policy.leads(request.person) else [],
        "over": seen.filter(stage__in=OVER)[:200],
        "leads": policy.leads(request.person),
        "n_requests": policy.requests_seen_by(request.person).filter(state=Request.State.WAITING).count(),
    }
    return render(request, "reviews/reviews.html", context)


def _is_hers(person: Person):
    hers = {Role.CHAIR: Whose.CHAIR, Role.VENDOR: Whose.VENDOR, Role.EXPERT: Whose.EXPERTS}[person.role]
    return lambda whose: whose == hers


@people_of_reviews
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found = policy.review_seen_by(request.person, pk)
    return _page(request, found, WhyForm())


def _page(request: HttpRequest, found: Review, form: WhyForm) -> HttpResponse:
    on, person = timezone.localdate(), request.person
    write.deed("reviews.review.looked", by=person.pk, at=timezone.now(), thing=found.pk)
    all_seen = policy.exhibits_seen_by(person, found)
    exhibits, set_aside = all_seen.filter(replaced_at=None), all_seen.exclude(set_aside_by=None)
    context = {
        "review": found,
        "turn": turn(found, on=on, is_vendor=person.role == Role.VENDOR),
        "requests": policy.requests_seen_by(person).filter(review=found).order_by("asked_at"),
        "may_write_claims": may(policy.check_may_write_claims, person, found),
        "claims": found.claims.all(),
        "asked": [_came(one, exhibits, on) for one in found.asked.all()],
        "exhibits": exhibits.select_related("handed_over_by"),
        "set_aside": set_aside.select_related("set_aside_by"),
        "plan": found.plan if policy.leads(person) else found.frozen_plan,
        "run": _last_run(found, person),
        "moves": found.moves.select_related("by").order_by("-at", "-pk"),
        "leads": policy.leads(person),
        "is_vendor": policy.speaks_for(person, found),
        "may_hand_over": may(policy.check_may_hand_over, person, found),
        "form": form,
        "decline_form": WhyForm(auto_id="decline_%s"),
        "further": _further(found, person),
    }
    return render(request, "reviews/review.html", context, status=422 if form.errors else 200)


def _came(asked: Asked, exhibits: QuerySet[Exhibit], on: date) -> tuple[Asked, date | None, bool]:
    """What was asked for, since when nobody answers, and whether nothing of what came can be read."""
    read = [one.reading for one in exhibits if one.kind == asked.kind]
    cannot = asked.came == Asked.Came.RECEIVED and bool(read) and set(read) == {Exhibit.Reading.NOT_READ}
    return asked, asked.silent_since(on), cannot


def _last_run(found: Review, person: Person):
    if policy.leads(person):
        return found.runs.order_by("-pk").first()
    return found.run


def may(check, *args) -> bool:
    try:
        check(*args)
    except policy.Denied:
        return False
    return True


def _further(found: Review, person: Person) -> dict[str, str]:
    """Where the rooms above go on, once there is something to go on from."""
    routes = [(route, name) for route, name, stages in FURTHER.get(person.role, ()) if found.stage in stages]
    return {name: address for route, name in routes if (address := _address(route, found.pk))}


def _address(route: str, pk: int) -> str:
    try:
        return reverse(route, args=[pk])
    except NoReverseMatch:
        return ""


@chair_only
def begin_review(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        product = begin.product_of(name=said["name"], vendor=said["vendor"], homepage=said["homepage"])
        made = begin.begin(
            product=product, version=said["version"], by=request.person, at=timezone.now(), why=said["why"]
        )
        return redirect("reviews:review", made.pk)
    return render(request, "reviews/begin.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@chair_only
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, begin.decline)


@require_POST
@chair_only
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, notice.begin_gathering)


def _step(request: HttpRequest, pk: int, deed) -> HttpResponse:
    found = policy.review_led_by(request.person, pk)
    form = WhyForm(request.POST)
    said = {"by": request.person, "at": timezone.now()}
    if form.is_valid() and settled(form, deed, found, why=form.cleaned_data["why"], **said):
        return redirect("reviews:review", pk)
    return _page(request, found, form)


# --- who speaks for a vendor -------------------------------------------------------------------------------


@chair_only
def vendor(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Vendor, slug=slug)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _give_seat(request, found, form):
        return redirect("reviews:vendor", slug)
    context = {
        "vendor": found,
        "form": form,
        "seats": found.seats.select_related("person"),
        "products": found.products.order_by("name"),
    }
    return render(request, "reviews/vendor.html", context, status=422 if form.errors else 200)


def _give_seat(request: HttpRequest, found: Vendor, form: SeatForm) -> bool:
    name = form.cleaned_data["sign_in_name"].lower()
    person = Person.objects.filter(sign_in_name=name, role=Role.VENDOR, is_active=True).first()
    if person is None:
        form.add_error("sign_in_name", _("There is no such account of a vendor’s contact."))
        return False
    return settled(form, seats.give, found, person, by=request.person, at=timezone.now())


@require_POST
@chair_only
def take_seat(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(VendorSeat.objects.select_related("vendor", "person"), pk=pk)
    seats.take(seat, by=request.person, at=timezone.now())
    messages.success(request, _("The seat was taken back."))
    return redirect("reviews:vendor", seat.vendor.slug)
