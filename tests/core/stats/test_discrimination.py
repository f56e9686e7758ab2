"""AUC: does a right answer get the higher number?"""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.stats import discrimination
from plainview.core.stats.bootstrap import bootstrap
from plainview.core.stats.discrimination import auc, auc_difference, auc_influence

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/scores_by_sklearn.json").read_text())


def a_log(seed: int, n_students: int = 30):
    chance = np.random.default_rng(seed)
    student = np.repeat(np.arange(n_students), chance.integers(4, 20, n_students))
    ability = chance.normal(0, 0.8, n_students)[student]
    correct = (chance.random(len(student)) < 1 / (1 + np.exp(-ability))).astype(float)
    predicted = 1 / (1 + np.exp(-(0.5 * ability + chance.normal(0, 0.3, len(student)))))
    return correct, predicted, student


def test_auc_by_hand():
    """Right .8 and .4, wrong .6 and .4: of four pairs .8 wins two, .4 loses one and ties one."""
    out = auc(correct=[1, 0, 1, 0], predicted=[0.8, 0.6, 0.4, 0.4], student=[0, 0, 1, 1])
    assert out.value == pytest.approx(2.5 / 4)
    assert (out.n_rows, out.n_students) == (4, 2)


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_auc_is_the_one_that_scikit_learn_finds(case):
    out = auc(correct=case["correct"], predicted=case["predicted"], student=case["student"])
    assert out.value == pytest.approx(case["auc"], abs=1e-12), REFERENCE["made_with"]


def test_hanley_and_mcneils_published_example():
    """Published: Hanley & McNeil (1982), Radiology 143, 29-36, 109 scans: W = .893, error near .032."""
    normal, abnormal = [33, 6, 6, 11, 2], [3, 2, 2, 11, 33]
    grade = np.repeat([0.1, 0.3, 0.5, 0.7, 0.9] * 2, normal + abnormal)
    correct = np.repeat([0, 1], [sum(normal), sum(abnormal)])
    out = auc(correct=correct, predicted=grade, student=None)
    assert out.value == pytest.approx(0.893, abs=5e-4)
    assert out.standard_error == pytest.approx(0.032, abs=2e-3)


def test_with_a_row_a_student_the_error_is_delongs():
    """Structural components by the definition, all pairs looked at."""
    correct, predicted, _ = a_log(3)
    right, wrong = predicted[correct == 1], predicted[correct == 0]
    wins = (right[:, None] > wrong) + 0.5 * (right[:, None] == wrong)
    delong = wins.mean(axis=1).var(ddof=1) / len(right) + wins.mean(axis=0).var(ddof=1) / len(wrong)
    out = auc(correct=correct, predicted=predicted, student=None)
    assert out.value == pytest.approx(wins.mean())
    assert out.standard_error**2 == pytest.approx(delong, rel=5e-3)


@given(seed=st.integers(0, 10_000))
def test_only_the_order_matters_and_the_other_side_mirrors_it(seed):
    correct, predicted, student = a_log(seed, n_students=6)
    if not 0 < correct.mean() < 1:
        return
    first = auc(correct=correct, predicted=predicted, student=student)
    squeezed = auc(correct=correct, predicted=predicted**3 / 2, student=student)
    mirrored = auc(correct=1 - correct, predicted=predicted, student=student)
    assert squeezed.value == pytest.approx(first.value)
    assert mirrored.value == pytest.approx(1 - first.value)
    assert mirrored.standard_error == pytest.approx(first.standard_error)
    assert 0 <= first.interval.low <= first.value <= first.interval.high <= 1


def test_what_each_student_moves_adds_up_to_nothing():
    correct, predicted, student = a_log(5)
    found = auc_influence(correct=correct, predicted=predicted, student=student)
    assert found.by_student.sum() == pytest.approx(0, abs=1e-12)


def test_the_bootstrap_by_student_finds_the_same_error():
    correct, predicted, student = a_log(8, n_students=60)
    formula = auc(correct=correct, predicted=predicted, student=student)

    def figure(times):
        return auc_influence(
            correct=correct, predicted=predicted, student=student, weight=times[student]
        ).value

    drawn = bootstrap(figure, n_students=60, n_draws=400, seed=1)
    assert drawn.value == pytest.approx(formula.value)
    assert drawn.standard_error == pytest.approx(formula.standard_error, rel=0.15)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """600 logs of ten students; the truth from one of 40,000."""
    truth = auc(**dict(zip(("correct", "predicted", "student"), a_log(1, 40_000), strict=True))).value
    held = 0
    for seed in range(600):
        correct, predicted, student = a_log(100 + seed, n_students=10)
        held += auc(correct=correct, predicted=predicted, student=student).interval.holds(truth)
    assert 0.925 <= held / 600 <= 0.985


def test_counting_finds_what_sorting_finds(monkeypatch):
    correct, predicted, student = a_log(9, n_students=200)
    monkeypatch.setattr(discrimination, "FEW_STUDENTS", 0)
    sorted_one = auc(correct=correct, predicted=predicted, student=student)
    monkeypatch.setattr(discrimination, "EXACT_ROWS", 100)
    counted = auc(correct=correct, predicted=predicted, student=student)
    assert counted.value == pytest.approx(sorted_one.value, abs=2e-6)
    assert counted.standard_error == pytest.approx(sorted_one.standard_error, rel=1e-4)


def test_an_answer_half_right_is_half_of_each():
    halves = auc(correct=[1, 0.5, 0], predicted=[0.9, 0.5, 0.2], student=[0, 1, 2])
    assert halves.value == pytest.approx((0.5 + 1 + 0.25 / 2 + 0.5) / 2.25)


def test_a_difference_on_the_same_rows_is_surer_than_its_sides():
    correct, predicted, student = a_log(4, n_students=60)
    other = 0.9 * predicted + 0.05
    same = auc_difference(correct=correct, predicted=predicted, other=other, student=student)
    assert (same.value, same.standard_error) == (0, pytest.approx(0, abs=1e-12))
    noise = np.clip(predicted + np.random.default_rng(1).normal(0, 0.05, len(predicted)), 0, 1)
    less = auc_difference(correct=correct, predicted=predicted, other=noise, student=student)
    assert 0 < less.standard_error < auc(correct=correct, predicted=predicted, student=student).standard_error


def test_a_perfect_order_is_not_certainty():
    out = auc(correct=[1, 0, 1, 0], predicted=[0.9, 0.1, 0.8, 0.2], student=[0, 0, 1, 1])
    assert out.value == 1
    assert out.interval.low < 0.3
    assert out.interval.high == 1


@pytest.mark.parametrize("answer", [0, 1])
def test_without_both_kinds_of_answers_there_is_no_order(answer):
    out = auc(correct=[answer] * 4, predicted=[0.1, 0.2, 0.3, 0.4], student=[0, 0, 1, 1])
    assert isinstance(out, CannotSay)
    assert "all answers are" in str(out)


def test_rows_of_one_student_cannot_say_how_sure():
    assert isinstance(auc(correct=[1, 0], predicted=[0.7, 0.2], student=[0, 0]), CannotSay)


@pytest.mark.parametrize("bad", [[0.5, np.nan], [0.5, 1.2], [0.5]])
def test_what_is_no_chance_is_said(bad):
    with pytest.raises(ValueError, match=r"predicted"):
        auc(correct=[1, 0], predicted=bad, student=[0, 1])
