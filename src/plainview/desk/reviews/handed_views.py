"""What a vendor is asked for, hands over or refuses. Thin.

In:   a request by the chair or a vendor's contact; to read, by those who were let in.
Out:  the notice and its letter, exhibits with their faults, their bytes; a dossier that is taken in.
Not here: the way of the bytes (upload, store), what is in them (reading).
"""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from plainview.core.logs.attempt import COLUMNS, REQUIRED
from plainview.core.mendable import Mendable
from plainview.desk.reviews import notice, policy, receive, set_aside, store, take_in, upload
from plainview.desk.reviews.forms import (
    HandOverForm,
    NoticeForm,
    RefuseForm,
    WhyForm,
    day_after,
    kinds_for,
    settled,
)
from plainview.desk.reviews.models import Asked, Exhibit, Kind, Notice, Review
from plainview.desk.reviews.notice import Wanted
from plainview.desk.reviews.views import chair_only, may, people_of_reviews
from plainview.lobby.ledger import write

DAYS_TO_ANSWER = 30
# To begin with: a vendor that reads only "a learning log" does not know what to hand over.
WHAT_EXACTLY = {
    Kind.LOG: gettext_lazy(
        "one row for each answer of one term: the student as a number, the time, the item, right or wrong, "
        "and who chose the item"
    ),
    Kind.STUDY: gettext_lazy("what the claim rests on, with the numbers of each group"),
    Kind.POLICY: gettext_lazy("the policy that holds for schools"),
    Kind.CONTRACT: gettext_lazy("as it is signed with a district"),
    Kind.GROUPS: gettext_lazy("who belongs to which group, under the same numbers as in the log"),
}


# --- the notice --------------------------------------------------------------------------------------------


@chair_only
def tell_vendor(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked for, then the letter: it is written anew from the ticks, or sent as it stands."""
    review = policy.review_led_by(request.person, pk)
    policy.check_may_ask_vendor(request.person, review)
    form = NoticeForm(request.POST or None, initial=_first_notice(request, review))
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "letter":
            form = NoticeForm(initial=form.cleaned_data | {"letter": _letter(request, review, form)})
        elif settled(form, notice.send, review, **_told(form), by=request.person, at=timezone.now()):
            messages.success(request, _("The vendor has been told. The clock runs."))
            return redirect("reviews:review", pk)
    context = {"review": review, "form": form, "addresses": len(notice.addresses(review))}
    return render(request, "reviews/notice.html", context, status=422 if form.errors else 200)


def _first_notice(request: HttpRequest, review: Review) -> dict:
    due_on = day_after(timezone.localdate(), days=DAYS_TO_ANSWER)
    kinds = kinds_for(list(review.claims.all()))
    what = {kind: str(WHAT_EXACTLY.get(kind, "")) for kind in kinds}
    wanted = [Wanted(kind=kind, what=what[kind]) for kind in kinds]
    site = request.build_absolute_uri("/")
    letter = notice.letter_for(review, wanted=wanted, due_on=due_on, site=site)
    return (
        {"due_on": due_on, "letter": letter}
        | {f"ask_{kind}": True for kind in kinds}
        | {f"what_{kind}": words for kind, words in what.items()}
    )


def _letter(request: HttpRequest, review: Review, form: NoticeForm) -> str:
    said = {"wanted": form.wanted(), "due_on": form.cleaned_data["due_on"]}
    return notice.letter_for(review, **said, site=request.build_absolute_uri("/"))


def _told(form: NoticeForm) -> dict:
    said = form.cleaned_data
    return {"wanted": form.wanted(), "due_on": said["due_on"], "letter": said["letter"]}


@people_of_reviews
def letter(request: HttpRequest, pk: int, notice_pk: int) -> HttpResponse:
    """For the printer: a vendor without an account gets it on paper."""
    review = policy.review_seen_by(request.person, pk)
    sent = get_object_or_404(Notice.objects.select_related("sent_by"), review=review, pk=notice_pk)
    return render(request, "reviews/letter.html", {"review": review, "sent": sent})


@people_of_reviews
def refuse(request: HttpRequest, asked_pk: int) -> HttpResponse:
    asked = get_object_or_404(Asked.objects.select_related("review__product__vendor"), pk=asked_pk)
    policy.check_may_see(request.person, asked.review)
    policy.check_may_refuse(request.person, asked)
    form = RefuseForm(request.POST or None)
    said = {"by": request.person, "at": timezone.now()}
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and settled(form, notice.refuse, asked, says=form.cleaned_data["says"], **said):
        return redirect("reviews:review", asked.review_id)
    context = {"review": asked.review, "asked": asked, "form": form}
    return render(request, "reviews/refuse.html", context, status=422 if form.errors else 200)


# --- exhibits ----------------------------------------------------------------------------------------------


@csrf_exempt  # the inner view is protected: the handler of the file must stand before the form is read
@people_of_reviews
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_hand_over(request.person, review)
    upload.take_straight_to_the_store(request)
    return _hand_over(request, review)


@csrf_protect
def _hand_over(request: HttpRequest, review: Review) -> HttpResponse:
    form = HandOverForm(request.POST if request.method == "POST" else None)
    handed = _handed(request, form) if request.method == "POST" else None
    if handed is not None and form.is_valid():
        said = form.cleaned_data | {"by": request.person, "at": timezone.now()}
        if settled(form, receive.receive, review, name=handed.name, kept=handed.kept, **said):
            messages.success(request, _("Received: %(file)s. It will be read now.") % {"file": handed.name})
            return redirect("reviews:review", review.pk)
    context = {"review": review, "form": form, "asked": review.asked.filter(came="")}
    context |= {"columns": COLUMNS, "required": REQUIRED}
    return render(request, "reviews/hand_over.html", context, status=422 if form.errors else 200)


def _handed(request: HttpRequest, form) -> upload.Handed | None:
    """The file; or its sentence on the form."""
    handed = request.FILES.get("file")
    if handed is not None and handed.size:
        return handed
    if upload.was_too_large(request):
        gigabytes = upload.LARGEST >> 30
        form.add_error(
            None, _("The file is larger than %(n)s GB. Pack it, or hand it over in parts.") % {"n": gigabytes}
        )
    else:
        form.add_error(None, _("Choose a file that has something in it."))
    return None


@people_of_reviews
def exhibit(request: HttpRequest, exhibit_pk: int) -> HttpResponse:
    return _exhibit(request, policy.exhibit_seen_by(request.person, exhibit_pk), WhyForm())


def _exhibit(request: HttpRequest, found: Exhibit, form: WhyForm) -> HttpResponse:
    write.deed("reviews.faults.looked", by=request.person.pk, at=timezone.now(), thing=found.pk)
    earlier = (
        Exhibit.objects.filter(review=found.review, file=found.file).exclude(pk=found.pk).order_by("-pk")
    )
    seen = policy.exhibits_seen_by(request.person, found.review)
    context = {
        "exhibit": found,
        "review": found.review,
        "others": earlier.filter(pk__in=seen),
        "may_set_aside": may(policy.check_may_set_aside, request.person, found),
        "form": form,
    }
    return render(request, "reviews/exhibit.html", context, status=422 if form.errors else 200)


@require_POST
@people_of_reviews
def set_exhibit_aside(request: HttpRequest, exhibit_pk: int) -> HttpResponse:
    found = policy.exhibit_seen_by(request.person, exhibit_pk)
    form = WhyForm(request.POST)
    said = {"by": request.person, "at": timezone.now()}
    if form.is_valid() and settled(form, set_aside.set_aside, found, why=form.cleaned_data["why"], **said):
        messages.success(
            request, _("Set aside: %(file)s. It is kept, and no check reads it.") % {"file": found.file}
        )
        return redirect("reviews:review", found.review_id)
    return _exhibit(request, found, form)


@people_of_reviews
def exhibit_bytes(request: HttpRequest, exhibit_pk: int) -> HttpResponse:
    """As it was handed over, to be kept and not shown: whatever it is, no browser runs it here."""
    found = policy.exhibit_seen_by(request.person, exhibit_pk)
    if found.parts:
        raise policy.Denied(_("This exhibit is a folder. It is in the dossier, as a whole."))
    receive.look(found, by=request.person, at=timezone.now())
    file = store.path_of(found.sha256).open("rb")
    response = FileResponse(file, as_attachment=True, filename=found.file.rsplit("/", 1)[-1])
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- a whole dossier ---------------------------------------------------------------------------------------


@csrf_exempt
@chair_only
def take_in_page(request: HttpRequest) -> HttpResponse:
    upload.take_straight_to_the_store(request)
    return _take_in(request)


@csrf_protect
def _take_in(request: HttpRequest) -> HttpResponse:
    faults: list[str] = []
    if request.method == "POST":
        try:
            return redirect("reviews:review", _taken_in(request).pk)
        except Mendable as fault:
            faults = list(fault.faults)
    return render(request, "reviews/take_in.html", {"faults": faults}, status=422 if faults else 200)


def _taken_in(request: HttpRequest) -> Review:
    handed = request.FILES.get("file")
    if handed is None:
        raise Mendable(
            _("Choose a zip of a dossier, not larger than %(n)s GB.") % {"n": upload.LARGEST >> 30}
        )
    return take_in.archive(store.path_of(handed.kept.sha256), by=request.person, at=timezone.now())
