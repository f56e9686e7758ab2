"""What is said of a product, in a form that can be tested; changed until the plan is frozen.

In:   facts and claims, by form or as the text of product.toml.
Out:  product.toml word for word, and a row for each claim that says the same.
Not here: whether a claim is true.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from plainview.core.dossier.shape import Shape, schema
from plainview.core.mendable import Mendable
from plainview.desk.reviews import policy, sheets, toml
from plainview.desk.reviews.models import Claim, Product, Review
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

MOST_BYTES = 1 << 20  # as the core reads
FORM = ("loop", "reacts_to", "changes", "how_fast", "who_decides")


def write_text(review: Review, text: str, *, by: Person, at: datetime) -> None:
    """product.toml as it stands in ``text``.

    Raises
    ------
    Mendable
        With every fault by line.
    """
    policy.check_may_write_claims(by, review)
    said = read(text)
    with durable():
        keep(review, text, said)
        deed("reviews.claims.written", by=by.pk, at=at, thing=review.pk)


def write_facts(
    review: Review,
    *,
    version: str,
    about: str,
    domains: list[str],
    homepage: str | None = None,
    by: Person,
    at: datetime,
) -> None:
    """``homepage``: the product's own page, told on its public page; None leaves it as it is."""
    said = sheets.read(review, sheets.PRODUCT)
    said = said | {"version": version, "about": about, "domains": domains}
    with durable():
        write_text(review, toml.written(_without_blanks(said)), by=by, at=at)
        if homepage is not None:
            Product.objects.filter(pk=review.product_id).update(homepage=homepage)


def write_claim(
    review: Review, identifier: str, claim: Mapping[str, Any], *, by: Person, at: datetime, was: str = ""
) -> None:
    """One claim, new or changed. ``was`` is what it was called before."""
    said = sheets.read(review, sheets.PRODUCT)
    claims = list(said.get("claim", []))
    known = next((one for one in claims if one["id"] == (was or identifier)), None)
    if was and known is not None:
        claims[claims.index(known)] = _claim(identifier, claim, known)
    else:
        claims.append(_claim(identifier, claim, {}))  # a name that is taken is told with the other faults
    write_text(review, toml.written(said | {"claim": claims}), by=by, at=at)


def drop_claim(review: Review, identifier: str, *, by: Person, at: datetime) -> None:
    said = sheets.read(review, sheets.PRODUCT)
    said["claim"] = [one for one in said.get("claim", []) if one["id"] != identifier]
    write_text(review, toml.written(said), by=by, at=at)


def read(text: str) -> dict[str, Any]:
    """As the core reads it.

    Raises
    ------
    Mendable
        With every fault by line.
    """
    name, text = sheets.PRODUCT, text.removeprefix("\ufeff")
    if len(text.encode()) > MOST_BYTES:
        raise Mendable(f"{name}: found {len(text.encode()):,} bytes, expected at most {MOST_BYTES:,}.")
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Mendable(f"{name}: found no TOML ({fault}), expected it.") from None
    faults = [*Shape(said, schema("product"), file=name, text=text).faults]
    if not faults:
        faults += _twice(said) + _too_long(said)
    if faults:
        raise Mendable(*faults)
    return said


def _twice(said: Mapping[str, Any]) -> list[str]:
    ids = [one["id"] for one in said.get("claim", [])]
    again = sorted({one for one in ids if ids.count(one) > 1})
    return [f"product.toml: found the claim '{one}' more than once, expected each id once." for one in again]


def _too_long(said: Mapping[str, Any]) -> list[str]:
    """What a row of ours can hold."""
    found = []
    for claim in said.get("claim", []):
        texts = {"id": claim["id"], "where": claim.get("where", ""), **claim.get("form", {})}
        for name, text in texts.items():
            most = {"id": 40, "where": 300}.get(name, 200)
            if len(str(text)) > most:
                found.append(
                    f"product.toml, claim '{claim['id'][:40]}', '{name}': found {len(str(text))} characters, "
                    f"expected at most {most}."
                )
    return found


def keep(review: Review, text: str, said: Mapping[str, Any]) -> None:
    """The text and its rows, in one step: whoever reads either reads the same."""
    sheets.keep(review, sheets.PRODUCT, text)
    gone = Claim.objects.filter(review=review).exclude(
        identifier__in=[c["id"] for c in said.get("claim", [])]
    )
    try:
        gone.delete()
    except ProtectedError:
        raise Denied(_("A verdict rests on a claim that you took away. Nothing was changed.")) from None
    for number, claim in enumerate(said.get("claim", []), start=1):
        Claim.objects.update_or_create(review=review, identifier=claim["id"], defaults=row_of(claim, number))
    version = str(said["version"])[:60]
    Review.objects.filter(pk=review.pk).update(version=version)
    review.version = version


def row_of(claim: Mapping[str, Any], number: int) -> dict[str, Any]:
    form = claim.get("form", {})
    return {
        "number": number,
        "says": claim["says"],
        "where": claim.get("where", ""),
        "changing": form.get("kind", ""),
        "checks": list(claim.get("checks", [])),
        **{name: str(form.get(name, "")) for name in FORM},
    }


def _claim(identifier: str, claim: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """As product.toml has it; a key that no form shows stays as it is."""
    form = {name: claim.get(name, "") for name in FORM} | {"kind": claim.get("changing", "")}
    said = {**known, "id": identifier, "says": claim["says"], "where": claim.get("where", "")}
    said |= {"checks": list(claim.get("checks", []))}
    kept = {key: value for key, value in known.get("form", {}).items() if key not in form}
    return _without_blanks(said | {"form": kept | _without_blanks(form)})


def _without_blanks(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in ("", [], {}, None)}
