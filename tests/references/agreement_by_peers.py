"""Makes agreement_by_peers.json. Run: python agreement_by_peers.py > agreement_by_peers.json

Needs krippendorff, scikit-learn, statsmodels and numpy from PyPI. The ratings: Krippendorff's four observers
and twelve units (2011); the diagnoses of Fleiss (1971) as counts; and drawn tables, seed below.
"""

import json
import sys
from importlib.metadata import version

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

N = None
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# Depression, personality disorder, schizophrenia, neurosis, other: how many of six psychiatrists said so.
DIAGNOSES = """00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 00501
30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"""

chance = np.random.default_rng(20261122)


def drawn(n_units, n_raters, n_values, missing):
    true = chance.integers(0, n_values, size=(n_units, 1))
    table = np.where(
        chance.random((n_units, n_raters)) < 0.6, true, chance.integers(0, n_values, (n_units, n_raters))
    )
    table = table.astype(float)
    table[chance.random(table.shape) < missing] = np.nan
    return table


def as_lists(table):
    return [[None if np.isnan(x) else x for x in row] for row in np.asarray(table, dtype=float)]


def alphas(table):
    scales = ["nominal", "ordinal", "interval", "ratio"]
    found = {s: krippendorff.alpha(reliability_data=table.T, level_of_measurement=s) for s in scales}
    return {"ratings": as_lists(table), "alpha": found}


def kappas(table):
    one, other = table[:, 0].astype(int), table[:, 1].astype(int)
    values = np.unique(table)
    counts = np.array([[((one == a) & (other == b)).sum() for b in values] for a in values])
    found = {}
    for ours, theirs in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
        made = cohens_kappa(counts, wt=theirs)
        found[ours] = {
            "sklearn": cohen_kappa_score(one, other, weights=theirs),
            "statsmodels": float(made.kappa),
            "error": float(np.sqrt(made.var_kappa)),
        }
    return {"ratings": as_lists(table), "kappa": found}


observers = np.array(OBSERVERS, dtype=float).T
diagnoses = np.array([[int(d) for d in row] for row in DIAGNOSES.split()])
made_with = ", ".join(f"{p} {version(p)}" for p in ("krippendorff", "scikit-learn", "statsmodels", "numpy"))
json.dump(
    {
        "made_with": made_with,
        "alphas": [alphas(observers), alphas(drawn(30, 5, 4, 0.3)), alphas(drawn(12, 3, 7, 0.1))],
        "kappas": [kappas(drawn(n, 2, k, 0.0)) for n, k in ((40, 2), (80, 4), (200, 6))],
        "diagnoses": {"counts": diagnoses.tolist(), "fleiss": fleiss_kappa(diagnoses)},
    },
    sys.stdout,
)
