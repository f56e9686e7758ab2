"""An adaptive test of 20 items out of 500, beside catsim.

In:   a bank of items, simulated students.
Out:  CPU milliseconds a test, and how far the estimates end from the truth.
Not here: which item is worth asking (core.learner.adaptive).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import Timed, absent, cpu, in_turns, peer
from plainview.core.learner.ability import Items
from plainview.core.learner.adaptive import Bank, Stop, run

Floats = NDArray[np.float64]
N_ITEMS, LENGTH = 500, 20
RATIO = "catsim's CPU time a test, times plainview's"


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    n_tests, theirs = (200, 4) if quick else (1_000, 20)
    chance = np.random.default_rng(1)
    items = Items.of(a=np.exp(chance.normal(0, 0.3, N_ITEMS)), b=chance.normal(0, 1, N_ITEMS))
    students = chance.normal(0, 1, n_tests)
    making, bank = cpu(lambda: Bank.of(items))
    deeds: dict[str, Callable[[], Any]] = {"ours": lambda: tests(bank, students)}
    if peer("catsim.simulation"):
        say("catsim")
        deeds["catsim"] = partial(catsim_tests, items, students[:theirs])
    tests(bank, students[:5])
    timed = in_turns(deeds, n_runs=5)
    group = f"adaptive test: {LENGTH} items out of {N_ITEMS}, most information, best one each time"
    figures = [
        Figure(
            group=group,
            what="plainview, a test",
            measured=1e3 * timed["ours"].median / n_tests,
            unit="CPU-ms",
            note=f"{n_tests:,} tests a run, {timed['ours'].runs}; the bank, once: {1e3 * making:.0f} CPU-ms",
        ),
        _off(group, "plainview", timed["ours"].result, students),
    ]
    if "catsim" not in timed:
        return [*figures, absent(group, RATIO, "x", at_least=50)]
    return figures + beside(group, timed, students, n_tests, theirs)


def beside(
    group: str, timed: dict[str, Timed], students: Floats, n_tests: int, n_theirs: int
) -> list[Figure]:
    ours, catsim = timed["ours"].median / n_tests, timed["catsim"]
    return [
        Figure(
            group=group,
            what="catsim, a test (MaxInfoSelector, NumericalSearchEstimator)",
            measured=1e3 * catsim.median / n_theirs,
            unit="CPU-ms",
            note=f"{n_theirs} tests a run, {catsim.runs}",
        ),
        _off(group, "catsim", catsim.result, students[:n_theirs]),
        Figure(group=group, what=RATIO, measured=catsim.median / n_theirs / ours, unit="x", at_least=50),
    ]


def _off(group: str, whose: str, found: Floats, students: Floats) -> Figure:
    return Figure(
        group=group,
        what=f"{whose}: distance of the estimates from the truth",
        measured=float(np.sqrt(np.mean((found - students) ** 2))),
        unit="root mean square",
    )


def tests(bank: Bank, students: Floats) -> Floats:
    """(n_students,) the last estimate of each."""
    stop, p, luck = Stop(most=LENGTH), bank.items.p(students), np.random.default_rng(2)
    draws = luck.random(p.shape)
    came = (draws < p).tolist()
    return np.array([_one(bank, row, stop, seed) for seed, row in enumerate(came)])


def _one(bank: Bank, came: list[bool], stop: Stop, seed: int) -> float:
    return run(bank, came.__getitem__, stop=stop, among=1, seed=seed).theta[-1]


def catsim_tests(items: Items, students: Floats) -> Floats:
    from catsim.estimation import NumericalSearchEstimator
    from catsim.initialization import FixedPointInitializer
    from catsim.selection import MaxInfoSelector
    from catsim.simulation import Simulator
    from catsim.stopping import TestLengthStopper

    bank = np.column_stack((items.a, items.b, items.c, np.ones(items.n)))
    simulator = Simulator(
        bank,
        students,
        FixedPointInitializer(0.0),
        MaxInfoSelector(),
        NumericalSearchEstimator(),
        TestLengthStopper(max_items=LENGTH),
        seed=2,
    )
    simulator.simulate()
    return np.array(simulator.latest_estimations)
