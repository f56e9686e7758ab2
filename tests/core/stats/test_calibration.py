"""Can a prediction be taken at its word?"""

import json
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.stats import calibration as calibrating
from plainview.core.stats.calibration import calibration
from plainview.core.stats.interval import wilson

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/scores_by_sklearn.json").read_text())


def a_log(seed: int, n_students: int, *, times: float = 1.0, beyond: float = 0.0):
    """What comes has the log-odds ``beyond`` + ``times`` x what is said; students differ in what is said."""
    chance = np.random.default_rng(seed)
    student = np.repeat(np.arange(n_students), chance.integers(5, 30, n_students))
    said = chance.normal(0, 1, n_students)[student] + chance.normal(0, 0.5, len(student))
    correct = chance.random(len(student)) < 1 / (1 + np.exp(-(beyond + times * said)))
    return {"correct": correct, "predicted": 1 / (1 + np.exp(-said)), "student": student}


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_slope_and_intercept_are_those_that_statsmodels_finds(case):
    out = calibration(**{key: case[key] for key in ("correct", "predicted", "student")})
    found = (out.slope.value, out.slope.standard_error, out.intercept.value, out.intercept.standard_error)
    wanted = [case[key] for key in ("slope", "slope_se", "intercept", "intercept_se")]
    assert found == pytest.approx(wanted, rel=1e-6), REFERENCE["made_with"]


def test_by_hand_two_numbers_said_and_three_in_four_came():
    """Said .5 where 3 of 4 came: log-odds log 3 beyond what was said."""
    out = calibration(correct=[1, 1, 1, 0], predicted=[0.5] * 4, student=[0, 1, 2, 3])
    assert out.intercept.value == pytest.approx(log(3))
    assert isinstance(out.slope, CannotSay)
    assert out.gap == pytest.approx(0.25)
    assert out.bins[0].n_rows == 4


@pytest.mark.parametrize(("times", "beyond"), [(1, 0), (0.5, 0), (1.6, 0.4)])
def test_what_was_put_in_is_found(times, beyond):
    out = calibration(**a_log(3, 4000, times=times, beyond=beyond))
    assert out.slope.value == pytest.approx(times, abs=0.03)
    if times == 1:
        assert out.intercept.value == pytest.approx(beyond, abs=0.03)
    assert out.beyond_chance == ((times, beyond) != (1, 0))


def test_the_intervals_hold_the_truth_and_the_gap_stays_within_chance_as_often_as_said():
    slope, intercept, within = 0, 0, 0
    for seed in range(400):
        out = calibration(**a_log(seed, 25))
        slope += out.slope.interval.holds(1)
        intercept += out.intercept.interval.holds(0)
        within += not out.beyond_chance
    assert 0.92 <= slope / 400 <= 0.98
    assert 0.92 <= intercept / 400 <= 0.98
    assert within / 400 >= 0.92


def test_the_gap_of_right_predictions_is_what_chance_makes():
    found = [calibration(**a_log(seed, 40)) for seed in range(200)]
    gap, chance = np.mean([one.gap for one in found]), np.mean([one.gap_by_chance for one in found])
    assert gap == pytest.approx(chance, rel=0.15)


def test_rows_that_stand_for_themselves_have_wilsons_interval():
    chance = np.random.default_rng(2)
    correct = (chance.random(60) < 0.5).astype(float)
    one = calibration(correct=correct, predicted=np.full(60, 0.5), student=None, n_bins=1).bins[0]
    plain = wilson(n_hits=int(correct.sum()), n=60).interval
    wide, narrow = one.interval.high - one.interval.low, plain.high - plain.low
    assert narrow - 1e-9 <= wide <= narrow * 1.05


def test_rows_of_one_student_say_less_than_as_many_students():
    alone = calibration(correct=[1, 1, 1, 0, 0, 0] * 5, predicted=[0.5] * 30, student=range(30))
    together = calibration(correct=[1] * 15 + [0] * 15, predicted=[0.5] * 30, student=np.repeat(range(6), 5))
    assert together.bins[0].interval.high - together.bins[0].interval.low > 1.5 * (
        alone.bins[0].interval.high - alone.bins[0].interval.low
    )


@given(seed=st.integers(0, 10_000))
def test_saying_it_the_other_way_round_mirrors_it(seed):
    log_ = a_log(seed, 8)
    if not 0 < log_["correct"].mean() < 1:
        return
    one = calibration(**log_)
    other = calibration(correct=~log_["correct"], predicted=1 - log_["predicted"], student=log_["student"])
    assert sum(b.n_rows for b in one.bins) == one.n_rows
    for bin_ in one.bins:
        assert 0 <= bin_.interval.low <= bin_.came <= bin_.interval.high <= 1
    if isinstance(one.slope, CannotSay) or isinstance(other.slope, CannotSay):
        return
    assert other.slope.value == pytest.approx(one.slope.value, abs=1e-6)
    assert other.intercept.value == pytest.approx(-one.intercept.value, abs=1e-6)


def test_a_long_log_is_counted_in_levels_and_finds_the_same(monkeypatch):
    one = calibration(**a_log(7, 100, times=0.8))
    monkeypatch.setattr(calibrating, "EXACT_ROWS", 10)
    other = calibration(**a_log(7, 100, times=0.8))
    assert other.bins == one.bins
    for name in ("slope", "intercept"):
        there, here = getattr(other, name), getattr(one, name)
        assert (there.value, there.standard_error) == pytest.approx(
            (here.value, here.standard_error), abs=1e-6
        )


@pytest.mark.parametrize(
    ("correct", "predicted", "reason"),
    [
        ([1, 1, 1, 1], [0.2, 0.4, 0.6, 0.8], "all answers are right"),
        ([0, 0, 0, 0], [0.2, 0.4, 0.6, 0.8], "all answers are wrong"),
        ([0, 0, 1, 1], [0.2, 0.4, 0.6, 0.8], "part right from wrong answers completely"),
        ([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], "every prediction is the same number"),
    ],
)
def test_where_no_curve_can_be_laid_it_says_so(correct, predicted, reason):
    out = calibration(correct=correct, predicted=predicted, student=[0, 1, 2, 3])
    assert isinstance(out.slope, CannotSay)
    assert reason in out.slope.reason


def test_one_student_cannot_say():
    assert isinstance(calibration(correct=[1, 0], predicted=[0.5, 0.6], student=[0, 0]), CannotSay)


def test_certainty_that_was_wrong_has_an_intercept_all_the_same():
    """Half said at a millionth, half at all but a millionth, and 49 of 50 came, whatever was said."""
    came, said = np.tile(np.arange(50) > 0, 8), np.repeat([1e-6, 1 - 1e-6], 200)
    found = calibration(correct=came, predicted=said, student=np.arange(400))
    a, end = found.intercept.value, log(1e-6) - log(1 - 1e-6)
    assert np.mean(1 / (1 + np.exp(-(a + np.array([end, -end]))))) == pytest.approx(49 / 50, abs=1e-9)
    assert found.slope.value == pytest.approx(0, abs=1e-9)


def test_answers_that_predictions_part_completely_still_have_no_slope():
    said, came = np.repeat([0.3, 0.7], 20), np.repeat([0, 1], 20)
    assert isinstance(calibration(correct=came, predicted=said, student=np.arange(40)).slope, CannotSay)


def test_slope_and_intercept_do_not_depend_on_how_often_the_same_rows_stand_there():
    chance = np.random.default_rng(5)
    predicted = np.clip(chance.beta(0.1, 0.1, 400), 1e-9, 1 - 1e-9)
    correct = (chance.random(400) < 0.5 + 0.4 * (predicted - 0.5)).astype(float)
    student = np.arange(400)
    once = calibration(correct=correct, predicted=predicted, student=student)
    often = calibration(
        correct=np.tile(correct, 5000), predicted=np.tile(predicted, 5000), student=np.tile(student, 5000)
    )
    assert often.slope.value == pytest.approx(once.slope.value, abs=1e-4)
    assert often.intercept.value == pytest.approx(once.intercept.value, abs=1e-4)
