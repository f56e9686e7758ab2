"""Rate alone: a draft that is kept question by question, handed in once, and fixed from then on.

In:   an expert who is independent and has practised; a level from 0 to 4, or why she cannot rate; a note.
Out:  her ballot.
Not here: anyone else's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plainview.core.dossier.bank import HIGHEST, LOWEST, bank
from plainview.desk.experts import letters, policy
from plainview.desk.experts.models import Ballot, Invitation, Rating
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

MOST_LEFT_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The questions about one thing, and how many of them this ballot has settled."""

    about: str
    numbers: tuple[int, ...]
    n_settled: int

    @property
    def is_whole(self) -> bool:
        return self.n_settled == len(self.numbers)


@transaction.atomic
def ballot_of(invitation: Invitation, *, by: Person, at: datetime) -> Ballot:
    """Hers in this round; begun when she first opens it."""
    round_ = policy.check_may_rate(by, invitation, at=at)
    found, is_new = Ballot.objects.get_or_create(
        round=round_, invitation=invitation, defaults={"begun_at": at}
    )
    if is_new:
        write.deed("experts.ballot.begun", by=by.pk, at=at, thing=found.pk)
    return found


@transaction.atomic
def keep(
    ballot: Ballot,
    question: int,
    *,
    level: int | None = None,
    cannot_because: str = "",
    note: str = "",
    by: Person,
    at: datetime,
) -> Rating:
    """A draft is hers alone: the ledger notes that she began and handed in, not each pencil stroke."""
    policy.check_may_rate(by, ballot.invitation, at=at)
    if question not in bank() or not (level is None or LOWEST <= level <= HIGHEST):
        raise Denied(_("There is no such question, or no such level. Nothing was changed."))
    if level is not None and cannot_because:
        raise Denied(_("Give a level, or say why you cannot: not both."))
    said = {"level": level, "cannot_because": cannot_because, "note": note, "at": at}
    kept, _is_new = Rating.objects.update_or_create(ballot=ballot, question=question, defaults=said)
    return kept


@transaction.atomic
def leave_rest(ballot: Ballot, about: str, *, because: str, by: Person, at: datetime) -> int:
    """Someone who knows data law need not guess about reading lessons. How many questions were left so."""
    if not because.strip():
        raise Denied(_("Say why you cannot rate these."))
    there = {one.question: one for one in ballot.ratings.all()}
    numbers = [one.number for one in bank().values() if one.about == about]
    left = [n for n in numbers if n not in there or not there[n].is_settled]
    for number in left:
        note = there[number].note if number in there else ""
        keep(ballot, number, cannot_because=because, note=note, by=by, at=at)
    return len(left)


def hand_in(ballot: Ballot, *, by: Person, at: datetime) -> None:
    """Once. From here on the database refuses any change to it."""
    with durable():
        ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
        round_ = policy.check_may_rate(by, ballot.invitation, at=at)
        left = unsettled(ballot)
        if left:
            raise Denied(_says_what_is_left(left))
        Ballot.objects.filter(pk=ballot.pk).update(handed_in_at=at)
        letters.say_if_all_are_in(round_, at=at)
        write.deed("experts.ballot.handed_in", by=by.pk, at=at, thing=ballot.pk)


def unsettled(ballot: Ballot) -> list[int]:
    settled = {one.question for one in ballot.ratings.all() if one.is_settled}
    return [number for number in bank() if number not in settled]


def _says_what_is_left(left: list[int]) -> str:
    named = ", ".join(map(str, left[:MOST_LEFT_NAMED])) + (" …" if len(left) > MOST_LEFT_NAMED else "")
    return _("%(n)s questions have neither a level nor a reason yet: %(which)s.") % {
        "n": len(left),
        "which": named,
    }


def parts(ratings: Mapping[int, Rating]) -> list[Part]:
    """The parts of the bank in their order."""
    found: dict[str, list[int]] = {}
    for one in bank().values():
        found.setdefault(one.about, []).append(one.number)
    return [
        Part(
            about=about,
            numbers=tuple(numbers),
            n_settled=sum(n in ratings and ratings[n].is_settled for n in numbers),
        )
        for about, numbers in found.items()
    ]
