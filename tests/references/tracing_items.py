"""Makes tracing_items.json: small classes, foreseen as the log decides, with items held alike, and by pyBKT.

Run: PYTHONPATH=src python tests/references/tracing_items.py > tests/references/tracing_items.json
(needs pyBKT, with its own C++ some three minutes; numpy)

In some worlds items are alike, in some they differ, and in some the model is wrong besides. 25, 50 and 100
students to learn from, 200 others are foreseen. The rules were chosen on other seeds than these.
"""

import json
import logging
import sys
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
from pyBKT.models import Model

from plainview.core.learner import simulated_irt
from plainview.core.learner.tracing import fit
from plainview.core.learner.tracing.simulate import World, simulate

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

FIVE = {"n_skills": 5, "mean_length": 6.0}
SPARSE = {"n_skills": 30, "share_of_skills": 0.12, "mean_length": 7.0}
WORLDS = {
    "items alike: the plain model is true": FIVE,
    "items alike, 10 skills": FIVE | {"n_skills": 10},
    "items alike, 15 answers a skill": FIVE | {"mean_length": 15.0},
    "items alike, students differ": FIVE | {"spread_of_students": 1.2},
    "items alike, forgotten (not told to the fit)": FIVE | {"forget": [0.02, 0.15]},
    "items alike, next to nothing to see": FIVE | {"guess": [0.35, 0.5], "slip": [0.3, 0.45]},
    "one item a skill": FIVE | {"n_items_a_skill": 1},
    "items differ a little (.3)": FIVE | {"spread_of_items": 0.3},
    "items differ (.5)": FIVE | {"spread_of_items": 0.5},
    "items (.5) and students (.7) differ": FIVE | {"spread_of_items": 0.5, "spread_of_students": 0.7},
    "60 items a skill differ (.5)": FIVE | {"n_items_a_skill": 60, "spread_of_items": 0.5},
    "items differ much (1.0), 10 skills": FIVE | {"n_skills": 10, "spread_of_items": 1.0},
    "30 skills, a student meets four; items (.5) and students (.7) differ": SPARSE
    | {"spread_of_items": 0.5, "spread_of_students": 0.7},
    "item response theory with learning, 5 skills": {"irt": 5},
    "item response theory with learning, 10 skills": {"irt": 10},
}
N_HELD_OUT = 200
SEEDS = range(5001, 5021)


def log_of(world, n_students, seed):
    if "irt" in world:
        k = world["irt"]
        made = simulated_irt.World(
            n_students=n_students, n_items=10 * k, n_skills=k, n_answers=6 * k, two_skills=0.0
        )
        return simulated_irt.simulate(made, seed=seed).log
    return simulate(World(n_students=n_students, **world), seed=seed).log


def frame(log):
    return pd.DataFrame(
        {
            "user_id": log.student,
            "skill_name": np.asarray(log.skills)[log.skill],
            "correct": log.correct.astype(int),
            "order_id": np.arange(log.n_rows),
        }
    )


def worth(log, p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(np.mean(log.correct * np.log(p) + (1 - log.correct) * np.log(1 - p)))


def by_pybkt(train, test):
    model = Model(seed=1, num_fits=5, parallel=False)
    model.fit(data=frame(train))
    return model.predict(data=frame(test)).sort_values("order_id")["correct_predictions"].to_numpy()


def draw(world, n_students, seed):
    both = log_of(world, n_students + N_HELD_OUT, seed)
    learns = np.arange(both.n_students) < n_students
    train, test = both.take(learns), both.take(~learns)
    found = fit(train)
    alike = worth(test, fit(train, by_item=False).predict(test))
    return {
        "differ": found.variant.by_item,
        "beyond_alike": worth(test, found.predict(test)) - alike,
        "alike_beyond_pybkt": alike - worth(test, by_pybkt(train, test)),
    }


def told(draws):
    alike = np.array([one["alike_beyond_pybkt"] for one in draws])
    beyond = np.array([one["beyond_alike"] for one in draws])
    return {
        "n_differ": sum(one["differ"] for one in draws),
        "beyond_alike": {"mean": float(beyond.mean()), "least": float(beyond.min())},
        "alike_beyond_pybkt": {"mean": float(alike.mean()), "won": int((alike > 0).sum())},
        "beyond_pybkt": {
            "mean": float((alike + beyond).mean()),
            "least": float((alike + beyond).min()),
            "won": int((alike + beyond > 0).sum()),
        },
    }


cases = [
    {"world": name, "n_students": n} | told([draw(world, n, seed) for seed in SEEDS])
    for name, world in WORLDS.items()
    for n in (25, 50, 100)
]
json.dump(
    {
        "made_with": f"pyBKT {version('pyBKT')}",
        "n_draws": len(SEEDS),
        "n_held_out": N_HELD_OUT,
        "cases": cases,
    },
    sys.stdout,
    indent=1,
)
