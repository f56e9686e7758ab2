"""The logistic family on a million answers, cross-validated by student, beside scikit-learn.

In:   a simulated log; the design that our own fit sees, handed to scikit-learn ready-made.
Out:  CPU seconds of five folds, held-out log-likelihood and penalised likelihood of both.
Not here: making the design for scikit-learn. Ours makes it anew in every fold, and that counts.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import Timed, absent, cpu, in_turns, peer
from plainview.core.learner.choose.folds import fold_of
from plainview.core.learner.logistic import held_out
from plainview.core.learner.logistic.fit import LogisticFit, fit
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
MODEL, N_FOLDS = "best_lr", 5
# Given, not chosen from the log, so that both look for the same top: scikit-learn's C = 1.
ALL_ONE = dict.fromkeys(("columns", "item", "skill", "skill x log wins", "skill x log answers"), 1.0)
MOST_SURE = 1e-12


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    log = simulated(60_000 if quick else 1_000_000)
    group = f"logistic family: {log.n_rows:,} answers, {log.n_items:,} items, {N_FOLDS} folds of students"
    fold = fold_of(log.n_students, N_FOLDS, seed=1)
    fit(simulated(30_000))  # loads what is compiled
    deeds: dict[str, Callable[[], Any]] = {
        "ours": lambda: held_out.predict(log, fold=fold, model=MODEL, penalty=ALL_ONE).predicted  # type: ignore[union-attr]
    }
    full = fit(log, model=MODEL, penalty=ALL_ONE)
    regression = peer("sklearn.linear_model")
    if regression is not None:
        say("the design, for scikit-learn")
        design = as_one(full, log)
        deeds["scikit-learn"] = partial(cross_validated, regression, design, log, fold)
    say("five folds, in turns")
    timed = in_turns(deeds, n_runs=3, most_s=40)
    return [
        *alone(group, timed["ours"], log, fold, quick),
        *(
            beside(group, timed, full, regression, design, log)
            if regression is not None
            else [absent(group, "scikit-learn's CPU time, times plainview's", "x", at_least=10)]
        ),
    ]


def simulated(n_rows: int) -> Coded:
    n_answers = 50
    world = World(n_students=n_rows // n_answers, n_items=2_000, n_skills=100, n_answers=n_answers)
    return simulate(world, seed=1).log


def alone(group: str, ours: Timed, log: Coded, fold: NDArray[np.int64], quick: bool) -> list[Figure]:
    extended, found = cpu(lambda: held_out.predict(log, fold=fold))
    return [
        Figure(
            group=group,
            what="plainview: Best-LR, the design made in every fold",
            measured=ours.median,
            unit="CPU-s",
            note=ours.runs,
        ),
        Figure(
            group=group,
            what="its held-out log-likelihood",
            measured=log_likelihood(ours.result, log),
            unit="a row",
            digits=6,
        ),
        Figure(
            group=group,
            what="plainview: the extended model, its penalties chosen in every fold",
            measured=extended,
            unit="CPU-s",
            note="one run; no peer has it",
        ),
        Figure(
            group=group,
            what="its held-out log-likelihood",
            measured=log_likelihood(found.predicted, log),
            unit="a row",
            digits=6,
        ),
    ]


def beside(
    group: str, timed: dict[str, Timed], full: LogisticFit, regression: Any, design: Any, log: Coded
) -> list[Figure]:
    ours, theirs = timed["ours"], timed["scikit-learn"]
    whole = fitted(regression, design, log.correct > 0.5)
    reached = penalised(whole, design, log)
    return [
        Figure(
            group=group,
            what="scikit-learn: LogisticRegression(C=1, solver lbfgs), the design ready-made",
            measured=theirs.median,
            unit="CPU-s",
            note=theirs.runs,
        ),
        Figure(
            group=group,
            what="scikit-learn's CPU time, times plainview's",
            measured=theirs.median / ours.median,
            unit="x",
            at_least=10,
        ),
        Figure(
            group=group,
            what="held-out log-likelihood beyond scikit-learn's",
            measured=log_likelihood(ours.result, log) - log_likelihood(theirs.result, log),
            unit="a row",
            at_least=-1e-6,
            note="at the same penalty the same top: the difference is who stops sooner",
        ),
        Figure(
            group=group,
            what="penalised log-likelihood of all answers beyond scikit-learn's",
            measured=full.ended.objective - reached,
            unit="",
            at_least=-0.1,
            note=f"{full.ended.said}; scikit-learn took {int(whole.n_iter_[0])} steps",
        ),
    ]


def as_one(full: LogisticFit, log: Coded) -> Any:
    """(n_rows, n_weights) the design as one CSR matrix, without intercept, rows as in the log."""
    parts, rows = [], []
    for chunk in full.design(log).chunks():
        dense = sparse.csr_matrix(chunk.dense[:, 1:].astype(np.float64))
        parts.append(sparse.hstack([dense, chunk.sparse.astype(np.float64)], format="csr"))
        rows.append(chunk.rows)
    back = np.argsort(np.concatenate(rows))
    whole = sparse.vstack(parts, format="csr")[back]
    whole.eliminate_zeros()
    return whole


def cross_validated(regression: Any, design: Any, log: Coded, fold: NDArray[np.int64]) -> Floats:
    predicted, right = np.empty(log.n_rows), log.correct > 0.5
    of_row = fold[log.student]
    for one in range(N_FOLDS):
        others, held = np.flatnonzero(of_row != one), np.flatnonzero(of_row == one)
        model = fitted(regression, design[others], right[others])
        predicted[held] = model.predict_proba(design[held])[:, 1]
    return predicted


def fitted(regression: Any, design: Any, right: NDArray[np.bool_]) -> Any:
    return regression.LogisticRegression(C=1.0, max_iter=5_000).fit(design, right)


def penalised(model: Any, design: Any, log: Coded) -> float:
    weights, eta = model.coef_[0], model.decision_function(design)
    loss = np.logaddexp(0, eta) - log.correct.astype(np.float64) * eta
    return -float(loss.sum()) - 0.5 * float(weights @ weights)


def log_likelihood(p: Floats, log: Coded) -> float:
    held, right = np.clip(p, MOST_SURE, 1 - MOST_SURE), log.correct.astype(np.float64)
    return float(np.mean(right * np.log(held) + (1 - right) * np.log1p(-held)))
