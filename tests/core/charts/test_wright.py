"""Students and items on one scale."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.charts.wright import wright_map

maybe = st.one_of(st.floats(-6, 6), st.just(float("nan")))


def drawn(abilities, difficulties, *, names=None, se=0.3, **more):
    return wright_map(
        abilities=abilities,
        ability_ses=np.full(len(abilities), 0.4),
        items=names or [f"item {k}" for k in range(len(difficulties))],
        difficulties=difficulties,
        difficulty_ses=np.full(len(difficulties), se),
        **more,
    )


def marks(svg, role):
    return [one for one in ET.fromstring(svg) if one.get("class") == role]  # noqa: S314


def test_four_students_and_two_items_by_hand():
    chart = drawn([-2.0, 0.0, 0.1, 3.0], [-1.0, 1.0], names=["easy", "hard"])
    assert chart.sentence.startswith(
        "4 students, half of them between \N{MINUS SIGN}0.5 and 0.82; 2 items from \N{MINUS SIGN}1 to 1. "
        "1 students stand above the hardest item, 1 below the easiest."
    )
    assert [int(row[4]) for row in chart.rows[1:-2]] == [1, 2, 1]
    assert chart.rows[-1] == ("hard", "1", "0.412", "1.588", "1")


def test_equal_numbers_stand_at_equal_heights():
    chart = drawn([1.0], [1.0])
    (student, task) = (float(one.get("cy")) for one in marks(chart.svg, "estimate"))
    assert student == task
    assert float(marks(chart.svg, "zero")[0].get("y1")) > student


@given(abilities=st.lists(maybe, max_size=40), difficulties=st.lists(maybe, max_size=40))
@settings(max_examples=60, deadline=None)
def test_everyone_with_a_place_is_counted_once_and_the_others_are_told(abilities, difficulties):
    chart = drawn(abilities, difficulties)
    here = [int(np.isfinite(np.array(values, float)).sum()) for values in (abilities, difficulties)]
    counted = [int(row[4]) for row in chart.rows[1:]]
    assert sum(counted) == sum(here)
    lost = (len(abilities) - here[0], len(difficulties) - here[1])
    told = f"Left out, without a place: {lost[0]} students, {lost[1]} items."
    assert (told in chart.sentence) == any(lost)
    for one in marks(chart.svg, "estimate"):
        assert 30 <= float(one.get("cy")) <= 354


def test_items_beyond_24_are_a_heap_and_all_in_the_table():
    chart = drawn(np.linspace(-2, 2, 50), np.linspace(-2, 2, 60))
    assert ">item 3<" not in chart.svg
    assert [row[0] for row in chart.rows if row[0].startswith("item ")][59] == "item 59"


def test_an_item_whose_error_is_not_known_has_no_range():
    chart = drawn([0.0], [0.5], se=float("nan"))
    assert chart.rows[-1][2:4] == ("?", "?")


@pytest.mark.parametrize("huge", [1e3, 1e6])
def test_a_range_without_end_does_not_squeeze_the_rest(huge):
    calm, wild = drawn([0.0, 1.0], [0.5, -0.5], se=0.9), drawn([0.0, 1.0], [0.5, -0.5], se=huge)
    places = [[float(one.get("cy")) for one in marks(chart.svg, "estimate")] for chart in (calm, wild)]
    assert np.ptp(places[1]) > 0.5 * np.ptp(places[0])


def test_what_does_not_match_is_refused():
    with pytest.raises(ValueError, match="found 1 names for 2 difficulties"):
        drawn([0.0], [0.0, 1.0], names=["a"])
    with pytest.raises(ValueError, match=r"abilities: found \(1,\) places and \(2,\) errors"):
        wright_map(abilities=[0], ability_ses=[1, 2], items=[], difficulties=[], difficulty_ses=[])
