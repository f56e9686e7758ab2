"""Makes elo_by_dicts.json. Run: python elo_by_dicts.py > elo_by_dicts.json

Elo on two levels written once more, row by row with dictionaries, from the formulas of docs/methods/elo.md.
"""

import json
import random
import sys
from collections import Counter, defaultdict
from math import exp, log

chance = random.Random(11)
rows = []
for student in "abcde":
    for _ in range(12):
        skills = chance.choice([["x"], ["y"], ["x", "y"], []])
        rows.append((student, chance.choice("ijk"), skills, int(chance.random() < 0.6)))

cases = []
for floor in (0.0, 0.25):
    steps = {
        "student": 0.5,
        "student_fades": 0.1,
        "skill": 0.3,
        "skill_fades": 0.05,
        "item": 0.4,
        "item_fades": 0.2,
    }
    share = (sum(row[3] for row in rows) / len(rows) - floor) / (1 - floor)
    middle = log(share / (1 - share))
    ability, own, difficulty, ease, n = (
        defaultdict(float),
        defaultdict(float),
        defaultdict(float),
        defaultdict(float),
        Counter(),
    )
    predicted = []
    for student, item, skills, correct in rows:
        x = middle + ability[student] - difficulty[item]
        x += sum(ease[k] + own[student, k] for k in skills) / max(1, len(skills))
        p = floor + (1 - floor) / (1 + exp(-x))
        predicted.append(p)
        ability[student] += steps["student"] / (1 + steps["student_fades"] * n[student]) * (correct - p)
        difficulty[item] -= steps["item"] / (1 + steps["item_fades"] * n["item", item]) * (correct - p)
        n.update([student, ("item", item)])
        for k in skills:
            by = (correct - p) / len(skills)
            own[student, k] += steps["skill"] / (1 + steps["skill_fades"] * n[student, k]) * by
            ease[k] += steps["item"] / (1 + steps["item_fades"] * n["skill", k]) * by
            n.update([(student, k), ("skill", k)])
    cases.append(
        {
            "floor": floor,
            "steps": steps,
            "predicted": predicted,
            "difficulty": dict(difficulty),
            "ease": dict(ease),
        }
    )
json.dump(
    {"made_with": f"Python {sys.version.split()[0]}, this script", "rows": rows, "cases": cases}, sys.stdout
)
