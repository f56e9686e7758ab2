"""Makes logistic_ablation.json: which feature families earn their place, on students whose truth is known.

Run (where plainview is installed):  python logistic_ablation.py > logistic_ablation.json
Three worlds that no model of ours is true in: practice with times (learning, forgetting, skills that go
together, moods, guessing), skill building (a skill known or not, until three right in a row), and tutoring
(a wrong answer opens easier items whose answers hang together; effort comes and goes). Every student is held
out once, in five folds.
"""

import json
import sys
import time
from math import exp, log1p

import numpy as np

from plainview.core.learner.logistic import held_out
from plainview.core.logs.coded import Coded

SEED = 7
VARIANTS = {
    "AFM": {"model": "afm"},
    "PFA": {"model": "pfa"},
    "Best-LR": {"model": "best_lr"},
    "extended": {},
    **{
        f"without {name}": {"without": without}
        for name, without in {
            "counts": ("counts",),
            "slopes a skill": ("skill x log wins", "skill x log fails"),
            "rates": ("rates",),
            "recent": ("recent",),
            "rates and recent": ("rates", "recent"),
            "ability": ("ability", "item x ability"),
            "times": ("times",),
            "item after item": ("item after item",),
            "item x ability": ("item x ability",),
        }.items()
    },
}


def sigmoid(x):
    return 1 / (1 + exp(-x))


def coded(rows, *, times=False):
    student, item, right, skills, at = zip(*rows, strict=True)
    return Coded.from_arrays(
        student=np.array(student),
        item=np.array(item),
        correct=right,
        skills=skills,
        at_ms=at if times else None,
    )


def practice(chance, n_students=800, n_skills=40, a_skill=30):
    """Normal abilities and difficulties, unequal discrimination; answers teach, days take away."""
    n_items = n_skills * a_skill
    hard = chance.normal(0, 1, n_items) + np.repeat(chance.normal(0, 0.7, n_skills), a_skill)
    sharp, teaches = np.exp(chance.normal(0, 0.3, n_items)), np.exp(chance.normal(-2, 0.4, n_skills))
    together = chance.normal(0, 0.35, (n_skills, 3))
    other = np.where(chance.random(n_items) < 0.2, chance.integers(0, n_skills, n_items), -1)
    rows = []
    for student in range(n_students):
        ability, mood, hour = chance.normal(0, 0.9), 0.0, 0.0
        known = together @ chance.normal(0, 1, 3) + chance.normal(0, 0.4, n_skills)
        last, n_left, k = np.full(n_skills, -1.0), 0, 0
        for _ in range(max(5, int(chance.gamma(2, 40)))):
            if n_left == 0:
                k, n_left = int(chance.integers(n_skills)), int(chance.integers(3, 12))
            n_left -= 1
            hour += chance.exponential(0.02) if chance.random() < 0.97 else chance.exponential(48)
            i = k * a_skill + int(chance.integers(a_skill))
            mine = list({k, int(other[i])} - {-1})
            for q in mine:
                known[q] -= 0.15 * log1p((hour - last[q]) / 24) if last[q] >= 0 else 0
            mood = 0.9 * mood + chance.normal(0, 0.2)
            p = 0.1 + 0.85 * sigmoid(sharp[i] * (ability + known[mine].mean() + mood - hard[i]))
            right = float(chance.random() < p)
            rows.append((student, i, right, mine, int(hour * 3.6e6)))
            for q in mine:
                known[q], last[q] = known[q] + teaches[q] * (1.3 if right else 0.7), hour
    return coded(rows, times=True)


def skill_building(chance, n_students=2500, n_skills=100):
    """A skill is known or not, learned by chance, left at three right in a row; items are skills."""
    hard, together = chance.normal(-0.6, 0.6, n_skills), chance.normal(0, 0.5, (n_skills, 3))
    learns = [sigmoid(x) for x in chance.normal(-1.3, 0.5, n_skills)]
    rows = []
    for student in range(n_students):
        ability, factors, mood = chance.normal(0, 0.8), chance.normal(0, 1, 3), 0.0
        left, k = max(5, int(chance.geometric(1 / 30))), int(chance.integers(n_skills))
        while left > 0:
            k, in_a_row = (k + int(chance.integers(0, 3))) % n_skills, 0
            knows = chance.random() < sigmoid(ability + together[k] @ factors - hard[k])
            for _ in range(int(chance.integers(6, 14))):
                mood = 0.8 * mood + chance.normal(0, 0.35)
                right = chance.random() < sigmoid((2.0 if knows else -1.2) + 0.5 * ability + mood)
                rows.append((student, k, float(right), [k], 0))
                knows, left = knows or chance.random() < learns[k], left - 1
                in_a_row = in_a_row + 1 if right else 0
                if in_a_row == 3 or left == 0:
                    break
    return coded(rows)


def tutoring(chance, n_students=300, n_main=300, n_skills=30):
    """Main items in an order; a wrong answer opens one to three more, each leaning on the one before."""
    skill, hard = chance.integers(0, n_skills, n_main), chance.normal(0.3, 1, n_main)
    n_more, more_hard = chance.integers(1, 4, n_main), chance.normal(-0.3, 0.8, (n_main, 3))
    more_skill, leans = chance.integers(0, n_skills, (n_main, 3)), chance.normal(0.8, 0.8, (n_main, 3))
    rows = []
    for student in range(n_students):
        ability, known = chance.normal(0, 0.9), chance.normal(0, 0.5, n_skills)
        effort, m = 1, int(chance.integers(n_main))
        for _ in range(max(5, int(chance.gamma(3, 45)))):
            effort = 1 - effort if chance.random() < 0.05 else effort
            at = ability - (1 - effort)
            right = chance.random() < sigmoid(at + known[skill[m]] - hard[m])
            rows.append((student, m, float(right), [int(skill[m])], 0))
            known[skill[m]] += 0.06
            before = 0
            for q in range(0 if right else n_more[m]):
                k = more_skill[m, q]
                then = chance.random() < sigmoid(at + known[k] - more_hard[m, q] + leans[m, q] * before)
                rows.append((student, n_main + 3 * m + q, float(then), [int(k)], 0))
                before, known[k] = (1 if then else -1), known[k] + 0.08
            m = (m + 1) % n_main if chance.random() < 0.8 else int(chance.integers(n_main))
    return coded(rows)


def auc(right, p):
    """Chance that a right answer was given the higher probability; ties count half."""
    _, place, n = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(n) - (n - 1) / 2)[place]
    n_right = right.sum()
    return float((rank[right == 1].sum() - n_right * (n_right + 1) / 2) / (n_right * (len(right) - n_right)))


def measured(log, **choice):
    fold = np.random.default_rng(SEED).permutation(log.n_students) % 5
    out = held_out.predict(log, fold=fold, **choice)
    right, p = log.correct.astype(float), np.clip(out.predicted, 1e-9, 1 - 1e-9)
    mean = float(np.mean(right * np.log(p) + (1 - right) * np.log1p(-p)))
    converged = all(ended.converged for ended in out.ended)
    return {"auc": round(auc(right, p), 4), "log_likelihood": round(mean, 4), "converged": converged}


def one_world(make):
    log, found = make(np.random.default_rng(SEED)), {}
    for name, choice in VARIANTS.items():
        began = time.process_time()
        found[name] = measured(log, **choice) | {"cpu_s": round(time.process_time() - began, 1)}
        print(make.__name__, name, found[name], file=sys.stderr, flush=True)  # noqa: T201
    return {"n_rows": log.n_rows, "n_students": log.n_students, "variants": found}


if __name__ == "__main__":
    print(json.dumps({m.__name__: one_world(m) for m in (practice, skill_building, tutoring)}))  # noqa: T201
