"""Makes coverage_of_bkt.json. Run from the project's root: python tests/references/coverage_of_bkt.py > ...

Plainview's own estimates held against simulated students whose truth is known: the figures of
docs/methods/bkt.md. tests/core/learner/test_coverage.py repeats a smaller part of it at every run.
"""

import json
import platform
import sys
import time
from dataclasses import replace
from datetime import date

from plainview.core.learner import compare, simulate
from plainview.core.learner.bkt import SkillPrior
from plainview.core.learner.estimate import estimate

SEED, N = 1995, 2000


def told(share):
    return {
        "share": round(share.value, 3),
        "low": round(share.interval.low, 3),
        "high": round(share.interval.high, 3),
        "n": share.n,
    }


def against_truth(mix, n_pieces, *, times_learn=1.0):
    drawn = SkillPrior().draws(N, seed=SEED + n_pieces)
    skills = [replace(skill, p_learn=skill.p_learn * times_learn) for skill in drawn]
    students = [simulate.student(skill, n=n_pieces, seed=SEED + i, mix=mix) for i, skill in enumerate(skills)]
    estimates = [estimate(one.pieces) for one in students]
    knows = [one.knows[-1] for one in students]
    return {
        "n_pieces": n_pieces,
        "coverage": told(compare.coverage(estimates, [one.p_known[-1] for one in students])),
        "mean_width": round(sum(one.high - one.low for one in estimates) / N, 3),
        "brier": round(compare.brier(estimates, knows), 3),
        "calibration": [
            {"from": b.low, "to": b.high, "said": round(b.said, 3), "knew": told(b.knew)}
            for b in compare.calibration(estimates, knows)
        ],
    }


def demonstration_school():
    requires = {
        3: (1, 2),
        4: (3,),
        5: (3,),
        6: (2,),
        7: (6,),
        8: (6,),
        9: (7, 8),
        10: (4,),
        11: (9,),
        12: (5, 10),
    }
    taught = [
        simulate.Taught(ref=f"c{i}", requires=tuple(f"c{j}" for j in requires.get(i, (0,) if i else ())))
        for i in range(13)
    ]
    estimates, knows, n_pieces = [], [], 0
    for seed in range(SEED, SEED + 5):
        school = simulate.school(
            students=[f"s{i}" for i in range(28)], taught=taught, starts_on=date(2025, 9, 29), seed=seed
        )
        n_pieces += len(school.shown)
        cells = {}
        for one in school.shown:
            cells.setdefault((one.student, one.competency), []).append(one)
        estimates += [estimate([one.piece for one in cell]) for cell in cells.values()]
        knows += [cell[-1].knows for cell in cells.values()]
    return {
        "schools": 5,
        "pieces": n_pieces,
        "brier": round(compare.brier(estimates, knows), 3),
        "calibration": [
            {"from": b.low, "to": b.high, "said": round(b.said, 3), "knew": told(b.knew)}
            for b in compare.calibration(estimates, knows)
        ],
        "by_state": {state: told(share) for state, share in compare.by_state(estimates, knows).items()},
    }


def milliseconds(n_students, n_competencies, n_pieces):
    skills = SkillPrior().draws(n_students * n_competencies, seed=SEED)
    cells = [
        simulate.student(skill, n=n_pieces, seed=i, mix=simulate.MIXED).pieces
        for i, skill in enumerate(skills)
    ]
    began = time.process_time()
    for cell in cells:
        estimate(cell)
    return round((time.process_time() - began) * 1000)


out = {
    "made_with": f"Python {platform.python_version()}, 2 cores, plainview's own code, seed {SEED}",
    "answers_only": [against_truth(simulate.ANSWERS_ONLY, n) for n in (1, 3, 5, 8, 12, 20, 40)],
    "mixed_kinds": [against_truth(simulate.MIXED, n) for n in (1, 3, 5, 8, 12, 20, 40)],
    "learning_at_a_third_of_the_pace_held": [
        against_truth(simulate.ANSWERS_ONLY, n, times_learn=1 / 3) for n in (3, 8, 20)
    ],
    "demonstration_school": demonstration_school(),
    "cpu_milliseconds": {
        "28 x 13, 10 pieces each": milliseconds(28, 13, 10),
        "28 x 40, 50 pieces each": milliseconds(28, 40, 50),
    },
}
json.dump(out, sys.stdout, indent=1)
