"""Makes deep.json: our models beside deep knowledge tracing, on the same students held out.

Run from the project's root, where plainview and torch 2.13 (CPU) are installed:
    python -m tests.references.deep > tests/references/deep.json
    python -m tests.references.deep LOG        any log that Plainview reads; prints the table of deep.md
Students are dealt, never rows: seven in ten teach, one in ten checks, two in ten are foreseen. The network
learns from the first and stops by the second; our models are fitted to both, as they need no check. The model
that `plainview fit` would choose is chosen by folds inside those eight in ten. All figures are of equal rows.
Three seeds of each of three networks; "best deep" is the one whose checking loss was least.
"""

import argparse
import json
import os
import platform
import sys
import time
from functools import partial

import numpy as np
import torch
from tests.references import deep_worlds, logistic_ablation
from tests.references.deep_net import SEES, trained

from plainview.core.learner.choose.compare import compare
from plainview.core.learner.choose.models import MODELS
from plainview.core.logs.door import open_log
from plainview.core.stats.calibration import calibration
from plainview.core.stats.clustered import Score
from plainview.core.stats.discrimination import auc, auc_difference
from plainview.core.stats.losses import log_loss, loss_difference

SEED, SEEDS = 5, (1, 2, 3)
# Networks gain from rows: two worlds again with six times the students, one seed.
LARGER, N_LARGER = (deep_worlds.prerequisites, deep_worlds.unlike), 6000


def skill_building(seed):
    return logistic_ablation.skill_building(np.random.default_rng(seed), n_students=1500, n_skills=60)


def tutoring(seed):
    return logistic_ablation.tutoring(np.random.default_rng(seed), n_students=500, n_main=120, n_skills=20)


WORLDS = (*deep_worlds.WORLDS, skill_building, tutoring)


def dealt(log, seed):
    """Who teaches, who checks, who is foreseen."""
    place = np.random.default_rng(seed).permutation(log.n_students) / log.n_students
    return log.take(place < 0.7), log.take((place >= 0.7) & (place < 0.8)), log.take(place >= 0.8)


def figures(test, predicted):
    came = {"correct": test.correct, "predicted": predicted, "student": test.student}
    found, slope = calibration(**came), calibration(**came).slope
    return {
        "auc": round(auc(**came).value, 4),
        "log_loss": round(log_loss(**came).value, 4),
        "slope": round(slope.value, 3) if isinstance(slope, Score) else None,
        "gap": round(found.gap, 4),
        "gap_by_chance": round(found.gap_by_chance, 4),
    }


def beside(test, ours, deep):
    """Ours less the deep one, on the same rows; intervals by student."""
    came = {"correct": test.correct, "predicted": ours, "other": deep, "student": test.student}
    auc_less, loss_less = auc_difference(**came), loss_difference(**came)
    return {
        "auc": round(auc_less.value, 4),
        "auc_interval": [round(auc_less.interval.low, 4), round(auc_less.interval.high, 4)],
        "log_loss": round(loss_less.value, 4),
        "log_loss_interval": [round(loss_less.interval.low, 4), round(loss_less.interval.high, 4)],
    }


def of_ours(known, test, tell):
    found, seconds = {}, {}
    for model in MODELS:
        began = time.process_time()
        fit = model.load()(known)
        found[model.name] = fit.predict(test)
        seconds[model.name] = round(time.process_time() - began, 1)
        tell(model.name, figures(test, found[model.name]), seconds[model.name])
    return found, seconds


def of_networks(learn, check, test, seeds, tell):
    found, losses, seconds, epochs = {}, {}, {}, {}
    for sees in SEES:
        for seed in seeds:
            began = time.process_time()
            name = (sees, seed)
            found[name], epochs[name], losses[name] = trained(sees, learn, check, test, seed=seed)
            seconds[name] = time.process_time() - began
            tell(name, figures(test, found[name]), f"{epochs[name]} epochs, {seconds[name]:.0f} s")
    return found, losses, seconds


def mean_figures(test, runs):
    """Of several seeds: the mean figure, and the best and worst AUC."""
    each = [figures(test, predicted) for predicted in runs]
    told = {name: round(float(np.mean([one[name] for one in each])), 4) for name in each[0]}
    return told | {"auc_of_seeds": [one["auc"] for one in each]}


def one(log, name, *, seeds=SEEDS):
    tell = partial(print, name, file=sys.stderr, flush=True)
    learn, check, test = dealt(log, SEED)
    known = log.take(np.isin(log.students, (*learn.students, *check.students)))
    ours, seconds = of_ours(known, test, tell)
    chosen = compare(known, seed=1).chosen
    deep, losses, deep_seconds = of_networks(learn, check, test, seeds, tell)
    best = min(losses, key=losses.get)
    told = {
        "n_rows": log.n_rows,
        "n_students": log.n_students,
        "n_held_out_rows": test.n_rows,
        "n_held_out_students": test.n_students,
        "has_times": log.at_ms is not None,
        "ours": {model: figures(test, predicted) for model, predicted in ours.items()},
        "deep": {sees: mean_figures(test, [deep[sees, seed] for seed in seeds]) for sees in SEES},
        "best_deep": {"sees": best[0], "seed": best[1]} | figures(test, deep[best]),
        "chosen": chosen,
        "chosen_less_deep": beside(test, ours[chosen], deep[best]),
        "extended_less_deep": beside(test, ours["extended"], deep[best]),
        "cpu_s": {"ours": seconds, "deep": round(float(np.mean(list(deep_seconds.values()))), 1)},
    }
    tell("chosen", chosen, told["chosen_less_deep"])
    return told


# --- on any log -----------------------------------------------------------------------------------------


def table(told):
    rows = [(name, figure, " (chosen)" * (name == told["chosen"])) for name, figure in told["ours"].items()]
    rows += [(f"deep, sees {sees}", figure, "") for sees, figure in told["deep"].items()]
    lines = ["| | AUC | log loss | calibration slope | gap (by chance) |", "|---|---|---|---|---|"]
    for name, f, mark in rows:
        said = f"| {name}{mark} | {f['auc']:.4f} | {f['log_loss']:.4f} | {f['slope']} "
        lines.append(said + f"| {f['gap']:.4f} ({f['gap_by_chance']:.4f}) |")
    less = told["chosen_less_deep"]
    lines += ["", f"{told['chosen']} less the best network on the same {told['n_held_out_rows']:,} rows:"]
    lines += [f"AUC {less['auc']:+.4f} ({less['auc_interval'][0]:+.4f} to {less['auc_interval'][1]:+.4f}),"]
    low, high = less["log_loss_interval"]
    return "\n".join([*lines, f"log loss {less['log_loss']:+.4f} ({low:+.4f} to {high:+.4f})."])


def asked():
    words = argparse.ArgumentParser(description="Our models beside deep knowledge tracing.")
    words.add_argument(
        "log", nargs="?", help="any log that Plainview reads; without one, the simulated worlds"
    )
    words.add_argument("--format")
    words.add_argument("--mapping")
    words.add_argument("--students", type=int, help="draw so many of them")
    words.add_argument("--seeds", type=int, default=3)
    words.add_argument("--world", action="append", help="only this world")
    words.add_argument("--only", choices=("worlds", "larger"), help="of the simulated: only these")
    return words.parse_args()


def of_file(words):
    log = open_log(words.log, format=words.format, mapping=words.mapping).coded
    if words.students and words.students < log.n_students:
        log = log.take(np.random.default_rng(SEED).permutation(log.n_students)[: words.students])
    return one(log, words.log, seeds=tuple(range(1, words.seeds + 1)))


def worlds(words):
    made = [make for make in WORLDS if not words.world or make.__name__ in words.world]
    seeds = tuple(range(1, words.seeds + 1))
    return {make.__name__: one(make(SEED), make.__name__, seeds=seeds) for make in made}


def larger(words):
    made = [make for make in LARGER if not words.world or make.__name__ in words.world]
    return {m.__name__: one(m(SEED, n_students=N_LARGER), m.__name__, seeds=(1,)) for m in made}


if __name__ == "__main__":
    os.nice(10)
    words = asked()
    if words.log:
        print(table(of_file(words)))  # noqa: T201
    else:
        said = f"torch {torch.__version__}, Python {platform.python_version()}; our models: Plainview itself"
        told = {"made_with": said}
        if words.only != "larger":
            told["worlds"] = worlds(words)
        if words.only != "worlds":
            told["larger"] = larger(words)
        print(json.dumps(told))  # noqa: T201
