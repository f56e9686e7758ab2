"""A class is small: 25, 50 and 100 students to learn from, twenty draws of each.

In:   simulated classes; other students of the same school.
Out:  in how many draws the held-out log-likelihood is better than a constant, and than pyBKT's.
Not here: seconds.
"""

from collections.abc import Callable

import numpy as np

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import absent, peer
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
N_TEST = 400
N_SKILLS = 8


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    figures = []
    for n_students in SIZES:
        say(f"{n_students} students")
        figures += of_size(n_students, with_pybkt=not quick)
    return figures


def of_size(n_students: int, *, with_pybkt: bool, n_draws: int = N_DRAWS) -> list[Figure]:
    group = f"small: {n_students} students to learn from, {n_draws} draws"
    beyond_constant, beyond_pybkt, degenerate = [], [], [0, 0]
    there = with_pybkt and peer("pyBKT.models") is not None
    for seed in range(1, n_draws + 1):
        learn, test = draw(n_students, seed=seed)
        fitted = fit(learn)
        ours = log_likelihood(fitted.predict(test), test)
        constant = np.full(test.n_rows, float(learn.correct.mean()))
        beyond_constant.append(ours - log_likelihood(constant, test))
        degenerate[0] += n_degenerate(numbers_of(fitted))
        if there:
            model = pybkt_fit(learn, seed)()
            beyond_pybkt.append(ours - log_likelihood(pybkt_predict(model, test), test))
            degenerate[1] += n_degenerate(pybkt_numbers(model))
    what = "draws in which plainview foresees better than {} does"
    figures = [
        won(group, what.format("a constant"), beyond_constant),
        Figure(
            group=group,
            what="its degenerate skills in all draws",
            measured=degenerate[0],
            unit="skills",
            at_most=0,
        ),
    ]
    if there:
        figures.append(won(group, what.format("pyBKT"), beyond_pybkt))
        told = "pyBKT's degenerate skills in all draws"
        figures.append(Figure(group=group, what=told, measured=degenerate[1], unit="skills"))
    elif with_pybkt:
        figures.append(absent(group, what.format("pyBKT"), "draws", at_least=n_draws))
    return figures


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
