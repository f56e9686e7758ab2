"""A class is small: 25, 50 and 100 students to learn from, twenty draws of each.

In:   simulated classes; other students of the same school.
Out:  in how many draws the held-out log-likelihood is better than a constant, and than pyBKT's.
Not here: seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import HOW_TO_GET_PEERS, absent, peer
from plainview.cli.bench.tracing import (
    log_likelihood,
    n_degenerate,
    numbers_of,
    pybkt_fit,
    pybkt_numbers,
    pybkt_predict,
)
from plainview.core.learner.tracing.fitting import fit
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

N_DRAWS = 20
SIZES = (25, 50, 100)
N_TEST = 200
N_SKILLS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One class, and what was foreseen of the others."""

    beyond_constant: float  # log-likelihood a row
    beyond_pybkt: float | None  # None: pyBKT was not asked
    n_degenerate: int
    n_degenerate_of_pybkt: int


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    figures = []
    with_pybkt = not quick and peer("pyBKT.models") is not None
    for n_students in SIZES:
        say(f"{n_students} students")
        draws = [one(n_students, with_pybkt=with_pybkt, seed=seed) for seed in range(1, N_DRAWS + 1)]
        figures += told(n_students, draws)
    return figures


def one(n_students: int, *, with_pybkt: bool, seed: int) -> Draw:
    learn, test = draw(n_students, seed=seed)
    fitted = fit(learn)
    ours = log_likelihood(fitted.predict(test), test)  # type: ignore[union-attr]
    constant = np.full(test.n_rows, float(learn.correct.mean()))
    model = pybkt_fit(learn, seed)() if with_pybkt else None
    return Draw(
        beyond_constant=ours - log_likelihood(constant, test),
        beyond_pybkt=ours - log_likelihood(pybkt_predict(model, test), test) if with_pybkt else None,
        n_degenerate=n_degenerate(numbers_of(fitted)),
        n_degenerate_of_pybkt=n_degenerate(pybkt_numbers(model)) if with_pybkt else 0,
    )


def told(n_students: int, draws: list[Draw]) -> list[Figure]:
    group = f"small: {n_students} students to learn from, {len(draws)} draws"
    what, of_pybkt = "draws in which plainview foresees better than {} does", "pyBKT's degenerate skills"
    figures = [
        won(group, what.format("a constant"), [one.beyond_constant for one in draws]),
        Figure(
            group=group,
            what="its degenerate skills, all draws",
            measured=sum(one.n_degenerate for one in draws),
            unit="skills",
            at_most=0,
            note=f"of {N_SKILLS * len(draws)}",
        ),
    ]
    beyond = [one.beyond_pybkt for one in draws if one.beyond_pybkt is not None]
    if not beyond:
        note = f"not asked with --quick; {HOW_TO_GET_PEERS}"
        missing = absent(group, what.format("pyBKT"), "draws", at_least=len(draws))
        return [*figures, replace(missing, note=note)]
    n_odd = sum(one.n_degenerate_of_pybkt for one in draws)
    return [
        *figures,
        won(group, what.format("pyBKT"), beyond),
        Figure(group=group, what=f"{of_pybkt}, all draws", measured=n_odd, unit="skills"),
    ]


def won(group: str, what: str, beyond: list[float]) -> Figure:
    return Figure(
        group=group,
        what=what,
        measured=sum(one > 0 for one in beyond),
        unit="draws",
        at_least=len(beyond),
        note=f"log-likelihood a row beyond it: {min(beyond):.4f} to {max(beyond):.4f}",
    )


def draw(n_students: int, *, seed: int) -> tuple[Coded, Coded]:
    world = World(
        n_students=n_students + N_TEST,
        n_skills=N_SKILLS,
        mean_length=6.0,
        spread_of_students=0.7,
        spread_of_items=0.5,
    )
    log = simulate(world, seed=seed).log
    learns = np.arange(log.n_students) < n_students
    return log.take(learns), log.take(~learns)
