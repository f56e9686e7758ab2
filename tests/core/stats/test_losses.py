"""How far predictions are from what came."""

import json
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.losses import accuracy, brier, log_loss, loss_difference, rmse

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/scores_by_sklearn.json").read_text())
FOUR = {"correct": [1, 0, 1, 1], "predicted": [0.8, 0.3, 0.6, 0.4], "student": [0, 0, 1, 1]}


def test_by_hand():
    """Losses .2231, .3567, .5108, .9163; squares .04, .09, .16, .36; the likelier side came three times."""
    assert log_loss(**FOUR).value == pytest.approx(-(log(0.8) + log(0.7) + log(0.6) + log(0.4)) / 4)
    assert rmse(**FOUR).value == pytest.approx(sqrt(0.65 / 4))
    assert brier(**FOUR).score.value == pytest.approx(0.65 / 4)
    assert accuracy(**FOUR).value == 0.75


def test_the_error_by_hand_counts_students_and_not_rows():
    """Students' losses lie d = .2118 to either side of the mean: influence d / 2 each, times 2 / (2 - 1)."""
    one, other = -(log(0.8) + log(0.7)) / 2, -(log(0.6) + log(0.4)) / 2
    d = abs(one - other) / 2
    assert log_loss(**FOUR).standard_error == pytest.approx(sqrt(2 * 2 * (d / 2) ** 2))


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_they_are_those_that_scikit_learn_finds(case):
    rows = {key: case[key] for key in ("correct", "predicted", "student")}
    assert log_loss(**rows).value == pytest.approx(case["log_loss"], rel=1e-12), REFERENCE["made_with"]
    assert brier(**rows).score.value == pytest.approx(case["brier"], rel=1e-12)


def test_murphys_parts_by_hand():
    """Said .2 and .8, two rows each; .2 came once of two, .8 twice of two."""
    out = brier(correct=[1, 0, 1, 1], predicted=[0.2, 0.2, 0.8, 0.8], student=[0, 1, 2, 3])
    assert out.reliability == pytest.approx((0.3**2 + 0.2**2) / 2)
    assert out.resolution == pytest.approx(0.25**2)
    assert out.uncertainty == pytest.approx(0.75 * 0.25)
    assert out.inside == pytest.approx(0)


@given(seed=st.integers(0, 10_000), n_bins=st.integers(1, 20))
def test_the_parts_add_up_and_shares_stay_shares(seed, n_bins):
    chance = np.random.default_rng(seed)
    correct, predicted = chance.integers(0, 3, 50) / 2, chance.random(50)
    student = chance.integers(0, 5, 50)
    out = brier(correct=correct, predicted=predicted, student=student, n_bins=n_bins)
    parts = out.reliability - out.resolution + out.uncertainty + out.inside
    assert parts == pytest.approx(out.score.value)
    assert out.score.interval.low >= 0
    share = accuracy(correct=correct, predicted=predicted, student=student)
    assert 0 <= share.interval.low <= share.value <= share.interval.high <= 1


@given(p=st.floats(0.01, 0.99), q=st.floats(0.01, 0.99))
def test_no_prediction_is_better_on_average_than_the_truth(p, q):
    """A log with exactly the share p of right answers, as two partly right rows."""
    rows = {"correct": [p, p], "student": [0, 1]}
    truth = log_loss(predicted=[p, p], **rows).value
    assert log_loss(predicted=[q, q], **rows).value >= truth - 1e-12


def test_the_interval_holds_the_truth_as_often_as_it_says():
    def a_log(seed, n):
        chance = np.random.default_rng(seed)
        student = np.repeat(np.arange(n), chance.integers(3, 25, n))
        p = 1 / (1 + np.exp(-chance.normal(0.5, 1, n)[student]))
        return {"correct": chance.random(len(p)) < p, "predicted": np.full(len(p), 0.6), "student": student}

    truth = log_loss(**a_log(1, 50_000)).value
    held = sum(log_loss(**a_log(seed, 12)).interval.holds(truth) for seed in range(2, 602))
    assert 0.92 <= held / 600 <= 0.975


def test_a_sure_prediction_that_fails_costs_much_but_not_everything():
    out = log_loss(correct=[0, 1], predicted=[1.0, 1.0], student=[0, 1])
    assert out.value == pytest.approx(-log(1e-12) / 2, rel=1e-3)


def test_a_difference_is_about_the_same_rows():
    better = loss_difference(other=[0.5, 0.5, 0.5, 0.5], **FOUR)
    assert better.value == pytest.approx(log_loss(**FOUR).value - log(2))
    assert loss_difference(other=FOUR["predicted"], **FOUR).standard_error == 0


@pytest.mark.parametrize("figure", [log_loss, rmse, accuracy, brier])
@pytest.mark.parametrize("rows", [[], [1]])
def test_one_student_or_none_cannot_say(figure, rows):
    out = figure(correct=rows, predicted=rows, student=[7 for _ in rows])
    assert isinstance(out, CannotSay)
