"""ExpOppNeed: how many attempts a model expects a student to need until it holds a skill mastered.

In:   the four numbers of a skill, a criterion; sequences, for what students did make.
Out:  the sum over t of t P(P(known) first reaches the criterion at t), and what share never reaches it.
Not here: what comes after it (over_practice).

The tree of answers has 2**t leaves. Answers that lead to the same P(known) go on alike, so states are merged:
each lies between two of 4,000 and is shared out to them so that its mean stays.

Source: Lee & Brunskill (2012), The impact on individualizing student models on necessary practice
opportunities, EDM 2012, 118-125.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.ranges import sum_range
from plainview.core.audit.adaptivity.sequences import Sequences
from plainview.core.learner.bkt import Skill
from plainview.core.stats.clustered import Influence
from plainview.core.stats.interval import Interval

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHECK = "adaptivity.expected_opportunities/1"
MOST_ATTEMPTS = 200
STATES = 4_000
NOBODY = 1e-9  # of the students: so few change no digit that is shown
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    attempts: float  # until the criterion; those who have not reached it count with the most attempts
    never: float  # share that has not reached it after so many, 0..1


def expected_opportunities(skill: Skill, *, criterion: float = 0.95, most: int = MOST_ATTEMPTS) -> Expected:
    """Recursion over the answers of a student who is as the model says."""
    if skill.p_known >= criterion:
        return Expected(attempts=0.0, never=0.0)
    step = _step(skill, criterion)
    places, parts = _between(np.array([skill.p_known]))
    mass = np.zeros(STATES + 1)
    mass[places[:, 0]] = parts[:, 0]
    expected, there = 0.0, 1.0
    # The sum over t of t P(first at t) is that over t of P(not yet after t), and quicker to add up.
    for _ in range(most):
        expected += there
        mass = step @ mass
        there = float(mass.sum())
        if there < NOBODY:
            break
    return Expected(attempts=expected, never=there)


def mean_of(expected: Sequence[Expected]) -> float:
    """Each skill counts alike."""
    return sum(one.attempts for one in expected) / len(expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Attempts that students did make."""

    of_skills: tuple[float, ...]  # mean over the students of each skill; 0 where nobody worked at it
    mean: float  # over the skills that somebody worked at
    interval: Interval | None


def made(found: Sequences) -> Made:
    """The mean of means, and how far each student moves it."""
    total = np.bincount(found.skill, found.lengths, minlength=found.n_skills)
    n = np.bincount(found.skill, minlength=found.n_skills)
    of_skills = total / np.maximum(n, 1)
    n_there = max(int((n > 0).sum()), 1)
    moved = found.by_student((found.lengths - of_skills[found.skill]) / n[found.skill] / n_there)
    n_of = found.by_student(np.ones(found.n)).astype(np.int64)
    mean = float(of_skills.sum() / n_there)
    there = n_of > 0
    influence = Influence(value=mean, by_student=moved[there], n_of_student=n_of[there])
    return Made(of_skills=tuple(of_skills.tolist()), mean=mean, interval=sum_range(influence))


def _step(skill: Skill, criterion: float) -> "csr_array":
    """(states, states) how mass moves with one answer; what reaches the criterion moves nowhere."""
    from scipy.sparse import csr_array

    p = np.arange(STATES + 1) / STATES
    p_right = p * (1 - skill.p_slip) + (1 - p) * skill.p_guess
    to, out_of, moved = list[Places](), list[Places](), list[Floats]()
    for chance, after in ((p_right, _after(p, True, skill)), (1 - p_right, _after(p, False, skill))):
        here = np.flatnonzero(after < criterion)
        places, parts = _between(after[here])
        to += [places[0], places[1]]
        out_of += [here, here]
        moved += [parts[0] * chance[here], parts[1] * chance[here]]
    where = (np.concatenate(to), np.concatenate(out_of))
    return csr_array((np.concatenate(moved), where), shape=(STATES + 1, STATES + 1))


def _after(p: Floats, right: bool, skill: Skill) -> Floats:
    """P(known) after one answer (Corbett & Anderson 1995), for all states."""
    known = p * ((1 - skill.p_slip) if right else skill.p_slip)
    whole = known + (1 - p) * (skill.p_guess if right else 1 - skill.p_guess)
    after = np.divide(known, whole, out=p.copy(), where=whole > 0)
    found: Floats = after + (1 - after) * skill.p_learn
    return found


def _between(at: Floats) -> tuple[Places, Floats]:
    """(2, n) the two states next to each place, and what part of its mass each takes."""
    place = at * STATES
    low = np.minimum(place.astype(np.int64), STATES - 1)
    part = place - low
    return np.stack([low, low + 1]), np.stack([1 - part, part])
