from dataclasses import replace

import pytest

from plainview.core.learner.compare import brier, by_state, calibration, coverage
from plainview.core.learner.estimate import State, estimate


def said(p_known, *, low=0.0, high=1.0, state=State.MET_ONCE):
    return replace(estimate([]), p_known=p_known, low=low, high=high, state=state)


def test_coverage_counts_the_truths_within_the_range_ends_included():
    found = coverage([said(0.5, low=0.2, high=0.8)] * 4, [0.2, 0.5, 0.8, 0.9])
    assert (found.value, found.n_hits, found.n) == (0.75, 3, 4)
    assert found.interval.holds(0.75)


def test_calibration_sets_what_was_said_beside_what_was_so():
    low, high = calibration([said(0.1), said(0.3), said(0.9), said(1.0)], [False, True, True, True], n_bins=2)
    assert (low.low, low.high, low.said, low.knew.value) == (0.0, 0.5, pytest.approx(0.2), 0.5)
    assert (high.said, high.knew.n) == (pytest.approx(0.95), 2)


def test_a_state_is_held_against_those_who_know():
    met = by_state([said(0.5), said(0.5), said(0.9, state=State.STEADY)], [True, False, True])
    assert [(state, share.value) for state, share in met.items()] == [
        (State.MET_ONCE, 0.5),
        (State.STEADY, 1.0),
    ]


def test_the_brier_of_a_coin_is_a_quarter():
    assert brier([said(0.5), said(0.5)], [True, False]) == 0.25


def test_every_estimate_needs_its_truth():
    with pytest.raises(ValueError):
        coverage([said(0.5)], [])
