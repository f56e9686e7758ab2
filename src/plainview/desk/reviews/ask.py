"""Somebody asks us to look at a product. No account, no name, and no address but one they give.

In:   words from a public form, the time.
Out:  a request that waits for the chair. The same words a second time are the same request.
Not here: what becomes of it (settle); how often one may ask (the view).
"""

import hashlib
import unicodedata
from datetime import datetime

from django.db import transaction

from plainview.desk.reviews.models import Request
from plainview.lobby.ledger.write import deed

NOBODY = 0  # the ledger's word for somebody who is no person here


@transaction.atomic
def ask(
    *,
    product_name: str,
    vendor_name: str,
    asker: str,
    wants: str,
    address: str,
    language: str,
    at: datetime,
) -> Request:
    said = (product_name, vendor_name, wants, address)
    request, is_new = Request.objects.get_or_create(
        digest=_digest(said),
        defaults={
            "product_name": product_name,
            "vendor_name": vendor_name,
            "asker": asker,
            "wants": wants,
            "address": address,
            "language": language,
            "asked_at": at,
        },
    )
    if is_new:
        deed("reviews.requested", by=NOBODY, at=at, thing=request.pk)
    return request


def _digest(said: tuple[str, ...]) -> str:
    """A word more or less of empty space is no other request."""
    plain = [" ".join(unicodedata.normalize("NFKC", part).casefold().split()) for part in said]
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()
