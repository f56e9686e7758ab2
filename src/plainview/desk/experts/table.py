"""A round that is open, question by question: what each said alone, what she said again, what was settled.

In:   a round.
Out:  a row a question.
Not here: who may look (policy.check_may_see_together), and the deeds (consolidate).
"""

from dataclasses import dataclass

from plainview.core.dossier.bank import bank
from plainview.desk.experts import policy
from plainview.desk.experts.models import Consolidated, Rating, Revision, Round


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
