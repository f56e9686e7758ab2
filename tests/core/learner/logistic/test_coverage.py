"""Does a printed interval hold the truth as often as it says? On logs that the model itself made, yes.

The same with 150 logs a world: tests/references/logistic_coverage.json, told in docs/methods/logistic.md.
"""

import json
from pathlib import Path

from tests.references.logistic_coverage import covered

from plainview.core.stats.interval import wilson

MEASURED = json.loads(
    (Path(__file__).parents[3] / "references" / "logistic_coverage.json").read_text(encoding="utf-8")
)


def test_intervals_held_the_truth_in_95_of_100_cases():
    model_holds = MEASURED["worlds"][0]
    share = wilson(n_hits=model_holds["n_held"], n=model_holds["n_intervals"], level=0.99)
    assert share.interval.holds(0.95)


def test_they_still_do():
    held = [hit for seed in range(1000, 1008) for hit in covered(seed, spread=0.0)]
    assert sum(held) >= 26  # of 32: fewer would come by chance once in 1,000 such draws
