"""Pages about money, interests, reading and law. Anyone reads; whoever leads reviews writes money down.

In:   a request.
Out:  /funding/, /reading/, /law/ for anyone; two pages of work under /desk/background/.
Not here: what is frozen with a publication: that was copied there.
"""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.desk.background import flow, money, shelf, table, take_in, write_down
from plainview.desk.background.forms import (
    TAX_RETURN,
    DeclarationForm,
    DocumentForm,
    PayerForm,
    TieForm,
)
from plainview.desk.background.models import Declaration, Grant, Payer, Source, Tie
from plainview.desk.background.table import Unreadable
from plainview.desk.published import read as published
from plainview.desk.published.cards import Card
from plainview.desk.published.door import kept, open_to_all
from plainview.desk.reviews.models import Product
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role
from plainview.lobby.people.policy import Denied

A_PAGE = 200
chairs_only = only(Role.CHAIR)
who_declares = only(Role.CHAIR, Role.STEWARD)
LANGUAGES = {"en": "English", "es": "Español"}


# --- for anyone --------------------------------------------------------------------------------------------


@open_to_all
def funding(request: HttpRequest) -> HttpResponse:
    """Who funds whom, who is tied to whom, who reviews whom."""
    flows = money.flows(money.tied_grants())
    pages = Paginator(flows, A_PAGE)
    context = {
        "pictures": [_picture(currency, list(some)) for currency, some in _by_currency(flows)],
        "flows": pages.get_page(request.GET.get("page")),
        "ties": Tie.objects.select_related("body", "vendor").order_by("kind", "body__name"),
        "payers": Payer.objects.select_related("product").order_by("product__name", "pk"),
        "reviewed": [Card.model_validate(one.card) for one in published.all_newest()],
        "ours": Product.objects.filter(is_ours=True).order_by("name"),
        "declared": _standing(),
        "sources": Source.objects.order_by("-taken_in_at"),
        "n_grants": Grant.objects.that_hold().count(),
    }
    return _for_anyone(request, "background/funding.html", context)


def _for_anyone(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Nothing on the page knows who reads it: no person, no token, no cookie."""
    return HttpResponse(render_to_string(template, {**context, "request": request}))


def _by_currency(flows: list[money.Flow]):
    return groupby(flows, key=lambda one: one.currency)


def _picture(currency: str, flows: list[money.Flow]) -> dict:
    wide, narrow = flow.picture(flows, currency=currency), flow.bars(flows, currency=currency)
    return {
        "currency": currency,
        "wide": mark_safe(wide),  # noqa: S308 - drawn by us; every name in it is escaped
        "narrow": mark_safe(narrow),  # noqa: S308
        "total": sum(one.amount for one in flows),
        "n": len(flows),
    }


def _standing():
    return Declaration.objects.filter(review=None, taken_back_at=None).order_by("office", "pk")


@open_to_all
def grants_as_table(request: HttpRequest) -> HttpResponse:
    """The grants that lead to someone tied here, one a line; no cell begins a formula."""
    lines = table.written(
        [column.name for column in take_in.COLUMNS] + ["source", "sha256"],
        (_as_cells(grant) for grant in money.tied_grants().order_by("pk").iterator()),
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="grants.csv"'
    return answer


def _as_cells(grant: Grant) -> list:
    return [
        *(grant.giver.name, grant.giver.ein, grant.receiver.name, grant.receiver.ein, grant.year),
        *(grant.cash, grant.in_kind, grant.currency, grant.purpose),
        *(grant.source.address or grant.source.name, grant.source.sha256),
    ]


@kept
def reading(request: HttpRequest) -> HttpResponse:
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    words = request.GET.get("q", "")[:80]
    context = {
        "entries": shelf.reading(kind=kind, language=language, words=words),
        "n_all": len(shelf.reading()),
        "kinds": shelf.KINDS.items(),
        "languages": LANGUAGES.items(),
        "kind": kind,
        "language": language,
        "words": words,
    }
    return _for_anyone(request, "background/reading.html", context)


@kept
def law(request: HttpRequest) -> HttpResponse:
    rows = shelf.law()
    return _for_anyone(
        request,
        "background/law.html",
        {"rows": rows, "n_unverified": sum(row.verified_on is None for row in rows)},
    )


# --- for whoever leads reviews -----------------------------------------------------------------------------


@chairs_only
def books(request: HttpRequest) -> HttpResponse:
    """Documents, ties and who pays: written down here, read at /funding/."""
    forms = {
        "document": DocumentForm(*_sent(request, "document")),
        "tie": TieForm(*_sent(request, "tie")[:1]),
        "payer": PayerForm(*_sent(request, "payer")[:1]),
    }
    deed, faults = DEEDS.get(request.POST.get("do", "")), ()
    if request.method == "POST" and deed:
        form = forms[request.POST["do"]]
        try:
            if form.is_valid():
                messages.success(request, deed(request, form.cleaned_data))
                return redirect("background:books")
        except Unreadable as why:
            faults = why.faults
        except Denied as why:
            faults = (str(why),)
    context = {
        "forms": forms,
        "faults": faults,
        "sources": Source.objects.order_by("-taken_in_at")[:A_PAGE],
        "ties": Tie.objects.select_related("body", "vendor").order_by("kind", "body__name"),
        "payers": Payer.objects.select_related("product").order_by("product__name", "pk"),
    }
    is_amiss = faults or any(form.errors for form in forms.values())
    return render(request, "background/books.html", context, status=422 if is_amiss else 200)


def _sent(request: HttpRequest, do: str) -> tuple:
    return (request.POST, request.FILES) if request.POST.get("do") == do else (None, None)


def _take_in(request: HttpRequest, said: dict) -> str:
    deed = take_in.tax_return if said["kind"] == TAX_RETURN else take_in.grants_table
    document = said["document"]
    source = deed(
        document.read(),
        called=document.name,
        address=said["address"],
        by=request.person,
        at=timezone.now(),
    )
    told = {"name": source.name, "n": source.grants.count(), "left_out": source.n_left_out}
    return (
        _("“%(name)s” is in: %(n)s grants; %(left_out)s left out (to persons, or without an amount).") % told
    )


def _tie(request: HttpRequest, said: dict) -> str:
    made = write_down.tie(**said, by=request.person, at=timezone.now())
    return _("%(name)s is tied in.") % {"name": made.body.name}


def _payer(request: HttpRequest, said: dict) -> str:
    write_down.payer(**said, by=request.person, at=timezone.now())
    return _("It is written down.")


DEEDS = {"document": _take_in, "tie": _tie, "payer": _payer}


@chairs_only
@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    write_down.untie(get_object_or_404(Tie, pk=pk), by=request.person, at=timezone.now())
    messages.success(request, _("The tie is taken off. What was published with it stays as it was."))
    return redirect("background:books")


@who_declares
def declare(request: HttpRequest) -> HttpResponse:
    """One's own interests, for one review or for all."""
    form = DeclarationForm(request.POST or None, person=request.person)
    if request.method == "POST" and form.is_valid():
        write_down.declare(**form.cleaned_data, by=request.person, at=timezone.now())
        messages.success(request, _("Declared. It stands on every page that it concerns, without your name."))
        return redirect("background:declare")
    own = Declaration.objects.filter(by=request.person, taken_back_at=None).select_related("review__product")
    return render(
        request,
        "background/declare.html",
        {"form": form, "own": own.order_by("-at")},
        status=422 if form.errors else 200,
    )
