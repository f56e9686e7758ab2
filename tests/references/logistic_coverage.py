"""Makes logistic_coverage.json: how often a printed interval of a weight holds the truth that made the log.

Run (where plainview is installed):  python logistic_coverage.py > logistic_coverage.json
Every draw: weights from the stated prior, answers one after the other from Best-LR with these weights, a fit,
and for each of the four columns whether its 95 % interval of the odds ratio holds the true one. In the second
world students differ by an ability of standard deviation 1 that no column of the model carries.
"""

import json
from math import exp, log1p

import numpy as np

from plainview.core.learner.logistic.fit import fit
from plainview.core.logs.coded import Coded

N_DRAWS, N_STUDENTS, N_ROWS, N_ITEMS = 150, 40, 30, 8
SLOPES = np.array([0.3, 0.3, 0.3, 0.3])  # the prior's scale: 1 / 0.3 ** 2 as penalty


def one_log(chance, *, spread):
    """Answers of students whose every step follows the model; ``spread``: what it does not know of them."""
    slopes, items = SLOPES * chance.normal(size=4), chance.normal(size=N_ITEMS)
    rows = []
    for student in range(N_STUDENTS):
        ability, wins, at_item = spread * chance.normal(), 0, np.zeros((N_ITEMS, 2))
        for n in range(N_ROWS):
            i = int(chance.integers(N_ITEMS))
            told = [log1p(wins), log1p(n), log1p(at_item[i, 0]), log1p(at_item[i, 1])]
            right = chance.random() < 1 / (1 + exp(-(items[i] + ability + float(slopes @ told))))
            rows.append((student, i, float(right)))
            wins += right
            at_item[i] += (right, 1)
    return slopes, rows


def covered(seed, *, spread):
    slopes, rows = one_log(np.random.default_rng(seed), spread=spread)
    student, item, right = zip(*rows, strict=True)
    log = Coded.from_arrays(student=student, item=item, correct=right)
    found = fit(log, model="best_lr", penalty={"columns": 1 / 0.3**2, "item": 1.0})
    doubling = np.exp(np.log(2) * slopes)
    return [w.interval.holds(float(t)) for w, t in zip(found.weights(), doubling, strict=True)]


def world(spread):
    held = np.array([covered(seed, spread=spread) for seed in range(N_DRAWS)])
    return {"spread": spread, "n_intervals": int(held.size), "n_held": int(held.sum())}


if __name__ == "__main__":
    setting = {"n_draws": N_DRAWS, "n_students": N_STUDENTS, "n_rows": N_ROWS, "seeds": "0 and on"}
    print(json.dumps({"setting": setting, "worlds": [world(0.0), world(1.0)]}))  # noqa: T201
