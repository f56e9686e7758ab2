"""Calibration and coverage on students whose truth is known, at every run of the tests.

The same with 2,000 students a length: tests/references/coverage_of_bkt.json, shown in docs/methods/bkt.md.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from plainview.core.learner import compare, simulate
from plainview.core.learner.bkt import SkillPrior
from plainview.core.learner.estimate import estimate

ROOT = Path(__file__).parents[3]
MEASURED = json.loads((ROOT / "tests/references/coverage_of_bkt.json").read_text())
SEED, N = 41, 400
KINDS = {"answers only": simulate.ANSWERS_ONLY, "mixed kinds": simulate.MIXED}


@cache
def simulated(kinds: str, n_pieces: int):
    skills = SkillPrior().draws(N, seed=SEED + n_pieces)
    students = [
        simulate.student(skill, n=n_pieces, seed=SEED + i, mix=KINDS[kinds]) for i, skill in enumerate(skills)
    ]
    return students, [estimate(one.pieces) for one in students]


@pytest.mark.parametrize("kinds", KINDS)
@pytest.mark.parametrize("n_pieces", [2, 5, 10])
def test_the_90_percent_range_covers_the_true_p_known_85_to_95_times_in_100(kinds, n_pieces):
    students, estimates = simulated(kinds, n_pieces)
    share = compare.coverage(estimates, [one.p_known[-1] for one in students])
    print(f"{kinds}, {n_pieces} pieces: covered {share.n_hits} of {share.n}")  # noqa: T201 - this test reports
    assert 0.85 <= share.value <= 0.95


@pytest.mark.parametrize("kinds", KINDS)
def test_of_those_at_70_in_100_about_70_in_100_know_it(kinds):
    estimates, knows = [], []
    for n_pieces in (2, 5, 10):
        students, found = simulated(kinds, n_pieces)
        estimates += found
        knows += [one.knows[-1] for one in students]
    for held in compare.calibration(estimates, knows):
        print(f"{kinds}: said {held.said:.2f}, knew {held.knew.value:.2f} of {held.knew.n}")  # noqa: T201
        assert held.knew.interval.low - 0.03 <= held.said <= held.knew.interval.high + 0.03
    assert compare.brier(estimates, knows) < 0.13


def test_more_pieces_say_more():
    widths = [sum(one.high - one.low for one in simulated("answers only", n)[1]) / N for n in (2, 5, 10)]
    assert widths[0] > 1.3 * widths[1] > 1.3 * 1.3 * widths[2]


@pytest.mark.parametrize("kinds", ["answers_only", "mixed_kinds"])
def test_the_measured_coverage_up_to_twelve_pieces_is_between_85_and_95(kinds):
    for row in MEASURED[kinds]:
        if row["n_pieces"] <= 12:
            assert 0.85 <= row["coverage"]["low"] <= row["coverage"]["high"] <= 0.95, row["n_pieces"]


def test_the_method_page_shows_the_figures_as_measured():
    page = (ROOT / "docs/methods/bkt.md").read_text()
    answers, mixed = MEASURED["answers_only"], MEASURED["mixed_kinds"]
    for one, other in zip(answers, mixed, strict=True):
        row = (
            f"| {one['n_pieces']} | {one['coverage']['share']:.1%} | {one['mean_width']:.2f} "
            f"| {other['coverage']['share']:.1%} | {other['mean_width']:.2f} |"
        )
        assert row in page
    for name, milliseconds in MEASURED["cpu_milliseconds"].items():
        assert f"{name}: {milliseconds / 1000:.2f} CPU-seconds" in page
