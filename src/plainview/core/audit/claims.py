"""What the answers mean for each claim.

In:   a claim, the answers of the checks that it names, what the vendor refused.
Out:  one word of a closed vocabulary, and the sentence that a reader sees first.
Not here: the answers (the five questions); a verdict of people (the desk).

A claim is taken as a whole. It is supported only where every check that was answered speaks for it; one that
speaks against it contradicts it; and where nothing could be answered, that is said, not hidden. A check that
only measures (how much practice, what a study could see) neither speaks for a claim nor leaves it open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plainview.core.audit.catalogue import words_for
from plainview.core.audit.check import Bearing, Question
from plainview.core.audit.review import Asked, Review
from plainview.core.dossier.dossier import Claim, Dossier, Kind, Refusal
from plainview.core.finding import Finding


class Verdict(StrEnum):
    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    CONTRADICTED = "contradicted"
    INCONCLUSIVE = "inconclusive"
    REFUSED = "refused"
    NOT_TESTED = "not tested"


MARKS = {
    Verdict.SUPPORTED: "shown",
    Verdict.NOT_SUPPORTED: "not shown",
    Verdict.CONTRADICTED: "shown not to",
    Verdict.INCONCLUSIVE: "cannot say",
    Verdict.REFUSED: "refused",
    Verdict.NOT_TESTED: "not tested",
}

# Which question goes unanswered without an exhibit of a kind.
ASKED_OF: dict[Kind, tuple[Question, ...]] = {
    Kind.LOG: (Question.ADAPTIVITY, Question.FAIRNESS),
    Kind.PROBE: (Question.ADAPTIVITY,),
    Kind.GROUPS: (Question.FAIRNESS,),
    Kind.STUDY: (Question.EFFICACY,),
    Kind.RESPONSES: (Question.SOUNDNESS, Question.FAIRNESS),
    Kind.ITEMS: (Question.SOUNDNESS,),
    Kind.SCORES: (Question.SOUNDNESS,),
    Kind.PREDICTIONS: (Question.FAIRNESS,),
    Kind.FRAMEWORK: (Question.SOUNDNESS,),
    Kind.HAR: (Question.EXPOSURE,),
    Kind.CAPTURE: (Question.EXPOSURE,),
    Kind.TABLE: (Question.EXPOSURE,),
    Kind.POLICY: (Question.EXPOSURE,),
    Kind.CONTRACT: (Question.EXPOSURE,),
    Kind.OTHER: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """One check that a claim names, and how it bears on it."""

    check: str
    bearing: Bearing | None  # None: not asked, or not answered
    why: str = ""  # of None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A claim and what was found about it."""

    claim: Claim
    verdict: Verdict
    sentence: str
    checks: tuple[Borne, ...]

    @property
    def mark(self) -> str:
        return MARKS[self.verdict]


def judged(review: Review) -> tuple[Judged, ...]:
    return tuple(_judge(claim, review) for claim in review.dossier.product.claims)


def _judge(claim: Claim, review: Review) -> Judged:
    named = [(name, _meant(name, review)) for name in claim.checks]
    borne = tuple(_borne(name, one) for name, found in named for one in (*found, *([] if found else [None])))
    bearings = [pair for _name, found in named for one in found for pair in _bearings(one)]
    verdict = _verdict(borne)
    refusal = _refusal(claim, review.dossier) if verdict == Verdict.INCONCLUSIVE and not bearings else None
    if refusal is not None:
        return Judged(claim=claim, verdict=Verdict.REFUSED, sentence=refusal.sentence, checks=borne)
    said = _sentence(verdict, borne, bearings)
    return Judged(claim=claim, verdict=verdict, sentence=said, checks=borne)


def _meant(name: str, review: Review) -> list[Asked]:
    """The checks that a claim's word means: one, or all of a question."""
    return [one for one in review.asked if name in words_for(one.check)]


def _bearings(asked: Asked) -> list[tuple[Finding, Bearing]]:
    of = asked.check.bearing
    else_ = Bearing.LEAVES_OPEN if of else Bearing.MEASURES
    return [(finding, of.get(finding.answer, else_)) for finding in asked.findings]


def _borne(name: str, asked: Asked | None) -> Borne:
    if asked is None:
        return Borne(check=name, bearing=None, why=f"The check {name} was not asked.")
    if not asked.findings:
        reasons = [str(answer) for answer in asked.answers if not isinstance(answer, Finding)]
        return Borne(
            check=asked.check.name, bearing=None, why=reasons[0] if reasons else "The check gave no answer."
        )
    return Borne(check=asked.check.name, bearing=_together({bearing for _, bearing in _bearings(asked)}))


def _together(bearings: set[Bearing]) -> Bearing:
    """What speaks against counts; what speaks for counts where nothing else is said."""
    if Bearing.CONTRADICTS in bearings:
        return Bearing.CONTRADICTS
    return bearings.pop() if len(bearings) == 1 else Bearing.LEAVES_OPEN


def _verdict(borne: Sequence[Borne]) -> Verdict:
    if not borne:
        return Verdict.NOT_TESTED
    found = {one.bearing for one in borne if one.bearing is not None} - {Bearing.MEASURES}
    if not found:
        return Verdict.INCONCLUSIVE
    if Bearing.CONTRADICTS in found:
        return Verdict.CONTRADICTED
    if found == {Bearing.SUPPORTS}:
        return Verdict.SUPPORTED
    return Verdict.INCONCLUSIVE if Bearing.SUPPORTS in found else Verdict.NOT_SUPPORTED


def _first(bearings: Sequence[tuple[Finding, Bearing]], wanted: Bearing) -> Finding | None:
    return next((one for one, bearing in bearings if bearing == wanted), None)


def _sentence(verdict: Verdict, borne: Sequence[Borne], bearings: Sequence[tuple[Finding, Bearing]]) -> str:
    """The findings that the verdict rests on, each the first of its kind."""
    if verdict == Verdict.NOT_TESTED:
        return "No check was named for this claim, so nothing was tested."
    if not bearings:
        return borne[0].why
    against, for_it = _first(bearings, Bearing.CONTRADICTS), _first(bearings, Bearing.SUPPORTS)
    open_ = _first(bearings, Bearing.LEAVES_OPEN)
    if verdict == Verdict.INCONCLUSIVE and for_it and open_:
        return (
            "Part of what we asked speaks for it, part leaves it open. "
            f"For it: {for_it.sentence} Open: {open_.sentence}"
        )
    leading = (against or for_it or open_ or bearings[0][0]).sentence
    n_silent = sum(one.bearing is None for one in borne)
    beyond = f" {_counted(n_silent)} could not be answered." if n_silent else ""
    return f"{BEFORE.get(verdict, '')}{leading}{beyond}"


# A finding may read like praise and show nothing ("none of 8 items was shown to favour a side").
BEFORE = {
    Verdict.NOT_SUPPORTED: "What we found does not show this. ",
    Verdict.INCONCLUSIVE: "What we measured speaks neither for it nor against it. ",
}


def _counted(n: int) -> str:
    return "One more check" if n == 1 else f"{n} more checks"


def _refusal(claim: Claim, dossier: Dossier) -> Refusal | None:
    """The refusal that leaves a claim untested: one that names it, or one of a kind that its checks need."""
    questions = {name.partition(".")[0] for name in claim.checks}
    for one in dossier.refusals:
        by_kind = not one.claims and questions & {str(question) for question in ASKED_OF[one.kind]}
        if claim.id in one.claims or by_kind:
            return one
    return None
