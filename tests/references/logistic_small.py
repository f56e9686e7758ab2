"""Makes logistic_small.json: is the extended model worth having with the answers of one class?

Run from the project's root:  python -m tests.references.logistic_small > tests/references/logistic_small.json
From two of the worlds of logistic_ablation.py, 25, 50 and 100 students are drawn 20 times; 150 others are
foreseen. The gain is log-likelihood an answer beyond the constant that the class's own share right gives.
"""

import json

import numpy as np
from tests.references.logistic_ablation import practice, skill_building

from plainview.core.learner.logistic import compiled  # noqa: F401 - many small fits: the compiler pays
from plainview.core.learner.logistic.fit import fit

N_DRAWS, N_OTHERS, SEED = 20, 150, 11


def log_likelihood(right, p):
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return float(np.mean(right * np.log(p) + (1 - right) * np.log1p(-p)))


def gain(log, n_students, seed):
    drawn = np.random.default_rng(seed).permutation(log.n_students)
    trained, others = log.take(drawn[:n_students]), log.take(drawn[n_students : n_students + N_OTHERS])
    constant = np.full(others.n_rows, trained.correct.mean())
    return log_likelihood(others.correct, fit(trained).predict(others)) - log_likelihood(
        others.correct, constant
    )


def one(make, n_students):
    log = make(np.random.default_rng(SEED), n_students=500)
    gains = [gain(log, n_students, seed) for seed in range(N_DRAWS)]
    better = sum(g > 0 for g in gains)
    told = {"mean": round(float(np.mean(gains)), 4), "worst": round(min(gains), 4), "n_better": better}
    return {"world": make.__name__, "n_students": n_students, "n_draws": N_DRAWS, **told}


if __name__ == "__main__":
    cases = [one(make, n) for make in (practice, skill_building) for n in (25, 50, 100)]
    print(json.dumps({"cases": cases}))  # noqa: T201
