"""The chain of a class's decisions: whoever changes an old one breaks every later link.

In:   a decision and its children.
Out:  its fingerprint, its place, and the first decision that is not what it was.
Not here: the hashes themselves (lobby.ledger).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from zlib import decompress

from plainview.classroom.guidance.models import Decision, Erased
from plainview.core.rules.canonical import as_bytes
from plainview.lobby.ledger import write
from plainview.lobby.ledger.models import Link
from plainview.lobby.people.models import Class

# Made of the others, or given by the database afterwards.
NOT_IN_THE_DIGEST = ("id", "digest", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a decision stands in the chain of its class."""

    number: int
    of: int
    hash: str
    holds: bool


def name_of(school_class: Class) -> str:
    return f"class:{school_class.pk}"


def digest_of(decision: Decision, students: Collection[int]) -> str:
    """Every field and every child: as it was written, or as it is read back."""
    fields = [f for f in decision._meta.concrete_fields if f.name not in NOT_IN_THE_DIGEST]
    said = {f.attname: getattr(decision, f.attname) for f in fields}
    said["at"] = decision.at.astimezone(UTC).isoformat()
    said["client_key"] = str(decision.client_key or "")
    return sha256(as_bytes(said | {"students": sorted(students)})).hexdigest()


def place_of(decision: Decision) -> Place | None:
    link = Link.objects.filter(pk=decision.link).first()
    if link is None:
        return None
    broken = first_broken(decision.school_class)
    return Place(
        number=link.number,
        of=Link.objects.filter(chain=link.chain).count(),
        hash=link.hash,
        holds=broken is None or broken > link.number,
    )


def first_broken(school_class: Class) -> int | None:
    """The place of the first link, or of the first decision, that is not what it was; None where all hold."""
    link = write.first_broken_link(name_of(school_class))
    places = [] if link is None else [link.number]
    links = {one.pk: one for one in Link.objects.filter(chain=name_of(school_class))}
    erased = list(
        Erased.objects.filter(
            link__in=Link.objects.filter(chain=name_of(school_class)).values("pk")
        ).order_by("pk")
    )
    expected = {pk: one.digest for pk, one in links.items()} | {one.link: one.left for one in erased}
    there = Decision.objects.filter(school_class=school_class).prefetch_related("students")
    found = {one.link: digest_of(one, [child.pk for child in one.students.all()]) for one in there}
    found |= _seals(erased)
    # A link whose decision is gone without a certificate is broken, and so is a decision without its link.
    places += [one.number for pk, one in links.items() if found.get(pk, "") != expected[pk]]
    places += [1 for pk in found if pk not in links]
    return min(places, default=None)


def _seals(erased: Collection[Erased]) -> dict[int, str]:
    """What each link must hold that says of other links what is left of them."""
    sealed: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for one in erased:
        sealed.setdefault((one.sealed, one.certificate_id), []).append((one.link, one.left))
    return {link: digest_of_seal(certificate, left) for (link, certificate), left in sealed.items()}


def digest_of_seal(certificate: int, left: Collection[tuple[int, str]]) -> str:
    return sha256(
        as_bytes({"certificate": certificate, "left": [list(one) for one in sorted(left)]})
    ).hexdigest()


def digest_of_what_is_left(pk: int) -> str:
    """Of a decision as it stands now; empty where nothing is left."""
    decision = Decision.objects.filter(pk=pk).first()
    return digest_of(decision, decision.students.values_list("pk", flat=True)) if decision else ""


def cards_that_differ(school_class: Class) -> list[int]:
    """Decisions whose card's file is not the one that was decided on."""
    rows = Decision.objects.filter(school_class=school_class, suggestion__isnull=False).exclude(
        snapshot_hash=""
    )
    return [
        one.pk
        for one in rows.select_related("suggestion").defer("suggestion__card").iterator()
        if sha256(decompress(one.suggestion.export)).hexdigest() != one.snapshot_hash
    ]
