"""A dossier that came with its findings becomes a public page that says no more than they do.

In:   a folder such as those under content/dossiers, with page.toml; who publishes, when.
Out:  a publication: each claim with the checks' own word, each gateway "cannot say"; no condition, no expert.
Not here: the checks (core.audit); a review in which a vendor was asked for something (publish).

Everything in such a dossier was public before, and nobody was asked for anything. So the vendor is not shown
the page first: the page says so, and that a reply will stand on it whenever one comes.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from plainview.core.mendable import Mendable
from plainview.desk.background import write_down
from plainview.desk.background.models import Payer
from plainview.desk.published.models import Publication
from plainview.desk.reviews import take_in, take_over
from plainview.desk.reviews.models import Product, Review, Stage
from plainview.desk.verdicts import beside, conclude, gateway, publish
from plainview.desk.verdicts.models import Gate, Passing
from plainview.desk.verdicts.tongues import Both, said
from plainview.lobby.people.models import Person


def as_found(path: Path, *, by: Person, at: datetime) -> Publication | None:
    """None where these very findings are published here already: nothing is done twice."""
    if _is_there(path):
        return None
    with transaction.atomic():
        review = take_in.folder(path, by=by, at=at)
        _check_is_public(review)
        _know(review, by=by, at=at)
        take_over.take_over(review, by=by, at=at)
        _concluded(review, by=by, at=at)
        return publish.publish(review, by=by, at=at, changelog=_changes(review), was_public=True)


def _is_there(path: Path) -> bool:
    if not (path / "findings.json").is_file():
        raise Mendable(f"{path.name}/findings.json: found none, expected what `plainview review` wrote.")
    digest = hashlib.sha256((path / "findings.json").read_bytes()).hexdigest()
    return Review.objects.filter(stage=Stage.PUBLISHED, runs__findings_sha256=digest).exists()


def _check_is_public(review: Review) -> None:
    if not beside.is_public(review):
        raise Mendable(
            "product.toml, [other]: found neither `vendor_was_asked = false` nor `is_ours = true`, expected "
            "one: what a vendor handed over is shown to it before it is published."
        )


def _know(review: Review, *, by: Person, at: datetime) -> None:
    """Whether the product is our own, and who pays, as the dossier says it."""
    if beside.other(review).get("is_ours") is True:
        Product.objects.filter(pk=review.product_id).update(is_ours=True)
    pays = beside.page(review).get("pays")
    if pays and not Payer.objects.filter(product=review.product).exists():
        words = {"words": pays["en"], "words_es": pays["es"], "says_so": pays["says_so"]}
        write_down.payer(review.product, **words, by=by, at=at)
    review.product.refresh_from_db()


def _concluded(review: Review, *, by: Person, at: datetime) -> None:
    for one in conclude.on_the_way(review):
        spoken = Both(en=one.judged.sentence, es=_in_spanish(review, one.judged.id))
        word = one.judged.verdict
        conclude.conclude(review, claim=one.judged.id, word=word, sentence=spoken, by=by, at=at)
    why = said(lambda: _("The checks looked at one part of the evidence, and no expert has rated it."))
    for gate in Gate:
        gateway.record(review, gate=gate, passing=Passing.CANNOT_SAY, why=why, by=by, at=at)
    conclude.close(review, by=by, at=at, why=_changes(review).en)
    review.refresh_from_db()


def _in_spanish(review: Review, claim: str) -> str:
    found: dict[str, Any] = beside.page(review).get("claim", {})
    if claim not in found:
        raise Mendable(f"page.toml: found no [claim.{claim}], expected its sentence in Spanish.")
    return found[claim]["es"]


def _changes(review: Review) -> Both:
    if review.product.is_ours:
        return said(lambda: _("From a dossier that comes with Plainview, of Plainview itself."))
    return said(
        lambda: _("From a dossier that comes with Plainview, made of published data. No vendor was asked.")
    )
