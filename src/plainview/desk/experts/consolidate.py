"""After the ratings are open: each may think again once, and the chair notes where they stand.

In:   a round that is open.
Out:  second thoughts beside the first; the consolidated level of a question, or that they stay apart.
Not here: agreement. It is that of the blind ratings, and no talk changes it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plainview.core.dossier.bank import HIGHEST, LOWEST, bank
from plainview.desk.experts import export, policy
from plainview.desk.experts.models import Ballot, Consolidated, Revision, Round
from plainview.desk.experts.table import Row, rows
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


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
    export.put_into_dossier(ballot.round.review)
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
    said = {"level": level, "why": why, "by": by, "at": at}
    kept, _is_new = Consolidated.objects.update_or_create(
        round=round_, question=question, defaults=said, create_defaults=said | {"review": round_.review}
    )
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
