"""Makes logistic_by_scikit_learn.json: the logistic models fitted by scikit-learn and statsmodels.

Run (in an environment of its own):  python logistic_by_scikit_learn.py > logistic_by_scikit_learn.json
Needs scikit-learn, statsmodels. The counts are made here a second time, by dictionaries and the letter of
the papers, so that neither our walk nor our solver is on both sides.
"""

import json
from collections import defaultdict
from math import log

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression

N_STUDENTS, N_ITEMS, N_SKILLS = 40, 12, 4


def make_log(seed):
    """A few hundred answers, items of one or two skills, students taking turns."""
    chance = np.random.default_rng(seed)
    skills_of = [[i % N_SKILLS] + ([(i + 1) % N_SKILLS] if i % 3 == 0 else []) for i in range(N_ITEMS)]
    ability, hard = chance.normal(0, 1, N_STUDENTS), chance.normal(0, 1, N_ITEMS)
    rows = []
    for _ in range(15):
        for student in chance.permutation(N_STUDENTS).tolist():
            item = int(chance.integers(N_ITEMS))
            p = 1 / (1 + np.exp(hard[item] - ability[student]))
            rows.append((student, item, int(chance.random() < p), skills_of[item]))
    return rows


def features(model, student, item, skills, before):
    """One row as a dictionary from name to number; ``before`` counts this student's earlier rows."""
    row = {}
    if model == "afm":
        row[f"student {student}"] = 1
    if model == "best_lr":
        row[f"item {item}"] = 1
        wins, answers = before["wins"], before["answers"]
        row["right answers so far"], row["answers so far"] = log(1 + wins), log(1 + answers)
        row["right answers so far at this very item"] = log(1 + before["wins", "item", item])
        row["answers so far at this very item"] = log(1 + before["answers", "item", item])
    for skill in skills:
        wins, answers = before["wins", skill], before["answers", skill]
        row[f"skill {skill}"] = 1
        if model == "afm":
            row[f"skill x answers {skill}"] = answers
        if model == "pfa":
            row[f"skill x wins {skill}"], row[f"skill x fails {skill}"] = wins, answers - wins
        if model == "best_lr":
            row[f"skill x log wins {skill}"] = log(1 + wins)
            row[f"skill x log answers {skill}"] = log(1 + answers)
    return row


def remember(before, item, right, skills):
    for what, more in (("wins", right), ("answers", 1)):
        before[what] += more
        before[what, "item", item] += more
        for skill in skills:
            before[what, skill] += more


def design(model, rows):
    """Rows as dictionaries, then as a matrix with sorted names."""
    seen, told = defaultdict(lambda: defaultdict(int)), []
    for student, item, right, skills in rows:
        told.append(features(model, student, item, skills, seen[student]))
        remember(seen[student], item, right, skills)
    names = sorted({name for row in told for name in row})
    return names, np.array([[row.get(name, 0) for name in names] for row in told], float)


def fitted(model, rows, penalty):
    names, x = design(model, rows)
    y = np.array([row[2] for row in rows])
    found = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-14, max_iter=500).fit(x, y)
    p = found.predict_proba(x)[:, 1]
    return {
        "model": model,
        "penalty": penalty,
        "intercept": float(found.intercept_[0]),
        "weights": dict(zip(names, found.coef_[0].tolist(), strict=True)),
        "log_likelihood": float(np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))),
        "p": p.tolist(),
    }


def errors(rows):
    """The four counts of Best-LR alone, without a penalty: standard errors by statsmodels."""
    names, x = design("best_lr", rows)
    kept = [n for n, name in enumerate(names) if "so far" in name]
    y = [row[2] for row in rows]
    found = sm.Logit(y, sm.add_constant(x[:, kept])).fit(disp=0, tol=1e-14, maxiter=200)
    return {
        "names": ["intercept", *(names[n] for n in kept)],
        "weights": found.params.tolist(),
        "se": found.bse.tolist(),
        "log_likelihood": float(found.llf),
    }


if __name__ == "__main__":
    rows = make_log(seed=3)
    made_with = f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}"
    cases = [fitted(m, rows, penalty) for m in ("afm", "pfa", "best_lr") for penalty in (1.0, 0.2)]
    print(json.dumps({"made_with": made_with, "rows": rows, "cases": cases, "errors": errors(rows)}))  # noqa: T201
