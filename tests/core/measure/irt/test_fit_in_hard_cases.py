"""What a fit says when the answers cannot carry one: aloud, never a traceback, never a confident number."""

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.fit import NotConverged, fit
from plainview.core.measure.irt.simulate import simulate


def answers(seed=1, **more):
    return simulate(n_students=400, n_items=6, seed=seed, **more).answers


@pytest.mark.parametrize("model", ["rasch", "1pl", "2pl", "3pl", "grm", "gpcm", "pcm"])
def test_three_students_cannot_say(model):
    said = fit(np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]], dtype=float), model=model)
    assert isinstance(said, CannotSay)
    assert "3 students" in said.reason


@pytest.mark.parametrize("value", [0.0, 1.0, np.nan])
def test_all_right_all_wrong_or_nothing_at_all_cannot_say(value):
    said = fit(np.full((200, 5), value))
    assert isinstance(said, CannotSay)
    assert "0 of 5 items" in said.reason


def test_no_students_and_no_items_cannot_say():
    assert isinstance(fit(np.empty((0, 5))), CannotSay)
    assert isinstance(fit(np.empty((50, 0))), CannotSay)


def test_items_that_tell_nothing_are_left_out_with_a_remark():
    table = answers()
    table[:, 0], table[:, 1], table[:, 2] = 1.0, 0.0, np.nan
    found = fit(np.column_stack([table, answers(seed=2)[:, :2]]), model="1pl")
    assert "everybody's answer was 1" in found.items[0].remark
    assert "everybody's answer was 0" in found.items[1].remark
    assert "nobody answered it" in found.items[2].remark
    assert np.isnan(found.a[:3]).all()
    assert np.isfinite(found.a[3:]).all()
    assert np.isnan(found.p(0.0)[0, :3]).all()
    assert (found.item_information(0.0)[0, :3] == 0).all()


def test_a_category_that_nobody_used_is_told_and_counted_over():
    table = answers(model="grm", n_categories=4)
    table[table[:, 0] == 1, 0] = 2
    found = fit(table, model="grm")
    assert "nobody's answer was 1" in found.items[0].remark
    assert found.items[0].categories == (0, 2, 3)
    assert len(found.items[0].difficulties) == 2
    assert len(found.items[1].difficulties) == 3


def test_a_slope_that_runs_away_is_stopped_aloud():
    """Item 0 is right exactly when item 1 is: no slope is steep enough for the two."""
    table = np.random.default_rng(4).integers(0, 2, (300, 4)).astype(float)
    table[:, 1] = table[:, 0]
    found = fit(table)
    assert any("ran away" in remark for remark in found.remarks)
    runaway = next(item for item in found.items if "ran away" in item.remark)
    assert np.isnan(runaway.slope_se)


def test_students_who_know_all_or_nothing_have_an_ability_without_bounds():
    """Everybody has all or nothing right: the wider apart abilities are, the likelier."""
    table = np.repeat([[0.0] * 5, [1.0] * 5], 100, axis=0)
    table[0, 0] = 1.0
    found = fit(table, model="rasch")
    assert found.ended.converged
    assert found.latent_sd == 12
    assert np.isnan(found.latent_sd_se)
    assert all("ran away" in item.remark for item in found.items)


def test_students_who_do_not_differ_have_an_ability_of_one_size():
    """Answers by tossing coins: nothing spreads students, and the fit says so by a deviation near 0."""
    found = fit(np.random.default_rng(12).integers(0, 2, (500, 6)), model="rasch")
    assert found.ended.converged
    assert found.latent_sd < 0.3


def test_an_item_keyed_the_wrong_way_is_told():
    table = answers()
    table[:, 3] = 1 - table[:, 3]
    found = fit(table)
    assert found.a[3] < 0
    assert "look at its key" in found.items[3].remark
    assert (np.delete(found.a, 3) > 0).all()


def test_when_most_items_are_reversed_most_slopes_still_rise():
    found = fit(1 - answers())
    assert (found.a > 0).all()


def test_stopping_early_is_impossible_to_miss(lsat):
    with pytest.warns(NotConverged, match="NOT converged"):
        found = fit(lsat["LSAT6"], most_steps=5)
    assert not found.ended.converged
    assert found.ended.said.startswith("NOT converged")
    assert found.left > 1e-9


def test_a_settled_fit_has_a_flat_top(lsat):
    found = fit(lsat["LSAT6"], tolerance=1e-12)
    assert found.ended.converged
    assert found.gradient_norm < 1e-4
    assert found.left < 1e-12


@pytest.mark.parametrize(
    "value, model, sentence",
    [
        (0.5, "2pl", "student 3, item 1: found 0.5, expected a whole number"),
        (-1.0, "2pl", "student 3, item 1: found -1, expected a whole number"),
        (np.inf, "grm", "student 3, item 1: found inf"),
        (99.0, "grm", "student 3, item 1: found 99"),
        (2.0, "2pl", "item 1: found 2, expected 0 or 1 under '2pl'"),
    ],
)
def test_answers_that_are_none_are_named_with_their_place(value, model, sentence):
    table = answers()
    table[3, 1] = value
    with pytest.raises(ValueError, match=sentence):
        fit(table, model=model)


def test_models_that_are_none_are_refused():
    with pytest.raises(ValueError, match="found '4pl'"):
        fit(answers(), model="4pl")
    with pytest.raises(ValueError, match="found 2 names for 6 items"):
        fit(answers(), model=["2pl", "3pl"])
    with pytest.raises(ValueError, match="a common slope is for all items"):
        fit(answers(), model=["1pl"] * 3 + ["2pl"] * 3)
    with pytest.raises(ValueError, match="found 1 dimensions"):
        fit(np.zeros(5))


def test_whole_numbers_and_truth_values_may_come_as_they_are():
    table = answers()
    assert fit(table.astype(int)).log_likelihood == fit(table).log_likelihood
    assert fit(table == 1).log_likelihood == fit(table).log_likelihood
