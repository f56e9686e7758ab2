"""Makes bkt_by_paths.json. Run: python bkt_by_paths.py > bkt_by_paths.json

Nothing of Plainview is used. Every way in which a student could have come to know the skill (from the
start, after answer 1, after answer 2, ..., not at all) is written down with its exact probability, in
fractions; P(known) after the last answer is the share of the ways that end in knowing.
"""

import json
import sys
from fractions import Fraction as F


def p_known(answers, known, learn, guess, slip):
    n, ends_known, ends_unknown = len(answers), F(0), F(0)
    for learned_after in range(n + 2):  # 0: from the start; i: after answer i; n + 1: not at all
        if learned_after == 0:
            p = known
        else:
            p = (1 - known) * (1 - learn) ** (learned_after - 1) * (learn if learned_after <= n else 1)
        for i, right in enumerate(answers):
            p *= ((1 - slip) if right else slip) if i >= learned_after else (guess if right else 1 - guess)
        if learned_after <= n:
            ends_known += p
        else:
            ends_unknown += p
    return ends_known / (ends_known + ends_unknown)


SKILLS = {
    # The worked example of Baker, Big Data and Education (2013), week 4, video 2: these four numbers.
    "Baker 2013": (F(4, 10), F(1, 10), F(2, 10), F(3, 10)),
    "quick": (F(1, 2), F(2, 5), F(1, 3), F(1, 4)),
    "slow": (F(1, 10), F(1, 50), F(1, 4), F(1, 20)),
    "never slips": (F(3, 10), F(1, 10), F(1, 5), F(0)),
}
ANSWERS = ["1", "0", "01100", "11011", "00000", "1111111", "0101010101", "0001110111"]
cases = []
for name, (known, learn, guess, slip) in SKILLS.items():
    for answers in ANSWERS:
        numbers = [a == "1" for a in answers]
        after = [p_known(numbers[: i + 1], known, learn, guess, slip) for i in range(len(numbers))]
        names = ("p_known", "p_learn", "p_guess", "p_slip")
        skill = dict(zip(names, map(float, (known, learn, guess, slip)), strict=True))
        cases.append({"skill": name, **skill, "answers": answers, "after": [float(p) for p in after]})
made_with = f"Python {sys.version.split()[0]}, exact fractions over every path of knowing"
json.dump({"made_with": made_with, "cases": cases}, sys.stdout, indent=1)
