"""Estimates held against the truth, where the truth is known.

In:   estimates of simulated students, and what they truly knew.
Out:  how often the range covers the truth; whether "70 in 100" happens 70 times in 100; how often a
      state is right. Each with its interval and its n.
Not here: real students, whose truth nobody knows; and any order of students.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.learner.estimate import Estimate
from plainview.core.learner.states import State
from plainview.core.stats.interval import Share, wilson


def coverage(estimates: Sequence[Estimate], p_known: Sequence[float]) -> Share:
    """How often the stated range holds the P(known) of one who knew the skill's four numbers."""
    pairs = list(zip(estimates, p_known, strict=True))
    return wilson(n_hits=sum(one.low <= truth <= one.high for one, truth in pairs), n=len(pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The estimates between two values: what they said, and what was so."""

    low: float
    high: float
    said: float  # mean P(known)
    knew: Share


def calibration(estimates: Sequence[Estimate], knows: Sequence[bool], *, n_bins: int = 5) -> tuple[Bin, ...]:
    """Empty bins are left out."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(n_bins)]
    for one, knew in zip(estimates, knows, strict=True):
        bins[min(n_bins - 1, int(one.p_known * n_bins))].append((one.p_known, knew))
    return tuple(
        Bin(
            low=i / n_bins,
            high=(i + 1) / n_bins,
            said=sum(p for p, _ in held) / len(held),
            knew=wilson(n_hits=sum(knew for _, knew in held), n=len(held)),
        )
        for i, held in enumerate(bins)
        if held
    )


def by_state(estimates: Sequence[Estimate], knows: Sequence[bool]) -> dict[State, Share]:
    """Of those in a state, how many truly know. States that nobody is in are left out."""
    found: dict[State, list[bool]] = {}
    for one, knew in zip(estimates, knows, strict=True):
        found.setdefault(one.state, []).append(knew)
    return {state: wilson(n_hits=sum(found[state]), n=len(found[state])) for state in State if state in found}


def brier(estimates: Sequence[Estimate], knows: Sequence[bool]) -> float:
    """The mean squared distance between P(known) and the truth: 0 is perfect, 0.25 is a coin."""
    pairs = list(zip(estimates, knows, strict=True))
    return sum((one.p_known - knew) ** 2 for one, knew in pairs) / len(pairs)
