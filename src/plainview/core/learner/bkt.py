"""Bayesian Knowledge Tracing: from the pieces on one skill to how likely it is known.

In:   what one student showed of one skill, in order; the four numbers of the skill.
Out:  a probability after each piece, and the steps that led there; and what is held of the
      four numbers before any piece is seen.
Not here: what the student does next. A rule may suggest; a teacher decides.

Source: Corbett & Anderson (1995), User Modeling and User-Adapted Interaction 4, 253-278.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from plainview.core.stats.quadrature import gauss_legendre


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """The four numbers of one skill, each a probability."""

    p_known: float  # known before the first piece
    p_learn: float  # becomes known at one piece, if it was not
    p_guess: float  # shown though not known
    p_slip: float  # not shown though known


def after_answer(p_known: float, right: bool, skill: Skill) -> float:
    """P(known) after one answer (Corbett & Anderson 1995, equations 2 and 3)."""
    if right:
        known, unknown = p_known * (1 - skill.p_slip), (1 - p_known) * skill.p_guess
    else:
        known, unknown = p_known * skill.p_slip, (1 - p_known) * (1 - skill.p_guess)
    # An answer that the model holds impossible (0/0) tells nothing; the chance to learn remains.
    p_known_then = known / (known + unknown) if known + unknown else p_known
    return p_known_then + (1 - p_known_then) * skill.p_learn


def if_known(shown: float, weight: float, p_slip: float) -> float:
    """How likely the piece is if known: weight w counts as w answers; partly is part right, part wrong."""
    return float((1 - p_slip) ** (weight * shown) * p_slip ** (weight * (1 - shown)))


def if_unknown(shown: float, weight: float, p_guess: float) -> float:
    return float(p_guess ** (weight * shown) * (1 - p_guess) ** (weight * (1 - shown)))


def learns(weight: float, p_learn: float) -> float:
    """A piece that counts w gives w chances to learn; else a child's "not yet" could raise her estimate."""
    return p_learn if weight == 1 else float(1 - (1 - p_learn) ** weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one piece did, at the stated four numbers."""

    shown: float
    weight: float
    p_before: float
    if_known: float
    if_unknown: float
    p_after_evidence: float
    p_after: float  # after the chance to learn


def trace(shown: Iterable[float | tuple[float, float]], skill: Skill) -> tuple[Step, ...]:
    """The steps, piece by piece. A piece is what was shown (0..1), or a pair of shown and weight."""
    steps: list[Step] = []
    p_known = skill.p_known
    for one in shown:
        what, weight = one if isinstance(one, tuple) else (one, 1.0)
        steps.append(_step(p_known, float(what), weight, skill))
        p_known = steps[-1].p_after
    return tuple(steps)


def _step(p_known: float, shown: float, weight: float, skill: Skill) -> Step:
    likely_known = if_known(shown, weight, skill.p_slip)
    likely_unknown = if_unknown(shown, weight, skill.p_guess)
    known, unknown = p_known * likely_known, (1 - p_known) * likely_unknown
    # As in after_answer: what the model holds impossible tells nothing.
    p_then = known / (known + unknown) if known + unknown else p_known
    return Step(
        shown=shown,
        weight=weight,
        p_before=p_known,
        if_known=likely_known,
        if_unknown=likely_unknown,
        p_after_evidence=p_then,
        p_after=p_then + (1 - p_then) * learns(weight, skill.p_learn),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta:
    """What is held of one probability before any piece: Beta(a, b), cut off at a cap."""

    a: float
    b: float
    cap: float = 1.0

    def __post_init__(self) -> None:
        if not (self.a >= 1 and self.b >= 1 and 0 < self.cap <= 1):
            raise ValueError(f"{self}: expected a >= 1, b >= 1 and a cap above 0, at most 1.")

    def density(self, x: float) -> float:
        """Up to a constant: whoever weighs with it divides by the sum of the weights."""
        return float(x ** (self.a - 1) * (1 - x) ** (self.b - 1))

    def nodes(self, n: int) -> tuple[tuple[float, float], ...]:
        """``n`` values, each with its share of belief (Gauss-Legendre over the span)."""
        low, high = self._span()
        values = [low + (high - low) * (x + 1) / 2 for x, _ in gauss_legendre(n)]
        weights = [w * self.density(x) for x, (_, w) in zip(values, gauss_legendre(n), strict=True)]
        return tuple((x, w / sum(weights)) for x, w in zip(values, weights, strict=True))

    def mean(self) -> float:
        return sum(x * w for x, w in self.nodes(64))

    def draw(self, chance: random.Random) -> float:
        while (x := chance.betavariate(self.a, self.b)) > self.cap:
            pass
        return x

    def _span(self) -> tuple[float, float]:
        """Five standard deviations about the mean, so that a narrow belief still gets all its values."""
        n = self.a + self.b
        mean, sd = self.a / n, sqrt(self.a * self.b / (n * n * (n + 1)))
        low = max(0.0, mean - 5 * sd)
        return (low if low < self.cap else 0.0), min(self.cap, mean + 5 * sd)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPrior:
    """What is held of a skill's four numbers before any piece is seen.

    Weak on purpose: with 25 students, fitting without priors loses to a constant. Guess and slip
    stop at a half, or "shown" would speak against "known".
    """

    known: Beta = Beta(a=2, b=2)
    learn: Beta = Beta(a=2, b=5)
    guess: Beta = Beta(a=2, b=4, cap=0.5)
    slip: Beta = Beta(a=2, b=6, cap=0.5)

    def mean(self) -> Skill:
        return Skill(
            p_known=self.known.mean(),
            p_learn=self.learn.mean(),
            p_guess=self.guess.mean(),
            p_slip=self.slip.mean(),
        )

    def draws(self, n: int, *, seed: int) -> tuple[Skill, ...]:
        chance = random.Random(seed)
        return tuple(self.draw(chance) for _ in range(n))

    def draw(self, chance: random.Random) -> Skill:
        return Skill(
            p_known=self.known.draw(chance),
            p_learn=self.learn.draw(chance),
            p_guess=self.guess.draw(chance),
            p_slip=self.slip.draw(chance),
        )
