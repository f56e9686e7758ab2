"""Ability so far, and how sure that is."""

import json
from dataclasses import replace
from math import exp, log, pi, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.learner import ability_tracing, ability_walk, elo
from plainview.core.learner.ability_tracing import Spread, fit
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.logs.coded import Coded
from plainview.core.stats.calibration import calibration
from plainview.core.stats.losses import log_loss

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/ability_by_grid.json").read_text())
SMALL = World(n_students=60, n_items=40, n_skills=4, n_answers=30)
LOG = simulate(SMALL, seed=2).log
FITTED = (LOG, fit(LOG, spread=Spread(gain=0.02)))
RASCH = World(
    n_students=600, n_items=100, n_skills=2, n_answers=30, guess=0, slip=0, sd_log_discrimination=0,
    learns=0, sd_strength=0, two_skills=0,
)  # fmt: skip


def test_one_answer_by_hand():
    """No skills, a known item of difficulty 0, students spread by 1: k = 1/sqrt(1 + pi/8), P = 1/2.

    Right: the mean rises by k/2, the variance falls by k^2/4.
    """
    log_ = Coded.from_arrays(student=["s", "t"], item=["i", "i"], correct=[1, 0])
    blank = ability_tracing._blank(log_, Spread())
    known = replace(blank, difficulty_sd=np.zeros(1))
    k = 1 / sqrt(1 + pi / 8)
    out = known.trace(log_, 0)
    assert known.predict(log_)[0] == pytest.approx(0.5)
    assert out.ability[0] == pytest.approx(k / 2)
    assert out.sd[0] == pytest.approx(sqrt(1 - k * k / 4))


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_the_quick_update_stays_near_bayes_rule_on_a_fine_grid(case):
    n = len(case["right"])
    log_ = Coded.from_arrays(student=["s"] * n, item=list(range(n)), correct=case["right"])
    blank = ability_tracing._blank(log_, Spread(students=case["sd"]))
    known = replace(blank, middle=0.0, difficulty=np.array(case["difficulty"]), difficulty_sd=np.zeros(n))
    out = known.trace(log_, 0)
    assert known.predict(log_) == pytest.approx(case["predicted"], abs=0.015), REFERENCE["made_with"]
    assert out.ability == pytest.approx(case["mean"], abs=0.06)
    assert out.sd == pytest.approx(case["deviation"], rel=0.05)


def test_the_deviation_is_as_wide_as_abilities_turn_out_to_be_away():
    """95 of 100 intervals hold the truth, from the first answer on."""
    made = simulate(replace(RASCH, n_students=1500, n_items=200), seed=3)
    found = fit(made.log)
    assert 0.7 <= found.spread.students <= 1.4  # the grid's neighbours of what was simulated, 1
    assert found.spread.skills <= 0.2  # none was simulated
    traces = [found.trace(made.log, student) for student in range(300)]
    for n in (1, 5, 30):
        away = [(t.ability[n - 1] - made.truth.ability[s]) / t.sd[n - 1] for s, t in enumerate(traces)]
        assert 0.91 <= np.mean(np.abs(away) < 1.96) <= 0.985


def test_difficulties_are_found_again_within_their_doubt():
    made = simulate(RASCH, seed=4)
    found = fit(made.log)
    away = found.difficulty - made.truth.difficulty
    away -= away.mean()  # where the scale has its zero is a convention
    assert np.corrcoef(found.difficulty, made.truth.difficulty)[0, 1] > 0.95
    assert 0.85 <= np.mean(np.abs(away) < 1.96 * found.difficulty_sd) <= 1


def test_on_new_students_it_predicts_better_than_elo_from_a_cold_start():
    made = simulate(World(n_students=400, n_items=150, n_skills=5, n_answers=20), seed=5)
    held = np.arange(400) >= 300
    learn, test = made.log.take(~held), made.log.take(held)
    losses = [
        log_loss(correct=test.correct, predicted=found.predict(test), student=test.student).value
        for found in (fit(learn), elo.fit(learn))
    ]
    assert losses[0] < losses[1]


def test_python_and_the_compiler_read_the_same_text(monkeypatch):
    log_ = simulate(SMALL, seed=2).log
    found = []
    for read in (ability_walk.walk, ability_walk._compiled()):
        monkeypatch.setattr(ability_tracing, "fast", lambda n_rows, read=read: read)
        one = fit(log_, spread=Spread(gain=0.02, drift=0.1))
        found.append(np.concatenate([one.predict(log_), one.difficulty, one.difficulty_sd, one.ease]))
    assert found[1] == pytest.approx(found[0], rel=1e-11)


@settings(deadline=None)
@given(row=st.integers(0, 1799))
def test_an_explanation_adds_up_to_its_prediction(row):
    log_, found = FITTED
    told = found.explain(log_, row)
    assert told.p == pytest.approx(found.predict(log_)[row], rel=1e-9)
    assert 1 / (1 + exp(-told.total)) == pytest.approx(told.p)


def test_doubt_shrinks_with_answers_and_unknown_items_leave_more_of_it():
    made = simulate(SMALL, seed=2)
    found = fit(made.log, spread=Spread())
    sd = found.trace(made.log, 0).sd
    assert (np.diff(sd) < 0).all()
    rows = {"student": ["new"] * 2, "skills": [["k1"]] * 2, "correct": [1, 1]}
    known = found.trace(Coded.from_arrays(item=["i1", "i2"], **rows), 0)
    unknown = found.trace(Coded.from_arrays(item=["x", "y"], **rows), 0)
    assert known.sd[-1] < unknown.sd[-1]


def test_a_student_without_answers_is_average():
    found = fit(simulate(SMALL, seed=2).log, spread=Spread())
    new = Coded.from_arrays(student=["new"], item=["new"], correct=[1])
    k = 1 / sqrt(1 + pi * (1 + 1) / 8)
    assert log(found.predict(new)[0] / (1 - found.predict(new)[0])) == pytest.approx(k * found.middle)


@pytest.mark.parametrize(
    ("student", "correct", "reason"),
    [
        (["s", "s"], [1, 0], "1 student"),
        (["s", "t"], [1, 1], "all answers are right"),
        ([], [], "0 students"),
    ],
)
def test_what_cannot_be_fitted_is_said(student, correct, reason):
    out = fit(Coded.from_arrays(student=student, item=["i"] * len(student), correct=correct))
    assert isinstance(out, CannotSay)
    assert reason in out.reason


def test_as_sure_as_students_held_out_have_shown_it_may_be():
    """Three sorts of students, of whom one normal ability says too much or too little."""
    found, slopes = [], []
    for seed in range(3):
        chance = np.random.default_rng(seed)
        known = chance.random((300, 4, 1)) < 0.5
        learned = np.cumsum(chance.random((300, 4, 12)) < 0.15, axis=2) > 0
        knows = (known | learned) & (chance.random((300, 4, 12)) > 0.1)
        right = chance.random(knows.shape) < np.where(knows, 0.9, 0.2)
        student, skill, _ = np.indices(right.shape)
        log_ = Coded.from_arrays(
            student=student.ravel(),
            item=skill.ravel(),
            correct=right.ravel().astype(float),
            skills=skill.ravel(),
        )
        one, others = fit(log_.take(np.arange(200))), log_.take(np.arange(200, 300))
        found.append(one.sureness)
        for sureness in (1.0, one.sureness):
            p = replace(one, sureness=sureness).predict(others)
            out = calibration(correct=others.correct, predicted=p, student=others.student)
            slopes.append(out.slope.value)
    assert all(0.7 <= sureness <= 1.3 for sureness in found)
    before, after = np.array(slopes).reshape(-1, 2).T
    assert abs(after.mean() - 1) < max(0.05, abs(before.mean() - 1))


def test_sureness_turns_about_the_middle_and_an_explanation_still_adds_up():
    log_, one = FITTED
    half = replace(one, sureness=0.5)
    p, drawn = one.predict(log_), half.predict(log_)
    assert np.log(drawn / (1 - drawn)) - one.middle == pytest.approx(
        0.5 * (np.log(p / (1 - p)) - one.middle) / one.sureness, abs=1e-9
    )
    told = half.explain(log_, 700)
    assert told.p == pytest.approx(drawn[700], rel=1e-9)
