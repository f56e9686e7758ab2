"""What moved a prediction: base and parts add up to it, and can be read aloud."""

from math import isfinite, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.learner.explanation import Part, additive, probability

moves = st.lists(st.floats(-3, 3), max_size=12)


@given(base=st.floats(-3, 3), moved=moves)
def test_base_and_parts_add_up_to_the_prediction(base, moved):
    parts = tuple(Part(what=f"part {n}", value=1.0, moved=m) for n, m in enumerate(moved))
    explained = additive(row=0, base=base, parts=parts)
    if abs(explained.total) < 7:  # further out a probability no longer holds twelve digits of its log-odds
        assert log(explained.p / (1 - explained.p)) == pytest.approx(explained.total, abs=1e-12)


@given(log_odds=st.floats(-1e6, 1e6))
def test_a_probability_is_one_whatever_the_log_odds(log_odds):
    p = probability(log_odds)
    assert isfinite(p)
    assert 0 <= p <= 1


def test_the_strongest_part_is_read_first():
    parts = (Part(what="a little", value=1.0, moved=0.1), Part(what="a lot", value=2.0, moved=-1.0))
    explained = additive(row=4, base=0.0, parts=parts)
    assert explained.sentences(n=1) == (
        "The model expects a right answer in 29 of 100 such cases.",
        "a lot (2): odds times 0.37, towards wrong.",
    )
