"""Conditions: what must be done, by whom, by when, what proves it; and what became of it.

In:   words in both languages, an owner, a deadline; later a change with its evidence.
Out:  rows that are added, never changed; once the product is published, an event that everyone can read.
Not here: being overdue (clock), letters (letters).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.desk.published import freeze
from plainview.desk.published.models import Event, Publication
from plainview.desk.reviews.models import Exhibit, Product, Review, Run, Stage
from plainview.desk.verdicts import clock, policy, tasks
from plainview.desk.verdicts.clock import MAY_FOLLOW, Status
from plainview.desk.verdicts.found import found, read, without_version
from plainview.desk.verdicts.models import SENTENCE, Change, Condition, Proof
from plainview.desk.verdicts.tongues import Both
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

EVENT_OF = {
    Change.Kind.MET: Event.Kind.CONDITION_MET,
    Change.Kind.BREACHED: Event.Kind.CONDITION_BREACHED,
    Change.Kind.WITHDRAWN: Event.Kind.CONDITION_WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows it: an exhibit that was handed over, or a check that found it."""

    exhibit: str = ""  # its hash
    finding: str = ""  # the check's name

    @property
    def is_there(self) -> bool:
        return bool(self.exhibit or self.finding)


def set_condition(
    review: Review,
    *,
    words: Both,
    owner: str,
    deadline: date,
    proves: Both,
    claim: str = "",
    check: str = "",
    by: Person,
    at: datetime,
) -> Condition:
    """A new condition of the product. The same words with the same day once more are the same condition."""
    policy.check_may_conclude(by, review)
    words, proves, owner = words.stripped(), proves.stripped(), owner.strip()
    _check_written(words, proves, owner)
    if deadline <= timezone.localdate(at):
        raise Denied(_("Choose a deadline that lies ahead."))
    check = _check_rests(review, claim, check)
    said = {
        "words_en": words.en,
        "words_es": words.es,
        "owner": owner,
        "deadline": deadline,
        "proves_en": proves.en,
        "proves_es": proves.es,
        "claim": claim,
        "check_name": check,
    }
    with durable():
        Product.objects.select_for_update().get(pk=review.product_id)
        if there := Condition.objects.filter(review=review, changes=None, **said).first():
            return there
        number = (review.product.conditions.aggregate(last=Max("number"))["last"] or 0) + 1
        made = Condition.objects.create(
            review=review, product=review.product, number=number, **said, by=by, at=at
        )
        tasks.set_alarms(made, at=at)
        write.deed("verdicts.condition_set", by=by.pk, at=at, thing=made.pk)
    return made


def change(
    condition: Condition, *, kind: str, why: Both, by: Person, at: datetime, evidence: Evidence = Evidence()
) -> Change:
    """Met, breached or withdrawn. Met and breached need evidence; all need a person and a reason."""
    policy.check_leads(by, condition.review)
    why = why.stripped()
    if not (why.en and why.es):
        raise Denied(_("Say why in English and in Spanish: it will be public."))
    _check_evidence(condition, Change.Kind(kind), evidence)
    with durable():
        condition = Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
        now = clock.status(condition, on=timezone.localdate(at))
        if now.value == kind:
            return condition.changes.latest("pk")
        if kind not in MAY_FOLLOW[now]:
            raise Denied(_("This condition is %(now)s. It cannot become that any more.") % {"now": now.label})
        made = Change.objects.create(
            condition=condition,
            kind=kind,
            why_en=why.en,
            why_es=why.es,
            exhibit=evidence.exhibit,
            finding=evidence.finding,
            by=by,
            at=at,
        )
        _tell_everyone(made, at=at)
        write.deed("verdicts.condition_changed", by=by.pk, at=at, thing=made.pk)
    return made


def met(condition: Condition, *, evidence: Evidence, why: Both, by: Person, at: datetime) -> Change:
    return change(condition, kind=Change.Kind.MET, why=why, by=by, at=at, evidence=evidence)


def breached(condition: Condition, *, evidence: Evidence, why: Both, by: Person, at: datetime) -> Change:
    return change(condition, kind=Change.Kind.BREACHED, why=why, by=by, at=at, evidence=evidence)


def withdrawn(condition: Condition, *, why: Both, by: Person, at: datetime) -> Change:
    return change(condition, kind=Change.Kind.WITHDRAWN, why=why, by=by, at=at)


def of_product(product: Product) -> list[Condition]:
    """All that were ever set, over all its reviews, in order."""
    return list(product.conditions.order_by("number").prefetch_related("changes"))


def beside(review: Review) -> list[Condition]:
    """Those that stand with a review: its own, and those that were public before it."""
    earlier = Q(review__stage=Stage.PUBLISHED, review__lt=review.pk)
    rows = review.product.conditions.filter(Q(review=review) | earlier)
    return list(rows.order_by("number").prefetch_related("changes"))


def binding(product: Product, *, on: date) -> list[Condition]:
    """Those that bind on that day."""
    return [one for one in of_product(product) if clock.status(one, on=on) in (Status.OPEN, Status.OVERDUE)]


def may_prove(condition: Condition) -> tuple[list[Exhibit | Proof], list[str]]:
    """What can be named as evidence: exhibits of the product, and checks that found something about it."""
    reviews = Review.objects.filter(product=condition.product_id)
    exhibits = Exhibit.objects.filter(review__in=reviews, replaced_at=None).order_by("-handed_over_at")
    names = {
        one.check
        for run in Run.objects.filter(review__in=reviews, state=Run.State.DONE)
        for one in read(run.findings).checks
        if one.findings
    }
    return [*condition.proofs.order_by("-pk"), *exhibits], sorted(names)


def _check_written(words: Both, proves: Both, owner: str) -> None:
    if not (words.en and words.es and proves.en and proves.es):
        raise Denied(_("A condition needs its words, and what proves it, in English and in Spanish."))
    if not owner:
        raise Denied(_("Say who is to do it."))
    if max(map(len, (words.en, words.es, proves.en, proves.es))) > SENTENCE:
        raise Denied(_("A sentence has at most %(n)s letters.") % {"n": SENTENCE})


def _check_rests(review: Review, claim: str, check: str) -> str:
    """The claim and the check that a condition rests on are there. The check is told with its version."""
    what = found(review)
    known = what.check(check) if what and check else None
    if check and known is None:
        raise Denied(_("The check %(name)s was not asked in this review.") % {"name": check})
    if claim and not (what and what.claim(claim)):
        raise Denied(_("This review holds no claim %(name)s.") % {"name": claim})
    if not (claim or check):
        raise Denied(_("A condition rests on a claim or on a check: name one."))
    return known.check if known else ""


def _check_evidence(condition: Condition, kind: Change.Kind, evidence: Evidence) -> None:
    if kind == Change.Kind.WITHDRAWN:
        return
    if not evidence.is_there:
        raise Denied(_("That needs evidence: an exhibit, or a finding."))
    exhibits, checks = may_prove(condition)
    if evidence.exhibit and evidence.exhibit not in {one.sha256 for one in exhibits}:
        raise Denied(_("No exhibit of this product has that hash."))
    if evidence.finding and without_version(evidence.finding) not in map(without_version, checks):
        raise Denied(_("No check of that name found anything in this product’s reviews."))


def _tell_everyone(made: Change, *, at: datetime) -> None:
    """An event beside the frozen page. Before the first publication there is nobody to tell."""
    product = made.condition.product
    if Publication.objects.filter(product=product.slug).exists():
        freeze.note_event(
            product=product.slug,
            at=at,
            kind=EVENT_OF[Change.Kind(made.kind)],
            condition=made.condition.code,
            words={"en": made.why_en, "es": made.why_es},
        )
