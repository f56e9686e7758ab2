"""The log test's numbers a second time: by going through all patterns, with dicts, and with scipy's own G.

Makes log_test.json. Run: python tests/references/log_test.py > tests/references/log_test.json
Nothing of Plainview is imported.
"""

import json
import math
import random
import statistics
import sys
from itertools import combinations, pairwise, product

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.stats import chi2_contingency

RIDGE = 0.02


def a_log():
    """Fourteen students, twelve steps, six items; windows of five."""
    chance = random.Random(7)
    rows = []
    for student in range(14):
        ability = chance.gauss(0, 1)
        for step in range(12):
            item = chance.randrange(6)
            right = chance.random() < 1 / (1 + math.exp(-(ability - (item - 2.5) / 2)))
            rows.append([student, step, item, int(right)])
    return rows


def windows(rows, width):
    found = {}
    for student, step, item, right in rows:
        found.setdefault((student, step // width), []).append((item, right))
    return list(found.values())


def difficulties(rows, width):
    """2 / n of each discordant pair, ridge .02, by scipy."""

    def minus(b):
        total = 0.5 * RIDGE * float(b @ b)
        for window in windows(rows, width):
            for (i, yi), (j, yj) in product(window, window):
                if yi == 1 and yj == 0:
                    total += 2 / len(window) * math.log1p(math.exp(-(b[j] - b[i])))
        return total

    return minimize(minus, np.zeros(6), method="BFGS", options={"gtol": 1e-9}).x.tolist()


def conditional(items, right, b):
    """P(answer k is right | how many are) by going through all patterns."""
    n, total = len(items), 0.0
    shares = [0.0] * n
    for chosen in combinations(range(n), right):
        weight = math.exp(-sum(b[items[k]] for k in chosen))
        total += weight
        for k in chosen:
            shares[k] += weight
    return [share / total for share in shares]


def table(rows):
    """Next item inside the current item, by answer."""
    cells = {}
    for (s, _, item, right), (t, _, then, _) in pairwise(rows):
        if s == t:
            cells.setdefault(item, {}).setdefault(then, [0, 0])[right] += 1
    return cells


def g_and_differ(cells):
    g, differ, entropy = 0.0, 0.0, 0.0
    for of_item in cells.values():
        counts = np.array(list(of_item.values()))
        n, (wrong, right) = counts.sum(), counts.sum(axis=0)
        for row in counts.sum(axis=1):
            entropy -= row * math.log(row / n)
        if wrong and right and len(counts) > 1:
            g += chi2_contingency(counts, correction=False, lambda_="log-likelihood")[0]
            differ += 0.5 * n * np.abs(counts[:, 1] / right - counts[:, 0] / wrong).sum()
    return {"g": float(g), "differ": float(differ), "entropy": entropy}


def expected_opportunities(skill, criterion, most):
    """The whole tree, no state merged."""
    known, learn, guess, slip = skill

    def from_here(p, chance, t):
        if t > most:
            return 0.0, chance
        total, never = 0.0, 0.0
        for right in (True, False):
            k = p * ((1 - slip) if right else slip)
            u = (1 - p) * (guess if right else 1 - guess)
            after = k / (k + u) + (1 - k / (k + u)) * learn
            if after >= criterion:
                total += t * chance * (k + u)
            else:
                more, left = from_here(after, chance * (k + u), t + 1)
                total, never = total + more, never + left
        return total, never

    total, never = from_here(known, 1.0, 1)
    return {"attempts": total + most * never, "never": never}


def degree():
    chance = random.Random(3)
    pool = [chance.gauss(0, 1) for _ in range(40)]
    ability = [chance.gauss(0, 1) for _ in range(12)]
    given = [sorted(pool, key=lambda b, a=a: abs(b - a) + chance.random())[:6] for a in ability]
    means = [statistics.mean(one) for one in given]
    inside = statistics.mean(statistics.variance(one) for one in given)
    whole = statistics.variance(pool)
    return {
        "pool": pool,
        "ability": ability,
        "given": given,
        "correlation": statistics.correlation(ability, means),
        "spread": statistics.stdev(means) / statistics.stdev(ability),
        "reduced": (whole - inside) / whole,
    }


if __name__ == "__main__":
    rows = a_log()
    b = difficulties(rows, 5)
    skills = [(0.2, 0.15, 0.2, 0.1), (0.5, 0.3, 0.3, 0.05), (0.05, 0.05, 0.1, 0.2)]
    made = {
        "made_with": f"Python {sys.version.split()[0]}, scipy {scipy.__version__}: every pattern and branch",
        "rows": rows,
        "difficulties": b,
        "conditional": [
            {"items": items, "right": right, "p": conditional(items, right, b)}
            for items, right in (([0, 1, 2, 3, 4], 2), ([5, 5, 0, 3, 1], 3), ([2, 4], 1), ([1, 1, 1], 2))
        ],
        "table": g_and_differ(table(rows)),
        "opportunities": [
            {"skill": skill, "criterion": 0.95, "most": 14, **expected_opportunities(skill, 0.95, 14)}
            for skill in skills
        ],
        "degree": degree(),
    }
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
