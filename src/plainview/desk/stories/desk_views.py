"""The steward's pages, and the vendor's.

In:   a steward, or a vendor of a product that stories are about.
Out:  the stories that wait, one story with what may be done, slips to print, the log; the vendor's reply.
Not here: who told a story. Nobody can open that page, since there is none.
"""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plainview.desk.reviews.models import VendorSeat
from plainview.desk.stories import facts, moderate, names, places, policy, release, slips
from plainview.desk.stories import reply as replies
from plainview.desk.stories.days import next_fixed_day
from plainview.desk.stories.forms import FactForm, OpenForm, ReasonForm, ReplyForm, SheetForm
from plainview.desk.stories.models import Moderation, Reply, Sheet, Standing, Story
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role

stewards_only = only(Role.STEWARD)
vendors_only = only(Role.VENDOR)
A_PAGE = 100


@stewards_only
def queue(request: HttpRequest) -> HttpResponse:
    """What waits. In no order: the order in which stories came is not kept."""
    told = Story.objects.select_related("product").order_by("pk")
    today = timezone.localdate()
    context = {
        "held": told.filter(standing=Standing.HELD)[:A_PAGE],
        "n_held": told.filter(standing=Standing.HELD).count(),
        "n_accepted": told.filter(standing=Standing.ACCEPTED).count(),
        "n_ready": release.ready(today).count(),
        "least": release.FEWEST_AT_ONCE,
        "next_day": next_fixed_day(today),
        "replies": _replies_that_wait(),
    }
    return render(request, "stories/queue.html", context)


def _replies_that_wait() -> QuerySet[Reply]:
    waiting = Reply.objects.filter(shown_at=None)
    return waiting.select_related("story__product", "vendor").order_by("at")


@stewards_only
def story(request: HttpRequest, pk: int) -> HttpResponse:
    return _story_page(request, _story(request, pk))


def _story(request: HttpRequest, pk: int) -> Story:
    seen = policy.stories_seen_by(request.person).select_related("product__vendor")
    return get_object_or_404(seen, pk=pk)


def _story_page(request: HttpRequest, told: Story, *, status: int = 200, **forms) -> HttpResponse:
    number, findings = facts.findings_of(told.product.slug)
    found = names.find(told.words, stay=[told.product.name, told.product.vendor.name])
    checks = [(one.check, f"{one.check}: {one.sentence}"[:120]) for one in findings if one.is_answered]
    context = {
        "story": told,
        "place": places.named([told])[told.pk],
        "parts": names.parts(told.words, found),
        "found": list(enumerate(found)),
        "facts": told.facts.order_by("pk"),
        "replies": told.replies.order_by("at"),
        "publication": number,
        "reason_form": ReasonForm(),
        "fact_form": FactForm(checks=checks),
        **forms,
    }
    return render(request, "stories/desk_story.html", context, status=status)


@stewards_only
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    moderate.accept(_story(request, pk), by=request.person, at=timezone.now())
    messages.success(request, _("Accepted. It waits for the next release."))
    return redirect("stories:queue")


@stewards_only
@require_POST
def mask(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out the traces that were ticked, and words that were copied in."""
    told, form = _story(request, pk), ReasonForm(request.POST)
    found = names.find(told.words, stay=[told.product.name, told.product.vendor.name])
    ticked = set(request.POST.getlist("out"))
    spans = [(one.start, one.end) for n, one in enumerate(found) if str(n) in ticked]
    copied = request.POST.get("copied", "").strip()
    start = told.words.find(copied) if copied else -1
    if start >= 0 and not any(a < start + len(copied) and start < b for a, b in spans):
        spans.append((start, start + len(copied)))
    if not form.is_valid() or not spans:
        return _story_page(request, told, status=422, reason_form=form, nothing_to_mask=not spans)
    moderate.mask(
        told, places=spans, reason=form.cleaned_data["reason"], by=request.person, at=timezone.now()
    )
    return redirect("stories:story", pk=pk)


@stewards_only
@require_POST
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Before its release: kept back. After: taken away."""
    told, form = _story(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _story_page(request, told, status=422, reason_form=form)
    away = moderate.remove if told.standing == Standing.RELEASED else moderate.keep_back
    away(told, reason=form.cleaned_data["reason"], by=request.person, at=timezone.now())
    messages.success(request, _("It is gone. The log says what was done and why."))
    return redirect("stories:queue")


@stewards_only
@require_POST
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    told = _story(request, pk)
    _number, findings = facts.findings_of(told.product.slug)
    form = FactForm(request.POST, checks=[(one.check, one.check) for one in findings])
    if not form.is_valid():
        return _story_page(request, told, status=422, fact_form=form)
    facts.tag(told, **form.cleaned_data, by=request.person, at=timezone.now())
    return redirect("stories:story", pk=pk)


@stewards_only
@require_POST
def release_all(request: HttpRequest) -> HttpResponse:
    n = release.release(by=request.person, at=timezone.now())
    words = ngettext("%(n)s story can be read now.", "%(n)s stories can be read now.", n) % {"n": n}
    messages.success(request, words)
    return redirect("stories:queue")


# --- slips ----------------------------------------------------------------------------------------------
@stewards_only
@never_cache
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets, and a new one. Codes are shown in the answer to printing, and never again."""
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _sheet, codes = slips.print_sheet(n=form.cleaned_data["n"], by=request.person, at=timezone.now())
        return render(request, "stories/slips.html", {"codes": codes, "tell_url": _tell_url(request)})
    context = {
        "form": form,
        "open_form": OpenForm(),
        "sheets": Sheet.objects.order_by("-printed_on", "pk"),
        "least": slips.FEWEST_DRAWN,
    }
    return render(request, "stories/sheets.html", context, status=422 if form.errors else 200)


def _tell_url(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("stories:tell"))


@stewards_only
@require_POST
def open_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(form.errors.get("n_drawn", [])))
        return redirect("stories:sheets")
    sheet = get_object_or_404(Sheet, pk=pk)
    slips.open_sheet(sheet, n_drawn=form.cleaned_data["n_drawn"], by=request.person, at=timezone.now())
    messages.success(request, _("The slips of this sheet can be used now."))
    return redirect("stories:sheets")


@stewards_only
def log(request: HttpRequest) -> HttpResponse:
    rows = Moderation.objects.select_related("product", "by").order_by("-on", "pk")[: 5 * A_PAGE]
    return render(request, "stories/log.html", {"rows": rows})


# --- the vendor's reply ---------------------------------------------------------------------------------
@vendors_only
def ours(request: HttpRequest) -> HttpResponse:
    """Released stories about the products of one's own house: what everyone can read, in one place."""
    seat = VendorSeat.objects.filter(person=request.person).first()
    if seat is None:
        raise Http404
    told = policy.stories_seen_by(request.person).filter(product__vendor=seat.vendor)
    rows = told.select_related("product").order_by("-released_on", "pk")[:A_PAGE]
    return render(request, "stories/ours.html", {"stories": rows, "vendor": seat.vendor})


@vendors_only
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    told = _story(request, pk)
    policy.check_may_reply(request.person, told)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        replies.reply(told, words=form.cleaned_data["words"], by=request.person, at=timezone.now())
        messages.success(request, _("Thank you. A steward reads it, and it then stands beside the story."))
        return redirect("stories:ours")
    mine = policy.replies_seen_by(request.person).filter(story=told).order_by("at")
    context = {"story": told, "form": form, "replies": mine}
    return render(request, "stories/reply.html", context, status=422 if form.errors else 200)


@stewards_only
@require_POST
def show_reply(request: HttpRequest, pk: int) -> HttpResponse:
    replies.show(get_object_or_404(Reply, pk=pk), by=request.person, at=timezone.now())
    return redirect("stories:queue")


@stewards_only
@require_POST
def keep_reply_back(request: HttpRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(Reply, pk=pk)
    replies.keep_back(said, reason=request.POST.get("reason", ""), by=request.person, at=timezone.now())
    return redirect("stories:queue")
