"""Two models, two groups: hits and false alarms, AUC and how far apart, with ranges by student."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plainview.core.charts.roc import roc, roc_of_groups
from plainview.core.stats.discrimination import auc, auc_difference

chance = np.random.default_rng(4)
P = chance.uniform(0.05, 0.95, 3000)
RIGHT = (chance.uniform(size=3000) < P).astype(float)
OTHER = np.clip(P + chance.normal(0, 0.3, 3000), 0, 1)
WHO = np.arange(3000) // 20


def points(chart, name):
    return np.array([[float(cell) for cell in row[1:]] for row in chart.rows[1:] if row[0] == name])


def test_four_answers_by_hand():
    chart = roc(correct=[0, 0, 1, 1], predicted={"m": [0.1, 0.6, 0.5, 0.9]}, student=None)
    assert points(chart, "m")[:, [0, 3]].tolist() == [[0, 0], [0, 0.5], [0.5, 0.5], [0.5, 1], [1, 1]]
    assert "AUC 0.750" in chart.sentence


def test_the_figures_are_those_of_the_core():
    chart = roc(correct=RIGHT, predicted={"one": P, "two": OTHER}, student=WHO)
    for name, said in (("one", P), ("two", OTHER)):
        score = auc(correct=RIGHT, predicted=said, student=WHO)
        ends = f"{score.interval.low:.3f} to {score.interval.high:.3f}"
        assert (
            f"{name}: AUC {score.value:.3f} (likely {ends}, 3000 answers of 150 students)" in chart.sentence
        )
        assert f"{name} {score.value:.3f} ({ends})" in chart.svg
    apart = auc_difference(correct=RIGHT, predicted=P, other=OTHER, student=WHO)
    assert f"one less two: {apart.value:.3f} (likely {apart.interval.low:.3f}" in chart.sentence


def test_the_area_under_the_drawn_points_is_the_auc():
    drawn = points(roc(correct=RIGHT, predicted={"m": P}, student=WHO), "m")
    area = np.trapezoid(drawn[:, 3], drawn[:, 0])
    assert area == pytest.approx(auc(correct=RIGHT, predicted=P, student=WHO).value, abs=0.002)


@given(
    rows=st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1), st.integers(0, 4)), max_size=80
    ),
    by_student=st.booleans(),
)
@example(rows=[(0.0, 0.0, 0)] * 5 + [(0.5, 1.0, 1)], by_student=True)  # nearly all rows are one student's
@settings(max_examples=60, deadline=None)
def test_curves_rise_from_nothing_to_all_and_ranges_hold_them(rows, by_student):
    correct, predicted, who = ([row[k] for row in rows] for k in range(3))
    chart = roc(correct=correct, predicted={"m": predicted}, student=who if by_student else None)
    drawn = points(chart, "m")
    if not len(drawn):
        assert "cannot say" in chart.sentence or len(set(correct)) == 1
        return
    for value, low, high in (drawn[:, :3].T, drawn[:, 3:].T):
        assert value[0] == 0 and value[-1] == 1
        assert (np.diff(value) >= -0.001).all()
        assert (low <= value + 0.001).all() and (value <= high + 0.001).all()


def test_rows_that_hang_together_say_less():
    """Each student's answer copied ten times: by student the band stays as wide, by row it shrinks."""
    few, ten = slice(0, 300), np.repeat(np.arange(300), 10)
    once = points(roc(correct=RIGHT[few], predicted={"m": P[few]}, student=np.arange(300)), "m")
    copied = points(roc(correct=RIGHT[ten], predicted={"m": P[ten]}, student=ten), "m")
    naive = points(roc(correct=RIGHT[ten], predicted={"m": P[ten]}, student=None), "m")
    width = [float((found[:, 5] - found[:, 4]).mean()) for found in (once, copied, naive)]
    assert width[1] == pytest.approx(width[0], rel=0.1)
    assert width[2] < 0.5 * width[1]


def test_groups_are_told_apart_with_an_interval():
    member = WHO % 2 == 0
    worse = np.where(member, OTHER, P)
    chart = roc_of_groups(
        correct=RIGHT, predicted=worse, in_group=member, student=WHO, group="newcomers", others="others"
    )
    one, other = (
        auc(correct=RIGHT[rows], predicted=worse[rows], student=WHO[rows]) for rows in (member, ~member)
    )
    assert f"newcomers less others: \N{MINUS SIGN}{other.value - one.value:.3f} (likely" in chart.sentence
    half = 1.959964 * (one.standard_error**2 + other.standard_error**2) ** 0.5
    assert f"to {one.value - other.value + half:.3f})".replace("-", "\N{MINUS SIGN}") in chart.sentence


def test_a_group_of_nobody_cannot_be_compared():
    chart = roc_of_groups(
        correct=RIGHT,
        predicted=P,
        in_group=np.zeros(3000, bool),
        student=WHO,
        group="newcomers",
        others="all",
    )
    assert "newcomers: cannot say, there are no rows." in chart.sentence
    assert "less" not in chart.sentence and points(chart, "all").size


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="found 3 predictions, expected one or two"):
        roc(correct=[1], predicted={"a": [1], "b": [1], "c": [1]}, student=None)
    with pytest.raises(ValueError, match="different lengths: correct 2, predicted 1"):
        roc(correct=[1, 0], predicted={"a": [1]}, student=None)
    with pytest.raises(ValueError, match="different lengths: correct 2, student 1"):
        roc(correct=[1, 0], predicted={"a": [1, 0]}, student=[1])
    with pytest.raises(ValueError, match="expected yes or no a row"):
        roc_of_groups(correct=[1], predicted=[1], in_group=[1], student=None, group="a", others="b")
