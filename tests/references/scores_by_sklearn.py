"""Makes scores_by_sklearn.json. Run: python scores_by_sklearn.py > scores_by_sklearn.json

Needs scikit-learn and statsmodels.
"""

import json
import sys

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

cases = []
for seed, n_students, ties in [(1, 8, False), (2, 12, True), (3, 40, True), (4, 25, False)]:
    chance = np.random.default_rng(seed)
    student = np.repeat(np.arange(n_students), chance.integers(3, 12, n_students))
    ability = chance.normal(0, 1, n_students)[student]
    correct = (chance.random(len(student)) < 1 / (1 + np.exp(-ability))).astype(int)
    predicted = 1 / (1 + np.exp(-(0.6 * ability + chance.normal(0, 0.5, len(student)))))
    predicted = np.round(predicted, 1 if ties else 6).clip(0.05, 0.95)
    log_odds = np.log(predicted / (1 - predicted))
    clusters = {"groups": student, "use_correction": False}
    family = sm.families.Binomial()
    slope = sm.GLM(correct, sm.add_constant(log_odds), family=family).fit(
        cov_type="cluster", cov_kwds=clusters
    )
    level = sm.GLM(correct, np.ones((len(correct), 1)), family=family, offset=log_odds).fit(
        cov_type="cluster", cov_kwds=clusters
    )
    # statsmodels' sandwich has no factor G / (G - 1); ours has.
    small = np.sqrt(n_students / (n_students - 1))
    cases.append(
        {
            "student": student.tolist(),
            "correct": correct.tolist(),
            "predicted": predicted.tolist(),
            "auc": roc_auc_score(correct, predicted),
            "log_loss": log_loss(correct, predicted),
            "brier": brier_score_loss(correct, predicted),
            "slope": slope.params[1],
            "slope_se": slope.bse[1] * small,
            "intercept": level.params[0],
            "intercept_se": level.bse[0] * small,
        }
    )
made_with = (
    f"scikit-learn {sklearn.__version__}; statsmodels {statsmodels.__version__}, GLM(cov_type='cluster')"
)
json.dump({"made_with": made_with, "cases": cases}, sys.stdout)
