"""The public pages: thin, by GET alone, nobody signed in.

In:   an address.
Out:  what was frozen, or a page made from it.
Not here: language, caching, headers (published.door); anything that is not frozen.
"""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.public import compare, feed, living, methods, programs, shelf, tables
from plainview.desk.published import addresses, chain, clocks, read, words
from plainview.desk.published.door import FOR_EVER, kept, open_to_all
from plainview.desk.published.page import ClaimKind, Mark

# What may be shown where it is; all else is handed over to be kept, so that nothing of it runs here.
SHOWN = {
    "text/html; charset=utf-8",
    "text/css; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/json",
}
# A vendor's words may stand in a report: it is shown in a box from which nothing gets out.
IN_A_BOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


def show(request: HttpRequest, template: str, told: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, {**told, "request": request}))


# --- products -------------------------------------------------------------------------------------------
@kept
def products(request: HttpRequest) -> HttpResponse:
    wanted = shelf.wanted(request.GET)
    on = timezone.localdate()
    found = shelf.find(wanted)
    cards = [(one, _n_overdue(one, on)) for one in found.cards]
    told = {"wanted": wanted, "found": found, "cards": cards}
    told["rows"] = [(row, question, words.answers(row)) for row, question in words.ROWS.items()]
    told |= {"claims": words.CLAIMS, "vendors": shelf.shelf().vendors, "n_all": len(shelf.shelf().cards)}
    return show(request, "public/products.html", told | {"pages": _pages(request, found)})


@kept
def product(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language()
    body = living.living(slug, language, on=timezone.localdate())
    if body is None:
        raise Http404
    return HttpResponse(body)


@kept
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    found = list(read.versions(slug))
    if not found:
        raise Http404
    changes = {one.number: one for one in read.page_of(found[0]).changelog}
    told = {"card": shelf.shelf().by_slug[slug], "faults": chain.faults(read.links(slug))}
    told["versions"] = [(one, changes[one.number], addresses.publication(slug, one.number)) for one in found]
    entries = feed.entries(slug, on=timezone.localdate())
    return show(request, "public/versions.html", told | {"entries": entries})


@kept
def chain_of(request: HttpRequest, slug: str) -> HttpResponse:
    links = read.links(slug)
    if not links:
        raise Http404
    told = [
        {
            "files": dict(one.files),
            "hash": one.hash,
            "number": one.number,
            "previous_hash": one.previous_hash,
            "product": one.product,
            "published_at": chain.in_utc(one.published_at),
        }
        for one in links
    ]
    return HttpResponse(json.dumps(told, indent=1), content_type="application/json")


@kept
def side_by_side(request: HttpRequest) -> HttpResponse:
    cards = compare.chosen(request.GET.getlist("p"))
    told = {"cards": cards, "lines": compare.lines(cards), "most": compare.MOST}
    return show(request, "public/compare.html", told)


# --- what is frozen -------------------------------------------------------------------------------------
@open_to_all
def publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """In English where the address names no language: what is cited does not change with who reads it."""
    language = addresses.asked_in.get().strip("/") or "en"
    response = _frozen(request, slug, number, f"page.{language}.html")
    response["Content-Language"] = language
    return response


@open_to_all
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    response = _frozen(request, slug, number, name)
    if name.startswith("page."):
        return response
    response["Content-Language"] = "en"
    if response["Content-Type"] not in SHOWN:
        response["Content-Disposition"] = f'attachment; filename="{slug}-{number}-{name}"'
    if name.endswith((".html", ".htm")):
        response["Content-Security-Policy"] = IN_A_BOX
    return response


def _frozen(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    takes_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    found = read.bytes_of(slug, number, name, packed=takes_packed)
    if found is None:
        raise Http404
    response = HttpResponse(found.body, content_type=found.media_type)
    response["ETag"] = f'W/"{found.sha256}"'
    response["Cache-Control"] = FOR_EVER
    response["Content-Language"] = found.language or "en"
    if found.is_packed:
        response["Content-Encoding"] = "gzip"
    return response


# --- claims, methods ------------------------------------------------------------------------------------
@kept
def claims(request: HttpRequest) -> HttpResponse:
    kinds = [(kind, said, _counted(kind)) for kind, said in words.CLAIMS.items()]
    return show(request, "public/claims.html", {"kinds": kinds})


@kept
def claim(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in {one.value for one in ClaimKind}:
        raise Http404
    found = shelf.claims_of(ClaimKind(kind))
    told = {"kind": kind, "said": words.CLAIMS[ClaimKind(kind)], "claims": found, "counted": _counted(kind)}
    return show(request, "public/claim.html", told)


@kept
def methods_index(request: HttpRequest) -> HttpResponse:
    *of_checks, others = methods.groups()
    told = {"of_checks": of_checks, "others": others.methods, "marks": words.MARKS_MEAN.items()}
    return show(request, "public/methods.html", told)


@kept
def method(request: HttpRequest, name: str) -> HttpResponse:
    found = methods.method(name)
    if found is None:
        raise Http404
    return show(request, "public/method.html", {"method": found, "about": methods.ABOUT.get(found.question)})


# --- for programs ---------------------------------------------------------------------------------------
@kept
def programs_page(request: HttpRequest) -> HttpResponse:
    paths = programs.api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    ways = [
        (path, way["get"]["summary"], [one["name"] for one in way["get"].get("parameters", [])])
        for path, way in paths.items()
    ]
    return show(request, "public/programs.html", {"ways": ways, "a_minute": programs.A_MINUTE})


@kept
def feed_of(request: HttpRequest, slug: str = "") -> HttpResponse:
    if slug and slug not in shelf.shelf().by_slug:
        raise Http404
    entries = feed.entries(slug, on=timezone.localdate())
    title = shelf.shelf().by_slug[slug].name if slug else _("Products under review")
    address = addresses.product(slug) if slug else addresses.PRODUCTS
    body = feed.atom(request, entries, title=title, address=address, feed=addresses.feed(slug))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@kept
def products_table(request: HttpRequest) -> HttpResponse:
    cards = shelf.shelf().cards
    columns = ["slug", "name", "vendor", "version", "number", "published_on", *words.ROWS]
    columns += [f"{row}_says" for row in words.ROWS]  # a mark alone says more than was seen
    rows = [
        [one.slug, one.name, one.vendor, one.version, one.number, one.published_on]
        + [one.label[row].mark.value for row in words.ROWS]
        + [one.label[row].sentence.en for row in words.ROWS]
        for one in cards
    ]
    return _table("products.csv", columns, rows)


@kept
def claims_table(request: HttpRequest) -> HttpResponse:
    found = [pair for kind in ClaimKind for pair in shelf.claims_of(kind)]
    rows = [
        [card.slug, card.name, one.kind.value, one.says, one.mark.value, one.sentence.en]
        for card, one in found
    ]
    return _table("claims.csv", ["product", "name", "kind", "says", "mark", "sentence"], rows)


@kept
def conditions_table(request: HttpRequest) -> HttpResponse:
    rows = [
        [one.product, one.id, one.words.en, one.owner, one.deadline, one.status.value, one.since or ""]
        for one in programs.conditions(request)
    ]
    return _table(
        "conditions.csv", ["product", "id", "condition", "owner", "deadline", "status", "since"], rows
    )


def _table(name: str, columns: list[str], rows: list[list]) -> HttpResponse:
    response = HttpResponse(tables.table(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- parts ----------------------------------------------------------------------------------------------
def _n_overdue(card: shelf.Card, on) -> int:
    if not any(one.deadline < on for one in card.conditions):
        return 0
    found = clocks.standings(card.conditions, read.events(card.slug), on=on)
    return sum(one.status == clocks.Status.OVERDUE for one in found)


def _counted(kind: str) -> list[tuple[Mark, int]]:
    """How many claims of a kind have which mark; marks that nobody has are left out."""
    marks = [one.mark for _card, one in shelf.claims_of(ClaimKind(kind))]
    return [(mark, marks.count(mark)) for mark in Mark if mark in marks]


def _pages(request: HttpRequest, found: shelf.Found) -> list[tuple[int, str]]:
    """Addresses of the pages before and after, with everything else that was asked for."""
    around = [n for n in (found.page - 1, found.page + 1) if 1 <= n <= found.n_pages]
    asked = request.GET.copy()
    addressed = []
    for n in around:
        asked["page"] = str(n)
        addressed.append((n, f"?{asked.urlencode()}"))
    return addressed
