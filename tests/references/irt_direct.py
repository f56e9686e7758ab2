"""Makes irt_direct.json: response models by the most direct computation there is, without plainview.

The marginal likelihood is summed over 121 Gauss-Hermite nodes, every response pattern on its own, and climbed
by scipy from numerical gradients; standard errors from numerical second derivatives. S-X2 and M2 by listing
all 32 patterns. Run: python irt_direct.py > irt_direct.json (numpy and scipy; some minutes)

The two tables are facts printed in Bock & Lieberman (1970), Psychometrika 35, 179-197 (LSAT sections 6, 7):
how many of 1,000 candidates gave each of the 32 patterns to five items, in the order 00000, 00001, 00010 ...
"""

import itertools
import json
import platform
import sys

import numpy as np
import scipy
from scipy.linalg import null_space
from scipy.optimize import minimize
from scipy.special import expit

PATTERNS = np.array(list(itertools.product([0, 1], repeat=5)), dtype=float)
# fmt: off
TABLES = {
    "LSAT6": [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
              10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298],
    "LSAT7": [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28,
              7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308],
}
# fmt: on
nodes, weights = np.polynomial.hermite_e.hermegauss(121)
weights = weights / weights.sum()


def chances(model, x):
    """(n_items, n_nodes) of a right answer."""
    if model == "1pl":
        return expit(x[0] * nodes + x[1:, None])
    if model == "2pl":
        return expit(x[:5, None] * nodes + x[5:10, None])
    c = np.zeros(5)
    c[slice(4, 5) if model == "2pl and one 3pl" else slice(None)] = x[10:]
    return c[:, None] + (1 - c[:, None]) * expit(x[:5, None] * nodes + x[5:10, None])


def of_patterns(p):
    return np.array([np.prod(np.where(row[:, None] == 1, p, 1 - p), axis=0) @ weights for row in PATTERNS])


def minus_log_likelihood(x, model, counts):
    return -float(counts @ np.log(np.maximum(of_patterns(chances(model, x)), 1e-300)))


def climbed(function, x, bounds=None):
    for _ in range(6):
        x = minimize(
            function, x, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000, "ftol": 1e-15}
        ).x
        x = minimize(function, x, method="Nelder-Mead", bounds=bounds, options={"maxiter": 400}).x
    return x


def curvature(function, x, h=1e-4):
    n = len(x)
    out = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            e, f = np.eye(n)[i] * h, np.eye(n)[j] * h
            four = function(x + e + f) - function(x + e - f) - function(x - e + f) + function(x - e - f)
            out[i, j] = four / (4 * h * h)
    return out


def newton(function, x):
    """The last digits: a few Newton steps on numerical derivatives."""
    for _ in range(4):
        h = 1e-5
        g = np.array([(function(x + e) - function(x - e)) / (2 * h) for e in np.eye(len(x)) * h])
        x = x - np.linalg.solve(curvature(function, x), g)
    return x


def binary(name, model):
    counts = np.array(TABLES[name], dtype=float)
    start = {"1pl": [1, 2, 1, 0, 1, 2], "2pl": [1] * 5 + [2, 1, 0, 1, 2]}.get(model)
    bounds = None
    if start is None:
        n_c = 1 if model == "2pl and one 3pl" else 5
        start = [1] * 5 + [2, 1, 0.5, 0.5, 1.5] + [0.3] * n_c
        bounds = [(-10, 10)] * 10 + [(0, 0.9)] * n_c
    x = climbed(lambda x: minus_log_likelihood(x, model, counts), np.array(start, float), bounds)
    ses = []
    if bounds is None:
        x = newton(lambda x: minus_log_likelihood(x, model, counts), x)
        covariance = np.linalg.inv(curvature(lambda x: minus_log_likelihood(x, model, counts), x))
        ses = np.sqrt(np.diag(covariance)).tolist()
    value = -minus_log_likelihood(x, model, counts)
    return {"data": name, "model": model, "log_likelihood": value, "x": x.tolist(), "ses": ses}


def s_x2(name, x):
    """From the chances of all patterns, by plain listing; cells below 1 expected are joined upward."""
    counts, chance = np.array(TABLES[name], float), of_patterns(chances("2pl", x))
    scores, out = PATTERNS.sum(axis=1), []
    for item in range(5):
        statistic, cells, e, o = 0.0, 0, np.zeros(2), np.zeros(2)
        groups = []
        for score in range(1, 5):
            there = scores == score
            right = PATTERNS[:, item] == 1
            n = counts[there].sum()
            share = chance[there & right].sum() / chance[there].sum()
            e, o = (
                e + n * np.array([1 - share, share]),
                o + np.array([counts[there & ~right].sum(), counts[there & right].sum()]),
            )
            if e.min() >= 1:
                groups.append((e, o))
                e, o = np.zeros(2), np.zeros(2)
        if e.sum():
            groups[-1] = (groups[-1][0] + e, groups[-1][1] + o)
        for e, o in groups:
            statistic += float(((o - e) ** 2 / e).sum())
            cells += 1
        out.append({"statistic": statistic, "df": cells - 2})
    return out


def m2(name, x):
    """With the orthogonal complement of the slopes, from the covariance of margins of listed patterns."""
    counts = np.array(TABLES[name], float)
    n = counts.sum()
    pairs = list(itertools.combinations(range(5), 2))
    pick = np.array([PATTERNS[:, i] for i in range(5)] + [PATTERNS[:, i] * PATTERNS[:, j] for i, j in pairs])

    def margins(x):
        return pick @ of_patterns(chances("2pl", x))

    chance, h = of_patterns(chances("2pl", x)), 1e-6
    covariance = pick @ (np.diag(chance) - np.outer(chance, chance)) @ pick.T
    slopes = np.array([(margins(x + e) - margins(x - e)) / (2 * h) for e in np.eye(len(x)) * h]).T
    across = null_space(slopes.T)
    left = across.T @ (pick @ counts / n - margins(x))
    return float(n * left @ np.linalg.solve(across.T @ covariance @ across, left))


def several(model, rng, n_students=300, n_items=4, n_categories=4):
    a, b = np.array([0.8, 1.1, 1.6, 1.2]), np.array([-1.2, 0.1, 1.1])
    theta, answers = rng.normal(size=n_students), np.empty((n_students, n_items))
    for j in range(n_items):
        d = -a[j] * (b + 0.3 * (j - 1.5))
        p = category_chances(model, a[j], d if model == "grm" else np.cumsum(d), theta)
        answers[:, j] = (rng.random(n_students) > np.cumsum(p, axis=0)[:-1]).sum(axis=0)
    answers[rng.random(answers.shape) < 0.1] = np.nan
    start = np.concatenate(
        [np.ones(n_items), np.tile([1.5, 0, -1.5] if model == "grm" else [1, 1, 0], n_items)]
    )

    def function(x):
        likelihood = np.ones((n_students, len(nodes)))
        for j in range(n_items):
            p = category_chances(model, x[j], x[n_items + 3 * j : n_items + 3 * j + 3], nodes)
            given = ~np.isnan(answers[:, j])
            likelihood[given] *= p[answers[given, j].astype(int)]
        return -float(np.log(np.maximum(likelihood @ weights, 1e-300)).sum())

    x = newton(function, climbed(function, start))
    rows = ["".join("." if np.isnan(v) else str(int(v)) for v in row) for row in answers]
    ses = np.sqrt(np.diag(np.linalg.inv(curvature(function, x))))
    return {
        "model": model,
        "answers": rows,
        "log_likelihood": -function(x),
        "x": x.tolist(),
        "ses": ses.tolist(),
    }


def category_chances(model, a, d, theta):
    """(n_categories, n_theta)."""
    if model == "grm":
        above = np.vstack(
            [np.ones_like(theta), expit(a * theta + np.asarray(d)[:, None]), np.zeros_like(theta)]
        )
        return np.maximum(above[:-1] - above[1:], 1e-12)
    z = np.outer(np.arange(4), a * theta) + np.concatenate([[0], d])[:, None]
    p = np.exp(z - z.max(axis=0))
    return p / p.sum(axis=0)


def main():
    fits = [binary(name, model) for name in TABLES for model in ("1pl", "2pl")]
    fits += [binary("LSAT7", model) for model in ("2pl and one 3pl", "3pl")]
    at = np.array(fits[3]["x"])
    rng = np.random.default_rng(11)
    out = {
        "made_with": f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}",
        "tables": TABLES,
        "fits": fits,
        "s_x2": s_x2("LSAT7", at),
        "m2": m2("LSAT7", at),
        "several": [several(model, rng) for model in ("grm", "gpcm")],
    }
    json.dump(out, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
