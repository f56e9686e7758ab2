"""Makes tracing_small.json: small classes, as pyBKT and a constant forecast the held-out answers.

Run: PYTHONPATH=src python tests/references/tracing_small.py > tests/references/tracing_small.json
(needs pyBKT with scikit-learn <= 1.7.2, and numpy; the wheel of pyBKT is pure Python: some minutes)
"""

import json
import logging
import sys
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
from pyBKT.models import Model

from plainview.core.learner.tracing.simulate import World, simulate

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

WORLDS = {
    "the plain model is true": {"n_skills": 4, "mean_length": 5.0},
    "students and items differ, little is learned": {
        "n_skills": 6,
        "mean_length": 4.0,
        "learn": [0.0, 0.1],
        "spread_of_students": 1.2,
        "spread_of_items": 1.0,
    },
}
N_HELD_OUT = 60
N_DRAWS = {25: 20, 50: 10, 100: 5}  # pyBKT takes ten seconds for a draw of a hundred students


def frame(log):
    return pd.DataFrame(
        {
            "user_id": np.asarray(log.students)[log.student],
            "skill_name": np.asarray(log.skills)[log.skill],
            "correct": log.correct.astype(int),
            "order_id": np.arange(log.n_rows),
        }
    )


def worth(right, p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(np.mean(right * np.log(p) + (1 - right) * np.log(1 - p)))


def by_pybkt(train, test):
    model = Model(seed=42, num_fits=5, parallel=False)
    model.fit(data=frame(train))
    out = model.predict(data=frame(test)).sort_values("order_id")
    return out["correct_predictions"].to_numpy()


def draw(world, n_students, seed):
    both = simulate(World(n_students=n_students + N_HELD_OUT, **world), seed=seed).log
    train, test = both.take(np.arange(n_students)), both.take(np.arange(n_students, n_students + N_HELD_OUT))
    right = test.correct.astype(float)
    share = float(train.correct.mean())
    hits, n = (np.bincount(train.skill, w, train.n_skills) for w in (train.correct, None))
    by_skill = (hits + share) / (n + 1)
    return {
        "seed": seed,
        "constant": worth(right, np.full(len(right), share)),
        "constant_by_skill": worth(right, by_skill[test.skill]),
        "pybkt": worth(right, by_pybkt(train, test)),
    }


cases = [
    {"world": name, "n_students": n, "draws": [draw(world, n, seed) for seed in range(n_draws)]}
    for name, world in WORLDS.items()
    for n, n_draws in N_DRAWS.items()
]
json.dump(
    {"made_with": f"pyBKT {version('pyBKT')}", "worlds": WORLDS, "n_held_out": N_HELD_OUT, "cases": cases},
    sys.stdout,
    indent=1,
)
