"""Elo on two levels."""

import json
from math import exp, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.learner import elo, elo_rows, elo_walk
from plainview.core.learner.elo import Steps, fit
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.logs.coded import Coded

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/elo_by_dicts.json").read_text())
SMALL = World(n_students=60, n_items=40, n_skills=4, n_answers=30)


def coded(rows) -> Coded:
    """Rows of (student, item, skills, correct)."""
    student, item, skills, correct = zip(*rows, strict=True)
    return Coded.from_arrays(student=student, item=item, skills=skills, correct=correct)


def test_two_answers_by_hand():
    """Middle 0. First P = .5, right: ability .4 x .5 = .2. Then a new item: logistic(.2)."""
    log_ = coded([("s", "i", [], 1), ("s", "j", [], 0), ("t", "k", [], 1), ("t", "k", [], 0)])
    found = fit(log_, steps=Steps(student=0.4, student_fades=0.1, item=0.4, item_fades=0.1))
    second = 1 / (1 + exp(-0.2))
    assert found.middle == pytest.approx(0)
    assert found.difficulty[0] == pytest.approx(-0.4 * 0.5)
    assert found.difficulty[1] == pytest.approx(0.4 * second)
    hers = found.predict(coded([("new", "not seen", [], 1), ("new", "not seen", [], 0)]))
    assert hers.tolist() == pytest.approx([0.5, second])


def test_elos_published_example():
    """Published: Elo (1978), The Rating of Chessplayers: a player 200 points above wins .76 of matches."""
    log_ = coded([("s", "i", [], 1), ("t", "i", [], 0)])
    found = fit(log_, steps=Steps())
    found.difficulty[0] = -200 * log(10) / 400
    assert found.predict(log_)[0] == pytest.approx(0.76, abs=0.005)


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_the_formulas_written_once_more_with_dictionaries_find_the_same(case):
    log_ = coded(REFERENCE["rows"])
    found = fit(log_, steps=Steps(**case["steps"]), floor=case["floor"])
    right = np.array([row[3] for row in REFERENCE["rows"]])
    p = np.array(case["predicted"])
    likely = float(np.sum(np.log(np.where(right, p, 1 - p))))
    assert found.ended.log_likelihood == pytest.approx(likely, rel=1e-12)
    difficulty = dict(zip(found.items, found.difficulty, strict=True))
    assert difficulty == pytest.approx(case["difficulty"], rel=1e-9)
    assert dict(zip(found.skills, found.ease, strict=True)) == pytest.approx(case["ease"], rel=1e-9)


def test_python_and_the_compiler_read_the_same_text():
    log_ = simulate(SMALL, seed=2).log
    known, found = elo_rows.Known.of(log_, log_.items, log_.skills), []
    (rows,) = elo_rows.stretches(log_, known)
    for read in (elo_walk.walk, elo_walk._compiled()):
        state = [
            np.zeros(log_.n_items),
            np.zeros(log_.n_items),
            np.zeros(log_.n_skills),
            np.zeros(log_.n_skills),
        ]
        predicted = np.empty(log_.n_rows)
        steps = np.array([0.4, 0.1, 0.2, 0.05, 0.4, 0.1])
        likely = read(
            rows.starts, rows.item, rows.right, rows.skill, rows.row,
            log_.skill, log_.skill_from, known.skill, steps, 0.3, 0.2, *state, True, predicted,
        )  # fmt: skip
        found.append(np.concatenate([predicted, *state, [likely]]))
    assert found[1] == pytest.approx(found[0], rel=1e-12)


def mixed(n_students: int, seed: int) -> Coded:
    """Rows of all students in no order, some of no skill and some of several."""
    chance = np.random.default_rng(seed)
    n = n_students * 20
    skills = [[f"k{k}" for k in chance.permutation(5)[: chance.integers(0, 4)]] for _ in range(n)]
    return Coded.from_arrays(
        student=chance.integers(0, n_students, n),
        item=chance.integers(0, 9, n),
        correct=chance.choice([0, 1, 0.5], n),
        skills=skills,
    )


@pytest.mark.parametrize("pays", [1, 10**9])
@pytest.mark.parametrize("at_once", [10**9, 60])
def test_rows_moved_to_their_students_are_the_same_walk(monkeypatch, pays, at_once):
    """Plain and compiled, all at once and some students at a time: as a log that stands in order."""
    monkeypatch.setattr(elo_rows, "PAYS_TO_COMPILE", pays)
    monkeypatch.setattr(elo_rows, "AT_ONCE", at_once)
    monkeypatch.setattr(elo_rows, "A_HEAP", 45)
    log_ = mixed(30, seed=1)
    back = log_.by_student().order
    by_mixed, by_order = fit(log_, steps=Steps()), fit(log_.rows(back), steps=Steps())
    assert by_mixed.difficulty == pytest.approx(by_order.difficulty, rel=1e-12)
    assert by_mixed.ease == pytest.approx(by_order.ease, rel=1e-12)
    assert by_mixed.predict(log_)[back] == pytest.approx(by_order.predict(log_.rows(back)), rel=1e-12)
    assert by_mixed.ended.log_likelihood == pytest.approx(by_order.ended.log_likelihood, rel=1e-9)


@given(row=st.integers(0, 1799), floor=st.sampled_from([0.0, 0.25]))
def test_an_explanation_adds_up_to_its_prediction(row, floor):
    log_ = simulate(SMALL, seed=2).log
    found = fit(log_, steps=Steps(), floor=floor)
    told = found.explain(log_, row)
    assert told.p == pytest.approx(found.predict(log_)[row])
    assert floor + (1 - floor) / (1 + exp(-told.total)) == pytest.approx(told.p)


@given(cut=st.integers(1, 29), seed=st.integers(0, 3))
def test_what_comes_later_changes_no_earlier_prediction(cut, seed):
    log_ = simulate(World(n_students=20, n_items=20, n_skills=3, n_answers=30), seed=seed).log
    found = fit(log_, steps=Steps())
    later = np.arange(log_.n_rows) % 30 >= cut
    turned = Coded(
        **{name: getattr(log_, name) for name in ("student", "item", "skill", "skill_from", "at_ms")},
        **{name: getattr(log_, name) for name in ("students", "items", "skills")},
        correct=np.where(later, 1 - log_.correct, log_.correct),
    )
    first = np.arange(log_.n_rows) % 30 <= cut
    assert found.predict(turned)[first].tolist() == found.predict(log_)[first].tolist()


def test_a_right_answer_raises_what_follows_and_a_wrong_one_lowers_it():
    log_ = simulate(SMALL, seed=2).log
    found = fit(log_)
    rows = [[("new", "i1", ["k1"], answer), ("new", "i2", ["k1"], 0)] for answer in (1, 0)]
    after_right, after_wrong = (found.predict(coded(two))[1] for two in rows)
    assert after_right > after_wrong


def test_difficulties_are_found_again():
    made = simulate(World(n_students=1500, n_items=80, n_skills=4, n_answers=60, guess=0, slip=0), seed=3)
    found = fit(made.log)
    assert np.corrcoef(found.difficulty, made.truth.difficulty)[0, 1] > 0.95
    assert found.ended.converged
    assert "a last round changed none" in found.ended.said


def test_codes_belong_to_a_log_and_names_to_the_world():
    """The same answers under other codes are predicted alike; unknown names count as middling."""
    made = simulate(SMALL, seed=4)
    found, log_ = fit(made.log, steps=Steps()), made.log
    skills = [
        [log_.skills[k] for k in log_.skill[log_.skill_from[r] : log_.skill_from[r + 1]]]
        for r in range(log_.n_rows)
    ]
    back = np.arange(log_.n_rows).reshape(60, 30)[::-1].ravel()
    other = Coded.from_arrays(
        student=[log_.students[log_.student[r]] for r in back],
        item=[log_.items[log_.item[r]] for r in back],
        skills=[skills[r] for r in back],
        correct=log_.correct[back],
    )
    assert other.items != log_.items
    assert found.predict(other) == pytest.approx(found.predict(log_)[back])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("s", "i", ["k"], 1), ("s", "i", ["k"], 0)], "the log holds 1 student"),
        ([("s", "i", ["k"], 1), ("t", "i", ["k"], 1)], "all answers are right"),
        ([("s", "i", ["k"], 0), ("t", "i", ["k"], 0)], "all answers are wrong"),
    ],
)
def test_what_cannot_be_fitted_is_said(rows, reason):
    out = fit(coded(rows))
    assert isinstance(out, CannotSay)
    assert reason in out.reason


def test_three_students_get_stated_steps_and_no_choice():
    found = fit(coded([(s, "i", ["k"], c) for s in "abc" for c in (0, 1, 1)]))
    assert found.steps == Steps()
    assert "none chosen" in found.ended.said


def test_of_a_long_log_evenly_spaced_students_choose_the_steps(monkeypatch):
    log_ = simulate(SMALL, seed=2).log
    monkeypatch.setattr(elo, "MOST_ROWS_TO_CHOOSE", 900)
    walked = []
    monkeypatch.setattr(elo, "_Trial", _counting(elo._Trial, walked))
    assert fit(log_).n_rows == log_.n_rows
    assert walked == [24, 6]


def _counting(trial, walked):
    def made(learn, test, floor):
        walked.extend([learn.n_students, test.n_students])
        return trial(learn, test, floor)

    return made


def test_the_steps_that_are_chosen_have_no_better_neighbour_in_the_grid():
    log_ = simulate(SMALL, seed=2).log
    held = np.arange(log_.n_students) % elo.EVERY == elo.EVERY - 1
    trial = elo._Trial(log_.take(~held), log_.take(held), 0.0)
    chosen = fit(log_).steps
    neighbours = [elo._next(chosen, name, way) for name in elo.GRID for way in (1, -1)]
    assert trial(chosen) >= max(trial(one) for one in neighbours if one is not None)
    assert trial(chosen) > trial(Steps())


def test_a_floor_that_is_no_chance_is_said():
    with pytest.raises(ValueError, match=r"floor is 1\.2"):
        fit(simulate(SMALL, seed=2).log, floor=1.2)
