"""Everything public for programs: /api/v1/, described by OpenAPI.

In:   a GET request.
Out:  JSON, the same facts as on the pages, each with the address of its page.
Not here: a key, an account, a way to change anything.
"""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.throttling import BaseThrottle

from plainview.desk.public import feed
from plainview.desk.public.shelf import Wanted, claims_of, find, shelf
from plainview.desk.public.today import Entry
from plainview.desk.published import addresses, chain, clocks, read, words
from plainview.desk.published.cards import Card, CardRow
from plainview.desk.published.page import ClaimKind, Finding, Mark, Page, Row, Words
from plainview.lobby.people.hourly import tries

A_MINUTE = 300  # requests from one address


class NotTooOften(BaseThrottle):
    """Counted in memory, each minute for itself, so that no address is written down (hourly)."""

    def allow_request(self, request: HttpRequest) -> bool:
        at = timezone.now()
        return tries.take(request, of=f"api.{at:%M}", most=A_MINUTE, at=at)

    def wait(self) -> float:
        return 60


api = NinjaAPI(
    title="Plainview: what was found about products that schools use",
    version="1",
    description="Read only. No key. What was published never changes; conditions turn by the day.",
    docs_url=None,  # its page would fetch scripts from another server: /api/ says the same in plain words
    urls_namespace="public:programs",
    throttle=[NotTooOften()],
)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """In words, as every other refusal: which part of the address, and why."""
    said = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors)
    return api.create_response(request, {"detail": said}, status=422)


Slug = Path(..., pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)


class Said(Schema):
    detail: str


# Not here; not understood; too often.
REFUSED = {404: Said, 422: Said, 429: Said}


class RowOut(Schema):
    """A row of the label. A mark alone says more than was seen: its limits stand in the sentence."""

    question: Words
    mark: Mark
    answer: Words
    sentence: Words


class ProductOut(Schema):
    slug: str
    name: str
    vendor: str
    version: str
    one_line: str
    office: str
    number: int
    published_on: date
    expires_on: date | None
    opening: Words
    marks: dict[Row, Mark]
    label: dict[Row, RowOut]
    page: str
    n_conditions: int
    n_overdue: int


class ProductsOut(Schema):
    n: int
    page: int
    n_pages: int
    products: list[ProductOut]


class VersionOut(Schema):
    number: int
    published_at: datetime
    page_sha256: str
    previous_hash: str
    hash: str
    page: str
    files: dict[str, str]


class ConditionOut(Schema):
    product: str
    id: str
    words: Words
    owner: str
    deadline: date
    status: clocks.Status
    since: date | None
    was_late: bool
    proves: Words


class EventOut(Schema):
    product: str
    at: datetime
    kind: str
    condition: str
    words: Words


class ClaimOut(Schema):
    product: str
    id: str
    says: str
    is_quoted: bool
    kind: ClaimKind
    mark: Mark
    sentence: Words


class Asked(Schema):
    q: str = ""
    vendor: str = ""
    claim: ClaimKind | None = None
    row: Row | None = None
    mark: Mark | None = None
    page: int = Query(1, ge=1, le=10_000)


@api.get("/products", response={200: ProductsOut, **REFUSED}, summary="All products, or those that fit")
def products(request: HttpRequest, asked: Query[Asked]) -> ProductsOut:
    """Fifty a page. `row` and `mark` go together: `?row=adapts&mark=shown`."""
    found = find(
        Wanted(
            words=asked.q[:200],
            vendor=asked.vendor,
            claim=asked.claim,
            marks={asked.row: asked.mark} if asked.row and asked.mark else {},
            page=asked.page,
        )
    )
    return ProductsOut(
        n=found.n, page=found.page, n_pages=found.n_pages, products=[_product(one) for one in found.cards]
    )


@api.get("/products/{slug}", response={200: ProductOut, **REFUSED}, summary="One product today")
def product(request: HttpRequest, slug: str = Slug) -> ProductOut:
    return _product(_card(slug))


@api.get(
    "/products/{slug}/versions",
    response={200: list[VersionOut], **REFUSED},
    summary="Every publication, with its chain",
)
def versions(request: HttpRequest, slug: str = Slug) -> list[VersionOut]:
    _card(slug)
    hashes = {one.number: one.page_sha256 for one in read.versions(slug)}
    return [_version(one, hashes[one.number]) for one in reversed(read.links(slug))]


@api.get(
    "/products/{slug}/pages/{number}",
    response={200: Page, **REFUSED},
    by_alias=True,
    summary="A frozen page: plainview.page/1",
)
def page(request: HttpRequest, slug: str = Slug, number: int = Path(..., ge=1, le=100_000)) -> Page:
    publication = read.by_number(slug, number)
    if publication is None:
        raise HttpError(404, "There is no such publication.")
    return read.page_of(publication)


@api.get(
    "/products/{slug}/findings",
    response={200: list[Finding], **REFUSED},
    summary="Findings of the newest page",
)
def findings(request: HttpRequest, slug: str = Slug) -> list[Finding]:
    _card(slug)
    return list(read.page_of(read.newest(slug)).findings)


@api.get("/products/{slug}/events", response={200: list[EventOut], **REFUSED}, summary="What happened to it")
def events(request: HttpRequest, slug: str = Slug) -> list[EventOut]:
    _card(slug)
    return [_event(one) for one in feed.entries(slug, on=timezone.localdate())]


@api.get(
    "/conditions",
    response={200: list[ConditionOut], **REFUSED},
    summary="Every condition, as it stands today",
)
def conditions(
    request: HttpRequest, status: clocks.Status | None = None, product: str = ""
) -> list[ConditionOut]:
    found = [one for card in _cards(product) for one in _conditions(card)]
    return [one for one in found if status is None or one.status == status]


@api.get("/claims", response={200: list[ClaimOut], **REFUSED}, summary="Every claim, across products")
def claims(request: HttpRequest, kind: ClaimKind | None = None) -> list[ClaimOut]:
    kinds = [kind] if kind else list(ClaimKind)
    return [
        ClaimOut(product=card.slug, **one.model_dump()) for each in kinds for card, one in claims_of(each)
    ]


@api.get("/events", response={200: list[EventOut], **REFUSED}, summary="What happened, the newest hundred")
def all_events(request: HttpRequest) -> list[EventOut]:
    return [_event(one) for one in feed.entries(on=timezone.localdate())]


# --- parts ----------------------------------------------------------------------------------------------
def _card(slug: str) -> Card:
    card = shelf().by_slug.get(slug)
    if card is None:
        raise HttpError(404, "There is no such product.")
    return card


def _cards(product: str) -> list[Card]:
    return [one for one in shelf().cards if product in ("", one.slug)]


def _product(card: Card) -> ProductOut:
    told = card.model_dump(
        include={
            "slug",
            "name",
            "vendor",
            "version",
            "one_line",
            "office",
            "number",
            "published_on",
            "expires_on",
            "opening",
        }
    )
    standing = _conditions(card)
    return ProductOut(
        **told,
        marks={row: one.mark for row, one in card.label.items()},
        label={row: _row(row, one) for row, one in card.label.items()},
        page=addresses.product(card.slug),
        n_conditions=len(standing),
        n_overdue=sum(one.status == clocks.Status.OVERDUE for one in standing),
    )


def _row(row: Row, one: CardRow) -> RowOut:
    return RowOut(
        question=words.both(lambda: words.ROWS[row]),
        mark=one.mark,
        answer=words.both(lambda: words.answer(row, one.mark)),
        sentence=one.sentence,
    )


def _conditions(card: Card) -> list[ConditionOut]:
    if not card.conditions:
        return []
    happened, on = list(read.events(card.slug)), timezone.localdate()
    return [
        ConditionOut(
            product=card.slug,
            status=one.status,
            since=one.since,
            was_late=one.was_late,
            **one.condition.model_dump(include={"id", "words", "owner", "deadline", "proves"}),
        )
        for one in clocks.standings(card.conditions, happened, on=on)
    ]


def _event(one: Entry) -> EventOut:
    return EventOut(product=one.product, at=one.at, kind=one.kind, condition=one.condition, words=one.words)


def _version(link: chain.Link, page_sha256: str) -> VersionOut:
    return VersionOut(
        number=link.number,
        published_at=link.published_at,
        page_sha256=page_sha256,
        previous_hash=link.previous_hash,
        hash=link.hash,
        page=addresses.publication(link.product, link.number),
        files=dict(link.files),
    )
