"""The pages on which a review is concluded and published: thin.

In:   a request by somebody of the desk.
Out:  what was found beside what is to be said of it; forms whose words are kept when something is wrong.
Not here: what the vendor does (vendor_views), the rules (policy), the deeds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import (
    clock,
    conclude,
    gateway,
    lay_out,
    letters,
    policy,
    proof,
    publish,
    reopen,
    reply,
    show,
)
from plainview.desk.verdicts import condition as conditions
from plainview.desk.verdicts.clock import MAY_FOLLOW
from plainview.desk.verdicts.forms import (
    AnswerForm,
    ChangeForm,
    ConcludeForm,
    ConditionForm,
    GateForm,
    PublishForm,
    ReopenForm,
    ShowForm,
    WhyForm,
)
from plainview.desk.verdicts.found import found
from plainview.desk.verdicts.models import Condition, Correction, Gate
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role
from plainview.lobby.people.policy import Denied

readers = only(Role.CHAIR, Role.EXPERT, Role.VENDOR)


def now() -> tuple[datetime, date]:
    return timezone.now(), timezone.localdate()


def taken(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Whether the deed was done. Where it was not, the form says why and keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Denied as no:
        form.add_error(None, str(no))
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One review of the list."""

    review: Review
    n_open: int  # conditions that bind
    n_overdue: int
    n_waiting: int  # for whoever leads: files and requests that nobody has answered
    must_be_looked_at: bool


@readers
def reviews(request: HttpRequest) -> HttpResponse:
    _at, on = now()
    seen = policy.reviews_seen_by(request.person).order_by("-opened_at", "-pk")
    leads = request.person.role == Role.CHAIR
    return render(request, "verdicts/list.html", {"rows": [_row(one, on, leads=leads) for one in seen]})


def _row(review: Review, on: date, *, leads: bool) -> Row:
    binding = conditions.binding(review.product, on=on)
    return Row(
        review=review,
        n_open=len(binding),
        n_overdue=sum(clock.status(one, on=on) == clock.Status.OVERDUE for one in binding),
        n_waiting=proof.n_waiting(review) + reply.n_waiting(review) if leads else 0,
        must_be_looked_at=reopen.must_be_looked_at(review, on=on),
    )


@readers
def review(request: HttpRequest, pk: int) -> HttpResponse:
    _at, on = now()
    found_review = policy.review_seen_by(request.person, pk)
    whole = lay_out.whole(found_review, reader=request.person, on=on)
    forms_of = {"close_form": WhyForm(), "show_form": ShowForm(), "publish_form": PublishForm()}
    return render(request, "verdicts/review.html", {"whole": whole, "today": on, **forms_of})


# --- one claim, one gateway -----------------------------------------------------------------------------
@readers
def claim(request: HttpRequest, pk: int, claim: str) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_conclude(request.person, review)
    one = next((one for one in conclude.on_the_way(review) if one.judged.id == claim), None)
    if one is None:
        raise Http404
    form = ConcludeForm(request.POST or None, one=one)
    if request.method == "POST" and taken(form, lambda: _conclude(form, request, review, claim, at)):
        messages.success(request, _("The verdict is written down."))
        return redirect("verdicts:of_review", pk=pk)
    what = found(review)
    checks = [what.check(name) for name in one.judged.checks]
    told = {"form": form, "one": one, "review": review, "checks": [c for c in checks if c]}
    return render(request, "verdicts/claim.html", told)


def _conclude(form: ConcludeForm, request: HttpRequest, review: Review, claim: str, at: datetime) -> None:
    conclude.conclude(
        review,
        claim=claim,
        word=form.cleaned_data["word"],
        sentence=form.both("sentence"),
        why=form.cleaned_data["why"],
        months=form.cleaned_data["months"],
        by=request.person,
        at=at,
    )


@readers
def gate(request: HttpRequest, pk: int, gate: str) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_conclude(request.person, review)
    if gate not in Gate.values:
        raise Http404
    there = next(one for one in gateway.at_gates(review) if one.gate == gate)
    proposed = gateway.proposed(there)
    form = GateForm(request.POST or None, there=there, proposed=proposed)
    if request.method == "POST" and taken(form, lambda: _record(form, request, review, gate, at)):
        messages.success(request, _("The gateway is recorded."))
        return redirect("verdicts:of_review", pk=pk)
    told = {"form": form, "there": there, "review": review, "proposed": proposed}
    return render(request, "verdicts/gate.html", told)


def _record(form: GateForm, request: HttpRequest, review: Review, gate: str, at: datetime) -> None:
    gateway.record(
        review,
        gate=gate,
        passing=form.cleaned_data["passing"],
        why=form.both("why"),
        findings=form.cleaned_data.get("findings", []),
        ratings=form.cleaned_data.get("ratings", []),
        by=request.person,
        at=at,
    )


# --- conditions -----------------------------------------------------------------------------------------
@readers
def new_condition(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_conclude(request.person, review)
    form = ConditionForm(request.POST or None, what=found(review), owner=review.product.vendor.name)
    if request.method == "POST" and taken(form, lambda: _set(form, request, review, at)):
        messages.success(request, _("The condition is set. Its clock runs."))
        return redirect("verdicts:of_review", pk=pk)
    return render(request, "verdicts/new_condition.html", {"form": form, "review": review})


def _set(form: ConditionForm, request: HttpRequest, review: Review, at: datetime) -> None:
    said = form.cleaned_data
    conditions.set_condition(
        review,
        words=form.both("words"),
        owner=said["owner"],
        deadline=said["deadline"],
        proves=form.both("proves"),
        claim=said["claim"],
        check=said["check"],
        by=request.person,
        at=at,
    )


@readers
def condition(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of it, and its letters; for who leads, a form to write down what became of it."""
    at, on = now()
    row = Condition.objects.select_related("review__product__vendor").filter(pk=pk).first()
    if row is None:
        raise Http404
    policy.check_may_read(request.person, row.review)
    one = lay_out.one_condition(row, on=on)
    form = _change_form(request, row, one.status) if request.person.role == Role.CHAIR else None
    if request.method == "POST":
        policy.check_leads(request.person, row.review)
        if taken(form, lambda: _change(form, request, row, at)):
            messages.success(request, _("It is written down, and public if the page is."))
            return redirect("verdicts:condition", pk=pk)
    told = {"one": one, "form": form, "review": row.review, "today": on}
    told |= {"changes": row.changes.order_by("-pk"), "letters": row.letters.order_by("-pk")}
    told |= {"may_be_sent": letters.may_be_sent(row, at=at) if request.person.role == Role.CHAIR else []}
    is_expert = request.person.role == Role.EXPERT
    told |= {"proofs": [] if is_expert else row.proofs.order_by("-pk"), "hands_over": not is_expert}
    return render(request, "verdicts/condition.html", told)


def _change_form(request: HttpRequest, row: Condition, status: clock.Status) -> ChangeForm | None:
    kinds = MAY_FOLLOW[status]
    if not kinds:
        return None
    exhibits, checks = conditions.may_prove(row)
    return ChangeForm(request.POST or None, kinds=kinds, exhibits=exhibits, checks=checks)


def _change(form: ChangeForm, request: HttpRequest, row: Condition, at: datetime) -> None:
    conditions.change(
        row,
        kind=form.cleaned_data["kind"],
        why=form.both("why"),
        evidence=form.evidence,
        by=request.person,
        at=at,
    )


# --- the review as a whole ------------------------------------------------------------------------------
@readers
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    form = WhyForm(request.POST)
    why = form.data.get("why", "")
    if taken(form, lambda: conclude.close(review, by=request.person, at=at, why=why)):
        messages.success(request, _("The verdict is in. Show the page to the vendor next."))
        return redirect("verdicts:of_review", pk=pk)
    return _again(request, review, close_form=form)


@readers
@require_POST
def show_draft(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    form = ShowForm(request.POST)
    if taken(form, lambda: show.show(review, by=request.person, at=at, days=form.cleaned_data["days"])):
        messages.success(request, _("The vendor can read the page now, and reply."))
        return redirect("verdicts:of_review", pk=pk)
    return _again(request, review, show_form=form)


@readers
@require_POST
def publish_page(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    form = PublishForm(request.POST)
    deed = lambda: publish.publish(  # noqa: E731 - named by what it does
        review, by=request.person, at=at, changelog=form.both("changelog")
    )
    if taken(form, deed):
        messages.success(request, _("It is published. From now on these bytes stay as they are."))
        return redirect("verdicts:of_review", pk=pk)
    return _again(request, review, publish_form=form)


def _again(request: HttpRequest, review: Review, **form: forms.Form) -> HttpResponse:
    """The same page with what was typed, and why it was not taken."""
    policy.check_leads(request.person, review)
    _at, on = now()
    review.refresh_from_db()
    whole = lay_out.whole(review, reader=request.person, on=on)
    told = {"close_form": WhyForm(), "show_form": ShowForm(), "publish_form": PublishForm()} | form
    return render(request, "verdicts/review.html", {"whole": whole, "today": on, **told}, status=400)


@readers
def reopen_review(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    review = policy.review_seen_by(request.person, pk)
    policy.check_leads(request.person, review)
    if review.stage != Stage.PUBLISHED:
        raise Http404
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and taken(
        form, lambda: reopen.reopen(review, **form.cleaned_data, by=request.person, at=at)
    ):
        messages.success(request, _("A new review has begun. The public page says “under review again”."))
        return redirect("verdicts:list")
    return render(request, "verdicts/reopen.html", {"form": form, "review": review})


@readers
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    row = Correction.objects.select_related("review__product__vendor").filter(pk=pk).first()
    if row is None:
        raise Http404
    policy.check_may_read(request.person, row.review)
    if request.person.role == Role.EXPERT:
        raise Http404
    answer = getattr(row, "answer", None)
    form = AnswerForm(request.POST or None) if request.person.role == Role.CHAIR and not answer else None
    if request.method == "POST":
        policy.check_leads(request.person, row.review)
        if form is None or taken(form, lambda: _answer(form, request, row, at)):
            return redirect("verdicts:correction", pk=pk)
    told = {"correction": row, "answer": answer, "form": form, "review": row.review, "today": on}
    return render(request, "verdicts/correction.html", told)


def _answer(form: AnswerForm, request: HttpRequest, row: Correction, at: datetime) -> None:
    granted = form.cleaned_data["granted"]
    reply.answer_correction(row, granted=granted, why=form.both("why"), by=request.person, at=at)


@readers
@require_POST
def send_letter(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = now()
    row = Condition.objects.select_related("review__product__vendor").filter(pk=pk).first()
    if row is None:
        raise Http404
    policy.check_leads(request.person, row.review)
    sent = letters.send(row, kind=request.POST.get("kind", ""), by=request.person, at=at)
    words = _("The letter is sent.") if sent else _("There is no reason for that letter now.")
    messages.info(request, words)
    return redirect("verdicts:condition", pk=pk)
