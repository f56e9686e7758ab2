"""ExpOppNeed: how many attempts a model expects a student to need until it holds a skill mastered.

In:   the four numbers of a skill, a criterion.
Out:  the sum over t of t P(P(known) first reaches the criterion at t), and what share never reaches it.
Not here: what students did (over_practice).

The tree of answers has 2**t leaves. Answers that lead to the same P(known) go on alike, so states are merged:
each lies between two of 4,000 and is shared out to them so that its mean stays.

Source: Lee & Brunskill (2012), The impact on individualizing student models on necessary practice
opportunities, EDM 2012, 118-125.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.bkt import Skill

CHECK = "adaptivity.expected_opportunities/1"
MOST_ATTEMPTS = 200
STATES = 4_000
NOBODY = 1e-9  # of the students: so few change no digit that is shown
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    attempts: float  # until the criterion; those who have not reached it count with the most attempts
    never: float  # share that has not reached it after so many, 0..1


def expected_opportunities(skill: Skill, *, criterion: float = 0.95, most: int = MOST_ATTEMPTS) -> Expected:
    """Recursion over the answers of a student who is as the model says."""
    if skill.p_known >= criterion:
        return Expected(attempts=0.0, never=0.0)
    p = np.arange(STATES + 1) / STATES
    p_right = p * (1 - skill.p_slip) + (1 - p) * skill.p_guess
    ways = [(p_right, _after(p, True, skill)), (1 - p_right, _after(p, False, skill))]
    mass, expected = _shared(np.array([skill.p_known]), np.ones(1)), 0.0
    for t in range(1, most + 1):
        then = np.zeros(STATES + 1)
        for chance, after in ways:
            moved = mass * chance
            there = after >= criterion
            expected += t * float(moved[there].sum())
            then += _shared(after[~there], moved[~there])
        mass = then
        if mass.sum() < NOBODY:
            break
    never = float(mass.sum())
    return Expected(attempts=expected + most * never, never=never)


def _after(p: Floats, right: bool, skill: Skill) -> Floats:
    """P(known) after one answer (Corbett & Anderson 1995), for all states."""
    known = p * ((1 - skill.p_slip) if right else skill.p_slip)
    whole = known + (1 - p) * (skill.p_guess if right else 1 - skill.p_guess)
    after = np.divide(known, whole, out=p.copy(), where=whole > 0)
    found: Floats = after + (1 - after) * skill.p_learn
    return found


def _shared(at: Floats, mass: Floats) -> Floats:
    """Mass at places between states, shared out to the two next to it."""
    place = at * STATES
    low = np.minimum(place.astype(np.int64), STATES - 1)
    part = place - low
    out = np.bincount(low, mass * (1 - part), minlength=STATES + 1)
    out += np.bincount(low + 1, mass * part, minlength=STATES + 1)
    found: Floats = out.astype(np.float64)
    return found
