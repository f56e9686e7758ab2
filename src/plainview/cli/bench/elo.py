"""Elo: how many rows a CPU-second?

In:   a simulated log.
Out:  millions of rows a CPU-second: learning, predicting, and learning after choosing the steps.
Not here: a peer. No package registry holds one that walks both levels.
"""

from collections.abc import Callable

import numpy as np

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import in_turns, rate
from plainview.core.learner.elo import Steps, fit
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

AS_IT_COMES = "learning, steps chosen (as it comes)"
JUDGED = ("learning, steps given", "predicting", AS_IT_COMES)


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    log = simulated(400_000 if quick else 5_000_000)
    mixed = log.rows(np.random.default_rng(1).permutation(log.n_rows))
    say(f"{log.n_rows:,} rows")
    fitted = fit(log, steps=Steps())  # the first walk loads what is compiled
    timed = in_turns(
        {
            "learning, steps given": lambda: fit(log, steps=Steps()),
            "predicting": lambda: fitted.predict(log),  # type: ignore[union-attr]
            AS_IT_COMES: lambda: fit(log),
            "the same, of rows in no order: each is first put where its student stands": lambda: fit(mixed),
        },
        n_runs=9,
        most_s=10,
    )
    group = (
        f"Elo: {log.n_rows:,} rows, {log.n_students:,} students, {log.n_items:,} items, {log.n_skills} skills"
    )
    return [
        Figure(
            group=group,
            what=what,
            measured=rate(log.n_rows, one),
            unit="million rows a CPU-s",
            # Choosing costs the same for any log, so a row of a short one costs more.
            at_least=20.0 if what in JUDGED and not quick else None,
            note=one.runs,
        )
        for what, one in timed.items()
    ]


def simulated(n_rows: int) -> Coded:
    """About 60 rows a student: eight at a time at one of a few skills."""
    n_skills = 100
    world = World(
        n_students=n_rows // 60, n_skills=n_skills, share_of_skills=7.5 / n_skills, n_items_a_skill=20
    )
    return simulate(world, seed=1).log
