"""How much each kind of evidence counts, as the teacher set it.

In:   a piece of evidence.
Out:  its weight, from 0 (enters nothing) to 1 (counts like one answer given alone).
Not here: what is shown. A weight never turns a yes into a no.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plainview.core.learner.piece import Helped, Piece


def _stated_factors() -> Mapping[Helped, float]:
    # With an adult beside her we learn less about what she does alone, yet not nothing.
    return {Helped.NONE: 1.0, Helped.TOOL: 0.7, Helped.PEER: 0.6, Helped.ADULT: 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One number a kind, one factor a help. A piece counts kind times help."""

    answer: float = 1.0
    observation: float = 1.0  # what an adult saw stands beside an answer
    work: float = 1.0
    talk: float = 1.0
    rubric: float = 1.0
    self_assessment: float = 0.3  # a child's own word is heard; it is not yet a showing
    with_help: Mapping[Helped, float] = field(default_factory=_stated_factors)

    def __post_init__(self) -> None:
        for name in ("answer", "observation", "work", "talk", "rubric", "self_assessment"):
            _check(name, getattr(self, name))
        for helped in Helped:
            if helped not in self.with_help:
                raise ValueError(f"Weights, with_help: {helped.value!r} has no factor; give each help one.")
            _check(f"with_help {helped.value}", self.with_help[helped])

    def of(self, piece: Piece) -> float:
        of_kind: float = getattr(self, piece.kind.value)
        return of_kind * self.with_help[piece.helped]


def _check(name: str, weight: float) -> None:
    if not 0 <= weight <= 1:
        raise ValueError(f"Weights, {name}: found {weight!r}, expected a number from 0 to 1.")
