"""Knowledge tracing over all skills of a log, beside pyBKT.

In:   a simulated log whose truth is not quite the model's, its students split once.
Out:  CPU seconds of both fits, held-out log-likelihood of both, skills whose numbers mean nothing.
Not here: making pyBKT's C++ build, which no registry holds ready; where it is installed it is the peer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import Timed, absent, in_turns, peer
from plainview.core.learner.tracing.fitting import fit
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
NUMBERS = ("known", "learn", "guess", "slip")
PYBKT_NUMBERS = ("prior", "learns", "guesses", "slips")
A_BOUND = 1e-3  # a chance nearer to 0 or 1 than this stands at a bound
A_SKILL_IN = 10  # pyBKT's wheel is asked for: its time grows with the skills, and all would take ten minutes
MOST_SURE = 1e-6  # what is said with more certainty is held to this: kind to whoever is wrong and sure
CPP = "pyBKT's C++ build: 1.6 to 2.4 CPU-s on such a log, measured elsewhere; a sixth of that is 0.27 to 0.4"
HOW_TO_BUILD = "pip install --no-binary pyBKT --no-build-isolation --force-reinstall --no-deps pyBKT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a contender's fit is worth."""

    log_likelihood: float  # of a held-out row, on average
    n_degenerate: int  # skills


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    n_skills, n_rows = (30, 44_000) if quick else (149, 220_000)
    learn, test = logs(n_skills=n_skills, n_rows=n_rows, seed=1)
    fit(test)  # what is loaded only once is no part of a fit
    figures = alone(learn, test, quick=quick)
    if peer("pyBKT.models") is None:
        group = "knowledge tracing beside pyBKT"
        return [*figures, absent(group, "held-out log-likelihood beyond pyBKT's", "a row", at_least=0)]
    every = asked_for(3 if quick else A_SKILL_IN)
    say(f"{build()}, {'all skills' if every == 1 else 'on some of the skills: it takes minutes'}")
    return figures + beside(some_skills(learn, every), some_skills(test, every), every)


def is_compiled() -> bool:
    """Whether pyBKT's own C++ is there; its wheel holds Python alone."""
    return peer("pyBKT.fit.E_step") is not None


def build() -> str:
    return "pyBKT's C++ build" if is_compiled() else "pyBKT's wheel (pure Python)"


def asked_for(every: int) -> int:
    """Every so-manieth skill is asked of the wheel; all are, of the C++ build."""
    return 1 if is_compiled() else every


def alone(learn: Coded, test: Coded, *, quick: bool) -> list[Figure]:
    group = (
        f"knowledge tracing: {learn.n_rows:,} answers, {learn.n_skills} skills, {learn.n_students:,} students"
    )
    ours = in_turns({"ours": lambda: fit(learn)}, n_runs=7)["ours"]
    judged = judge(ours.result.predict(test), test, numbers_of(ours.result))
    return [
        Figure(
            group=group,
            what="plainview, all skills: posterior mode, five starts, standard errors",
            measured=ours.median,
            unit="CPU-s",
            at_most=None if quick else 0.4,
            note=f"{ours.runs}; {CPP}",
        ),
        Figure(
            group=group, what="its degenerate skills", measured=judged.n_degenerate, unit="skills", at_most=0
        ),
        Figure(
            group=group,
            what="its held-out log-likelihood",
            measured=judged.log_likelihood,
            unit="a row",
            digits=5,
            note=f"{test.n_rows:,} answers of {test.n_students:,} other students",
        ),
    ]


def some_skills(log: Coded, every: int) -> Coded:
    """The rows of every so-manieth skill, common ones and rare ones."""
    return log.rows(np.flatnonzero(log.skill % every == 0))


def beside(learn: Coded, test: Coded, every: int) -> list[Figure]:
    n_skills = len(range(0, learn.n_skills, every))
    which = f"all {n_skills} skills" if every == 1 else f"{n_skills} of these skills"
    group = f"knowledge tracing beside {build()}: {learn.n_rows:,} answers to {which}"
    timed = in_turns({"ours": lambda: fit(learn), "pyBKT": pybkt_fit(learn)}, n_runs=5)
    fitted, model = timed["ours"].result, timed["pyBKT"].result
    # Of the skills that were left out the fit knows no answers.
    numbers = numbers_of(fitted)[fitted.answers_of > 0]
    ours = judge(fitted.predict(test), test, numbers)
    theirs = judge(pybkt_predict(model, test), test, pybkt_numbers(model))
    return [
        *seconds(group, timed, every),
        Figure(
            group=group,
            what="degenerate skills of plainview",
            measured=ours.n_degenerate,
            unit="skills",
            at_most=0,
            note=f"of {n_skills}",
        ),
        Figure(group=group, what="degenerate skills of pyBKT", measured=theirs.n_degenerate, unit="skills"),
        Figure(
            group=group,
            what="held-out log-likelihood beyond pyBKT's",
            measured=ours.log_likelihood - theirs.log_likelihood,
            unit="a row",
            at_least=0,
            note=f"{test.n_rows:,} answers of other students",
        ),
    ]


def seconds(group: str, timed: Mapping[str, Timed], every: int) -> list[Figure]:
    ours, theirs = timed["ours"], timed["pyBKT"]
    all_of_them = "" if every == 1 else f"; all skills would take {every} times as long"
    return [
        Figure(group=group, what="plainview", measured=ours.median, unit="CPU-s", note=ours.runs),
        Figure(
            group=group,
            what=f"{build()}, as it comes: five random starts",
            measured=theirs.median,
            unit="CPU-s",
            note=f"{theirs.runs}{all_of_them}",
        ),
        Figure(
            group=group,
            what="its CPU time, times plainview's",
            measured=theirs.median / ours.median,
            unit="x",
            at_least=6 if is_compiled() else None,
            note="" if is_compiled() else f"says little: the C++ build is the peer to beat ({HOW_TO_BUILD})",
        ),
    ]


def logs(*, n_skills: int, n_rows: int, seed: int) -> tuple[Coded, Coded]:
    """About ``n_rows`` to learn from, a quarter as many of other students; some skills common, some rare."""
    n_sequences = n_rows * 1.25 / 8
    n_students = max(50, round(n_sequences / 5))
    world = World(
        n_students=n_students,
        n_skills=n_skills,
        share_of_skills=min(1.0, 2.8 * n_sequences / (n_students * n_skills)),
        mean_length=8.0,
        spread_of_students=0.7,
        spread_of_items=0.5,
    )
    log = simulate(world, seed=seed).log
    chance = np.random.default_rng(seed)
    common = np.linspace(1.0, 0.1, n_skills) ** 1.5
    meets = chance.random((n_students, n_skills)) < common
    log = log.rows(np.flatnonzero(meets[log.student, log.skill]))
    # As many students as it takes to come nearest to the stated number of rows, one in five of them held out.
    held = np.arange(n_students) % 5 == 4
    sizes = np.cumsum(np.where(held, 0, np.bincount(log.student, minlength=n_students)))
    there = np.arange(n_students) < int(np.searchsorted(sizes, n_rows)) + 1
    return log.take(there & ~held), log.take(there & held)


def numbers_of(fitted: Any) -> Floats:
    """(n_skills, 4) known, learn, guess, slip."""
    return np.column_stack([fitted.p[fitted.layout.of[kind]] for kind in NUMBERS])


def judge(p: Floats, log: Coded, numbers: Floats) -> Judged:
    return Judged(log_likelihood=log_likelihood(p, log), n_degenerate=n_degenerate(numbers))


def log_likelihood(p: Floats, log: Coded) -> float:
    held, right = np.clip(p, MOST_SURE, 1 - MOST_SURE), log.correct.astype(np.float64)
    return float(np.mean(right * np.log(held) + (1 - right) * np.log1p(-held)))


def n_degenerate(numbers: Floats) -> int:
    """Skills where luck or slips are the rule, or a number stands at a bound: they say nothing of knowing."""
    odd = (numbers[:, 2] > 0.5) | (numbers[:, 3] > 0.5)
    return int((odd | ((numbers < A_BOUND) | (numbers > 1 - A_BOUND)).any(axis=1)).sum())


def pybkt_fit(log: Coded, seed: int = 1) -> Callable[[], Any]:
    """A deed; the table that pyBKT reads is made before it."""
    from pyBKT.models import Model

    table = _table(log)

    def deed() -> Any:
        model = Model(seed=seed, parallel=False)  # its default of five random starts
        model.fit(data=table)
        return model

    return deed


def pybkt_predict(model: Any, log: Coded) -> Floats:
    found = model.predict(data=_table(log)).sort_values("order_id")
    return found["correct_predictions"].to_numpy(dtype=np.float64)


def pybkt_numbers(model: Any) -> Floats:
    table = model.params()["value"].astype(float).unstack("param").groupby(level="skill").first()
    return table[list(PYBKT_NUMBERS)].to_numpy()


def _table(log: Coded) -> Any:
    import pandas as pd

    columns = {
        "user_id": log.student,
        "skill_name": np.array(log.skills, dtype=object)[log.skill],
        "correct": log.correct.astype(int),
        "order_id": np.arange(log.n_rows),
    }
    return pd.DataFrame(columns)
