"""Curves from parameters: the formulas, and the doubt they carry, held to other ways of finding them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.charts.items import information_curve, item_curves
from plainview.core.charts.response import Curve, Item, category_curves, information, right_curve
from plainview.core.measure.irt.curves import Block, log_p

THETA = np.linspace(-3, 3, 13)


def item(*difficulties, slope=1.3, guess=0.0, graded=True, se=0.1):
    return Item(
        name="i",
        slope=slope,
        difficulties=difficulties,
        guess=guess,
        slope_se=se,
        difficulty_ses=(se,) * len(difficulties),
        guess_se=se if guess else 0.0,
        graded=graded,
    )


@pytest.mark.parametrize("kind", ["2pl", "3pl", "graded", "steps"])
def test_the_curves_are_those_that_the_fit_uses(kind):
    """core.measure.irt writes the same curves in slope and intercept form; neither knows the other."""
    b, a, c = np.array([-0.7] if kind in ("2pl", "3pl") else [-1.0, 0.2, 0.9]), 1.3, 0.2
    intercepts = (-a * b).cumsum() if kind == "steps" else -a * b
    values = [a, *intercepts, *([c] if kind == "3pl" else [])]
    block = Block(
        kind="steps" if kind == "2pl" else kind,
        items=np.array([0]),
        n_categories=len(b) + 1,
        values=np.array([values]),
    )
    ours = item(*b, slope=a, guess=c if kind == "3pl" else 0.0, graded=kind == "graded")
    found = np.array([curve.value for curve in category_curves(ours, THETA)])
    assert found == pytest.approx(np.exp(log_p(block, THETA))[0], abs=1e-9)


def test_at_its_difficulty_an_item_is_as_likely_right_as_not():
    curve = right_curve(item(0.4), [0.4])
    assert curve.value[0] == pytest.approx(0.5)
    # logit = a (theta - b): there only b's error counts, a x se(b) = 0.13.
    odds = np.log(curve.high[0] / (1 - curve.high[0]))
    assert odds == pytest.approx(1.959964 * 0.13, rel=1e-4)


def test_the_range_covers_as_often_as_it_says():
    """4,000 draws of the parameters: 95 in 100 curves lie within, at every ability."""
    chance, one = np.random.default_rng(11), item(0.5, slope=1.2, guess=0.15, se=0.05)
    shown = right_curve(one, THETA)
    a, b, c = (chance.normal(v, 0.05, (4000, 1)) for v in (1.2, 0.5, 0.15))
    drawn = c + (1 - c) / (1 + np.exp(-a * (THETA - b)))
    share = ((drawn >= shown.low) & (drawn <= shown.high)).mean(axis=0)
    assert share == pytest.approx(0.95, abs=0.03)


@given(
    slope=st.floats(0.05, 4),
    b=st.floats(-4, 4),
    gaps=st.lists(st.floats(0.05, 2), max_size=4),
    graded=st.booleans(),
)
@settings(deadline=None)
def test_categories_share_out_the_whole_and_ranges_hold_their_values(slope, b, gaps, graded):
    found = category_curves(item(*np.cumsum([b, *gaps]), slope=slope, graded=graded), THETA)
    assert sum(curve.value for curve in found) == pytest.approx(1, abs=1e-9)
    for curve in found:
        assert (curve.low <= curve.value + 1e-12).all() and (curve.value <= curve.high + 1e-12).all()
        assert (curve.low >= 0).all() and (curve.high <= 1).all()


def test_information_of_a_2pl_is_a_squared_p_q():
    p = right_curve(item(0.0), THETA).value
    assert information([item(0.0)], THETA).value == pytest.approx(1.3**2 * p * (1 - p), rel=1e-6)


def test_information_of_a_3pl_as_lord_wrote_it():
    p, c = right_curve(item(0.0, guess=0.2), THETA).value, 0.2
    lord = 1.3**2 * (1 - p) / p * ((p - c) / (1 - c)) ** 2
    assert information([item(0.0, guess=0.2)], THETA).value == pytest.approx(lord, rel=1e-5)


def test_information_of_a_test_is_the_sum_of_its_items():
    both = information([item(0.0), item(1.0, 2.0)], THETA).value
    assert both == pytest.approx(
        information([item(0.0)], THETA).value + information([item(1.0, 2.0)], THETA).value
    )


def test_the_table_of_curves_says_what_the_curves_are():
    curve = right_curve(item(0.0), THETA)
    rows = item_curves(THETA, [curve]).rows
    assert rows[0] == ("curve", "ability", "likely", "low end", "high end")
    middle = next(row for row in rows[1:] if row[1] == "0")
    assert middle[2] == "0.500"


def test_the_picture_of_information_names_the_sharpest_place():
    chart = information_curve(THETA, information([item(1.0)] * 4, THETA))
    assert chart.sentence.startswith("It tells most at ability 1, where a student's standard error is 0.77")
    assert chart.rows[0][-1] == "standard error"


def test_many_curves_are_drawn_as_the_middle_and_the_span():
    curves = [right_curve(item(b), THETA) for b in np.linspace(-2, 2, 9)]
    chart = item_curves(THETA, curves)
    assert chart.svg.count("<polyline") == 1 and "all 9" in chart.svg
    assert chart.sentence == "9 curves: at ability 0 from 7 to 93 in 100, the middle one 50."
    assert len(chart.rows) == 1 + 9 * 9


def test_an_unknown_error_leaves_the_range_out_and_says_so():
    chart = item_curves(THETA, [right_curve(Item(name="i", slope=1, difficulties=(0.0,)), THETA)])
    assert 'class="doubt"' not in chart.svg and chart.rows[1][3] == "?"
    assert chart.sentence.endswith("How sure the curves are is not known.")


def test_a_grid_of_a_hundred_thousand_abilities_is_thinned():
    theta = np.linspace(-4, 4, 100_001)
    flat = Curve(name="f", value=theta * 0 + 0.5, low=theta * 0 + 0.4, high=theta * 0 + 0.6)
    assert len(item_curves(theta, [flat]).svg) < 8_000


@pytest.mark.parametrize(
    ("theta", "values", "said"),
    [
        ([0.0], [0.5], "at least two abilities, rising"),
        ([1.0, 0.0], [0.5, 0.5], "rising"),
        ([0.0, np.nan], [0.5, 0.5], "rising"),
        ([0.0, 1.0], [0.5], r"i: found \(1,\) values for \(2,\) abilities"),
        ([0.0, 1.0], [0.5, np.nan], "i: holds a value that is absent"),
    ],
)
def test_curves_without_abilities_are_refused(theta, values, said):
    v = np.array(values)
    with pytest.raises(ValueError, match=said):
        item_curves(theta, [Curve(name="i", value=v, low=v, high=v)])


def test_an_item_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="expected difficulties"):
        Item(name="i", slope=1, difficulties=())
    with pytest.raises(ValueError, match="found a guess of 1"):
        Item(name="i", slope=1, difficulties=(0.0,), guess=1.0)
