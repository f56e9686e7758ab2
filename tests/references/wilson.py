"""Makes wilson.json. Run: python wilson.py > wilson.json  (needs scipy)"""

import json
import sys

import scipy
from scipy.stats import binomtest

cases = []
for hits, n, level in [
    (56, 70, 0.95),
    (48, 80, 0.95),
    (0, 12, 0.95),
    (12, 12, 0.9),
    (1, 1, 0.99),
    (270, 300, 0.9),
]:
    ci = binomtest(hits, n).proportion_ci(level, method="wilson")
    cases.append({"hits": hits, "n": n, "level": level, "low": float(ci.low), "high": float(ci.high)})
made_with = f"scipy {scipy.__version__}, binomtest(...).proportion_ci(method='wilson')"
json.dump({"made_with": made_with, "cases": cases}, sys.stdout, indent=1)
