"""The gateways: safety and rights; adaptivity and instruments; pedagogy and the teacher; whether it works.

In:   findings, and the levels that experts settled on.
Out:  at each gateway passed, not passed or cannot say, with why, and what that rests on.
Not here: claims (conclude).

A later gateway may be recorded before an earlier one is passed, and stays on the page. But nobody gets past a
gateway that was not passed: what lies behind it does not count until it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from plainview.core.dossier.bank import BankQuestion, bank
from plainview.desk.experts import agree
from plainview.desk.reviews.models import Review
from plainview.desk.verdicts import policy
from plainview.desk.verdicts.found import Asked, Found, found
from plainview.desk.verdicts.models import SENTENCE, Gate, Gateway, Passing
from plainview.desk.verdicts.tongues import Both
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

# Which checks bear on a gateway: whole questions of the catalogue.
CHECKS_OF: dict[Gate, tuple[str, ...]] = {
    Gate.G1: ("exposure",),
    Gate.G2: ("adaptivity", "fairness", "soundness"),
    Gate.G3: (),
    Gate.G4: ("efficacy",),
}
# Which questions of the bank: by what they are about.
ABOUT: dict[Gate, tuple[str, ...]] = {
    Gate.G1: ("data", "access", "governance"),
    Gate.G2: ("algorithm", "assessment"),
    Gate.G3: ("purpose", "pedagogy", "teacher"),
    Gate.G4: ("evidence",),
}
# Experts' levels go from 0 to 4. At 1 or below the answer to a question is a no.
A_NO = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AtGate:
    """What there is to decide on at one gateway."""

    gate: Gate
    checks: tuple[Asked, ...]
    questions: tuple[BankQuestion, ...]
    levels: dict[int, int | None]  # by question; None where the experts stay apart
    recorded: Gateway | None  # the newest

    @property
    def against(self) -> tuple[str, ...]:
        return tuple(one.check for one in self.checks if one.speaks_against)

    @property
    def answered(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.checks if one.findings)

    @property
    def rated(self) -> tuple[int, ...]:
        return tuple(number for number, level in self.levels.items() if level is not None)

    @property
    def rated_no(self) -> tuple[int, ...]:
        return tuple(number for number in self.rated if self.levels[number] <= A_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one gateway counts, with those before it in mind."""

    gate: Gate
    recorded: Gateway | None
    counts: Passing
    held_by: Gate | None  # the earlier gateway that was not passed


def levels(review: Review) -> dict[int, int | None]:
    """What the experts settled on, of the evidence that is there now, by question."""
    return {row.question: row.level for row in agree.consolidated(review)}


def at_gate(review: Review, gate: Gate, *, what: Found | None, rated: dict[int, int | None]) -> AtGate:
    questions = tuple(one for one in bank().values() if one.about in ABOUT[gate])
    numbers = {one.number for one in questions}
    return AtGate(
        gate=gate,
        checks=what.of(CHECKS_OF[gate]) if what else (),
        questions=questions,
        levels={number: level for number, level in rated.items() if number in numbers},
        recorded=newest(review).get(gate),
    )


def at_gates(review: Review) -> tuple[AtGate, ...]:
    what, rated = found(review), levels(review)
    return tuple(at_gate(review, gate, what=what, rated=rated) for gate in Gate)


def newest(review: Review) -> dict[str, Gateway]:
    return {one.gate: one for one in Gateway.objects.filter(review=review).order_by("pk")}


def proposed(there: AtGate) -> Passing:
    """What the findings and levels alone would say: carefully."""
    if there.against or there.rated_no:
        return Passing.NOT_PASSED
    by_check = any(one.speaks_for for one in there.answered) or not CHECKS_OF[there.gate]
    return Passing.PASSED if by_check and there.rated else Passing.CANNOT_SAY


def record(
    review: Review,
    *,
    gate: str,
    passing: str,
    why: Both,
    findings: Sequence[str] = (),
    ratings: Sequence[int] = (),
    by: Person,
    at: datetime,
) -> Gateway:
    """How it stands at one gateway. The same words once more add nothing."""
    policy.check_may_conclude(by, review)
    there = at_gate(review, Gate(gate), what=found(review), rated=levels(review))
    why = why.stripped()
    _check_why(why)
    _check_rests(there, Passing(passing), findings, ratings)
    said = {
        "gate": gate,
        "passing": passing,
        "why_en": why.en,
        "why_es": why.es,
        "findings": sorted(findings),
        "ratings": sorted(ratings),
    }
    with durable():
        Review.objects.select_for_update().get(pk=review.pk)
        last = newest(review).get(gate)
        if last and all(getattr(last, name) == value for name, value in said.items()):
            return last
        made = Gateway.objects.create(review=review, **said, by=by, at=at)
        write.deed("verdicts.gateway_recorded", by=by.pk, at=at, thing=made.pk)
    return made


def still_rests(there: AtGate) -> bool:
    """Whether what was recorded rests on what is found today: checks may have run anew since."""
    row = there.recorded
    if row is None:
        return False
    try:
        _check_rests(there, Passing(row.passing), row.findings, row.ratings)
    except Denied:
        return False
    return True


def standings(review: Review) -> tuple[Standing, ...]:
    """The gateways in their order. Behind one that was not passed, none counts as passed."""
    recorded, held_by, out = newest(review), None, list[Standing]()
    for gate in Gate:
        row = recorded.get(gate)
        passing = Passing(row.passing) if row else Passing.CANNOT_SAY
        counts = Passing.CANNOT_SAY if held_by and passing == Passing.PASSED else passing
        out.append(Standing(gate=gate, recorded=row, counts=counts, held_by=held_by))
        held_by = held_by or (gate if passing != Passing.PASSED else None)
    return tuple(out)


def _check_why(why: Both) -> None:
    if not (why.en and why.es):
        raise Denied(_("A gateway needs its reason in English and in Spanish."))
    if max(len(why.en), len(why.es)) > SENTENCE:
        raise Denied(_("A reason has at most %(n)s letters.") % {"n": SENTENCE})


def _check_rests(there: AtGate, passing: Passing, findings: Sequence[str], ratings: Sequence[int]) -> None:
    known = {one.check for one in there.answered}
    if unknown := sorted(set(findings) - known):
        raise Denied(_("These checks found nothing here: %(names)s.") % {"names": ", ".join(unknown)})
    if unrated := sorted(set(ratings) - set(there.rated)):
        raise Denied(
            _("The experts settled on no level for these questions: %(numbers)s.")
            % {"numbers": ", ".join(map(str, unrated))}
        )
    if passing != Passing.CANNOT_SAY and not (findings or ratings):
        raise Denied(_("Name the findings or ratings that this rests on, or choose “cannot say”."))
    if passing == Passing.PASSED and there.against:
        raise Denied(
            _("It cannot pass here: these checks speak against it: %(names)s.")
            % {"names": ", ".join(there.against)}
        )
