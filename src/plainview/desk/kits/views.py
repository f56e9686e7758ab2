"""The pages of kits: choose a product and a kit, edit its text, take it along. Nothing typed is kept.

In:   a frozen page; what the reader made of a text, in one request.
Out:  the text to edit, to print or to save; the number of signatures.
Not here: sending anything to anyone.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from plainview.desk.kits import sign, write
from plainview.desk.kits.kinds import KINDS, Kind
from plainview.desk.published import addresses, read
from plainview.desk.published.door import open_to_all
from plainview.desk.published.models import Publication
from plainview.desk.published.open_form import open_form
from plainview.lobby.people.hourly import tries
from plainview.lobby.people.policy import Denied

LONGEST = 40_000
# A family and a staff room share an address; a hundred hands do not.
MOST_SIGNED, MOST_TAKEN = 6, 200


def show(request: HttpRequest, template: str, told: dict, *, status: int = 200) -> HttpResponse:
    return HttpResponse(render_to_string(template, {**told, "request": request}), status=status)


@open_to_all
def index(request: HttpRequest) -> HttpResponse:
    pages = [read.page_of(one) for one in read.all_newest()]
    return show(request, "kits/index.html", {"kinds": KINDS.values(), "pages": pages})


@open_to_all
def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    publication = _publication(slug)
    told = {"kinds": KINDS.values(), "page": read.page_of(publication), "n_signed": sign.count(slug)}
    return show(request, "kits/of_product.html", told)


@open_form
@sensitive_variables("text")
def kit(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The text to edit (GET); the same, as it was edited, to print or to save (POST)."""
    kind, publication = _kind(name), _publication(slug)
    if request.method != "POST":
        return _to_edit(request, kind, publication)
    _check_pace(request, of="kits.text", most=MOST_TAKEN)
    text = request.POST.get("text", "")[:LONGEST].replace("\r\n", "\n")
    if "save" in request.POST:
        return _as_file(text, f"{slug}-{name}.{get_language()}.txt")
    return show(request, "kits/sheet.html", {"kind": kind, "page": read.page_of(publication), "text": text})


def _to_edit(request: HttpRequest, kind: Kind, publication: Publication) -> HttpResponse:
    address = request.build_absolute_uri(addresses.publication(publication.product, publication.number))
    found = write.facts(publication, address=address, on=timezone.localdate())
    told = {"kind": kind, "page": found.page, "text": write.write(kind, found), "laws": kind.laws}
    told |= {"n_signed": sign.count(publication.product), "most": MOST_SIGNED}
    return show(request, "kits/kit.html", told)


def _as_file(text: str, name: str) -> HttpResponse:
    """Handed over to be kept: a browser opens nothing of it here."""
    response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@open_form
def sign_petition(request: HttpRequest, slug: str) -> HttpResponse:
    publication = _publication(slug)
    if request.method != "POST":
        raise Http404
    _check_pace(request, of=f"kits.sign.{slug}", most=MOST_SIGNED)
    told = {"page": read.page_of(publication), "n_signed": sign.sign(slug)}
    return show(request, "kits/signed.html", told | {"back": reverse("kits:kit", args=[slug, "petition"])})


def _check_pace(request: HttpRequest, *, of: str, most: int, at: datetime | None = None) -> None:
    if not tries.take(request, of=of, most=most, at=at or timezone.now()):
        raise Denied(_("This came many times from your network within this hour. Try again in the next."))


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _publication(slug: str) -> Publication:
    publication = read.newest(slug)
    if publication is None:
        raise Http404
    return publication
