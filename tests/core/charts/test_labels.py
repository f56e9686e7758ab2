"""Where words stand in a picture, and which numbers stand on an axis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.charts.labels import shorten, spread, text_width, wrapped
from plainview.core.charts.plane import Scale, round_numbers, said, wide_enough

places = st.lists(st.floats(0, 300), min_size=1, max_size=30)


@given(wanted=places)
def test_names_stand_apart_in_their_order_and_in_their_room(wanted):
    found = spread(wanted, 10, 0, 300)
    order = np.argsort(wanted, kind="stable")
    gaps = np.diff(np.array(found)[order])
    assert (gaps >= min(10, 300 / max(1, len(wanted) - 1)) - 1e-6).all()
    assert min(found) >= -1e-6 and max(found) <= 300 + 1e-6


def test_names_that_have_room_stay_where_they_belong():
    assert spread([250, 10, 100], 12, 0, 300) == [250, 10, 100]


def test_two_names_that_meet_give_way_alike():
    assert spread([100, 100], 12, 0, 300) == pytest.approx([94, 106])


def test_no_names_take_no_room():
    assert spread([], 12, 0, 300) == []


@given(text=st.text(), room=st.floats(12, 300))
def test_a_shortened_name_fits_and_is_a_beginning(text, room):
    found = shorten(text, room)
    assert found == text or text.startswith(found[:-1])
    assert text_width(found) <= room


@given(text=st.text(alphabet="abc de", max_size=60))
def test_a_wrapped_name_has_at_most_two_lines_that_fit(text):
    lines = wrapped(text, 80)
    assert len(lines) <= 2 and all(text_width(one) <= 80 for one in lines)


def test_a_name_is_broken_between_words():
    assert wrapped("wrong answers in a row", 100) == ["wrong answers", "in a row"]


def test_wide_letters_are_wider():
    assert text_width("iii") < text_width("aaa") < text_width("MMM")
    assert text_width("分数") > 24


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6), most=st.integers(2, 10))
def test_ticks_are_round_few_and_between_the_ends(low, span, most):
    ticks = round_numbers(low, low + span, most)
    assert 1 <= len(ticks) <= most or len(ticks) == 0
    slack = 1e-6 * max(abs(low), span)
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(-4, 4, (-4, -2, 0, 2, 4)), (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)), (0, 7, (0, 2, 4, 6)), (3, 3, (3,))],
)
def test_ticks_that_a_person_would_choose(low, high, ticks):
    assert round_numbers(low, high) == ticks


@given(values=st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=6))
def test_a_range_always_holds_zero_and_never_vanishes(values):
    low, high = wide_enough([v for v in values if abs(v) < 1e9 or v != v])
    assert low <= 0 <= high and high - low >= 1


def test_a_place_beyond_the_scale_is_held_at_its_end():
    scale = Scale(low=0, high=1, start=10, end=110)
    assert (scale(0.5), scale.held(7), scale.held(-7)) == (60, 110, 10)


def test_a_minus_is_a_minus_sign():
    assert said(-0.5) == "\N{MINUS SIGN}0.5" and said(2.0) == "2"
