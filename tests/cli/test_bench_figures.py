"""The bench's own arithmetic: a wrong percentile would make every figure wrong."""

import pytest

from plainview.cli.bench.figures import (
    Figure,
    all_hold,
    median_of_medians,
    percentile,
    ratio_by_run,
)


def figure(measured, at_most=None) -> Figure:
    return Figure(group="g", what="w", measured=measured, unit="ms", at_most=at_most)


@pytest.mark.parametrize(
    "share, value",
    [(0.01, 1), (0.5, 50), (0.99, 99), (0.991, 100), (1, 100)],
)
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_pass(share, value):
    assert percentile(list(range(100, 0, -1)), share) == value


def test_of_one_value_every_percentile_is_that_value():
    assert percentile([7.0], 0.01) == percentile([7.0], 0.99) == 7.0


def test_of_no_values_there_is_no_percentile():
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.99)


@pytest.mark.parametrize("share", [0, -0.1, 1.01, 99])
def test_ninety_nine_is_not_a_share(share):
    with pytest.raises(ValueError, match="share"):
        percentile([1, 2], share)


def test_one_slow_run_is_outvoted_by_the_others():
    assert median_of_medians([[1, 1, 9], [2, 2, 2], [50, 60, 70]]) == 2


def test_the_ratio_is_taken_run_by_run_so_that_a_slow_moment_hits_both_sides():
    pages, bares = [[4, 4], [40, 40], [4, 4]], [[2, 2], [10, 10], [2, 2]]
    assert ratio_by_run(pages, bares) == 2


def test_the_bar_itself_still_holds():
    assert figure(5.0, at_most=5).holds is True
    assert figure(5.01, at_most=5).holds is False


def test_without_a_bar_a_figure_is_told_and_not_judged():
    assert figure(5.0).holds is None
    assert all_hold([figure(1, at_most=2), figure(1000)])


def test_what_could_not_be_measured_does_not_hold():
    assert figure(None, at_most=150).holds is None
    assert not all_hold([figure(1, at_most=2), figure(None, at_most=150)])
