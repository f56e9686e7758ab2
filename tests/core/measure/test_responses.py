"""A table of first attempts from a log: what stands where, and what is said to be collapsed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.logs.coded import Coded
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.responses import responses

ROWS = [("s", "i", 1), ("t", "i", 0), ("s", "j", 0.5), ("s", "i", 0), ("t", "k", 0.2), ("u", "k", 1)]


def log_of(rows):
    student, item, correct = zip(*rows, strict=True)
    return Coded.from_arrays(student=student, item=item, correct=correct)


def test_first_attempts_by_hand():
    found = responses(log_of(ROWS), fewest_answers=1)
    nan = np.nan
    np.testing.assert_array_equal(found.answers, [[1, 1, nan], [0, nan, 0], [nan, nan, 1]])
    assert (found.students, found.items) == (("s", "t", "u"), ("i", "j", "k"))
    assert (found.n_repeats, found.n_rounded, found.n_items_left_out) == (1, 2, 0)
    assert "1 later attempt is left out" in found.said
    assert "2 partly right answers are taken for the nearest: right or wrong" in found.said


def test_partial_credit_stands_at_its_step():
    found = responses(log_of(ROWS), n_categories=3, fewest_answers=1)
    assert found.answers[0, 1] == 1 and found.answers[1, 2] == 0 and found.answers[2, 2] == 2
    assert found.n_rounded == 1  # .2 is no half


def test_items_that_few_met_fall_away_and_with_them_their_students():
    found = responses(log_of([*ROWS, ("v", "j", 1), ("w", "l", 1)]), fewest_answers=2)
    assert found.items == ("i", "j", "k") and "w" not in found.students
    assert (found.n_items_left_out, found.n_students_left_out) == (1, 1)


def test_a_table_that_would_be_too_large_takes_evenly_spaced_students_and_says_so():
    log = simulate(World(n_students=100, n_items=10, n_answers=10), seed=1).log
    found = responses(log, fewest_answers=1, most_cells=250)
    assert len(found.students) == 25 and found.n_students_left_out == 75
    assert any(said.startswith("75 students are left out") for said in found.said)


def test_a_log_whose_items_nobody_shares_cannot_say():
    found = responses(log_of(ROWS))
    assert isinstance(found, CannotSay) and found.reason == "none of 3 items was met by 20 students"


@pytest.mark.parametrize("wrong", [{"n_categories": 1}, {"n_categories": 99}, {"fewest_answers": 0}])
def test_what_cannot_be_asked_is_a_mistake(wrong):
    with pytest.raises(ValueError, match="expected 2 to 31"):
        responses(log_of(ROWS), **wrong)


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from([0, 1])), min_size=1)
)
def test_every_first_attempt_stands_there_and_nothing_else(rows):
    first = {}
    for student, item, right in rows:
        first.setdefault((student, item), right)
    found = responses(log_of(rows), fewest_answers=1)
    there = {
        (found.students[s], found.items[i]): found.answers[s, i]
        for s, i in np.argwhere(~np.isnan(found.answers)).tolist()
    }
    assert there == first
    assert found.n_repeats == len(rows) - len(first)


def test_a_log_of_a_test_gives_the_test_back():
    world = World(n_students=400, n_items=12, n_skills=1, n_answers=60, learns=0.0, guess=0.0, slip=0.0,
                  two_skills=0.0, sd_strength=0.0, sd_log_discrimination=0.0)  # fmt: skip
    made = simulate(world, seed=4)
    table = responses(made.log)
    found = fit(table.answers, model="rasch")
    truth = made.truth.difficulty[[int(name[1:]) - 1 for name in table.items]]
    assert np.corrcoef(found.b, truth)[0, 1] > 0.95
    assert found.latent_sd == pytest.approx(1, abs=3 * found.latent_sd_se)
