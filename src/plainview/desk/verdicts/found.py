"""What the checks found, read from the run that was stored: the same words that `plainview verify` compares.

In:   findings.json of a review's newest run.
Out:  its claims with the word that the checks alone lead to; its checks, and how each bears on a claim.
Not here: what people make of it (conclude, gateway, label).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plainview.core.audit.catalogue import CHECKS
from plainview.core.audit.check import Bearing
from plainview.core.dossier.dossier import Kind
from plainview.desk.reviews.models import Review

CANNOT_SAY = "cannot say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A claim, as the checks alone judge it."""

    id: str
    says: str
    verdict: str
    sentence: str
    checks: tuple[str, ...]
    n_answered: int  # of those checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One check and its answers, as findings.json has them."""

    check: str
    question: str
    asks: str
    page: str
    answers: tuple[dict[str, Any], ...]

    @property
    def findings(self) -> tuple[dict[str, Any], ...]:
        return tuple(one for one in self.answers if one["kind"] != CANNOT_SAY)

    @property
    def bearings(self) -> tuple[Bearing, ...]:
        """How each finding bears on a claim; a check that we no longer know leaves it open."""
        of = CHECKS[self.check].bearing if self.check in CHECKS else {}
        return tuple(of.get(one["answer"], Bearing.LEAVES_OPEN) for one in self.findings)

    @property
    def speaks_against(self) -> bool:
        return Bearing.CONTRADICTS in self.bearings

    @property
    def speaks_for(self) -> bool:
        return set(self.bearings) == {Bearing.SUPPORTS}

    @property
    def name(self) -> str:
        return without_version(self.check)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that one run says."""

    claims: tuple[Judged, ...]
    checks: tuple[Asked, ...]
    refused_kinds: frozenset[str]
    told: dict[str, Any]  # findings.json itself

    @property
    def n_visits(self) -> int:
        """How many visits were recorded: each is one capture of traffic that could be read."""
        exhibits = self.told.get("exhibits", ())
        return sum(one["kind"] == Kind.HAR and not one["fault"] for one in exhibits)

    def claim(self, id: str) -> Judged | None:
        return next((one for one in self.claims if one.id == id), None)

    def check(self, name: str) -> Asked | None:
        """By its name, with its version or without."""
        return next((one for one in self.checks if name in (one.check, one.name)), None)

    def of(self, questions: Iterable[str]) -> tuple[Asked, ...]:
        """The checks of these questions, or of these names."""
        wanted = set(questions)
        return tuple(one for one in self.checks if {one.question, one.name, one.check} & wanted)


def found(review: Review) -> Found | None:
    """What the newest run found; None where none came to its end."""
    run = review.run
    return read(run.findings) if run else None


def read(text: str) -> Found:
    told = json.loads(text)
    return Found(
        claims=tuple(_judged(one) for one in told["claims"]),
        checks=tuple(_asked(one) for one in told["checks"]),
        refused_kinds=frozenset(one["kind"] for one in told["refused"]),
        told=told,
    )


def without_version(check: str) -> str:
    return check.partition("/")[0]


def _judged(one: dict[str, Any]) -> Judged:
    return Judged(
        id=one["id"],
        says=one["says"],
        verdict=one["verdict"],
        sentence=one["sentence"],
        checks=tuple(borne["check"] for borne in one["checks"]),
        n_answered=sum(borne["bearing"] is not None for borne in one["checks"]),
    )


def _asked(one: dict[str, Any]) -> Asked:
    return Asked(
        check=one["check"],
        question=one["question"],
        asks=one["asks"],
        page=one["page"],
        answers=tuple(one["answers"]),
    )
