"""How often does the log test say what? Makes log_test_sizes.json.

Run: python tests/references/log_test_sizes.py [REPLICATIONS] > tests/references/log_test_sizes.json
(about half an hour on one core for 100)
"""

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from log_test_worlds import WORLDS, make, units_of_eight

from plainview.core.audit.adaptivity.log_test import CHECK, log_test, slower
from plainview.core.tutors.taught import World, simulate

DRAWS = 199
ADAPTIVE = ("one-step", "mastery", "bkt", "cat", "unit-end")
AS = {"plain": {}, "guessing and unequal discrimination": {"guess": 0.2, "unequal": 0.3}}
TWICE = ("random", "teacher's tracks", "content by group", "the same ramp, strong learning")


def cases():
    for answers, how in AS.items():
        for kind in WORLDS if answers == "plain" else TWICE:
            yield kind, answers, False, lambda seed, kind=kind, how=how: make(kind, seed, **how)
        for kind in ADAPTIVE:
            yield (
                kind,
                answers,
                True,
                lambda seed, kind=kind, how=how: simulate(kind, World(**how), seed=seed).coded,
            )
        yield "units of eight", answers, True, lambda seed, how=how: units_of_eight(seed, **how)


def run(n):
    for kind, answers, adapts, log in cases():
        said, below, robust, by_item, slow = Counter(), Counter(), 0, 0, 0
        for seed in range(n):
            found = log_test(log(10_000 + seed), draws=DRAWS, student_draws=99, seed=seed)
            said[str(found.says)] += 1
            for test in found.tests:
                below[f"{test.width}, {test.strata}, {test.next_class}"] += test.p <= 0.05
            robust += any(t.p_adjusted <= 0.05 for t in found.tests if t.strata == "calendar")
            slow += slower(found.lately) is not None
            by_item += any(t.p_adjusted <= 0.05 for t in found.tests if t.strata == "current item")
        yield {
            "world": kind,
            "answers": answers,
            "adapts": adapts,
            "n": n,
            "says": {key: value / n for key, value in sorted(said.items())},
            "calendar_strata_significant": robust / n,
            "item_strata_significant": by_item / n,
            "with_the_last_few": slow / n,
            "p_below_05": {key: value / n for key, value in below.items()},
        }
        sys.stderr.write(f"{kind}, {answers}: {dict(said)}\n")


if __name__ == "__main__":
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    made = {
        "made_with": f"{CHECK}, {DRAWS} draws, 150 students x 20 steps (units of eight: 300 x 60), "
        f"seeds 10000 to {9999 + n}",
        "cases": list(run(n)),
    }
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
