"""What experts said, and whether they said the same.

In:   ratings of several raters on the questions of the bank.
Out:  each question with its spread; a score only where the raters agree well enough.
Not here: coefficients (core.measure.agreement), people (the desk).

Three raters or more, each alone. Ordinal Krippendorff's alpha over all questions that two or more have rated:
.80 or more may be relied on, from .667 on it is tentative, below that the spread is shown and no score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.bank import bank
from plainview.core.dossier.dossier import Rating
from plainview.core.measure.agreement.krippendorff import krippendorff
from plainview.core.measure.agreement.ratings import RELY, TENTATIVE, Agreement
from plainview.core.plural import counted, part_of

FEWEST_RATERS = 3
CHECK = "experts.agreement/1"
QUESTION = "Do the experts rate alike?"


class Standing(StrEnum):
    """How far the ratings carry."""

    RELY = "may be relied on"
    TENTATIVE = "tentative"
    SPREAD = "too far apart for a score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One question and how it was rated."""

    number: int
    asks: str
    levels: tuple[int, ...]  # of each rater, in order of size
    score: float | None  # the median; None where the raters are too far apart, or too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Experts:
    """All that experts said."""

    standing: Standing | None  # None where agreement cannot be said
    agreement: Agreement | CannotSay
    n_raters: int
    rated: tuple[Rated, ...]
    sentence: str


def experts(ratings: Sequence[Rating], *, seed: int, draws: int) -> Experts | None:
    """None where nobody rated anything."""
    if not ratings:
        return None
    raters = sorted({one.rater for one in ratings})
    numbers = sorted({one.question for one in ratings})
    agreement = _agreement(ratings, raters, numbers, seed=seed, draws=draws)
    standing = None if isinstance(agreement, CannotSay) else _standing(agreement)
    may_score = standing in (Standing.RELY, Standing.TENTATIVE)
    return Experts(
        standing=standing,
        agreement=agreement,
        n_raters=len(raters),
        rated=tuple(_rated(number, ratings, may_score=may_score) for number in numbers),
        sentence=_sentence(agreement, standing, len(raters), len(numbers)),
    )


def _agreement(
    ratings: Sequence[Rating], raters: Sequence[str], numbers: Sequence[int], *, seed: int, draws: int
) -> Agreement | CannotSay:
    if len(raters) < FEWEST_RATERS:
        reason = f"{len(raters)} {'rater has' if len(raters) == 1 else 'raters have'} rated"
        need = f"at least {FEWEST_RATERS}, each alone"
        return CannotSay(question=QUESTION, reason=reason, would_need=need, check=CHECK)
    table = np.full((len(numbers), len(raters)), np.nan)
    for one in ratings:
        table[numbers.index(one.question), raters.index(one.rater)] = one.level
    return krippendorff(table, scale="ordinal", seed=seed, n_draws=draws)


def _standing(found: Agreement) -> Standing:
    if found.value >= RELY:
        return Standing.RELY
    return Standing.TENTATIVE if found.value >= TENTATIVE else Standing.SPREAD


def _rated(number: int, ratings: Sequence[Rating], *, may_score: bool) -> Rated:
    levels = sorted(one.level for one in ratings if one.question == number)
    score = float(median(levels)) if may_score and len(levels) >= FEWEST_RATERS else None
    return Rated(number=number, asks=bank()[number].asks, levels=tuple(levels), score=score)


def _sentence(
    agreement: Agreement | CannotSay, standing: Standing | None, n_raters: int, n_questions: int
) -> str:
    who = f"{counted(n_raters, 'expert')} rated {part_of(n_questions, len(bank()), 'question')}."
    if isinstance(agreement, CannotSay):
        need = f"it would need {agreement.would_need}"
        return f"{who} Whether they agree cannot be said: {agreement.reason}; {need}."
    return f"{who} {CARRY[standing]}" if standing else who


CARRY = {
    Standing.RELY: "They agree well enough to rely on.",
    Standing.TENTATIVE: "They agree well enough for a first view only.",
    Standing.SPREAD: "They are too far apart for a score: how they spread is shown instead.",
}
