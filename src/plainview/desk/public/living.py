"""The page of a product as it is read today: the newest frozen page, and above it what happened since.

In:   a product, a language, the day.
Out:  bytes: those of the frozen page, with the strip between its two marks.
Not here: any other change to what was frozen.
"""

import re
from datetime import date

from django.template.loader import render_to_string

from plainview.desk.public.today import today
from plainview.desk.published import addresses, read
from plainview.desk.published.models import Publication

STRIP = re.compile(rb"<!--today-->.*?<!--/today-->", re.DOTALL)
HEAD = b"<!--living-->"


def living(product: str, language: str, *, on: date) -> bytes | None:
    publication = read.newest(product)
    if publication is None:
        return None
    file = read.file(product, publication.number, f"page.{language}.html")
    told = {
        "publication": publication,
        "today": today(product, on=on),
        "feed": addresses.feed(product),
        "versions": addresses.versions(product),
        "frozen": f"/{language}{addresses.publication(product, publication.number)}",
    }
    return _put_in(bytes(file.body), publication, told)


def _put_in(body: bytes, publication: Publication, told: dict) -> bytes:
    """By function, not by pattern: a backslash in somebody's words is no command."""
    strip = render_to_string("public/today.html", told).encode()
    head = render_to_string("public/living_head.html", told).encode()
    body = _led_to_the_living_one(body, publication)
    return STRIP.sub(lambda _found: strip, body, count=1).replace(HEAD, head, 1)


def _led_to_the_living_one(body: bytes, publication: Publication) -> bytes:
    """Its links to itself, in every language, lead to the living page."""
    frozen = addresses.publication(publication.product, publication.number).encode()
    lasting = addresses.product(publication.product).encode()
    return re.sub(
        rb'href="/(\w\w)' + re.escape(frozen) + rb'"',
        lambda found: b'href="/' + found[1] + lasting + b'"',
        body,
    )
