"""The sheets of a dossier that people write, kept word for word.

In:   a review, a name, bytes.
Out:  the same bytes; or what they say, read as TOML.
Not here: what stands in rows (claims, exhibits): those are written anew when a row changes.
"""

import tomllib
from typing import Any

from plainview.desk.reviews.models import Review, Sheet

PRODUCT, EXHIBITS, OPENED, RATINGS = (
    "product.toml",
    "exhibits/exhibits.toml",
    "opened.json",
    "ratings/ratings.csv",
)


def keep(review: Review, name: str, body: bytes | str) -> None:
    body = body.encode() if isinstance(body, str) else body
    Sheet.objects.update_or_create(review=review, name=name, defaults={"body": body})


def drop(review: Review, name: str) -> None:
    Sheet.objects.filter(review=review, name=name).delete()


def drop_ratings(review: Review) -> None:
    Sheet.objects.filter(review=review, name__startswith="ratings/").delete()


def body(review: Review, name: str) -> bytes | None:
    found = Sheet.objects.filter(review=review, name=name).values_list("body", flat=True).first()
    return None if found is None else bytes(found)


def text(review: Review, name: str) -> str:
    return (body(review, name) or b"").decode("utf-8-sig", errors="replace")


def read(review: Review, name: str) -> dict[str, Any]:
    return tomllib.loads(text(review, name))
