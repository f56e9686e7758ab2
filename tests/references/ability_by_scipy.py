"""Makes ability_by_scipy.json. Run: python ability_by_scipy.py > ability_by_scipy.json

EAP by adaptive integration, MAP and WLE by minimising: none of it shares a line with plainview. Needs scipy.
WLE is the maximum of log-likelihood + log(information) / 2, which holds without luck (2PL) only.
"""

import json
import sys

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

chance = np.random.default_rng(7)
a, b = np.exp(chance.normal(0, 0.3, 12)), chance.normal(0, 1, 12)
patterns = [[1] * 12, [0] * 12, *(chance.random((8, 12)) < 0.6).astype(int).tolist()]
patterns[5][3] = patterns[5][7] = None
cases = []


def lowest(objective):
    return float(minimize_scalar(objective, bounds=(-7, 7), method="bounded", options={"xatol": 1e-10}).x)


for luck in (0.0, 0.2):
    for pattern in patterns:
        there = [i for i, u in enumerate(pattern) if u is not None]
        u = np.array([pattern[i] for i in there])

        def log_likelihood(theta, there=there, u=u, luck=luck):
            p = luck + (1 - luck) / (1 + np.exp(-a[there] * (theta - b[there])))
            return float(np.sum(u * np.log(p) + (1 - u) * np.log(1 - p)))

        def information(theta, there=there):
            p = 1 / (1 + np.exp(-a[there] * (theta - b[there])))
            return float(np.sum(a[there] ** 2 * p * (1 - p)))

        def posterior(theta, f=log_likelihood):
            return np.exp(f(theta) - theta**2 / 2)

        total = quad(posterior, -9, 9, epsabs=0, epsrel=1e-11)[0]
        mean = quad(lambda t, g=posterior: t * g(t), -9, 9, epsabs=1e-16, epsrel=1e-11)[0] / total
        square = quad(lambda t, g=posterior, m=mean: (t - m) ** 2 * g(t), -9, 9, epsabs=0, epsrel=1e-11)[0]
        top = lowest(lambda t, f=log_likelihood: t * t / 2 - f(t))
        warm = None
        if not luck:
            objective = lambda t, f=log_likelihood, i=information: -f(t) - np.log(i(t)) / 2  # noqa: E731
            warm = lowest(objective)
        cases.append(
            {
                "luck": luck,
                "answers": pattern,
                "eap": mean,
                "sd": np.sqrt(square / total),
                "map": top,
                "wle": warm,
            }
        )
made_with = f"scipy {scipy.__version__}: integrate.quad, optimize.minimize_scalar"
json.dump({"made_with": made_with, "a": a.tolist(), "b": b.tolist(), "cases": cases}, sys.stdout)
