"""From where a model starts to what it says, piece by piece, with nothing lost."""

import xml.etree.ElementTree as ET
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.charts.moved import Piece, explained, traced, what_moved
from plainview.core.learner.bkt import Skill, trace
from plainview.core.learner.explanation import Part, additive
from plainview.core.stats.interval import Interval

moves = st.lists(st.floats(-30, 30), max_size=40)


def bars(svg):
    return [one for one in ET.fromstring(svg) if one.get("class") in ("towards", "away")]  # noqa: S314


def number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


def test_two_pieces_by_hand():
    chart = what_moved(
        base=0.0, pieces=[Piece(what="a hint", moved=-0.5), Piece(what="three right", moved=1.5)]
    )
    assert chart.rows == (
        ("what", "moved", "stands at", "in 100"),
        ("start", "", "0", "50"),
        ("three right", "+1.500", "1.5", "82"),
        ("a hint", "\N{MINUS SIGN}0.500", "1", "73"),
        ("estimate", "", "1", "73"),
    )
    assert chart.sentence == (
        "From 50 in 100 to 73 in 100. It moved most by: three right. "
        "How sure this one estimate is, the model does not say."
    )


@given(base=st.floats(-30, 30), moved=moves, in_order=st.booleans())
@settings(max_examples=80, deadline=None)
def test_the_bars_add_up_to_the_estimate_whatever_was_put_together(base, moved, in_order):
    pieces = [Piece(what=f"p{k}", moved=m) for k, m in enumerate(moved)]
    chart = what_moved(base=base, pieces=pieces, in_order=in_order)
    assert number(chart.rows[-1][2]) == pytest.approx(fsum([base, *moved]), abs=0.002)
    assert len(bars(chart.svg)) == len(chart.rows) - 3 <= 8


def test_the_bars_are_as_long_as_the_table_says():
    chart = what_moved(base=0.0, pieces=[Piece(what="a", moved=2.0), Piece(what="b", moved=-1.0)])
    first, second = (float(bar.get("width")) for bar in bars(chart.svg))
    assert first / second == pytest.approx(2, abs=0.01)
    assert [bar.get("class") for bar in bars(chart.svg)] == ["towards", "away"]


def test_in_order_of_time_the_earliest_are_put_together():
    pieces = [Piece(what=f"p{k}", moved=0.01) for k in range(10)]
    rows = what_moved(base=0.1, pieces=pieces, scale="share", in_order=True, most=4).rows
    assert [row[0] for row in rows[2:-1]] == ["7 other pieces", "p7", "p8", "p9"]


def test_a_range_is_drawn_and_said_where_there_is_one():
    chart = what_moved(base=0.0, pieces=[], interval=Interval(low=-1.0, high=1.0, level=0.95))
    assert 'class="doubt"' in chart.svg
    assert chart.sentence == "From 50 in 100 to 50 in 100 (likely 27 to 73). Nothing moved it."


def test_a_models_explanation_is_drawn_as_it_stands():
    found = additive(row=3, base=-1.0, parts=(Part(what="wins", value=2, moved=1.4),))
    chart = explained(found)
    assert chart.rows[-1][3] == str(round(100 * found.p))


def test_steps_of_knowledge_tracing_end_where_the_trace_ends():
    steps = trace([1, 0, 0.5], Skill(p_known=0.3, p_learn=0.2, p_guess=0.2, p_slip=0.1))
    chart = traced(steps)
    assert chart.rows[-1][3] == str(round(100 * steps[-1].p_after))
    assert [row[0] for row in chart.rows[2:4]] == ["answer 1: right", "chance to learn, after answer 1"]
    assert [row[0] for row in chart.rows[4:7:2]] == ["answer 2: not right", "answer 3: partly right"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"base": float("nan"), "pieces": []}, "base: found nan"),
        ({"base": 0, "pieces": [Piece(what="a", moved=float("inf"))]}, "a: found inf"),
        ({"base": 0, "pieces": [], "scale": "logits"}, "found 'logits', expected 'log-odds' or 'share'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(more, said):
    with pytest.raises(ValueError, match=said):
        what_moved(**more)
    with pytest.raises(ValueError, match="found no step"):
        traced([])
