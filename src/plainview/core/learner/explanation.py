"""What moved a prediction: the pieces, in the model's own terms, and what each of them did.

In:   a base, and the parts that a model adds to it.
Out:  one frozen explanation, the same shape for every model, and the sentences that a page shows.
Not here: how a model finds its parts. Each model's ``explain`` does.
"""

from dataclasses import dataclass
from math import exp, fsum

LOG_ODDS = "log-odds"
SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that the model looked at, and how far it moved the prediction."""

    what: str  # in words: "answers right so far at this skill"
    value: float  # what the log says of it, in its own unit
    moved: float  # on the explanation's scale: above 0 towards a right answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Where a prediction comes from. On its scale, ``base`` and all ``moved`` add up to the prediction."""

    row: int
    p: float  # 0..1, that the answer is right
    base: float  # what the model would say with nothing known of the parts, on the scale
    parts: tuple[Part, ...]
    scale: str = LOG_ODDS

    @property
    def total(self) -> float:
        """Base and parts, added up without loss."""
        return fsum((self.base, *(part.moved for part in self.parts)))

    def largest(self, n: int) -> tuple[Part, ...]:
        """The ``n`` parts that moved it most, the strongest first; ties stay in the model's order."""
        return tuple(sorted(self.parts, key=lambda part: -abs(part.moved))[:n])

    def sentences(self, n: int = 3) -> tuple[str, ...]:
        """The prediction, then its strongest parts, to be read aloud."""
        first = f"The model expects a right answer in {round(100 * self.p)} of 100 such cases."
        return (first, *(_sentence(part, self.scale) for part in self.largest(n) if part.moved))


def probability(log_odds: float) -> float:
    """0..1 from log-odds, without overflow at either end."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    return exp(log_odds) / (1 + exp(log_odds))


def additive(*, row: int, base: float, parts: tuple[Part, ...]) -> Explanation:
    """An explanation whose probability is made from its own parts, so that they add up to it exactly."""
    log_odds = fsum((base, *(part.moved for part in parts)))
    return Explanation(row=row, p=probability(log_odds), base=base, parts=parts)


def _sentence(part: Part, scale: str) -> str:
    way = "towards right" if part.moved > 0 else "towards wrong"
    if scale == LOG_ODDS:
        return f"{part.what} ({part.value:g}): odds times {exp(part.moved):.2f}, {way}."
    return f"{part.what} ({part.value:g}): {100 * part.moved:+.0f} points, {way}."
