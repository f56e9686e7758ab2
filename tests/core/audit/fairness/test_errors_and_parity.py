"""Errors and decisions by group: against fairlearn and statsmodels, by hand, and where nothing differs."""

import json
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest

from plainview.core.audit.fairness.apart import of_shares
from plainview.core.audit.fairness.errors import errors_by_group
from plainview.core.audit.fairness.gaps import gap_at_equal_performance, gaps
from plainview.core.audit.fairness.parity import parity
from plainview.core.audit.fairness.practice import practised
from plainview.core.cannot_say import CannotSay
from plainview.core.stats.clustered import LOGIT, of_mean

REFERENCE = json.loads((Path(__file__).parents[3] / "references" / "fairness_by_peers.json").read_text())


@pytest.mark.parametrize("n", range(4))
def test_error_rates_and_auc_are_fairlearns_and_scikit_learns(n):
    case, theirs = REFERENCE["abroca"][n], REFERENCE["rates"][n]
    found = errors_by_group(
        correct=case["correct"],
        predicted=case["predicted"],
        student=None,
        group=np.array(case["in_group"]).astype(int),
        names=("others", "group"),
    )
    for code, one in enumerate(found):
        by_group = theirs["by_group"][str(code)]
        assert one.figures["false alarms"].value == pytest.approx(by_group["fpr"]), REFERENCE["made_with"]
        assert one.figures["misses"].value == pytest.approx(by_group["fnr"])
        assert one.figures["AUC"].value == pytest.approx(theirs["auc"][code])


@pytest.mark.parametrize("n", range(4))
def test_the_ratio_at_equal_performance_is_statsmodels_pooled_one(n):
    case = REFERENCE["parity"][n]
    found = parity(
        decided=case["decided"],
        performance=case["stratum"],
        in_group=np.array(case["in_group"]),
        student=None,
        group="g",
        seed=1,
    )
    assert found.ratio == pytest.approx(case["risk_ratio_pooled"]), REFERENCE["made_with"]


def test_greenland_and_robins_by_hand():
    """Two strata: 12/20 against 18/30, 5/25 against 10/20."""
    decided = np.repeat([1, 0, 1, 0, 1, 0, 1, 0], [12, 8, 18, 12, 5, 20, 10, 10])
    side = np.repeat([True, False, True, False], [20, 30, 25, 20])
    stratum = np.repeat([0, 1], [50, 45])
    found = parity(decided=decided, performance=stratum, in_group=side, student=None, group="g", seed=1)
    up, down = 12 * 30 / 50 + 5 * 20 / 45, 18 * 20 / 50 + 10 * 25 / 45
    varies = (20 * 30 * 30 - 12 * 18 * 50) / 50**2 + (25 * 20 * 15 - 5 * 10 * 45) / 45**2
    half = 1.959964 * sqrt(varies / (up * down))
    assert found.ratio == pytest.approx(up / down)
    assert found.interval.low == pytest.approx(exp(log(up / down) - half), rel=1e-5)


def test_need_is_not_taken_for_unfairness():
    """The group did worse and was helped more: raw ratios call that unfair, equal performance does not."""
    chance = np.random.default_rng(7)
    side = chance.random(2000) < 0.4
    performance = chance.normal(0, 1, 2000) - 0.8 * side
    helped = (chance.random(2000) < 1 / (1 + np.exp(2 * performance))).astype(int)
    found = parity(decided=helped, performance=performance, in_group=side, student=None, group="g", seed=1)
    assert found.raw_ratio > 1.25
    assert found.interval.low < 1.05 and not found.flagged


def test_rows_of_one_student_hang_together():
    """Each student's decision written ten times: the interval stays about as wide."""
    chance = np.random.default_rng(3)
    side, score = chance.random(300) < 0.5, chance.integers(0, 4, 300)
    decided = (chance.random(300) < 0.5).astype(int)
    asked = {"group": "g", "seed": 1}
    once = parity(decided=decided, performance=score, in_group=side, student=None, **asked)
    who = np.repeat(np.arange(300), 10)
    ten = parity(decided=decided[who], performance=score[who], in_group=side[who], student=who, **asked)
    assert ten.ratio == pytest.approx(once.ratio)
    wide = [log(one.interval.high / one.interval.low) for one in (once, ten)]
    assert wide[1] == pytest.approx(wide[0], rel=0.15)


def test_no_decisions_on_one_side_is_not_spoken_of():
    side = np.repeat([True, False], 30)
    found = parity(
        decided=np.zeros(60), performance=np.ones(60), in_group=side, student=None, group="g", seed=1
    )
    assert isinstance(found, CannotSay)


def test_groups_of_few_students_are_left_out():
    chance = np.random.default_rng(1)
    group = np.repeat([0, 1, 2], [50, 50, 9])
    found = errors_by_group(
        correct=chance.integers(0, 2, 109),
        predicted=chance.random(109),
        student=None,
        group=group,
        names=("a", "b", "few"),
    )
    assert [one.group for one in found] == ["a", "b"]


def test_where_all_are_served_alike_few_tables_show_a_difference():
    """40 worlds, students with 5 rows each: at 5 % two tables are expected; 8 or more come once in 1,500."""
    n_seen = 0
    for seed in range(40):
        chance = np.random.default_rng(seed)
        who = np.repeat(np.arange(120), 5)
        ability = chance.normal(0, 1, 120)[who]
        said = 1 / (1 + np.exp(-ability))
        came = (chance.random(600) < said).astype(float)
        group = (chance.random(120) < 0.4).astype(int)[who]
        found = errors_by_group(correct=came, predicted=said, student=who, group=group, names=("a", "b"))
        n_seen += any(apart.p_adjusted <= 0.05 for one in found for apart in one.apart)
    assert n_seen < 8


def test_a_group_that_is_missed_is_seen():
    chance = np.random.default_rng(2)
    side = np.repeat([0, 1], 400)
    ability = chance.normal(0, 1, 800)
    came = (chance.random(800) < 1 / (1 + np.exp(-ability))).astype(float)
    said = 1 / (1 + np.exp(-(ability - 1.5 * side)))
    found = errors_by_group(correct=came, predicted=said, student=None, group=side, names=("a", "b"))
    misses = {a.figure: a for a in found[1].apart}["misses"]
    assert misses.value > 0.2 and misses.p_adjusted < 1e-4
    assert found[1].figures["calibration intercept"].value > 1


def test_practice_after_three_in_a_row():
    right = np.array([1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1])
    who = np.repeat([0, 1], [5, 7])
    found = practised(student=who, skill=np.zeros(12, int), correct=right.astype(float))
    assert found.n_after.tolist() == [2, 0]
    assert found.reached.tolist() == [True, False]
    assert found.n_attempts.tolist() == [5, 7]


def test_three_in_a_row_does_not_run_over_from_another_skill_or_student():
    found = practised(student=np.array([0, 0, 0, 0, 1]), skill=np.array([0, 0, 1, 1, 1]), correct=np.ones(5))
    assert not found.reached.any()


def test_gaps_count_students_not_rows():
    """Two groups with the same mean; one student of 100 rows weighs as one student's doubt."""
    chance = np.random.default_rng(5)
    who = np.repeat(np.arange(60), 20)
    level = chance.normal(0, 1, 60)[who]
    (one, other) = gaps(level, student=who, group=(who % 2), names=("a", "b"))
    assert one.interval.low < 0 < one.interval.high
    assert one.interval.high - one.interval.low > 0.8
    assert other.difference == pytest.approx(-one.difference)


def test_a_gap_that_performance_explains_goes_away_at_equal_performance():
    chance = np.random.default_rng(6)
    side = chance.random(800) < 0.5
    performance = chance.normal(0, 1, 800) - 0.7 * side
    below = 1 / (1 + np.exp(performance)) + chance.normal(0, 0.05, 800)
    raw = gaps(below, student=np.arange(800), group=side.astype(int), names=("a", "b"))
    value, interval, _ = gap_at_equal_performance(below, performance=performance, in_group=side, n_bands=20)
    assert raw[1].difference > 0.1
    assert abs(value) < 0.02 and interval.low < 0.02


def _share(hits, n):
    values, who = np.r_[np.ones(hits), np.zeros(n - hits)], np.arange(n)
    return of_mean(lambda here: values[here], who, scale=LOGIT).score()


def test_newcombes_published_differences():
    """Method 10 of Newcombe (1998): 56/70 against 48/80, 9/10 against 3/10."""
    published = [((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090))]
    for one, other, ends in published:
        found = of_shares(_share(*one), _share(*other)).interval
        assert (found.low, found.high) == pytest.approx(ends, abs=5e-5)


def test_an_error_that_nobody_makes_is_no_proof_of_anything():
    """No miss of 30 against 4 of 2,000: such a group is not said to be missed less."""
    came = np.ones(2030)
    said = np.r_[np.full(4, 0.2), np.full(2026, 0.9)]
    came[1000:1100] = 0
    group = np.r_[np.zeros(2000, int), np.ones(30, int)]
    found = errors_by_group(correct=came, predicted=said, student=None, group=group, names=("a", "few"))
    assert isinstance(found, CannotSay) and "too few" in found.reason


def test_where_errors_are_rare_few_tables_show_a_difference():
    """40 worlds with eight groups and few misses: two expected at 5 %."""
    n_seen = 0
    for seed in range(40):
        chance = np.random.default_rng(seed)
        said = np.clip(chance.beta(8, 2, 1200), 0.01, 0.99)
        came = (chance.random(1200) < said).astype(float)
        group = chance.integers(0, 8, 1200)
        found = errors_by_group(
            correct=came, predicted=said, student=None, group=group, names=tuple("abcdefgh")
        )
        n_seen += any(apart.p_adjusted <= 0.05 for one in found for apart in one.apart)
    assert n_seen < 8


def test_a_group_without_any_is_compared_by_its_students():
    zeros = np.zeros(300)
    who, group = np.arange(300), np.r_[np.zeros(270, int), np.ones(30, int)]
    zeros[:5] = 1
    (_, few) = gaps(zeros, student=who, group=group, names=("a", "b"), is_share=True)
    assert few.p_value > 0.3 and few.interval.low < 0 < few.interval.high
