"""Makes range_by_draws.json. Run: python range_by_draws.py > range_by_draws.json  (about a minute)

Nothing of Plainview is used. 60,000 skills are drawn from the stated Beta priors (guess and slip drawn
again while above a half); each is weighed by how likely it makes the answers, by the plain forward
algorithm; the mean and the 5th and 95th hundredths of P(known) are read off the weighed draws.
"""

import json
import random
import sys

N, SEED = 60_000, 20250901


def capped(chance, a, b):
    while (x := chance.betavariate(a, b)) > 0.5:
        pass
    return x


def forward(pieces, known, learn, guess, slip):
    k, u = known, 1 - known
    for shown, weight in pieces:
        k *= (1 - slip) ** (weight * shown) * slip ** (weight * (1 - shown))
        u *= guess ** (weight * shown) * (1 - guess) ** (weight * (1 - shown))
        stays = (1 - learn) ** weight
        k, u = k + u * (1 - stays), u * stays
    return k / (k + u), k + u


def weighed(pieces, draws):
    found = sorted(forward(pieces, *draw) for draw in draws)
    total = sum(weight for _, weight in found)
    mean = sum(p * weight for p, weight in found) / total
    ends, below = [], 0.0
    for p, weight in found:
        below += weight
        while len(ends) < 2 and below >= (0.05, 0.95)[len(ends)] * total:
            ends.append(p)
    return mean, *ends


chance = random.Random(SEED)
draws = [
    (chance.betavariate(2, 2), chance.betavariate(2, 5), capped(chance, 2, 4), capped(chance, 2, 6))
    for _ in range(N)
]
ANSWERS = ["1", "0", "110", "01", "00000", "1101111", "10101010", "000011", "111000"]
SEQUENCES = [[(float(a), 1.0) for a in answers] for answers in ANSWERS] + [
    [(0.5, 1.0), (1.0, 0.3), (0.0, 0.6)],
    [(1.0, 0.3)],
    [(0.0, 1.0), (0.5, 0.7), (0.5, 1.0), (1.0, 0.3), (0.0, 0.3)],
]
cases = []
for pieces in SEQUENCES:
    mean, low, high = weighed(pieces, draws)
    cases.append({"pieces": pieces, "p_known": mean, "low": low, "high": high})
made_with = f"Python {sys.version.split()[0]}, {N} draws from the priors, seed {SEED}, forward algorithm"
json.dump({"made_with": made_with, "cases": cases}, sys.stdout, indent=1)
