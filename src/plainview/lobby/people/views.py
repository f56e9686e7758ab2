"""The pages of the door: signing in, badges, supports, who looked, what a family chooses."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST
from django_ratelimit.core import is_ratelimited

from plainview.lobby.ledger import write
from plainview.lobby.people import badge, policy
from plainview.lobby.people import choices as family_choices
from plainview.lobby.people import supports as support_deeds
from plainview.lobby.people import who_looked as record
from plainview.lobby.people.door import class_adults_only, families_only, only, teachers_only
from plainview.lobby.people.forms import BadgeForm, SupportForm, TickForm
from plainview.lobby.people.models import Class, FamilyChoice, Person, Role, Support, SupportGiven
from plainview.lobby.people.qr import qr

BADGE_BACKEND = "plainview.lobby.people.sign_in.AdultBackend"
# Wrong tries only: a whole class comes in from one address in the same minute. Three of nine pictures, then
# a wait; after six in a day the teacher makes a new badge. An address may be wrong as often as a school is.
WRONG_TRIES = (("card", "2/10m"), ("card", "5/d"), ("address", "120/m"))


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Two doors: a badge for children, a name and a password for adults. A desk alone has no children."""
    if request.person:
        return redirect("/")
    if "classroom" not in settings.FACES:
        return redirect("?".join(filter(None, [reverse("account_login"), request.GET.urlencode()])))
    return render(request, "people/doors.html", {"form": BadgeForm(), "next": request.GET.get("next", "")})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("people:sign_in")


@never_cache
@sensitive_post_parameters("code")
def badge_sign_in(request: HttpRequest) -> HttpResponse:
    """A code was typed: on to the pictures. Whether it exists is not said here."""
    form = BadgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("people:pick_picture", code=badge.tidy(form.cleaned_data["code"]) or "-")
    return render(request, "people/doors.html", {"form": form})


@never_cache
@sensitive_variables("code")
def pick_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Nine pictures. The code stands in this address, since a card's QR opens it."""
    return _pictures(request, badge.tidy(code))


@sensitive_variables("code", "context")
def _pictures(request: HttpRequest, code: str, *, sentence: str = "", status: int = 200) -> HttpResponse:
    context = {"code": code, "pictures": badge.PICTURES.items(), "sentence": sentence}
    page = render(request, "people/pick_picture.html", context, status=status)
    page["Referrer-Policy"] = "strict-origin"  # the next request does not tell the address it comes from
    return page


@never_cache
@sensitive_post_parameters("code", "picture")
@sensitive_variables("code", "picture", "child")
def come_in(request: HttpRequest) -> HttpResponse:
    """The right picture opens the child's own week. A wrong one is logged by its address: no code in it."""
    if request.method != "POST":
        return redirect("people:sign_in")
    code, picture = badge.tidy(request.POST.get("code", "")), request.POST.get("picture", "")
    if _wrong_too_often(request, code):
        return render(request, "429.html", status=429)
    child = badge.child_of(code=code, picture=picture)
    if child is None:
        _wrong_too_often(request, code, once_more=True)
        sentence = _("That badge and picture do not fit together. Try again, or ask your teacher.")
        return _pictures(request, code, sentence=sentence, status=422)
    login(request, child, backend=BADGE_BACKEND)
    return redirect("/")


@sensitive_variables("code", "keys")
def _wrong_too_often(request: HttpRequest, code: str, *, once_more: bool = False) -> bool:
    keys = {"card": lambda *_: code, "address": "ip"}
    asked = [
        is_ratelimited(request, group="badge", key=keys[of], rate=rate, increment=once_more)
        for of, rate in WRONG_TRIES
    ]
    return any(asked)


@teachers_only
def badges(request: HttpRequest, class_pk: int) -> HttpResponse:
    """A sheet of badge cards to cut out: name, code, QR, and the child's picture on the back page."""
    at, on = timezone.now(), timezone.localdate()
    room = policy.class_seen_by(request.person, class_pk, on=on)
    children = list(Person.objects.in_classes([room.pk], on=on).by_name().select_related("badge"))
    write.looked("people.badges.looked", by=request.person.pk, at=at, about=[c.pk for c in children])
    cards = [_card(request, child) for child in children]
    return render(request, "people/badges.html", {"room": room, "cards": cards})


def _card(request: HttpRequest, child: Person) -> dict:
    card = getattr(child, "badge", None)
    if card is None:
        return {"child": child, "badge": None}
    address = request.build_absolute_uri(reverse("people:pick_picture", args=[card.code]))
    return {"child": child, "badge": card, "qr": qr(address), "picture": badge.PICTURES.get(card.picture)}


@teachers_only
@require_POST
def renew_badge(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    child = policy.student_seen_by(request.person, pk, on=on)
    badge.renew(child, by=request.person, at=at)
    messages.success(
        request,
        _("%(name)s has a new badge. The old one no longer opens anything.") % {"name": child.short_name},
    )
    room = Class.objects.seen_by(request.person, on=on).filter(enrollments__person=child).first()
    return redirect("people:badges", class_pk=room.pk)


@class_adults_only
def supports(request: HttpRequest) -> HttpResponse:
    """The supports of the classes one serves, with a tick for today."""
    at, on = timezone.now(), timezone.localdate()
    children = list(Person.objects.seen_by(request.person, on=on).by_name())
    held = support_deeds.supports_of(children, on=on)
    today = {
        given.support_id: given for given in SupportGiven.objects.filter(on=on, support__student__in=children)
    }
    write.looked("people.supports.looked", by=request.person.pk, at=at, about=[c.pk for c in children])
    rows = [
        {"child": child, "supports": [(s, today.get(s.pk)) for s in held[child.pk]]}
        for child in children
        if child.pk in held
    ]
    return render(
        request,
        "people/supports.html",
        {"rows": rows, "children": children, "outcomes": SupportGiven.Outcome.choices, "on": on},
    )


@class_adults_only
@require_POST
def tick_support(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    seen = Person.objects.seen_by(request.person, on=on)
    support = get_object_or_404(Support.objects.select_related("student"), pk=pk, student__in=seen)
    form = TickForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = support_deeds.tick(support, outcome=form.cleaned_data["outcome"], by=request.person, at=at, on=on)
    if "HX-Request" in request.headers:
        context = {"support": support, "given": given, "outcomes": SupportGiven.Outcome.choices}
        return render(request, "people/support_tick.html", context)
    return redirect("people:supports")


@class_adults_only
def new_support(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    child = policy.student_seen_by(request.person, pk, on=on)
    form = SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        support_deeds.write_down(
            child,
            plan=said["plan"],
            term=said["term"],
            words=said["words"],
            exempt=said["exempt_from_screen_cap"],
            by=request.person,
            at=at,
            on=on,
        )
        return redirect("people:supports")
    write.looked("people.supports.looked", by=request.person.pk, at=at, about=[child.pk])
    return render(request, "people/new_support.html", {"child": child, "form": form})


@only(Role.GUARDIAN, Role.TEACHER)
def who_looked(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    child = policy.student_seen_by(request.person, pk, on=on)
    skip = _how_far_back(request)
    looks = record.looks(child, today=on, skip=skip)
    write.looked("people.who_looked.looked", by=request.person.pk, at=at, about=[child.pk])
    older = skip + record.A_PAGE if len(looks) == record.A_PAGE else None
    context = {"child": child, "looks": record.folded(looks), "older": older}
    return render(request, "people/who_looked.html", context)


def _how_far_back(request: HttpRequest) -> int:
    asked = request.GET.get("skip", "")
    return min(int(asked[:9]), record.MOST_SKIPPED) if asked.isascii() and asked.isdigit() else 0


@families_only
def choices(request: HttpRequest, pk: int) -> HttpResponse:
    """Four choices, each on its own, each reversible, none explained."""
    at, on = timezone.now(), timezone.localdate()
    child = policy.student_seen_by(request.person, pk, on=on)
    if request.method == "POST" and request.POST.get("kind") in FamilyChoice.Kind.values:
        family_choices.choose(
            child,
            kind=FamilyChoice.Kind(request.POST["kind"]),
            chosen=request.POST.get("chosen") == "yes",
            by=request.person,
            at=at,
        )
        messages.success(request, _("Your choice holds from now on. You can change it at any time."))
        return redirect("people:choices", pk=pk)
    held = family_choices.choices_of(child)
    write.looked("people.choices.looked", by=request.person.pk, at=at, about=[child.pk])
    rows = [(kind, FamilyChoice.Kind(kind).label, holds) for kind, holds in held.items()]
    return render(request, "people/choices.html", {"child": child, "rows": rows})
