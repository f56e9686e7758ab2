"""Makes agreement_by_irrcac.json. Run: python agreement_by_irrcac.py > agreement_by_irrcac.json

Needs irrCAC from PyPI (an older numpy comes with it). The ratings are those of Gwet (2014), 20 subjects and
five raters with gaps, and drawn ones.
"""

import json
import sys
from importlib.metadata import version

import numpy as np
import pandas as pd
from irrCAC.raw import CAC

GWET = """112-2 1101- 2333- -00-0 000-0 000-0 102-1 1-20- 222-2 2111- -100- 0000- 1222- 33223 111-1 111-1
212-2 1233- 1101- 000-0"""
gwet = [[None if x == "-" else float(x) for x in row] for row in GWET.split()]
chance = np.random.default_rng(7)
true = chance.integers(0, 3, size=(40, 1))
table = np.where(chance.random((40, 4)) < 0.7, true, chance.integers(0, 3, (40, 4))).astype(float)
table[::3, 0] = np.nan
drawn = [[None if np.isnan(x) else x for x in row] for row in table]


def ask(ratings):
    cac = CAC(pd.DataFrame(np.array(ratings, dtype=float)), digits=12)
    found = {}
    for name, made in (("fleiss", cac.fleiss()), ("ac1", cac.gwet())):
        est = made["est"]
        ends = [float(x) for x in est["confidence_interval"]]
        found[name] = {"value": est["coefficient_value"], "interval": ends, "error": est["se"]}
        found["seen"] = est["pa"]
    return {"ratings": ratings, **found}


json.dump({"made_with": f"irrCAC {version('irrCAC')}", "cases": [ask(gwet), ask(drawn)]}, sys.stdout)
