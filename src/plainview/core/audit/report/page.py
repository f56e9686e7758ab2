"""What stands on a report, in order: the claims, what was not tested, the evidence, how it was done.

In:   a review, the ratings of experts, which versions made it.
Out:  words and numbers in the order in which they are read; no markup.
Not here: how it looks (html, markdown), whether it is true (the checks).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plainview.core.audit.catalogue import without_version
from plainview.core.audit.check import Bearing, Question
from plainview.core.audit.claims import Judged, Verdict, judged
from plainview.core.audit.review import Asked, Review
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.days import in_words
from plainview.core.dossier.dossier import Plan

ASKS: Mapping[Question, str] = {
    Question.ADAPTIVITY: "Does it really adapt?",
    Question.EFFICACY: "Does it work?",
    Question.FAIRNESS: "Is it fair?",
    Question.SOUNDNESS: "Are its tests sound?",
    Question.EXPOSURE: "Where does the data go?",
}
MOST_REASONS = 3
MOST_OTHERS = 8  # findings that no claim asked for, on the first page

COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Untested:
    """One question, and what could not be said of it."""

    question: Question
    sentence: str  # how many of how many
    reasons: tuple[str, ...]  # the most frequent first


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A finding that no claim asked for: nobody claims what would be found against them."""

    check: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question with the answers of its checks."""

    question: Question
    answered: tuple[Asked, ...]
    unanswered: tuple[tuple[Asked, CannotSay], ...]

    @property
    def title(self) -> str:
        return ASKS[self.question]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole report."""

    title: str
    product: str  # "Quick 1, by Acme"
    about: str
    at: str
    opening: str
    claims: tuple[Judged, ...]
    untested: tuple[Untested, ...]
    refused: tuple[str, ...]
    others: tuple[Other, ...]
    sections: tuple[Section, ...]
    plan: tuple[str, ...]  # sentences
    told: tuple[str, ...]
    review: Review
    made_with: Mapping[str, str]


def page_of(review: Review, *, made_with: Mapping[str, str], at: str = "") -> Page:
    """The report of a review."""
    product = review.dossier.product
    claims = judged(review)
    sections = tuple(_section(question, review.asked) for question in Question)
    return Page(
        title=f"What we found about {product.name}",
        product=f"{product.name} {product.version}, by {product.vendor}",
        about=str(product.said.get("about", "")),
        at=in_words(at),
        opening=opening(claims, review),
        claims=claims,
        untested=tuple(one for one in map(_untested, sections) if one is not None),
        refused=tuple(one.sentence for one in review.dossier.refusals),
        others=_others(review, claims),
        sections=tuple(one for one in sections if one.answered or one.unanswered),
        plan=plan_told(review.dossier.plan),
        told=tuple(_ended(one) for one in review.told),
        review=review,
        made_with=made_with,
    )


def page_one(page: Page) -> str:
    """The words that a reader without statistics is asked to read: all that stands before the evidence."""
    claims = [f"{str(one.verdict).capitalize()}. “{one.claim.says}” {one.sentence}" for one in page.claims]
    without = [] if page.claims else [finding.sentence for finding in page.review.findings]
    untested = [line for one in page.untested for line in (ASKS[one.question], one.sentence, *one.reasons)]
    others = [*(one.sentence for one in page.others[:MOST_OTHERS]), beyond_told(page)]
    return "\n".join((page.opening, *claims, *without, *page.refused, *untested, *others))


def opening(claims: Sequence[Judged], review: Review) -> str:
    """How the claims fared, in one sentence; the order of the words is that of the verdicts."""
    if not claims:
        return f"No claim was written down. {_answered(review)}"
    count = Counter(one.verdict for one in claims)
    parts = [
        f"{_number(count[verdict])} {_was(verdict, count[verdict])}" for verdict in Verdict if count[verdict]
    ]
    n = len(claims)
    looked = f"{_number(n).capitalize()} {'claim was' if n == 1 else 'claims were'} looked at"
    if len(count) == 1:
        return f"{looked}, and {'it' if n == 1 else 'all'} {_was(claims[0].verdict, n)}."
    return f"{looked}: {_listed(parts)}."


def _others(review: Review, claims: Sequence[Judged]) -> tuple[Other, ...]:
    """What speaks against the product first, then in the order of the catalogue; one sentence a check."""
    named = {borne.check for one in claims for borne in one.checks}
    found = [one for one in review.asked if one.findings and one.check.name not in named] if claims else []
    ordered = sorted((_against_first(one) for one in found), key=lambda pair: not pair[0])
    return tuple(other for _, other in ordered)


def _against_first(asked: Asked) -> tuple[bool, Other]:
    against = [f for f in asked.findings if asked.check.bearing.get(f.answer) == Bearing.CONTRADICTS]
    first, n = (against or asked.findings)[0], len(asked.findings)
    more = (
        ""
        if n == 1
        else f" {_number(n - 1).capitalize()} more {'answer stands' if n == 2 else 'answers stand'} below."
    )
    return bool(against), Other(check=asked.check.name, sentence=_ended(first.sentence) + more)


def _answered(review: Review) -> str:
    n, of = sum(bool(one.findings) for one in review.asked), len(review.asked)
    return f"{_number(n).capitalize()} of {_number(of)} checks could be answered."


def _was(verdict: Verdict, n: int) -> str:
    is_ = "is" if n == 1 else "are"
    return {
        Verdict.SUPPORTED: f"{is_} supported",
        Verdict.NOT_SUPPORTED: f"{is_} not supported",
        Verdict.CONTRADICTED: f"{is_} contradicted",
        Verdict.INCONCLUSIVE: f"{is_} still open",
        Verdict.REFUSED: "could not be tested, as the vendor refused",
        Verdict.NOT_TESTED: f"{'was' if n == 1 else 'were'} not tested",
    }[verdict]


def _section(question: Question, asked: Sequence[Asked]) -> Section:
    own = [one for one in asked if one.check.question == question]
    silent = [(one, answer) for one in own for answer in one.answers if isinstance(answer, CannotSay)]
    return Section(
        question=question,
        answered=tuple(one for one in own if one.findings),
        unanswered=tuple(silent),
    )


def _untested(section: Section) -> Untested | None:
    """None where every check gave an answer."""
    names = {one.check.name for one, _ in section.unanswered} - {one.check.name for one in section.answered}
    n, of = len(names), len(names) + len(section.answered)
    if of == 0:
        return Untested(question=section.question, sentence="This was not asked.", reasons=())
    if not section.unanswered:
        return None
    reasons = Counter(answer.reason for _one, answer in section.unanswered)
    first = [_told_once(reason, times) for reason, times in reasons.most_common(MOST_REASONS)]
    beyond = len(reasons) - len(first)
    more = [
        f"{_number(beyond).capitalize()} more {'reason stands' if beyond == 1 else 'reasons stand'} below."
    ]
    return Untested(
        question=section.question,
        sentence=_how_many(n, of),
        reasons=(*first, *(more if beyond else ())),
    )


def _how_many(n: int, of: int) -> str:
    if n == of:
        return (
            "Its one check could not be answered."
            if of == 1
            else f"None of its {_number(of)} checks could be answered."
        )
    if n == 0:
        return "Part of what we asked could not be answered."
    return f"{_number(n).capitalize()} of its {_number(of)} checks could not be answered."


def _told_once(reason: str, times: int) -> str:
    first = reason.split(" ", 1)[0]
    # A file's name keeps its small letter.
    sentence = _ended(reason if "/" in first or "." in first else reason[:1].upper() + reason[1:])
    return sentence if times == 1 else f"{sentence[:-1]} ({times} times)."


def _ended(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "!", "?", ".”", '."')) else f"{sentence}."


def plan_told(plan: Plan) -> tuple[str, ...]:
    """Whether the plan was fixed before the data were opened, and what can be said of it."""
    if plan.frozen_sha256 is None:
        return (
            "The plan was not frozen before the data were opened. Its bounds could have been set with the "
            "answers in sight.",
        )
    on = f" on {in_words(plan.frozen_on)}" if plan.frozen_on else ""
    first = (
        f"The plan was frozen{on}, after these exhibits had been opened: {_listed(plan.opened_before)}."
        if plan.opened_before
        else f"The plan was frozen{on}, before Plainview opened any exhibit of this dossier."
    )
    then = (
        "It is word for word as it was frozen."
        if plan.is_as_frozen
        else "It was changed after it was frozen: what it says now is not what was frozen."
    )
    return (first, then, "That nobody looked at the data in another way cannot be shown from here.")


def beyond_told(page: Page) -> str:
    """How many findings are told further below only."""
    n = len(page.others) - MOST_OTHERS
    if n <= 0:
        return ""
    return f"{_number(n).capitalize()} more {'finding stands' if n == 1 else 'findings stand'} below."


def bounds_told(plan: Plan) -> tuple[tuple[str, str, str], ...]:
    """Check, name, value."""
    return tuple(
        (check, name, str(value)) for check, bounds in plan.bounds.items() for name, value in bounds.items()
    )


def anchor(name: str) -> str:
    """Where a check's evidence stands on the page."""
    return without_version(name).replace(".", "-").replace("_", "-")


def _number(n: int) -> str:
    return COUNTED[n] if n < len(COUNTED) else f"{n:,}"


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)
