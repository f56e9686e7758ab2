"""The pages of a district's register: thin. Each reads the officer's own district, and no other is found.

In:   a request by a district's officer.
Out:  what is due, the list, one contract, tables in and out, subscriptions, letters.
Not here: links in letters, feeds and the interface for programs (open_views).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_ratelimit.core import is_ratelimited

from plainview.desk.background.table import Unreadable
from plainview.desk.published import read
from plainview.desk.register import due, keep, keys, letters, policy, subscribe, take_in
from plainview.desk.register.forms import (
    CONTRACTS,
    USES,
    AddressForm,
    ContractForm,
    LetterForm,
    TableForm,
    UseForm,
)
from plainview.desk.register.models import Contract, Secret
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role
from plainview.lobby.people.policy import Denied

officers_only = only(Role.OFFICER)
A_PAGE = 100
OPENS = {"feed": Secret.Opens.FEED, "api": Secret.Opens.API}


@officers_only
@require_GET
def glance(request: HttpRequest) -> HttpResponse:
    """What is due today."""
    district, on = policy.district_of(request.person), timezone.localdate()
    return render(
        request,
        "register/glance.html",
        {"district": district, "glance": due.glance(district, on=on), "on": on, "soon": due.SOON},
    )


@officers_only
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """The whole list, those that have ended too."""
    district, on = policy.district_of(request.person), timezone.localdate()
    words = request.GET.get("q", "")[:80]
    found = district.contracts.with_totals().order_by("name", "starts_on", "pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(vendor__icontains=words))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "district": district,
        "page": page,
        "held": due.hold(page.object_list, on=on),
        "words": words,
        "on": on,
    }
    return render(request, "register/everything.html", context)


# --- contracts ---------------------------------------------------------------------------------------------


@officers_only
def add(request: HttpRequest) -> HttpResponse:
    district = policy.district_of(request.person)
    form = ContractForm(request.POST or None, pages=due.pages())
    if request.method == "POST" and form.is_valid():
        try:
            made = keep.add(
                district,
                name=form.cleaned_data["name"],
                terms=form.terms,
                by=request.person,
                at=timezone.now(),
            )
            return redirect("register:contract", made.pk)
        except Denied as why:
            form.add_error("name", str(why))
    context = {"district": district, "form": form}
    return render(request, "register/add.html", context, status=422 if form.errors else 200)


@officers_only
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: its terms, who uses it, what binds it."""
    found = policy.contract_seen_by(request.person, pk)
    do = request.POST.get("do", "")
    form = ContractForm(request.POST if do == "change" else None, instance=found, pages=due.pages())
    use_form = UseForm(request.POST if do == "use" else None)
    if request.method == "POST" and _changed(request, found, form, use_form):
        return redirect("register:contract", pk)
    return _contract_page(request, policy.contract_seen_by(request.person, pk), form, use_form)


def _changed(request: HttpRequest, found: Contract, form: ContractForm, use_form: UseForm) -> bool:
    at = timezone.now()
    if form.is_bound and form.is_valid():
        try:
            name = form.cleaned_data["name"]
            keep.change(found, name=name, terms=form.terms, by=request.person, at=at)
            return True
        except Denied as why:
            form.add_error("name", str(why))
    if use_form.is_bound and use_form.is_valid():
        keep.use(found, **use_form.cleaned_data, by=request.person, at=at)
        return True
    return False


def _contract_page(
    request: HttpRequest, found: Contract, form: ContractForm, use_form: UseForm
) -> HttpResponse:
    (held,) = due.hold([found], on=timezone.localdate())
    uses = Paginator(found.uses.order_by("school", "grade", "pk"), A_PAGE).get_page(request.GET.get("page"))
    totals = policy.contracts_seen_by(request.person).with_totals().get(pk=found.pk)
    context = {
        "contract": found,
        "held": held,
        "uses": uses,
        "by_grade": _by_grade(found),
        "children": totals.children,
        "child_hours": round(totals.child_minutes / 60),
        "form": form,
        "use_form": use_form,
    }
    is_amiss = form.errors or use_form.errors
    return render(request, "register/contract.html", context, status=422 if is_amiss else 200)


def _by_grade(found: Contract) -> list[dict]:
    """Children and hours of each grade: what screens cost whom."""
    rows: dict[str, list[int]] = {}
    for grade, n, minutes in found.uses.values_list("grade", "n_children", "minutes_a_week"):
        row = rows.setdefault(grade, [0, 0])
        row[0] += n
        row[1] += n * minutes
    return [
        {
            "grade": grade,
            "children": n,
            "minutes_each": round(total / n) if n else 0,
            "hours": round(total / 60),
        }
        for grade, (n, total) in sorted(rows.items())
    ]


@officers_only
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    found = policy.contract_seen_by(request.person, pk)
    keep.take_off(found, by=request.person, at=timezone.now())
    messages.success(request, _("“%(name)s” is off the register.") % {"name": found.name})
    return redirect("register:everything")


@officers_only
@require_POST
def ask_for_review(request: HttpRequest, pk: int) -> HttpResponse:
    found = policy.contract_seen_by(request.person, pk)
    keep.ask_for_review(found, by=request.person, at=timezone.now())
    messages.success(
        request,
        _("A review of “%(name)s” is asked for. The request does not name your district.")
        % {"name": found.name},
    )
    return redirect("register:glance")


# --- tables ------------------------------------------------------------------------------------------------


@officers_only
def tables(request: HttpRequest) -> HttpResponse:
    """The register in and out as CSV."""
    district = policy.district_of(request.person)
    form, faults = TableForm(request.POST or None, request.FILES or None), ()
    if request.method == "POST" and form.is_valid():
        deed = take_in.contracts if form.cleaned_data["kind"] == CONTRACTS else take_in.uses
        file = form.cleaned_data["table"]
        try:
            n = deed(district, file.read(), called=file.name, by=request.person, at=timezone.now())
            messages.success(request, _("%(n)s rows are in.") % {"n": n})
            return redirect("register:glance")
        except Unreadable as why:
            faults = why.faults
    context = {
        "district": district,
        "form": form,
        "faults": faults,
        "contracts": take_in.CONTRACTS,
        "uses": take_in.USES,
    }
    return render(request, "register/tables.html", context, status=422 if faults or form.errors else 200)


@officers_only
@require_GET
def table_out(request: HttpRequest, kind: str) -> HttpResponse:
    district = policy.district_of(request.person)
    if kind not in (CONTRACTS, USES):
        raise Http404
    lines = take_in.contracts_out(district) if kind == CONTRACTS else take_in.uses_out(district)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{district.slug}-{kind}.csv"'
    return answer


# --- being told --------------------------------------------------------------------------------------------


@officers_only
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Who is written to; the feed and the interface for programs."""
    district = policy.district_of(request.person)
    form = AddressForm(
        request.POST or None, initial={"address": request.person.email, "language": request.person.language}
    )
    if request.method == "POST" and form.is_valid():
        if is_ratelimited(
            request, group="register.subscribe", key=_district_key, rate="20/h", increment=True
        ):
            return render(request, "429.html", status=429)
        said = form.cleaned_data
        subscribe.ask(
            district,
            address=said["address"],
            language=said["language"],
            site=request.build_absolute_uri("/"),
            by=request.person,
            at=timezone.now(),
        )
        messages.success(
            request, _("That address is asked, once a day at most. It is told nothing until it says yes.")
        )
        return redirect("register:subscriptions")
    return _subscriptions_page(request, form)


def _district_key(_group: str, request: HttpRequest) -> str:
    return f"district {policy.district_of(request.person).pk}"


def _subscriptions_page(request: HttpRequest, form: AddressForm, **more) -> HttpResponse:
    district = policy.district_of(request.person)
    secrets = {one.opens: one for one in district.secrets.all()}
    context = {
        "district": district,
        "form": form,
        "subscribers": district.subscribers.order_by("address"),
        "feed": secrets.get("feed"),
        "api": secrets.get("api"),
    } | more
    return render(request, "register/subscriptions.html", context, status=422 if form.errors else 200)


@officers_only
@require_POST
def take_off_subscriber(request: HttpRequest, pk: int) -> HttpResponse:
    subscribe.take_off(policy.subscriber_seen_by(request.person, pk), by=request.person, at=timezone.now())
    messages.success(request, _("That address is written to no more, and is not kept."))
    return redirect("register:subscriptions")


@officers_only
@require_POST
def renew_secret(request: HttpRequest, opens: str) -> HttpResponse:
    """Shown on this page once, and never again."""
    district = policy.district_of(request.person)
    if opens not in OPENS:
        raise Http404
    if request.POST.get("do") == "end":
        keys.end(district, opens=opens, by=request.person, at=timezone.now())
        return redirect("register:subscriptions")
    drawn = keys.renew(district, opens=opens, by=request.person, at=timezone.now())
    if opens == "feed":
        drawn = request.build_absolute_uri(reverse("register:feed", args=[drawn]))
    return _subscriptions_page(request, AddressForm(), drawn=drawn, drawn_opens=opens)


# --- letters -----------------------------------------------------------------------------------------------


@officers_only
def letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Filled from the page, edited here, then printed or taken along. Nothing of it is kept."""
    found = policy.contract_seen_by(request.person, pk)
    text = _text(request, found, kind)
    form = LetterForm(request.POST or None, initial={"words": text.plain})
    if request.method == "POST" and form.is_valid():
        return _letter_out(request, found, text.title, form.cleaned_data["words"])
    context = {"contract": found, "title": text.title, "form": form, "kind": kind}
    return render(request, "register/letter.html", context, status=422 if form.errors else 200)


def _text(request: HttpRequest, found: Contract, kind: str) -> letters.Text:
    on = timezone.localdate()
    (held,) = due.hold([found], on=on)
    evidence = None
    if held.card:
        publication = read.newest(held.card.slug)
        evidence = letters.Evidence(
            page=read.page_of(publication),
            publication=publication,
            standings=held.standings,
            site=request.build_absolute_uri("/"),
        )
    if kind == "clauses":
        return letters.clauses(found, evidence, on=on)
    if evidence is None:
        raise Http404  # nothing was published: there is nothing that a letter could rest on
    return letters.pause(found, evidence, on=on)


def _letter_out(request: HttpRequest, found: Contract, title: str, words: str) -> HttpResponse:
    if request.POST.get("do") == "text":
        answer = HttpResponse(words.replace("\r\n", "\n"), content_type="text/plain; charset=utf-8")
        name = slugify(title) or "letter"
        answer["Content-Disposition"] = f'attachment; filename="{name}.txt"'
        return answer
    paragraphs = [one for one in words.replace("\r\n", "\n").split("\n\n") if one.strip()]
    back = reverse("register:contract", args=[found.pk])
    return render(
        request, "register/letter_sheet.html", {"title": title, "paragraphs": paragraphs, "back_url": back}
    )
