"""Studies whose truth is known: an effect, classes, who is lost on the way and why.

In:   how large a world, how large the effect, how alike students of a class are, how many leave.
Out:  rows as a study would hand them over, and what was true of each student.
Not here: writing files (cli.simulate), counting.

A student's outcome without the product is r x pretest + class + the rest, of variance 1; with it, that and
the effect. Those who leave are drawn at random, or, with ``selective``, are those of the treated arm who
would have scored lowest: students whom a product fails stop using it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    effect: float = 0.25  # standard deviations
    n_clusters: int = 40  # in both arms together; 0: students are assigned one by one
    n_students: int = 800
    icc: float = 0.15
    r: float = 0.7  # of pretest and outcome, inside a class
    attrition: float = 0.1  # share that is lost
    selective: bool = False
    n_sites: int = 4
    use_pays: float = 0.0  # what one standard deviation of use goes with in the outcome, keenness alone

    def __post_init__(self) -> None:
        good = (
            0 <= self.icc < 1
            and -1 < self.r < 1
            and 0 <= self.attrition < 1
            and self.n_students >= 20
            and (self.n_clusters == 0 or 4 <= self.n_clusters <= self.n_students)
        )
        if not good:
            raise ValueError(
                "expected an ICC and a share lost from 0 to below 1, at least 20 students, and no clusters "
                "or at least 4, no more than there are students."
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Made:
    """One row a student; ``post`` is NaN where she was lost."""

    treated: NDArray[np.bool_]
    cluster: NDArray[np.int64]  # -1: none
    site: NDArray[np.int64]
    pre: Floats
    post: Floats
    use: Floats  # minutes a week; 0 for the others
    without: Floats  # the outcome without the product
    with_it: Floats
    stayed: NDArray[np.bool_]


def simulate(world: World, *, seed: int) -> Made:
    """The same world and seed make the same study."""
    chance = np.random.default_rng(seed)
    n = world.n_students
    cluster, treated, shared = _assigned(world, chance)
    pre = chance.normal(0, 1, n) + 0.5 * shared
    keen = chance.normal(0, 1, n)
    left = max(0.0, 1 - world.icc - world.r**2 * (1 - world.icc) - world.use_pays**2)
    without = world.r * np.sqrt(1 - world.icc) * (pre - 0.5 * shared) + np.sqrt(world.icc) * shared
    without = without + np.sqrt(left) * chance.normal(0, 1, n) + world.use_pays * keen
    with_it = without + world.effect
    outcome = np.where(treated, with_it, without)
    stayed = ~_lost(world, treated, outcome, chance)
    return Made(
        treated=treated,
        cluster=cluster,
        site=(cluster if world.n_clusters else np.arange(n)) % world.n_sites,
        pre=np.round(pre, 6),
        post=np.where(stayed, np.round(outcome, 6), np.nan),
        use=np.where(treated, np.round(np.maximum(0, 60 + 20 * keen), 1), 0.0),
        without=without,
        with_it=with_it,
        stayed=stayed,
    )


def _assigned(
    world: World, chance: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.bool_], Floats]:
    """Classes of nearly equal size, half of them in each arm; or students one by one."""
    n = world.n_students
    if not world.n_clusters:
        return np.full(n, -1), chance.permutation(np.arange(n) % 2 == 0), np.zeros(n)
    cluster = np.arange(n) % world.n_clusters
    lot = chance.permutation(np.arange(world.n_clusters) % 2 == 0)
    return cluster, lot[cluster], chance.normal(0, 1, world.n_clusters)[cluster]


def _lost(
    world: World, treated: NDArray[np.bool_], outcome: Floats, chance: np.random.Generator
) -> NDArray[np.bool_]:
    if not world.selective:
        return np.asarray(chance.random(len(treated)) < world.attrition, np.bool_)
    height = np.where(treated, outcome, np.inf)
    n_lost = round(world.attrition * len(treated))
    lost = np.zeros(len(treated), np.bool_)
    lost[np.argsort(height, kind="stable")[: min(n_lost, int(treated.sum()))]] = True
    return lost
