"""Makes irt_coverage.json: do the intervals of core.measure.irt hold the truth as often as they say?

Run from the project's root: python tests/references/irt_coverage.py > tests/references/irt_coverage.json
Plainview's own fits held against simulated students and items whose truth is known: the figures of
docs/methods/irt.md. Intervals are value +- 1.96 standard errors; abilities are mean +- 1.96 deviations.
"""

import json
import platform
import sys

import numpy as np

from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.residuals import item_fit
from plainview.core.measure.irt.score_groups import s_x2
from plainview.core.measure.irt.simulate import simulate

Z = 1.959964
CASES = [
    # model, categories, students, items, absent, repetitions
    ("rasch", 2, 200, 10, 0.0, 60),
    ("1pl", 2, 200, 10, 0.0, 60),
    ("2pl", 2, 300, 10, 0.0, 60),
    ("2pl", 2, 1000, 30, 0.0, 20),
    ("2pl", 2, 1000, 30, 0.4, 20),
    ("2pl", 2, 2000, 150, 0.9, 6),
    ("3pl", 2, 1000, 30, 0.0, 20),
    ("grm", 4, 500, 10, 0.1, 30),
    ("gpcm", 4, 500, 10, 0.1, 30),
]


def held(value, truth, se):
    inside = np.abs(np.asarray(value) - truth) <= Z * np.asarray(se)
    return inside[np.isfinite(se)].ravel()


def one(model, n_categories, n_students, n_items, absent, times):
    made = "1pl" if model == "rasch" else model
    slope, difficulty, ability, infit, flagged = [], [], [], [], []
    for seed in range(times):
        truth = simulate(
            n_students=n_students,
            n_items=n_items,
            seed=seed,
            model=made,
            n_categories=n_categories,
            absent=absent,
        )
        found = fit(truth.answers, model=model)
        for item, known in zip(found.items, truth.difficulties, strict=True):
            if len(item.difficulties) == len(known):  # else a category went unused, and the rest moved up
                difficulty.append(held(item.difficulties, known, item.difficulty_ses))
        slope.append(held(found.a, truth.slopes, [item.slope_se for item in found.items]))
        ability.append(held(found.eap, truth.theta, found.eap_sd))
        infit += [item.infit_z for item in item_fit(found, truth.answers)]
        if absent == 0:
            flagged += [item.p < 0.05 for item in s_x2(found, truth.answers)]
    share = {"slope": slope, "difficulty": difficulty, "ability": ability}
    return {
        "model": model,
        "n_students": n_students,
        "n_items": n_items,
        "absent": absent,
        "n_tests": times,
        "coverage": {
            k: round(float(np.concatenate(v).mean()), 3) for k, v in share.items() if np.concatenate(v).size
        },
        "sd_of_infit_z": round(float(np.std(infit)), 2),
        "s_x2_below_05": round(float(np.mean(flagged)), 3) if flagged else None,
    }


def main():
    made_with = f"Python {platform.python_version()}, numpy {np.__version__}; seeds 0, 1, 2 ..."
    json.dump({"made_with": made_with, "cases": [one(*case) for case in CASES]}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
