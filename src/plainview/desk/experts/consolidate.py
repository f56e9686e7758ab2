"""After the ratings are open: each may think again once, and the chair notes where they stand.

In:   a round that is open.
Out:  second thoughts beside the first; the consolidated level of a question, or that they stay apart.
Not here: agreement. It is that of the blind ratings, and no talk changes it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plainview.core.dossier.bank import HIGHEST, LOWEST, bank
from plainview.desk.experts import policy
from plainview.desk.experts.models import Ballot, Consolidated, Rating, Revision, Round
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one expert said to a question: first alone, then perhaps again."""

    letter: str
    first: Rating
    again: Revision | None

    @property
    def level(self) -> int | None:
        return self.again.level if self.again else self.first.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question, all that was said to it, and what the chair noted."""

    number: int
    said: tuple[Said, ...]
    settled: Consolidated | None

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(sorted(one.level for one in self.said if one.level is not None))

    @property
    def is_apart(self) -> bool:
        return len(set(self.levels)) > 1

    @property
    def is_wide(self) -> bool:
        """Two levels or more between the highest and the lowest: worth the talk's time."""
        return self.is_apart and self.levels[-1] - self.levels[0] > 1


def rows(round_: Round) -> list[Row]:
    """By question. Whoever calls this has asked ``policy.check_may_see_together``."""
    ballots = list(policy.counted(round_).select_related("invitation").order_by("invitation__pk"))
    first = {(one.ballot_id, one.question): one for one in Rating.objects.filter(ballot__in=ballots)}
    again = {(one.ballot_id, one.question): one for one in Revision.objects.filter(ballot__in=ballots)}
    settled = {one.question: one for one in round_.consolidated.all()}
    return [
        Row(
            number=number,
            said=tuple(
                Said(
                    letter=one.invitation.letter,
                    first=first[one.pk, number],
                    again=again.get((one.pk, number)),
                )
                for one in ballots
                if (one.pk, number) in first
            ),
            settled=settled.get(number),
        )
        for number in bank()
    ]


@transaction.atomic
def revise(
    ballot: Ballot, question: int, *, level: int | None, because: str, by: Person, at: datetime
) -> Revision:
    """Once a question. The first rating stays where it is."""
    policy.check_may_revise(by, ballot)
    _check_level(question, level)
    if not because.strip():
        raise Denied(_("Say what made you think again."))
    if ballot.revisions.filter(question=question).exists():
        raise Denied(_("You have thought again about this question once already."))
    first = ballot.ratings.get(question=question)
    if first.level == level:
        raise Denied(_("That is what you said the first time."))
    made = Revision.objects.create(ballot=ballot, question=question, level=level, because=because, at=at)
    write.deed("experts.revised", by=by.pk, at=at, thing=ballot.pk)
    return made


@transaction.atomic
def note(
    round_: Round, question: int, *, level: int | None, why: str, by: Person, at: datetime
) -> Consolidated:
    """The level they settled on; none, where they stay apart. Until the verdict it may be noted anew."""
    policy.check_may_consolidate(by, round_)
    _check_level(question, level)
    if not why.strip():
        raise Denied(_("Say how they came to this."))
    said = {"review": round_.review, "level": level, "why": why, "by": by, "at": at}
    kept, _is_new = Consolidated.objects.update_or_create(round=round_, question=question, defaults=said)
    write.deed("experts.consolidated", by=by.pk, at=at, thing=round_.pk)
    return kept


@transaction.atomic
def note_those_alike(round_: Round, *, by: Person, at: datetime) -> int:
    """Where three or more gave a level and all gave the same one, there is nothing to talk about."""
    policy.check_may_consolidate(by, round_)
    alike = [one for one in rows(round_) if _is_plain(one)]
    for one in alike:
        note(round_, one.number, level=one.levels[0], why=_("All gave this level."), by=by, at=at)
    return len(alike)


def _is_plain(row: Row) -> bool:
    return row.settled is None and len(row.levels) >= policy.FEWEST_RATERS and not row.is_apart


def _check_level(question: int, level: int | None) -> None:
    if question not in bank() or not (level is None or LOWEST <= level <= HIGHEST):
        raise Denied(_("There is no such question, or no such level. Nothing was changed."))
