"""The share right at each opportunity, counted, drawn and listed."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.charts.counted import wilson_of
from plainview.core.charts.learning import at_opportunities, learning_curve, practised
from plainview.core.logs.coded import Coded
from plainview.core.stats.interval import wilson

numbers = st.lists(
    st.tuples(st.integers(1, 2_000_000), st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1)), max_size=60
)


def marks(svg, role):
    return [one for one in ET.fromstring(svg) if one.get("class") == role]  # noqa: S314


def test_three_of_four_then_one_of_one_by_hand():
    chart = learning_curve(opportunity=[1, 1, 1, 1, 2], correct=[1, 1, 1, 0, 1], predicted=[0.5] * 5)
    assert chart.rows == (
        ("opportunity", "seen", "low end", "high end", "answers", "model"),
        ("1", "0.750", "0.301", "0.954", "4", "0.500"),
        ("2", "1.000", "0.207", "1.000", "1", "0.500"),
    )
    assert chart.sentence == (
        "Right at opportunity 1: 75 in 100 (likely 30 to 95, 4 answers); at opportunity 2: 100 in 100 "
        "(likely 21 to 100, 1 answers). The model is off by 30.0 points on average."
    )


def test_the_picture_shows_what_the_table_says():
    chart = learning_curve(opportunity=[1] * 4 + [2] * 3, correct=[1, 0, 0, 0, 1, 1, 1])
    area_top, area_foot = 30.0, 200.0
    for row, dot, band in zip(
        chart.rows[1:], marks(chart.svg, "estimate"), marks(chart.svg, "doubt"), strict=True
    ):
        shown = (area_foot - float(dot.get("cy"))) / (area_foot - area_top)
        assert shown == pytest.approx(float(row[1]), abs=0.001)
        top = float(band.get("y"))
        assert (area_foot - top) / 170 == pytest.approx(float(row[3]), abs=0.001)
        foot = top + float(band.get("height"))
        assert (area_foot - foot) / 170 == pytest.approx(float(row[2]), abs=0.001)


@given(hits=st.integers(0, 50), more=st.integers(0, 50))
def test_the_interval_is_the_houses_own(hits, more):
    if hits + more == 0:
        return
    ours = wilson_of(hits / (hits + more), hits + more, 0.95)
    theirs = wilson(n_hits=hits, n=hits + more).interval
    assert (float(ours[0]), float(ours[1])) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_without_any_answer_a_share_may_be_anything():
    assert [float(end) for end in wilson_of(0.0, 0, 0.95)] == [0.0, 1.0]


@given(rows=numbers)
@settings(max_examples=60, deadline=None)
def test_whatever_comes_no_answer_is_lost(rows):
    opportunity, correct, predicted = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 3
    )
    opportunity = np.array(opportunity, dtype=int)
    chart = learning_curve(opportunity=opportunity, correct=correct, predicted=predicted)
    drawn = sum(int(row[4]) for row in chart.rows[1:])
    told = chart.sentence.split("Not drawn: ")[1].split()[0] if "Not drawn" in chart.sentence else 0
    assert drawn + int(told) == len(rows)
    assert len(chart.rows) <= 21
    for row in chart.rows[1:]:
        assert 0 <= float(row[2]) <= float(row[1]) <= float(row[3]) <= 1


def test_a_log_says_which_opportunity_each_answer_was():
    log = Coded.from_arrays(
        student=["a", "b", "a", "a", "b"],
        item=list("vwxyz"),
        correct=[1, 0, 1, 0, 1],
        skills=[["add"], ["add"], ["add", "halve"], ["halve"], ["add"]],
    )
    at = practised(log, "add")
    assert dict(zip(at.row.tolist(), at.opportunity.tolist(), strict=True)) == {0: 1, 2: 2, 1: 1, 4: 2}
    assert practised(log, "halve").opportunity.tolist() == [1, 2]
    with pytest.raises(ValueError, match="no skill 'divide': the log has 2 skills"):
        practised(log, "divide")


def test_no_answers_is_a_sentence_too():
    chart = learning_curve(opportunity=np.array([], int), correct=[])
    assert chart.sentence == "There are no answers yet." and len(chart.rows) == 1
    assert at_opportunities(opportunity=np.array([], int), correct=[]) == ()


@pytest.mark.parametrize(
    ("opportunity", "correct", "predicted", "said"),
    [
        ([1, 2], [1], None, "different lengths: opportunity 2, correct 1"),
        ([1], [1], [0.5, 0.5], "different lengths: correct 1, predicted 2"),
        ([0], [1], None, "whole numbers from 1"),
        ([1.5], [1], None, "whole numbers from 1"),
        ([1], [float("nan")], None, "absent"),
        ([1], [1], [1.2], "predicted: found 1.2 to 1.2, expected 0 to 1"),
        ([[1]], [[1]], None, "one number a row"),
    ],
)
def test_what_cannot_be_is_refused(opportunity, correct, predicted, said):
    with pytest.raises(ValueError, match=said):
        learning_curve(opportunity=opportunity, correct=correct, predicted=predicted)
