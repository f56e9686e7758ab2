"""A class is small: 25, 50 and 100 students to learn from, twenty draws of each.

In:   simulated classes of two kinds: of many skills, each met by few; of five skills that everybody meets.
      And other students of the same school.
Out:  in how many draws the held-out log-likelihood is better than a constant, and than pyBKT's.
Not here: seconds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import HOW_TO_GET_PEERS, absent, peer
from plainview.cli.bench.tracing import (
    A_SKILL_IN,
    asked_for,
    log_likelihood,
    n_degenerate,
    numbers_of,
    pybkt_fit,
    pybkt_numbers,
    pybkt_predict,
    some_skills,
)
from plainview.core.learner.bkt import Beta
from plainview.core.learner.tracing.fitting import fit
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

N_DRAWS = 20
SIZES = (25, 50, 100)
N_TEST = 200
MISFIT = {"spread_of_students": 0.7, "spread_of_items": 0.5}  # neither model knows of it


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """Where classes are drawn from."""

    words: str
    n_skills: int
    share_of_skills: float
    mean_length: float


MANY = School(
    words="149 skills, a student meets one in eight", n_skills=149, share_of_skills=0.12, mean_length=7.0
)
FEW = School(words="5 skills that everybody meets", n_skills=5, share_of_skills=1.0, mean_length=6.0)


# The classes' numbers are drawn evenly from the ranges of ``World``: Betas of the same means and variances.
OF_THE_WORLD = {
    "known": Beta(a=2.2, b=2.7),
    "learn": Beta(a=4.1, b=16.4),
    "guess": Beta(a=3.6, b=12.5, cap=0.5),
    "slip": Beta(a=3.5, b=22.0, cap=0.5),
}
OTHER_FITS = {
    "with all items of a skill held alike (by_item=False)": {"by_item": False},
    "the same with the prior that the classes were drawn from (nobody has it)": {
        "by_item": False,
        "priors": OF_THE_WORLD,
        "pooled": False,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One class, and what was foreseen of the others."""

    beyond_constant: float  # log-likelihood a row
    beyond_pybkt: float | None  # None: pyBKT was not asked
    others_beyond_pybkt: Mapping[str, float]  # other fits of ours, by what they are
    n_skills: int  # that the class has met
    n_degenerate: int
    n_degenerate_of_pybkt: int


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    figures = []
    with_pybkt = not quick and peer("pyBKT.models") is not None
    for school in (MANY, FEW):
        for n_students in SIZES:
            say(f"{school.words}: {n_students} students")
            seeds = range(1, N_DRAWS + 1)
            draws = [one(school, n_students, with_pybkt=with_pybkt, seed=seed) for seed in seeds]
            figures += told(school, n_students, draws)
    return figures


def one(school: School, n_students: int, *, with_pybkt: bool, seed: int) -> Draw:
    learn, test = draw(school, n_students, seed=seed)
    fitted = fit(learn)
    ours = log_likelihood(fitted.predict(test), test)  # type: ignore[union-attr]
    constant = np.full(test.n_rows, float(learn.correct.mean()))
    model = pybkt_fit(learn, seed)() if with_pybkt else None
    theirs = log_likelihood(pybkt_predict(model, test), test) if with_pybkt else None
    return Draw(
        beyond_constant=ours - log_likelihood(constant, test),
        beyond_pybkt=None if theirs is None else ours - theirs,
        others_beyond_pybkt={} if theirs is None else others(school, learn, test, theirs),
        n_skills=int((fitted.answers_of > 0).sum()),  # type: ignore[union-attr]
        n_degenerate=n_degenerate(numbers_of(fitted)),
        n_degenerate_of_pybkt=n_degenerate(pybkt_numbers(model)) if with_pybkt else 0,
    )


def others(school: School, learn: Coded, test: Coded, theirs: float) -> dict[str, float]:
    """Told, not judged: what four numbers a skill can win where they rest on hundreds of answers."""
    fits = OTHER_FITS if school is FEW else {}
    return {
        what: log_likelihood(fit(learn, **options).predict(test), test) - theirs  # type: ignore[arg-type, union-attr]
        for what, options in fits.items()
    }


def told(school: School, n_students: int, draws: list[Draw]) -> list[Figure]:
    group = f"small: {n_students} students to learn from; {school.words}; {len(draws)} draws"
    what, of_pybkt = "draws in which plainview foresees better than {} does", "pyBKT's degenerate skills"
    figures = [
        won(group, what.format("a constant"), [one.beyond_constant for one in draws]),
        Figure(
            group=group,
            what="its degenerate skills, all draws",
            measured=sum(one.n_degenerate for one in draws),
            unit="skills",
            at_most=0,
            note=f"of {sum(one.n_skills for one in draws):,}",
        ),
    ]
    beyond = [one.beyond_pybkt for one in draws if one.beyond_pybkt is not None]
    if not beyond:
        note = f"not asked with --quick; {HOW_TO_GET_PEERS}"
        missing = absent(group, what.format("pyBKT"), "draws", at_least=len(draws))
        return [*figures, replace(missing, note=note)]
    n_odd = sum(one.n_degenerate_of_pybkt for one in draws)
    more = {
        other: [one.others_beyond_pybkt[other] for one in draws] for other in draws[0].others_beyond_pybkt
    }
    return [
        *figures,
        won(group, what.format("pyBKT"), beyond),
        *(replace(won(group, f"so many {other}", by), at_least=None) for other, by in more.items()),
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


def draw(school: School, n_students: int, *, seed: int) -> tuple[Coded, Coded]:
    world = World(
        n_students=n_students + N_TEST,
        n_skills=school.n_skills,
        share_of_skills=school.share_of_skills,
        mean_length=school.mean_length,
        **MISFIT,
    )
    log = simulate(world, seed=seed).log
    log = some_skills(log, asked_for(A_SKILL_IN)) if school is MANY else log
    learns = np.arange(log.n_students) < n_students
    return log.take(learns), log.take(~learns)
