"""Makes fairness_by_peers.json. Run: python fairness_by_peers.py > fairness_by_peers.json

Needs scikit-learn, fairlearn and statsmodels. ABROCA from scikit-learn's ROC curves on a grid of a million
points; error rates by group from fairlearn; the conditional ratio from statsmodels' stratified tables.
"""

import json
import sys

import fairlearn
import numpy as np
import sklearn
import statsmodels
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate
from sklearn.metrics import roc_auc_score, roc_curve
from statsmodels.stats.contingency_tables import StratifiedTable

MANY = 1_000_001


def on_grid(y, said, grid):
    x, up, _ = roc_curve(y, said, drop_intermediate=False)
    return np.interp(grid, x, up)


abroca, rates, parity = [], [], []
for seed, n, ties in [(1, 130, 0), (2, 200, 8), (3, 500, 0), (4, 90, 4)]:
    chance = np.random.default_rng(seed)
    side = chance.random(n) < 0.4
    ability = chance.normal(0, 1, n)
    correct = (chance.random(n) < 1 / (1 + np.exp(-ability - 0.4 * side))).astype(int)
    said = 1 / (1 + np.exp(-ability - chance.normal(0, 1 + side, n)))
    said = np.round(said * ties) / ties if ties else np.round(said, 6)
    grid = (np.arange(MANY) + 0.5) / MANY
    one, other = (on_grid(correct[m], said[m], grid) for m in (side, ~side))
    frame = MetricFrame(
        metrics={"fpr": false_positive_rate, "fnr": false_negative_rate, "selected": selection_rate},
        y_true=correct,
        y_pred=(said >= 0.5).astype(int),
        sensitive_features=side.astype(int),
    )
    whole = {"seed": seed, "correct": correct.tolist(), "predicted": said.tolist(), "in_group": side.tolist()}
    abroca.append(whole | {"abroca": float(np.abs(one - other).mean())})
    rates.append(
        {
            "seed": seed,
            "by_group": {
                str(k): {m: float(frame.by_group[m][k]) for m in ("fpr", "fnr", "selected")} for k in (0, 1)
            },
            "auc": [float(roc_auc_score(correct[m], said[m])) for m in (~side, side)],
        }
    )
    stratum = chance.integers(0, 4, n)
    decided = (chance.random(n) < 0.3 + 0.1 * stratum - 0.1 * side).astype(int)
    tables = [
        [[int((decided[(stratum == s) & m] == d).sum()) for d in (1, 0)] for m in (side, ~side)]
        for s in range(4)
    ]
    table = StratifiedTable([np.array(t) for t in tables])
    parity.append(
        {
            "seed": seed,
            "stratum": stratum.tolist(),
            "decided": decided.tolist(),
            "in_group": side.tolist(),
            "risk_ratio_pooled": float(table.riskratio_pooled),
        }
    )
versions = {"scikit-learn": sklearn, "fairlearn": fairlearn, "statsmodels": statsmodels}
made_with = "; ".join(f"{name} {module.__version__}" for name, module in versions.items())
json.dump({"made_with": made_with, "abroca": abroca, "rates": rates, "parity": parity}, sys.stdout)
