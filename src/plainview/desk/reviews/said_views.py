"""What is said of a product, the plan, the run and what was found. Thin.

In:   a request by the chair; to read, by the vendor and those who were let in.
Out:  claims, product.toml, the plan, how far the checks are, findings, the report, the dossier.
Not here: exhibits (handed_views).
"""

import tempfile
import tomllib

from csp.decorators import csp
from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.core.audit.catalogue import named, without_version
from plainview.desk.reviews import export, intake, plan, policy, run, sheets, store
from plainview.desk.reviews.forms import ClaimForm, FactsForm, PlanForm, TextForm, settled
from plainview.desk.reviews.models import Answered, Claim, Review, Run
from plainview.desk.reviews.views import chair_only, people_of_reviews
from plainview.lobby.jobs.models import Job
from plainview.lobby.ledger import write

FORM_OF_A_CLAIM = (
    "says",
    "where",
    "loop",
    "changing",
    "reacts_to",
    "changes",
    "how_fast",
    "who_decides",
    "checks",
)


# --- claims ------------------------------------------------------------------------------------------------


@chair_only
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_led_by(request.person, pk)
    said = sheets.read(review, sheets.PRODUCT)
    now = {"version": said.get("version"), "about": said.get("about")}
    now["homepage"] = review.product.homepage
    now["domains"] = " ".join(said.get("domains", []))
    form = FactsForm(request.POST or None, initial=now)
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and settled(form, intake.write_facts, review, **form.cleaned_data, **_by(request)):
        return redirect("reviews:review", pk)
    return _form_page(request, review, form, _("What is said of it"))


@chair_only
def new_claim(request: HttpRequest, pk: int) -> HttpResponse:
    return _claim_page(request, policy.review_led_by(request.person, pk), None)


@chair_only
def claim(request: HttpRequest, pk: int, identifier: str) -> HttpResponse:
    review = policy.review_led_by(request.person, pk)
    return _claim_page(request, review, get_object_or_404(Claim, review=review, identifier=identifier))


def _claim_page(request: HttpRequest, review: Review, there: Claim | None) -> HttpResponse:
    now = {name: getattr(there, name) for name in ("identifier", *FORM_OF_A_CLAIM)} if there else {}
    form = ClaimForm(request.POST or None, initial=now)
    was = there.identifier if there else ""
    if request.method == "POST" and request.POST.get("do") == "drop" and there:
        intake.drop_claim(review, was, **_by(request))
        return redirect("reviews:review", review.pk)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        deed, name = intake.write_claim, said["identifier"]
        if settled(form, deed, review, name, said, was=was, **_by(request)):
            return redirect("reviews:review", review.pk)
    context = {"review": review, "claim": there, "form": form}
    return render(request, "reviews/claim.html", context, status=422 if form.errors else 200)


@chair_only
def product_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_led_by(request.person, pk)
    form = TextForm(request.POST or None, initial={"text": sheets.text(review, sheets.PRODUCT)})
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and settled(form, intake.write_text, review, form.cleaned_data["text"], **_by(request)):
        return redirect("reviews:review", pk)
    return _form_page(request, review, form, "product.toml")


def _form_page(request: HttpRequest, review: Review, form, title: str) -> HttpResponse:
    context = {"review": review, "form": form, "title": title}
    return render(request, "reviews/form.html", context, status=422 if form.errors else 200)


def _by(request: HttpRequest) -> dict:
    return {"by": request.person, "at": timezone.now()}


# --- the plan ----------------------------------------------------------------------------------------------


@people_of_reviews
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_see_plan(request.person, review)
    if not policy.leads(request.person) or review.stage not in policy.CLAIMS_MAY_CHANGE:
        return _frozen_page(request, review)
    form = PlanForm(request.POST or None, initial=_planned(review))
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and settled(form, plan.write, review, **form.cleaned_data, **_by(request)):
        messages.success(request, _("The plan is written. Freeze it once you are sure."))
        return redirect("reviews:plan", pk)
    context = _plans(review) | {"form": form, "may_freeze": review.stage == "gathering"}
    return render(request, "reviews/plan.html", context, status=422 if form.errors else 200)


def _frozen_page(request: HttpRequest, review: Review) -> HttpResponse:
    if request.method == "POST":
        policy.check_may_plan(request.person, review)  # says that the plan is frozen
    return render(request, "reviews/plan.html", _plans(review) | {"form": None})


def _plans(review: Review) -> dict:
    frozen = review.plans.exclude(frozen_at=None).select_related("frozen_by").order_by("-number")
    newest = review.plan
    return {
        "review": review,
        "written": newest if newest and not newest.is_frozen else None,
        "frozen": [(one, _frozen_on(one.lock)) for one in frozen],
        "opened": review.exhibits.filter(replaced_at=None).exclude(opened_at=None),
    }


def _frozen_on(lock: str) -> str:
    try:
        return str(tomllib.loads(lock).get("frozen_on", ""))
    except tomllib.TOMLDecodeError:
        return ""


def _planned(review: Review) -> dict:
    """What the form shows first: the plan that is written, or the last one that was frozen."""
    newest = review.plan
    said = tomllib.loads(newest.text.removeprefix("\ufeff")) if newest else {}
    seed = timezone.localdate().strftime("%Y%m%d")
    bounds = [
        f"{check} {name} {value}"
        for check, one in said.get("bounds", {}).items()
        for name, value in one.items()
    ]
    return {
        "seed": said.get("seed", seed),
        "draws": said.get("draws", plan.DRAWS),
        "checks": [without_version(one.name) for one in named(said.get("checks", []))],
        "bounds": "\n".join(bounds),
        "why": said.get("why", ""),
    }


@require_POST
@chair_only
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_led_by(request.person, pk)
    plan.freeze(review, **_by(request))
    messages.success(request, _("The plan is frozen. Nobody can change it now."))
    return redirect("reviews:review", pk)


# --- the run -----------------------------------------------------------------------------------------------


@require_POST
@chair_only
def start(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_led_by(request.person, pk)
    run.start(review, **_by(request))
    return redirect("reviews:progress", pk)


@chair_only
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the checks are. A browser with scripts asks again by itself; others load the page again."""
    review = policy.review_led_by(request.person, pk)
    last = review.runs.order_by("-pk").first()
    job = Job.objects.filter(pk=last.job).first() if last else None
    context = {"review": review, "run": last, "job": job, "is_broken": _is_broken(last, job)}
    if "HX-Request" in request.headers:
        response = render(request, "reviews/how_far.html", context)
        if last is None or not last.is_under_way:
            response["HX-Refresh"] = "true"
        return response
    return render(request, "reviews/progress.html", context)


def _is_broken(last: Run | None, job: Job | None) -> bool:
    if last is None or not last.is_under_way:
        return last is not None and last.state == Run.State.BROKEN
    return job is None or job.state == "broken"  # the worker, or its note, was lost on the way


@people_of_reviews
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    review = _with_findings(request, pk)
    answered = Answered.objects.filter(run=review.run)
    found = [one for one in answered if one.outcome == Answered.Outcome.FOUND]
    context = {
        "review": review,
        "run": review.run,
        "found": [(one, list(zip(one.answers, one.charts, strict=True))) for one in found],
        "unsaid": [one for one in answered if one.outcome != Answered.Outcome.FOUND],
    }
    return render(request, "reviews/findings.html", context)


def _with_findings(request: HttpRequest, pk: int) -> Review:
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_see_findings(request.person, review)
    write.deed("reviews.findings.looked", by=request.person.pk, at=timezone.now(), thing=review.pk)
    return review


# The report holds its own style and no script; it is shown in a sandbox all the same.
@csp({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "sandbox": True})
@people_of_reviews
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(_with_findings(request, pk).run.report_html, content_type="text/html; charset=utf-8")


@people_of_reviews
def findings_json(request: HttpRequest, pk: int) -> HttpResponse:
    body = _with_findings(request, pk).run.findings
    headers = {"Content-Disposition": 'attachment; filename="findings.json"'}
    return HttpResponse(body, content_type="application/json", headers=headers)


@people_of_reviews
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    review = policy.review_seen_by(request.person, pk)
    policy.check_may_take_along(request.person, review)
    write.deed("reviews.dossier.looked", by=request.person.pk, at=timezone.now(), thing=review.pk)
    _all_opened(request, review)
    out = tempfile.TemporaryFile(dir=store.folder())  # noqa: SIM115 - the response closes it
    export.write_zip(review, out)
    out.seek(0)
    name = f"{review.product.slug}.dossier.zip"
    return FileResponse(
        File(out, name=name), as_attachment=True, filename=name, content_type="application/zip"
    )


def _all_opened(request: HttpRequest, review: Review) -> None:
    """Whoever takes the folder along may look into every exhibit: they are opened from now on."""
    standing = review.exhibits.filter(replaced_at=None, opened_at=None)
    standing.update(opened_at=timezone.now())
