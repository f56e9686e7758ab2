"""The chain of a class's decisions: whoever changes an old one breaks every later link.

In:   a decision and its children.
Out:  its fingerprint, its place, and the first decision that is not what it was.
Not here: the hashes themselves (lobby.ledger).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from plainview.classroom.guidance.models import Decision
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
    decisions = Decision.objects.filter(school_class=school_class).prefetch_related("students")
    for decision in decisions:
        at = links.pop(decision.link, None)
        children = [child.pk for child in decision.students.all()]
        if at is None or at.digest != digest_of(decision, children):
            places.append(at.number if at else 1)
    # A link whose decision is gone is broken too.
    places += [one.number for one in links.values()]
    return min(places, default=None)
