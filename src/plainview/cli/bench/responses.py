"""The two-parameter model on 10,000 students and 1,000 items; and beside girth, at a size that girth can do.

In:   simulated answers whose truth is known.
Out:  CPU seconds, the most memory, log-likelihood, how near the items' numbers come to the truth.
Not here: R's mirt, which no package registry of Python holds.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import Timed, absent, cpu, in_turns, most_memory_mb, peer
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.simulate import Truth, simulate

Floats = NDArray[np.float64]
N_NODES, SPAN = 401, 6.0  # of the quadrature that judges both
ELSEWHERE = (
    "measured elsewhere on two cores, such answers: mirt 166 CPU-s and 1,078 MB, girth 706 CPU-s; a fortieth "
    "and a hundredth of that are 4.15 and 7.06"
)


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    say("10,000 x 1,000" if not quick else "2,000 x 200")
    figures = large(2_000, 200, 1) if quick else large(10_000, 1_000, 3)
    say("beside girth")
    return figures + (beside_girth(500, 40) if quick else beside_girth(1_000, 100))


def large(n_students: int, n_items: int, n_runs: int) -> list[Figure]:
    """Each run in a process of its own, so that its memory is its own too."""
    truth = simulate(n_students=n_students, n_items=n_items, seed=1)
    with TemporaryDirectory(prefix="plainview-bench-") as folder:
        path = Path(folder) / "answers.npy"
        np.save(path, truth.answers.astype(np.int8))
        runs = [_in_its_own_process(path) for _ in range(n_runs)]
    full, told = n_items == 1_000, f"median of {n_runs} runs" if n_runs > 1 else "one run"
    group = f"2PL: {n_students:,} students x {n_items:,} items"
    memory = [run["mb"] for run in runs if run["mb"] is not None]
    return [
        Figure(
            group=group,
            what="fit, standard errors and abilities",
            measured=median(run["seconds"] for run in runs),
            unit="CPU-s",
            at_most=4.15 if full else None,
            note=f"{told}; {ELSEWHERE}" if full else told,
        ),
        Figure(
            group=group,
            what="most memory of the whole process",
            measured=median(memory) if memory else None,
            unit="MB",
            at_most=300 if full else None,
            note="Python, numpy and scipy included; the answers as one byte each",
        ),
        Figure(
            group=group,
            what="its log-likelihood",
            measured=runs[0]["log_likelihood"],
            unit="",
            note=runs[0]["said"],
        ),
        *_recovery(group, "", truth, np.array(runs[0]["slopes"]), np.array(runs[0]["difficulties"])),
    ]


def _in_its_own_process(path: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "plainview.cli.bench", "fit-answers", str(path)]
    told: dict[str, Any] = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603
    return told


def fit_answers(path: str) -> dict[str, Any]:
    """What the process of one run tells."""
    answers = np.load(path)
    fit(answers[:200, :20])  # what is loaded only once is no part of a fit
    seconds, found = cpu(lambda: fit(answers))
    return {
        "seconds": seconds,
        "mb": most_memory_mb(),
        "log_likelihood": found.ended.log_likelihood,
        "said": found.ended.said,
        "slopes": [item.slope for item in found.items],
        "difficulties": [item.difficulties[0] for item in found.items],
    }


def _recovery(group: str, whose: str, truth: Truth, slopes: Floats, difficulties: Floats) -> list[Figure]:
    """How far from the truth, as root mean square."""
    off = {
        "discriminations": slopes - truth.slopes,
        "difficulties": difficulties - truth.difficulties[:, 0],
    }
    return [
        Figure(
            group=group,
            what=f"{whose or 'its '}{what}: distance from the truth",
            measured=float(np.sqrt(np.mean(by**2))),
            unit="root mean square",
        )
        for what, by in off.items()
    ]


def beside_girth(n_students: int, n_items: int) -> list[Figure]:
    group = f"2PL beside girth: {n_students:,} students x {n_items:,} items"
    girth = peer("girth")
    ratio = "girth's CPU time, times plainview's"
    if girth is None:
        return [absent(group, "log-likelihood beyond girth's", "", at_least=0)]
    truth = simulate(n_students=n_students, n_items=n_items, seed=2)
    answers, turned = truth.answers, np.ascontiguousarray(truth.answers.T).astype(int)
    fit(answers[:200, :20])
    timed = in_turns(
        {"ours": lambda: fit(answers), "girth": lambda: girth.twopl_mml(turned)}, n_runs=3, most_s=60
    )
    return _girths(group, ratio, timed, truth)


def _girths(group: str, ratio: str, timed: dict[str, Timed], truth: Truth) -> list[Figure]:
    ours, theirs = timed["ours"].result, timed["girth"].result
    slopes = np.array([item.slope for item in ours.items])
    hard = np.array([item.difficulties[0] for item in ours.items])
    reached = log_likelihood(truth.answers, slopes, hard)
    theirs_reached = log_likelihood(truth.answers, theirs["Discrimination"], theirs["Difficulty"])
    left_out = "girth takes more than ten minutes for 10,000 x 1,000, so it is asked for less here"
    return [
        Figure(
            group=group,
            what="plainview, with standard errors",
            measured=timed["ours"].median,
            unit="CPU-s",
            note=timed["ours"].runs,
        ),
        Figure(
            group=group,
            what="girth (twopl_mml)",
            measured=timed["girth"].median,
            unit="CPU-s",
            note=f"{timed['girth'].runs}; {left_out}",
        ),
        Figure(
            group=group,
            what=ratio,
            measured=timed["girth"].median / timed["ours"].median,
            unit="x",
            note="at 10,000 x 1,000 the bar is 100; see above",
        ),
        Figure(
            group=group,
            what="log-likelihood beyond girth's",
            measured=reached - theirs_reached,
            unit="",
            at_least=0,
            note=f"both by one quadrature of {N_NODES} nodes, N(0, 1)",
        ),
        *_recovery(group, "its ", truth, slopes, hard),
        *_recovery(group, "girth's ", truth, theirs["Discrimination"], theirs["Difficulty"]),
    ]


def log_likelihood(answers: Floats, slopes: Floats, difficulties: Floats) -> float:
    """Of complete answers under the 2PL and abilities N(0, 1): plain, for judging."""
    nodes = np.linspace(-SPAN, SPAN, N_NODES)
    mass = np.exp(-0.5 * nodes**2)
    x = slopes[:, None] * (nodes - difficulties[:, None])
    wrong = -np.logaddexp(0, x)  # ln P(wrong); ln P(right) is x more
    by_node = answers @ x + wrong.sum(axis=0) + np.log(mass / mass.sum())
    top = by_node.max(axis=1)
    return float(np.sum(top + np.log(np.exp(by_node - top[:, None]).sum(axis=1))))
