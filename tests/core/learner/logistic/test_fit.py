"""Logistic models of answers: what a fit says, how it predicts, and how it refuses."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from tests.core.learner.logistic.logs import any_rows, coded, log_likelihood, simulated
from tests.core.learner.logistic.test_against_scikit_learn import BLOCKS

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.logistic import design, held_out, search
from plainview.core.learner.logistic.fit import LogisticFit, fit
from plainview.core.learner.logistic.layout import MODELS
from plainview.core.logs.coded import Coded
from plainview.core.stats.calibration import calibration


@pytest.fixture(scope="module")
def log40():
    return simulated(40, 25, seed=1)


@pytest.fixture(scope="module")
def extended(log40):
    return fit(log40)


def test_a_fit_says_how_it_ended(extended):
    assert extended.ended.converged
    assert extended.ended.said.startswith("converged after")
    assert (extended.n_students, extended.n_rows) == (40, 1000)


def test_a_search_that_is_cut_short_says_so(log40):
    short = fit(log40, model="pfa", most_steps=1)
    assert not short.ended.converged
    assert "not converged" in short.ended.said


def test_pfa_by_hand(log40):
    """Skill, plus wins and fails at it, each times the skill's own weight."""
    found = fit(log40, model="pfa")
    two = Coded.from_arrays(student=["new"] * 2, item=["0", "5"], correct=[1, 0], skills=["0", "0"])
    k = list(found.names.skills).index("0")
    start = found.coefficients[0] + found.block("skill")[k]
    after_a_win = start + found.block("skill x wins")[k]
    expected = 1 / (1 + np.exp(-np.array([start, after_a_win])))
    assert found.predict(two) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("model", MODELS)
def test_an_explanation_adds_up_to_the_prediction(log40, model):
    found = fit(log40, model=model)
    predicted = found.predict(log40)
    for row in (0, 24, 900):
        explained = found.explain(log40, row)
        assert explained.p == pytest.approx(predicted[row], abs=1e-12)
        assert explained.base + sum(p.moved for p in explained.parts) == pytest.approx(
            log(explained.p / (1 - explained.p)), abs=1e-12
        )


def test_weights_can_be_read_aloud(extended):
    said = {weight.name: weight.sentence for weight in extended.weights()}
    ability = said["ability so far, any skill"]
    assert ability.startswith("Ability so far, any skill: raises the odds of a right answer by")


def test_predictions_look_at_earlier_rows_only(log40, extended):
    """Turning every answer of the second half around leaves the first half's predictions as they were."""
    late = log40.by_student().place() >= 12
    turned = Coded(
        **{f: getattr(log40, f) for f in ("student", "item", "skill", "skill_from", "at_ms", "students")},
        items=log40.items,
        skills=log40.skills,
        correct=np.where(late, 1 - log40.correct, log40.correct).astype(np.float32),
    )
    kept = log40.by_student().place() <= 12
    assert np.array_equal(extended.predict(log40)[kept], extended.predict(turned)[kept])


@pytest.mark.parametrize("model", MODELS)
def test_what_was_never_seen_gets_the_populations_numbers(log40, model):
    new = Coded.from_arrays(
        student=["new"] * 3, item=["?", "0", "?"], correct=[1, 1, 0], skills=["?", "0", "0"]
    )
    p = fit(log40, model=model).predict(new)
    assert np.all((p > 0.05) & (p < 0.98))


def test_codes_are_looked_up_by_name(log40, extended):
    """The same rows, coded in another order, get the same predictions."""
    names = [log40.students[s] for s in log40.student], [log40.items[i] for i in log40.item]
    back = slice(None, None, -1)
    skills = [log40.skills[k] for k in log40.skill]
    other = Coded.from_arrays(
        student=[*names[0], "z"][back],
        item=[*names[1], "z"][back],
        correct=np.append(log40.correct, 0)[back],
        skills=[*skills, "z"][back],
    )
    again = Coded.from_arrays(student=names[0], item=names[1], correct=log40.correct, skills=skills)
    assert extended.predict(again) == pytest.approx(extended.predict(log40), abs=1e-12)
    assert len(extended.predict(other)) == log40.n_rows + 1


def test_a_truth_is_found_again():
    """AFM's own world: 250 students, and the weight of one more answer at a skill is the simulated .1."""
    found = fit(simulated(250, 40, seed=2), model="afm", penalty={"skill x answers": 1e-3})
    assert float(np.mean(found.block("skill x answers"))) == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("n_students", [25, 50, 100])
def test_a_class_is_enough_to_beat_a_constant(n_students):
    for seed in range(2):
        log1 = simulated(n_students + 50, 20, seed=seed)
        train, rest = np.arange(n_students), np.arange(n_students, log1.n_students)
        trained, asked = log1.take(train), log1.take(rest)
        constant = np.full(asked.n_rows, trained.correct.mean())
        p = fit(trained).predict(asked)
        assert log_likelihood(asked.correct, p) > log_likelihood(asked.correct, constant)


@pytest.mark.parametrize("model", ["afm", "pfa", "best_lr"])
def test_a_class_is_foreseen_with_no_more_certainty_than_it_carries(model):
    """20 students: weights held by what the log says of their size foresee better than with penalties of 1,
    and lie nearer to being taken at their word. Mean of four draws."""
    loose, gains, slopes = dict.fromkeys(("columns", *BLOCKS[model]), 1.0), [], []
    for seed in range(4):
        log1 = simulated(80, 30, seed=seed, learns=0.03, n_skills=6)
        trained, asked = log1.take(np.arange(20)), log1.take(np.arange(20, 80))
        p = [fit(trained, model=model, penalty=given).predict(asked) for given in (None, loose)]
        gains.append(np.subtract(*(log_likelihood(asked.correct, one) for one in p)))
        said = [calibration(correct=asked.correct, predicted=one, student=asked.student) for one in p]
        slopes.append([one.slope.value for one in said])
    assert np.mean(gains) > 0.002
    now, before = np.mean(slopes, axis=0)
    assert before < now < 1.2


@pytest.mark.parametrize("model", MODELS)
def test_a_penalty_that_is_given_is_kept_and_the_others_are_chosen(log40, model):
    given = {"skill": 3.0}
    held = fit(log40, model=model, penalty=given).layout.penalty
    assert held["skill"] == 3.0
    assert len({round(held[block], 6) for block in held} - {1.0, 3.0}) > 0


def test_stretches_and_single_precision_change_nothing_that_matters(log40, extended, monkeypatch):
    monkeypatch.setattr(design, "ROWS_A_CHUNK", 300)
    assert fit(log40).coefficients == pytest.approx(extended.coefficients, abs=1e-6)
    monkeypatch.setattr("plainview.core.learner.logistic.fit.ROWS_KEPT", 0)
    assert fit(log40).coefficients == pytest.approx(extended.coefficients, abs=1e-6)
    monkeypatch.setattr("plainview.core.learner.logistic.fit.ROWS_IN_DOUBLE", 0)
    assert np.abs(fit(log40).predict(log40) - extended.predict(log40)).max() < 2e-3


def test_a_search_on_some_students_first_ends_at_the_same_weights(log40, monkeypatch):
    whole = fit(log40, model="best_lr")
    monkeypatch.setattr(design, "ROWS_A_CHUNK", 300)
    monkeypatch.setattr(search, "ROWS_FOR_STEPS", 600)
    assert fit(log40, model="best_lr").coefficients == pytest.approx(whole.coefficients, abs=1e-6)


def test_of_a_longer_log_the_fit_rests_on_some_students_and_says_so(log40):
    some = log40.take(np.arange(0, log40.n_students, 2))
    found = fit(log40, model="best_lr", most_rows=log40.n_rows // 2)
    assert found.n_rows < log40.n_rows
    assert found.n_students == pytest.approx(log40.n_students / 2, abs=1)
    assert f"fitted to {found.n_rows:,} of {log40.n_rows:,} answers" in found.ended.said
    assert fit(some, model="best_lr", most_rows=log40.n_rows).ended.said.count("fitted to") == 0


@pytest.mark.parametrize("model", MODELS)
def test_held_out_students_are_foreseen_by_the_others_alone(log40, model):
    """Folds share work, never answers: the numbers are those of a fit to the others' rows alone."""
    fold = np.arange(log40.n_students) % 2
    out = held_out.predict(log40, fold=fold, model=model)
    alone = fit(log40.take(fold != 1), model=model).predict(log40.take(fold == 1))
    assert out.predicted[(fold == 1)[log40.student]] == pytest.approx(alone, abs=1e-6)
    assert all(ended.converged for ended in out.ended)


DEGENERATE = {
    "nobody": {"student": [], "item": [], "correct": []},
    "one answer": {"student": [1], "item": [1], "correct": [1]},
    "one student": {"student": [1] * 50, "item": [1] * 50, "correct": [0, 1] * 25},
    "all right": {"student": [1, 2] * 25, "item": [1] * 50, "correct": [1] * 50},
    "all wrong": {"student": [1, 2] * 25, "item": [1] * 50, "correct": [0] * 50},
}


@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
@pytest.mark.parametrize("model", MODELS)
def test_a_log_that_carries_no_fit_is_refused_with_a_reason(rows, model):
    said = fit(Coded.from_arrays(**rows), model=model)
    assert isinstance(said, CannotSay)
    assert said.would_need


@settings(max_examples=25, deadline=None)
@given(rows=any_rows)
def test_whatever_the_log_a_fit_is_finite_or_refused(rows):
    log1 = coded(rows)
    found = fit(log1)
    if isinstance(found, LogisticFit):
        p = found.predict(log1)
        assert np.all((p > 0) & (p < 1))
        assert all(weight.se > 0 for weight in found.weights())


@pytest.mark.parametrize("wrong", [{"model": "dkt"}, {"without": ("luck",)}, {"penalty": {"item": 0.0}}])
def test_a_wrong_word_is_answered_with_a_sentence(log40, wrong):
    with pytest.raises(ValueError, match="expected"):
        fit(log40, **wrong)
