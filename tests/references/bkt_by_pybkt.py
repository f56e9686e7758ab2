"""Makes bkt_by_pybkt.json. Run: python bkt_by_pybkt.py > bkt_by_pybkt.json  (needs pyBKT, numpy < 2)"""

import json
import random
import sys
from importlib.metadata import version

import pandas as pd
from pyBKT.models import Model

chance = random.Random(7)


def answers(known, learn, guess, slip):
    knows, out = chance.random() < known, []
    for _ in range(9):
        out.append(int(chance.random() < (1 - slip if knows else guess)))
        knows = knows or chance.random() < learn
    return out


students = {f"s{i:03}": answers(0.4, 0.15, 0.25, 0.1) for i in range(400)}
rows = [
    {"user_id": ref, "skill_name": "one", "correct": right, "order_id": j}
    for ref, answers in students.items()
    for j, right in enumerate(answers)
]
model = Model(seed=1, num_fits=1)
frame = pd.DataFrame(rows)
model.fit(
    data=frame, skills="one"
)  # pyBKT predicts only after a fit: its numbers are kept with its predictions
fitted = model.fit_model["one"]
skill = {
    "prior": float(fitted["prior"]),
    **{name: float(fitted[name][0]) for name in ("learns", "guesses", "slips")},
}
out = model.predict(data=frame).sort_values(["user_id", "order_id"])
cases = [
    {
        "answers": "".join(map(str, students[ref])),
        "before": [float(p) for p in group["state_predictions"]],
        "p_right": [float(p) for p in group["correct_predictions"]],
    }
    for ref, group in list(out.groupby("user_id"))[:8]
]
json.dump({"made_with": f"pyBKT {version('pyBKT')}", "skill": skill, "cases": cases}, sys.stdout, indent=1)
