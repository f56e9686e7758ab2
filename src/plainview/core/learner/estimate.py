"""From the pieces of one student on one competency to an estimate that carries its doubt.

In:   pieces of evidence in any order, the prior of a skill's four numbers, the teacher's weights.
Out:  P(known) with its 90 % range, n, variety, age, state; what each piece did; how age widens it.
Not here: grades, placements, what to do next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from plainview.core.learner import belief as believed
from plainview.core.learner.bkt import SkillPrior
from plainview.core.learner.piece import Kind, Piece, in_order
from plainview.core.learner.states import Rules, Seen, State, further, state
from plainview.core.learner.weights import Weights

__all__ = ["MODEL", "Aged", "Estimate", "Rules", "State", "StepOfEstimate", "aged", "estimate", "explain"]

MODEL = "bkt/1"
PRIOR, WEIGHTS, RULES = SkillPrior(), Weights(), Rules()
OLD_AFTER_DAYS = 42  # six weeks: about what a half-term holds
HALF_WIDE_AFTER_DAYS = 84  # after twelve weeks of silence each end has moved half its way out


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the pieces say a student knows of one competency. Never a grade."""

    p_known: float
    low: float  # 90 % range, for the doubt about the skill's four numbers
    high: float
    n_pieces: int
    n_kinds: int
    n_days: int
    newest_on: date | None
    kinds: tuple[Kind, ...]
    enough: bool  # False: pages say "not enough to say"
    state: State  # what the evidence says now; today's date does not enter
    earned: State  # the furthest state the evidence ever reached; never withdrawn
    model: str


def estimate(
    pieces: Sequence[Piece],
    *,
    prior: SkillPrior = PRIOR,
    weights: Weights = WEIGHTS,
    rules: Rules = RULES,
) -> Estimate:
    """The estimate after all pieces. No piece at all is an answer too: we have not looked."""
    ordered = in_order(pieces)
    seen, now, last, earned = Seen(), State.NOT_LOOKED, believed.before(prior), State.NOT_LOOKED
    terms = ((piece.shown, weights.of(piece)) for piece in ordered)
    for piece, last in zip(ordered, believed.after_each(terms, prior), strict=True):
        seen.add(piece, rules)
        if earned is not State.STEADY or piece is ordered[-1]:
            now = state(seen, last, rules)
            earned = further(earned, now)
    low, high = last.range
    kinds = tuple(kind for kind in Kind if any(piece.kind is kind for piece in ordered))
    return Estimate(
        p_known=last.p_known,
        low=low,
        high=high,
        n_pieces=len(ordered),
        n_kinds=len(kinds),
        n_days=len({piece.on for piece in ordered}),
        newest_on=ordered[-1].on if ordered else None,
        kinds=kinds,
        enough=seen.is_enough(rules),
        state=now,
        earned=earned,
        model=MODEL,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOfEstimate:
    """What one piece did. The last step ends where the estimate stands."""

    piece: Piece
    weight: float
    p_before: float
    p_after_evidence: float
    p_after: float  # after the chance to learn
    low: float  # the 90 % range after the piece
    high: float
    log_odds: float  # what the piece added to the log-odds of "known": exactly additive


def explain(
    pieces: Sequence[Piece], *, prior: SkillPrior = PRIOR, weights: Weights = WEIGHTS
) -> tuple[StepOfEstimate, ...]:
    """Piece by piece, oldest first."""
    ordered = in_order(pieces)
    steps: list[StepOfEstimate] = []
    p_before = believed.before(prior).p_known
    terms = [(piece.shown, weights.of(piece)) for piece in ordered]
    for piece, (_, weight), now in zip(ordered, terms, believed.after_each(terms, prior), strict=True):
        steps.append(
            StepOfEstimate(
                piece=piece,
                weight=weight,
                p_before=p_before,
                p_after_evidence=now.p_after_evidence,
                p_after=now.p_known,
                low=now.range[0],
                high=now.range[1],
                log_odds=_logit(now.p_after_evidence) - _logit(p_before),
            )
        )
        p_before = now.p_known
    return tuple(steps)


def _logit(p: float) -> float:
    # Kept off the walls: hundreds of equal answers may round to certainty, which no evidence gives.
    p = min(max(p, 1e-15), 1 - 1e-15)
    return log(p / (1 - p))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """The same estimate, read on a later day."""

    low: float
    high: float
    days: int  # since the newest piece
    is_old: bool


def aged(estimate: Estimate, *, on: date) -> Aged:
    """Silence widens the range towards 0 and 1: she may have forgotten, or learned elsewhere."""
    days = max(0, (on - estimate.newest_on).days) if estimate.newest_on else 0
    way_out = days / (days + HALF_WIDE_AFTER_DAYS)
    return Aged(
        low=estimate.low * (1 - way_out),
        high=estimate.high + (1 - estimate.high) * way_out,
        days=days,
        is_old=days > OLD_AFTER_DAYS,
    )
