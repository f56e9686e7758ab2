"""Ranges of figures of a log: how often they hold the truth, and what they say of none and of all."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.audit.adaptivity.differ import differ
from plainview.core.audit.adaptivity.opportunities import made
from plainview.core.audit.adaptivity.over_practice import over_practice
from plainview.core.audit.adaptivity.ranges import gap_range, left_out_range, mean_range, share_range
from plainview.core.audit.adaptivity.sequences import sequences
from plainview.core.audit.adaptivity.steps import steps_of
from plainview.core.audit.adaptivity.wheel_spinning import wheel_spinning
from plainview.core.audit.in_100 import in_100, with_range
from plainview.core.logs.coded import Coded
from plainview.core.stats.interval import Interval

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "references" / "ranges_coverage.json").read_text(encoding="utf-8")
)
TEN = np.full(30, 10.0)


@pytest.mark.parametrize("name", REFERENCE["shares"])
def test_a_share_holds_the_truth_where_redrawn_students_would_not(name):
    held = REFERENCE["shares"][name]
    assert held["ours"]["held"] > 0.88
    assert held["ours"]["held"] >= held["redrawn students"]["held"]


@pytest.mark.parametrize("what", ["gaps", "of a log", "expected", "degree"])
def test_every_other_range_holds_the_truth_in_about_95_of_100(what):
    """What is fitted is told with less: its range does not know how far the model is from the students."""
    least = 0.88 if what == "expected" else 0.90
    assert all(one["held"] >= least for one in REFERENCE[what].values())


def test_none_of_many_is_not_never():
    """Rule of three, with students as units: of 30, up to about 3 in 30 may go unseen (at 97.5 %, 11.6)."""
    none = share_range(np.zeros(30), TEN)
    assert none.low == 0.0 and none.high == pytest.approx(1 - 0.025 ** (1 / 30))
    every = share_range(TEN, TEN)
    assert every.high == 1.0 and every.low == pytest.approx(0.025 ** (1 / 30))


def test_a_share_near_the_edge_is_about_as_sure_as_one_at_it():
    """One hit of 300 in one student must not be surer than none."""
    one = share_range(np.r_[1.0, np.zeros(29)], TEN)
    assert 0 < one.low < 1 / 300 < one.high < 0.1


def test_a_gap_of_two_sure_shares_is_not_a_gap_of_exactly_nothing():
    gap = gap_range((TEN, TEN), (TEN, TEN))
    assert gap.low < -0.05 and gap.high > 0.05


def test_what_moves_both_shares_alike_leaves_the_gap_sure():
    hits = np.random.default_rng(1).integers(2, 9, 30).astype(float)
    alone = share_range(hits, TEN)
    gap = gap_range((hits, TEN), (hits, TEN))
    assert gap.high - gap.low < 0.2 * (alone.high - alone.low)


def test_one_student_carries_no_range():
    only = np.r_[10.0, np.zeros(29)]
    assert share_range(only, only) is None and mean_range(only, only) is None


def log_of(n_students, answers):
    rows = [(s, n, answer) for s in range(n_students) for n, answer in enumerate(answers)]
    student, item, right = zip(*rows, strict=True)
    return Coded.from_arrays(student=student, item=item, correct=right, skills=np.zeros(len(rows), int))


def test_a_log_in_which_nobody_spins_says_how_many_might():
    found = wheel_spinning(sequences(log_of(40, [1.0, 1.0, 1.0, 1.0])))
    assert found.share_spinning == 0
    assert in_100(found.share_spinning, found.interval) == "0 (0 to 9)"
    practice = over_practice(
        sequences(log_of(40, [1.0, 1.0, 1.0])), np.full(40, 3), criterion="three right in a row"
    )
    assert practice.over == 0 and practice.over_interval.high > 0.05


def test_attempts_made_count_each_skill_alike():
    answers = {"a": [("s", 4), ("t", 2)], "b": [("s", 2)]}
    rows = [(who, what) for who, each in answers.items() for what, n in each for _ in range(n)]
    log = Coded.from_arrays(
        student=[one[0] for one in rows],
        item=["i"] * len(rows),
        correct=[1.0] * len(rows),
        skills=[one[1] for one in rows],
    )
    found = made(sequences(log))
    assert found.of_skills == (3.0, 2.0) and found.mean == 2.5
    assert found.interval.low < 2.5 < found.interval.high


def test_leaving_out_groups_is_the_standard_error_of_a_mean():
    """Of a mean of as many rows a student, the jackknife has the textbook's answer within its own chance."""
    chance = np.random.default_rng(3)
    right = (chance.random((400, 1)) < 0.5).astype(float)
    log = Coded.from_arrays(
        student=np.arange(400), item=np.zeros(400, int), correct=right[:, 0], skills=np.zeros(400, int)
    )
    found = left_out_range(lambda part: float(part.correct.mean()), log, value=float(right.mean()), seed=1)
    half = (found.high - found.low) / 2
    assert half == pytest.approx(2.262 * 0.5 / 20, rel=0.5)
    assert left_out_range(lambda part: 0.0, log.take(np.arange(19)), value=0.0, seed=1) is None


def test_of_a_large_log_some_students_tell_the_doubt_of_all():
    """A quarter of the students has twice the doubt; halved, it is that of all."""
    right = (np.random.default_rng(4).random(4000) < 0.5).astype(float)
    log = Coded.from_arrays(
        student=np.arange(4000), item=np.zeros(4000, int), correct=right, skills=np.zeros(4000, int)
    )
    halves = []
    for most in (1000, 10_000):
        ends = [
            left_out_range(lambda part: float(part.correct.mean()), log, value=0.5, seed=n, most_rows=most)
            for n in range(20)
        ]
        halves.append(np.mean([one.high - one.low for one in ends]) / 2)
    assert halves == pytest.approx([2.262 * 0.5 / np.sqrt(4000)] * 2, rel=0.2)


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (0.16, 0.13, 0.18, "16 (13 to 18)"),
        (0.0, 0.0, 0.0037, "0.0 (0.0 to 0.4)"),
        (0.5001, 0.4999, 0.5003, "50.01 (49.99 to 50.03)"),
        (1.0, 0.9, 1.0, "100 (90 to 100)"),
        (0.0, -0.0001, 0.02, "0 (0 to 2)"),
    ],
)
def test_a_range_is_told_with_digits_enough_to_be_one(value, low, high, said):
    assert in_100(value, Interval(low=low, high=high, level=0.95)) == said


def test_without_a_range_the_figure_stands_alone():
    assert (in_100(0.5, None), with_range(4.21, None, digits=1)) == ("50", "4.2")


def test_how_often_two_students_are_on_different_items_holds_the_truth():
    """Each student goes by one of four ways all along; two of them differ in 3 of 4 steps, all or none."""
    held = []
    for seed in range(200):
        way = np.random.default_rng(seed).integers(0, 4, 30)
        student = np.repeat(np.arange(30), 10)
        item = 10 * way[student] + np.tile(np.arange(10), 30)
        log = Coded.from_arrays(student=student, item=item, correct=np.tile([0.0, 1.0], 150))
        found = differ(steps_of(log, None))
        held.append(found.item_interval.holds(0.75))
    assert 0.90 <= np.mean(held) <= 0.99
