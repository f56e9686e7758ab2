"""Practice: an expert rates made-up products, and sees afterwards where she and the key differ, and why.

In:   levels for the questions of three made-up products.
Out:  a record: how many were the key's, how many next to it, and how far that is beyond chance.
Not here: a mark. Practice is asked of everyone; a score only where a chair set a bar for a review.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plainview.core.dossier.bank import HIGHEST, LOWEST
from plainview.desk.experts import made_up, policy
from plainview.desk.experts.models import Practice, PracticeRating
from plainview.desk.experts.tasks import weigh_practice
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied, NotSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One answer of practice beside the key."""

    product: str
    question: int
    level: int
    key: int
    why: str
    note: str  # why she chose it

    @property
    def apart(self) -> int:
        return abs(self.level - self.key)


@transaction.atomic
def begin(*, by: Person, at: datetime) -> Practice:
    """The one that is under way; a new one where none is. Practice may be renewed at any time."""
    policy.check_may_practise(by)
    there = Practice.objects.filter(expert=by, finished_at=None).first()
    if (
        there and there.key != made_up.key_name()
    ):  # the products changed meanwhile: what was kept fits no more
        Practice.objects.filter(pk=there.pk).update(key=made_up.key_name())
    return there or Practice.objects.create(expert=by, key=made_up.key_name(), begun_at=at)


@transaction.atomic
def keep(
    practice: Practice,
    product: str,
    levels: Mapping[int, int],
    *,
    by: Person,
    notes: Mapping[int, str] | None = None,
) -> None:
    """Levels of one made-up product, and why. May be changed until practice is finished."""
    policy.check_may_practise(by)
    if practice.expert_id != by.pk:
        raise NotSeen
    if practice.finished_at:
        raise Denied(_("This practice is finished. You may begin another one."))
    known = made_up.key()
    for question, level in levels.items():
        if (product, question) not in known or not LOWEST <= level <= HIGHEST:
            raise Denied(_("There is no such question, or no such level. Nothing was changed."))
        said = {"level": level, "note": (notes or {}).get(question, "")}
        PracticeRating.objects.update_or_create(
            practice=practice, product=product, question=question, defaults=said
        )


def left(practice: Practice) -> list[tuple[str, int]]:
    there = set(practice.ratings.values_list("product", "question"))
    return [place for place in made_up.key() if place not in there]


@transaction.atomic
def finish(practice: Practice, *, by: Person, at: datetime) -> Practice:
    """Once every question has a level. Counting is done here; the coefficient comes from the worker."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    policy.check_may_practise(by)
    if practice.expert_id != by.pk:
        raise NotSeen
    if practice.finished_at:
        raise Denied(_("This practice is finished. You may begin another one."))
    if left(practice):
        raise Denied(_("%(n)s questions have no level yet.") % {"n": len(left(practice))})
    apart = [one.apart for one in compared(practice)]
    practice.finished_at, practice.n_rated = at, len(apart)
    practice.n_exact, practice.n_within_one = apart.count(0), sum(one <= 1 for one in apart)
    practice.save(update_fields=["finished_at", "n_rated", "n_exact", "n_within_one"])
    enqueue(weigh_practice, arguments={"practice_pk": practice.pk}, at=at, key=f"experts.weigh {practice.pk}")
    write.deed("experts.practised", by=by.pk, at=at, thing=practice.pk)
    return practice


def compared(practice: Practice) -> list[Compared]:
    """In the order of the products. Whoever shows this asks first whether practice is finished."""
    said = {(one.product, one.question): one for one in practice.ratings.all()}
    return [
        Compared(
            product=one.slug,
            question=known.question,
            level=said[one.slug, known.question].level,
            note=said[one.slug, known.question].note,
            key=known.level,
            why=known.why,
        )
        for one in made_up.products_here()
        for known in one.key
        if (one.slug, known.question) in said
    ]


def weigh(practice: Practice) -> None:
    """Quadratic-weighted kappa of the expert and the key. A second call changes nothing."""
    from plainview.core.cannot_say import CannotSay
    from plainview.core.measure.agreement.kappa import kappa  # numpy: only a worker gets here

    if practice.finished_at is None or practice.kappa is not None or practice.kappa_why_not:
        return
    rows = compared(practice)
    found = kappa([one.level for one in rows], [one.key for one in rows], weights="quadratic")
    if isinstance(found, CannotSay):
        said = {"kappa_why_not": found.reason[:300]}
    else:
        low, high = found.interval.low, found.interval.high
        said = {"kappa": found.value, "kappa_low": low, "kappa_high": high}
    Practice.objects.filter(pk=practice.pk).update(**said)
