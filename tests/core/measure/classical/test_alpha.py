"""Alpha by hand, against R, where data are too few, and how often its intervals hold the truth."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.classical.alpha import Alpha, alpha, by_bootstrap, standardised, without_each

REFERENCE = json.loads(Path(__file__).parents[3].joinpath("references/classical_by_r.json").read_text())
each_case = pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: c["name"])


def answers(n_students, n_items, *, seed, n_missing=0.0):
    chance = np.random.default_rng(seed)
    able, hard = chance.normal(size=(n_students, 1)), chance.normal(size=n_items)
    table = (chance.random((n_students, n_items)) < 1 / (1 + np.exp(hard - able))).astype(float)
    table[chance.random(table.shape) < n_missing] = np.nan
    return table


def test_four_students_by_hand():
    """Each variance is 1/3; the totals 3 2 1 0 have variance 5/3: 3/2 (1 - 1 / (5/3)) = .6."""
    found = alpha([[1, 1, 1], [1, 1, 0], [0, 0, 1], [0, 0, 0]])
    assert found.value == pytest.approx(0.6)
    assert (found.n_students, found.n_items, found.n_left_out) == (4, 3, 0)


@each_case
def test_r_finds_the_same(case):
    found, same_spread = alpha(case["scores"]), standardised(case["scores"])
    assert found.value == pytest.approx(case["alpha"], rel=1e-9), REFERENCE["made_with"]
    assert (found.interval.low, found.interval.high) == pytest.approx(case["feldt"], rel=1e-9)
    assert same_spread.value == pytest.approx(case["standardised"], rel=1e-9)
    assert [each.value for each in without_each(case["scores"])] == pytest.approx(case["without"], rel=1e-9)


def test_the_lsat_has_the_published_alpha():
    """Section 6 of the LSAT (Bock & Lieberman 1970): 0.295, as in the manual of R's ltm."""
    (case,) = (c for c in REFERENCE["cases"] if c["name"] == "lsat6")
    assert round(alpha(case["scores"]).value, 3) == 0.295


@pytest.mark.parametrize("how", ["feldt", "bonett", "free"])
def test_the_intervals_agree_when_students_are_many(how):
    table = answers(4000, 20, seed=3)
    found, drawn = alpha(table, how=how), by_bootstrap(table, seed=1, n_draws=400)
    assert found.interval.low == pytest.approx(drawn.interval.low, abs=0.004)
    assert found.interval.high == pytest.approx(drawn.interval.high, abs=0.004)


@pytest.mark.parametrize("how", ["feldt", "bonett", "free"])
def test_about_95_in_100_intervals_hold_the_truth(how):
    """Items of one normal factor, equal loadings: the truth is 10 x .3 / (1 + 9 x .3)."""
    chance, held, truth = np.random.default_rng(7), 0, 3 / 3.7
    for _ in range(400):
        table = np.sqrt(0.3) * chance.normal(size=(80, 1)) + np.sqrt(0.7) * chance.normal(size=(80, 10))
        held += alpha(table, how=how).interval.holds(truth)
    assert 0.92 <= held / 400 <= 0.98


def test_students_with_a_gap_are_left_out_and_counted():
    table = answers(300, 6, seed=1, n_missing=0.05)
    keep = ~np.isnan(table).any(axis=1)
    found = alpha(table)
    assert found.value == alpha(table[keep]).value
    assert (found.n_students, found.n_left_out) == (keep.sum(), (~keep).sum())


def test_pairs_use_whoever_answered_both_items():
    """Against numpy's masked covariances, and against all rows where nothing is missing."""
    table = answers(400, 8, seed=2, n_missing=0.4)
    found = alpha(table, missing="pairs")
    covariances = np.ma.cov(np.ma.masked_invalid(table), rowvar=False, allow_masked=True)
    # numpy takes each item's mean over all who answered it, we over the pair: nearly the same.
    rough = 8 / 7 * (1 - np.trace(covariances) / covariances.sum())
    assert found.value == pytest.approx(rough, abs=0.02)
    assert found.n_students == min(
        (~np.isnan(table[:, [i, j]]).any(axis=1)).sum() for i in range(8) for j in range(8)
    )
    whole = answers(200, 8, seed=2)
    assert alpha(whole, missing="pairs").value == pytest.approx(alpha(whole).value, rel=1e-12)


@pytest.mark.parametrize(
    "table",
    [
        np.empty((0, 4)),
        [[1.0, 0.0]],
        [[1, 0], [0, 1]],
        [[1], [0], [1], [1]],
        np.ones((28, 10)),
        np.zeros((28, 10)),
        np.full((28, 10), np.nan),
        np.repeat([[1.0], [0.0], [1.0], [0.0]], 5, axis=1),
    ],
    ids=["nobody", "one", "two", "one item", "all right", "all wrong", "no answers", "copies of one item"],
)
def test_too_little_is_said_and_not_computed(table):
    for found in (
        alpha(table),
        alpha(table, missing="pairs"),
        standardised(table),
        by_bootstrap(table, seed=1),
    ):
        assert isinstance(found, CannotSay)
    assert all(isinstance(each, CannotSay) for each in without_each(table))


def test_three_students_get_a_wide_interval():
    found = alpha([[1, 1, 1, 0], [1, 0, 1, 0], [0, 0, 1, 0]])
    assert found.interval.high - found.interval.low > 0.9


tables = arrays(
    float, st.tuples(st.integers(0, 9), st.integers(0, 5)), elements=st.sampled_from([0.0, 1.0, 0.5, np.nan])
)


@settings(max_examples=150, deadline=None)
@given(table=tables)
def test_no_table_is_too_odd(table):
    for found in (alpha(table), alpha(table, missing="pairs"), standardised(table), *without_each(table)):
        assert isinstance(found, Alpha | CannotSay)
        if isinstance(found, Alpha):
            assert found.interval.low <= found.value <= found.interval.high or found.value < 0
            assert found.value < 1


def test_two_items_that_cancel_out_leave_no_total_to_speak_of():
    found = standardised([[0.5, 1.0], [1.0, 0.0], [0.5, 1.0]])
    assert isinstance(found, CannotSay) and found.reason == "all students have the same total"


@settings(max_examples=50, deadline=None)
@given(
    table=arrays(float, (12, 4), elements=st.floats(-50, 50).map(lambda x: round(x, 3))),
    factor=st.floats(0.1, 100),
    shift=st.floats(-1000, 1000),
)
def test_points_on_another_scale_tell_the_same(table, factor, shift):
    here, there = alpha(table), alpha(table * factor + shift)
    if isinstance(here, Alpha) and isinstance(there, Alpha) and abs(here.value) < 1e3:
        assert there.value == pytest.approx(here.value, rel=1e-5, abs=1e-6)


def test_a_wrong_shape_is_the_callers_mistake():
    with pytest.raises(ValueError, match="two: students x items"):
        alpha([1, 0, 1])
    with pytest.raises(ValueError, match="infinite"):
        alpha([[1, np.inf], [0, 1], [0, 1]])
    with pytest.raises(ValueError, match="one of them"):
        alpha([[1, 0], [0, 1], [0, 1]], missing="pairs", how="free")
