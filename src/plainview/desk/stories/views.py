"""The pages of stories that anyone may open. None sets a cookie; none that takes words is kept by anyone.

In:   a request from somebody whom nobody asks who she is.
Out:  pages to read; two forms, to tell a story and to take it back.
Not here: the steward's pages (desk_views).
"""

import hashlib
from datetime import timedelta

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from plainview.desk.published.door import open_to_all
from plainview.desk.published.open_form import open_form
from plainview.desk.published.page import Stories
from plainview.desk.reviews.models import Product
from plainview.desk.stories import code, counts, names, places, policy, slips, tell, withdraw
from plainview.desk.stories.days import next_fixed_day
from plainview.desk.stories.forms import StoryForm, WithdrawForm
from plainview.desk.stories.models import Gone, Moderation, Standing
from plainview.lobby.people.hourly import tries

A_PAGE = 40
# A school is one address, and a whole meeting may draw slips: with a slip, nobody waits.
MOST_LOOKS, MOST_SENT, MOST_CODES, MOST_SLIPS = 120, 12, 30, 240
# Quicker than anyone reads what was marked; longer than a page may lie open.
SOONEST, LATEST = timedelta(seconds=2), timedelta(hours=6)
seen = signing.TimestampSigner(salt="stories.seen")


def show(request: HttpRequest, template: str, told: dict, *, status: int = 200) -> HttpResponse:
    return HttpResponse(render_to_string(template, {**told, "request": request}), status=status)


# --- to read --------------------------------------------------------------------------------------------
@open_to_all
def index(request: HttpRequest) -> HttpResponse:
    released = Count("stories", filter=Q(stories__standing=Standing.RELEASED))
    products = Product.objects.annotate(n_told=released).filter(n_told__gt=0).order_by("name")
    rows = [{"product": one, "n": one.n_told} for one in products]
    context = {"rows": rows, "next_day": next_fixed_day(timezone.localdate()), "silent": counts.silent()}
    return show(request, "stories/index.html", context)


@open_to_all
def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(policy.products_known_to_all().select_related("vendor"), slug=slug)
    told = policy.stories_seen_by(None).filter(product=product)
    page = Paginator(told.order_by("-released_on", "pk"), A_PAGE).get_page(request.GET.get("page"))
    where = places.named(page.object_list)
    context = {
        "product": product,
        "counts": Stories.model_validate(counts.for_product(slug)),
        "page": page,
        "stories": [{"story": story, "place": where[story.pk]} for story in page.object_list],
    }
    return show(request, "stories/of_product.html", context)


@open_to_all
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    told = policy.stories_seen_by(None).select_related("product__vendor")
    story = told.filter(pk=pk, product__slug=slug).first()
    if story is None:
        gone = get_object_or_404(Gone, pk=pk, product__slug=slug)
        return show(request, "stories/gone.html", {"gone": gone}, status=410)
    context = {
        "story": story,
        "place": places.named([story])[story.pk],
        "facts": story.facts.order_by("pk"),
        "replies": policy.replies_seen_by(None).filter(story=story).order_by("at"),
    }
    return show(request, "stories/one.html", context)


@open_to_all
def moderation(request: HttpRequest) -> HttpResponse:
    """What stewards did, for everyone to read: no name of a steward, and no word of a story."""
    rows = Moderation.objects.select_related("product").order_by("-on", "pk")
    page = Paginator(rows, A_PAGE * 2).get_page(request.GET.get("page"))
    there = policy.stories_seen_by(None).filter(pk__in=[row.story for row in page.object_list])
    released = set(there.values_list("pk", flat=True))
    return show(request, "stories/moderation.html", {"page": page, "released": released})


# --- to tell --------------------------------------------------------------------------------------------
@open_form
@sensitive_variables()
def tell_one(request: HttpRequest) -> HttpResponse:
    """Write; look at what was marked; send. Nothing is kept before the last step."""
    if request.method != "POST":
        form = StoryForm(initial={"product": request.GET.get("product", "")})
        return show(request, "stories/tell.html", {"form": form})
    form = StoryForm(request.POST, may_try=lambda: _may_try_a_slip(request))
    if not form.is_valid() or "change" in request.POST:
        return show(request, "stories/tell.html", {"form": form}, status=422 if form.errors else 200)
    if not tries.take(request, of="stories.look", most=MOST_LOOKS, at=timezone.now()):
        return show(request, "stories/wait.html", {}, status=429)
    return _send(request, form) if "send" in request.POST else _look(request, form)


def _may_try_a_slip(request: HttpRequest) -> bool:
    return tries.take(request, of="stories.slip", most=MOST_SLIPS, at=timezone.now())


@sensitive_variables()
def _look(request: HttpRequest, form: StoryForm, *, sentence: str = "", status: int = 200) -> HttpResponse:
    words = names.tidy(form.cleaned_data["words"])
    found = names.find(words, stay=_stay(form))
    said = request.POST.get("code", "")
    context = {
        "form": form,
        "words": words,
        "parts": names.parts(words, found),
        "found": list(enumerate(found)),
        "seen": seen.sign(_digest(words)),
        "code": said if code.is_drawn(said) else code.draw(),
        "next_day": next_fixed_day(timezone.localdate()),
        "sentence": sentence,
    }
    return show(request, "stories/confirm.html", context, status=status)


@sensitive_variables()
def _send(request: HttpRequest, form: StoryForm) -> HttpResponse:
    words = names.tidy(form.cleaned_data["words"])
    drawn = request.POST.get("code", "")
    if not (_was_seen(request.POST.get("seen", ""), words) and code.is_drawn(drawn)):
        sentence = _("Please look at what is marked once more, and send it then.")
        return _look(request, form, sentence=sentence, status=422)
    said, at = form.cleaned_data, timezone.now()
    if not said["slip"] and not tries.take(request, of="stories.sent", most=MOST_SENT, at=at):
        return show(request, "stories/wait.html", {}, status=429)
    kept = set(request.POST.getlist("keep"))
    out = [one for n, one in enumerate(names.find(words, stay=_stay(form))) if str(n) not in kept]
    telling = tell.Telling(
        product=said["product"],
        teller=said["teller"],
        words=names.without(words, out),
        language=get_language() or "en",
        themes=tuple(said["themes"]),
        state=said["state"],
        district=said["district"],
        slip=said["slip"],
        code=drawn,
    )
    try:
        tell.tell(telling, on=timezone.localdate(at))
    except slips.UnknownSlip as fault:
        form.add_error("slip", str(fault))
        return show(request, "stories/tell.html", {"form": form}, status=422)
    context = {"code": telling.code, "next_day": next_fixed_day(timezone.localdate(at))}
    return show(request, "stories/told.html", context)


@open_form
@sensitive_variables()
def take_back(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, "stories/withdraw.html", {"form": WithdrawForm()})
    if not tries.take(request, of="stories.code", most=MOST_CODES, at=timezone.now()):
        return show(request, "stories/wait.html", {}, status=429)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw.withdraw(form.cleaned_data["code"])
        except withdraw.UnknownCode as fault:
            form.add_error("code", str(fault))
        else:
            return show(request, "stories/withdrawn.html", {})
    return show(request, "stories/withdraw.html", {"form": form}, status=422)


def _stay(form: StoryForm) -> list[str]:
    product = form.cleaned_data["product"]
    return [product.name, product.vendor.name]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _was_seen(signed: str, words: str) -> bool:
    """The page with the marks showed these very words, and lay open as long as a person needs."""
    try:
        digest = seen.unsign(signed, max_age=LATEST)
    except signing.BadSignature:
        return False
    try:
        seen.unsign(signed, max_age=SOONEST)
    except signing.SignatureExpired:
        return digest == _digest(words)
    return False
