"""From a start to the nearest top: EM with memory, and never downhill.

In:   the trees, a start, what is held of each number.
Out:  for every skill where it ended, how high, in how many steps, and whether it arrived.
Not here: how sure the numbers are (doubt), other tops (tops).

EM climbs surely and slowly. Anderson's memory of the last four steps guesses where EM is heading: on a log of
220,000 rows every skill arrives within 20 steps instead of 200. A guess that does not climb is dropped and an
EM step taken instead, so the likeliest so far is never lost. Skills do not touch one another: each keeps its
own memory, is judged by itself, and leaves the computation when it has arrived.

Source: Henderson & Varadhan (2019), Journal of Computational and Graphical Statistics 28, 834-846 (memory,
restarts, monotonicity); Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.expect import Expected, expect
from plainview.core.learner.tracing.numbers import LEAST, Held, Layout, from_log_odds, log_odds, sums

Floats = NDArray[np.float64]
MEMORY = 4
MOST_STEPS = 500
# A skill has arrived when the next EM step promises less than this, in log-likelihood.
SMALL_GAIN = 1e-7
NEAR = 0.25  # log-odds; below tops.APART
_REBUILD_BELOW = 0.8  # share of nodes still in use, below which a smaller tree pays
_RIDGE = 1e-8
# A second tree beside one of so many nodes would cost more memory than it saves time.
TOO_LARGE_TO_COPY = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Climbed:
    p: Floats  # (layout.n,)
    objective: Floats  # (n_skills,) log-likelihood plus log prior
    log_likelihood: Floats  # (n_skills,)
    arrived: NDArray[np.bool_]  # (n_skills,)
    n_steps: NDArray[np.int64]  # (n_skills,)
    gain_left: Floats  # (n_skills,) what the next EM step promised when it ended


@dataclass(slots=True)
class _At:
    """Where every skill stands: its numbers in log-odds, where EM would go, how high it is."""

    z: Floats
    em: Floats
    objective: Floats
    log_likelihood: Floats
    promise: Floats

    def moved(self, there: "_At", skills: NDArray[np.bool_], numbers: NDArray[np.bool_]) -> None:
        for mine, its in ((self.z, there.z), (self.em, there.em)):
            mine[numbers] = its[numbers]
        for mine, its in (
            (self.objective, there.objective),
            (self.log_likelihood, there.log_likelihood),
            (self.promise, there.promise),
        ):
            mine[skills] = its[skills]


def climb(
    tree: Tree,
    layout: Layout,
    held: Held,
    start: Floats,
    *,
    most_steps: int = MOST_STEPS,
    gain: float = SMALL_GAIN,
    known_top: Floats | None = None,
) -> Climbed:
    """Climb from ``start`` (layout.n,) until no skill can gain, or the steps are used up.

    A skill that comes as near as ``NEAR`` to a ``known_top`` (layout.n,) leaves: it would end there.
    """
    owner, n_skills = layout.owner, layout.n_skills
    at = _stand(tree, layout, held, log_odds(held.inside(start)))
    memory = _Memory(layout)
    active = tree.n_answers > 0
    n_steps = active.astype(np.int64)
    active &= at.promise > gain
    plain = np.zeros(n_skills, dtype=np.bool_)
    for _ in range(most_steps - 1):
        if not active.any():
            break
        tree = _smaller(tree, active)
        guess = memory.guess(at.z, at.em)
        there = _stand(tree, layout, held, _within(held, np.where(plain[owner], at.em, guess)))
        # An EM step never goes down; what looks like it is rounding.
        higher = active & (plain | (there.objective >= at.objective - 1e-9))
        memory.keep(at.z, at.em)
        at.moved(there, higher, higher[owner])
        n_steps += active
        plain = active & ~higher
        memory.forget(plain[owner])
        active &= (at.promise > gain) | plain
        if known_top is not None:
            active &= farther(layout, at.z, log_odds(known_top), NEAR)
    return Climbed(
        p=from_log_odds(at.z),
        objective=at.objective,
        log_likelihood=at.log_likelihood,
        arrived=~active,
        n_steps=n_steps,
        gain_left=at.promise,
    )


def farther(layout: Layout, z: Floats, other: Floats, than: float) -> NDArray[np.bool_]:
    """(n_skills,) whether any number of the skill is farther from its other value, in log-odds."""
    return sums(layout.owner, (np.abs(z - other) > than).astype(np.float64), layout.n_skills) > 0


def _stand(tree: Tree, layout: Layout, held: Held, z: Floats) -> _At:
    p = held.inside(from_log_odds(z))
    seen = expect(tree, layout, p)
    em = log_odds(held.likeliest(seen.hits, seen.trials))
    return _At(
        z=log_odds(p),
        em=em,
        objective=objective(layout, held, p, seen),
        log_likelihood=seen.log_likelihood,
        promise=_promise(layout, held, p, seen, em),
    )


def objective(layout: Layout, held: Held, p: Floats, seen: Expected) -> Floats:
    """(n_skills,) log-likelihood plus log prior."""
    prior = sums(layout.owner, held.log_density(p), layout.n_skills)
    return np.asarray(seen.log_likelihood + prior)


def _promise(layout: Layout, held: Held, p: Floats, seen: Expected, em: Floats) -> Floats:
    """What the EM step would gain if the slope held: slope x step, never below 0."""
    gained = held.slope(seen.hits, seen.trials, p) * (em - log_odds(p))
    return sums(layout.owner, np.maximum(gained, 0.0), layout.n_skills)


def _within(held: Held, z: Floats) -> Floats:
    return np.clip(z, log_odds(np.full_like(z, LEAST)), log_odds(np.minimum(held.cap, 1 - LEAST)))


def _smaller(tree: Tree, active: NDArray[np.bool_]) -> Tree:
    nodes = np.bincount(tree.skill, minlength=tree.n_skills)
    if tree.n_nodes > TOO_LARGE_TO_COPY:
        return tree
    return tree.only(active) if nodes[active].sum() < _REBUILD_BELOW * tree.n_nodes else tree


class _Memory:
    """The last few steps of every skill, and where they point."""

    def __init__(self, layout: Layout) -> None:
        self.owner, self.n_skills = layout.owner, layout.n_skills
        self.steps = np.zeros((MEMORY, layout.n))
        self.turns = np.zeros((MEMORY, layout.n))
        self.z: Floats | None = None
        self.residual = np.zeros(layout.n)
        self.n_kept = 0

    def keep(self, z: Floats, em: Floats) -> None:
        self.z, self.residual = z.copy(), em - z

    def forget(self, numbers: NDArray[np.bool_]) -> None:
        self.steps[:, numbers] = 0.0
        self.turns[:, numbers] = 0.0

    def guess(self, z: Floats, em: Floats) -> Floats:
        """Where the EM steps are heading: the residual is taken to be linear along the last steps."""
        residual = em - z
        if self.z is None:
            return em
        slot = self.n_kept % MEMORY
        self.steps[slot], self.turns[slot] = z - self.z, residual - self.residual
        self.n_kept += 1
        gram, right = self._products(residual)
        weights = np.linalg.solve(gram, right[..., None])[..., 0]
        along = (self.steps + self.turns) * weights[self.owner].T
        return np.asarray(em - along.sum(axis=0))

    def _products(self, residual: Floats) -> tuple[Floats, Floats]:
        gram, right = np.empty((self.n_skills, MEMORY, MEMORY)), np.empty((self.n_skills, MEMORY))
        for i in range(MEMORY):
            right[:, i] = sums(self.owner, self.turns[i] * residual, self.n_skills)
            for j in range(i, MEMORY):
                product = sums(self.owner, self.turns[i] * self.turns[j], self.n_skills)
                gram[:, i, j] = gram[:, j, i] = product
        scale = _RIDGE * np.trace(gram, axis1=1, axis2=2) + 1e-30
        return gram + scale[:, None, None] * np.eye(MEMORY), right
