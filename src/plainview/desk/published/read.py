"""Read what was frozen.

In:   a product's slug, a number.
Out:  publications, pages, files, events.
Not here: a change of any of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from plainview.desk.published import chain
from plainview.desk.published.models import Event, File, Publication
from plainview.desk.published.page import Page
from plainview.desk.published.page import read as read_page

# Asked for by every page, so in plain SQL. The hash and the time tell a copy that was restored apart.
AS_OF = f"""
SELECT (SELECT hash FROM {Publication._meta.db_table} ORDER BY id DESC LIMIT 1),
       (SELECT max(id) FROM {Event._meta.db_table}),
       (SELECT at FROM {Event._meta.db_table} ORDER BY id DESC LIMIT 1)
"""  # noqa: S608 - our own tables' names


# A frozen file is asked for more than anything else: one read by two indexes, of one of its two packings.
FILE = f"""
SELECT f.media_type, f.language, f.sha256,
       CASE WHEN %s THEN coalesce(f.packed, f.body) ELSE f.body END, f.packed IS NOT NULL
FROM {File._meta.db_table} f JOIN {Publication._meta.db_table} p ON p.id = f.publication_id
WHERE p.product = %s AND p.number = %s AND f.name = %s
"""  # noqa: S608 - our own tables' names


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """A frozen file as it goes out."""

    media_type: str
    language: str
    sha256: str  # of the bytes before packing
    body: bytes
    is_packed: bool


def bytes_of(product: str, number: int, name: str, *, packed: bool) -> Bytes | None:
    """``packed``: as gzip where it was kept so."""
    with connection.cursor() as cursor:
        cursor.execute(FILE, [packed, product, number, name])
        row = cursor.fetchone()
    if row is None:
        return None
    media_type, language, digest, body, has_packing = row
    return Bytes(
        media_type=media_type,
        language=language,
        sha256=digest,
        body=bytes(body),
        is_packed=bool(packed and has_packing),
    )


def newest(product: str) -> Publication | None:
    return Publication.objects.filter(product=product).order_by("-number").first()


def by_number(product: str, number: int) -> Publication | None:
    return Publication.objects.filter(product=product, number=number).first()


def all_newest() -> QuerySet[Publication]:
    """The newest publication of every product, in the order of their slugs."""
    of_same = Publication.objects.filter(product=OuterRef("product")).order_by("-number")
    return Publication.objects.filter(pk=Subquery(of_same.values("pk")[:1])).order_by("product")


def versions(product: str) -> QuerySet[Publication]:
    """The newest first."""
    return Publication.objects.filter(product=product).order_by("-number")


def file(product: str, number: int, name: str) -> File | None:
    return File.objects.filter(publication__product=product, publication__number=number, name=name).first()


@lru_cache(maxsize=64)
def _page(publication_id: int, digest: str) -> Page:
    """What is frozen may be kept at hand: it cannot change. The hash is in the key for tests' sake."""
    body = File.objects.values_list("body", flat=True).get(publication=publication_id, name="page.json")
    return read_page(bytes(body))


def page_of(publication: Publication) -> Page:
    return _page(publication.pk, publication.page_sha256)


def pages_of(publications: Iterable[Publication]) -> list[Page]:
    """Many at once: one question to the database."""
    publications = list(publications)
    rows = File.objects.filter(publication__in=publications, name="page.json")
    bodies = dict(rows.values_list("publication", "body"))
    return [read_page(bytes(bodies[one.pk])) for one in publications]


def events(product: str) -> QuerySet[Event]:
    """The oldest first."""
    return Event.objects.filter(product=product).order_by("at", "pk")


def as_of() -> tuple:
    """Changes whenever anything is published or happens: what is made from all of it is kept until then."""
    with connection.cursor() as cursor:
        cursor.execute(AS_OF)
        return cursor.fetchone()


def links(product: str) -> Sequence[chain.Link]:
    """The product's chain, the oldest first."""
    files: dict[int, dict[str, str]] = {}
    rows = File.objects.filter(publication__product=product)
    for publication, name, digest in rows.values_list("publication", "name", "sha256"):
        files.setdefault(publication, {})[name] = digest
    return [
        chain.Link(
            product=one.product,
            number=one.number,
            published_at=one.published_at,
            files=files.get(one.pk, {}),
            previous_hash=one.previous_hash,
            hash=one.hash,
        )
        for one in reversed(versions(product))
    ]
