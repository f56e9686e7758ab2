"""Makes ability_by_grid.json. Run: python ability_by_grid.py > ability_by_grid.json

One student's ability after each answer, by Bayes' rule on a fine grid, the items' difficulties known exactly:
what the quick update (assumed-density filtering) stands in for. Needs numpy.
"""

import json
import sys

import numpy as np

chance = np.random.default_rng(5)
grid = np.linspace(-8, 8, 4001)
cases = []
for sd in (0.7, 1.3):
    difficulty = chance.normal(0, 1, 25)
    right = (chance.random(25) < 1 / (1 + np.exp(-(0.8 - difficulty)))).astype(int)
    weight = np.exp(-0.5 * (grid / sd) ** 2)
    mean, deviation, predicted = [], [], []
    for b, u in zip(difficulty, right, strict=True):
        p = 1 / (1 + np.exp(-(grid - b)))
        predicted.append(float(weight @ p / weight.sum()))
        weight = weight * (p if u else 1 - p)
        mean.append(float(weight @ grid / weight.sum()))
        deviation.append(float(np.sqrt(weight @ (grid - mean[-1]) ** 2 / weight.sum())))
    cases.append(
        {
            "sd": sd,
            "difficulty": difficulty.tolist(),
            "right": right.tolist(),
            "predicted": predicted,
            "mean": mean,
            "deviation": deviation,
        }
    )
json.dump({"made_with": f"numpy {np.__version__}, 4,001 points", "cases": cases}, sys.stdout)
