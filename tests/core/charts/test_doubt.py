import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.charts.doubt import BandWords, StepShown, doubt_band, estimate_steps

triples = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)


def marks(svg: str, role: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(svg) if one.get("class") == role]  # noqa: S314


def step(p_known, low, high):
    return StepShown(what="Tue, answer", p_known=p_known, low=low, high=high)


def test_the_band_says_it_in_words_and_in_a_table():
    chart = doubt_band(p_known=0.82, low=0.51, high=0.98)
    assert chart.sentence == "About 82 in 100, likely between 51 and 98."
    assert chart.rows == (
        ("what", "how likely"),
        ("low end", "51 in 100"),
        ("most likely", "82 in 100"),
        ("high end", "98 in 100"),
    )


def test_the_band_speaks_the_readers_language():
    spanish = BandWords(title="Qué tan seguros estamos", sentence="Unos {best} de 100, entre {low} y {high}.")
    assert (
        doubt_band(p_known=0.5, low=0.25, high=0.75, words=spanish).sentence
        == "Unos 50 de 100, entre 25 y 75."
    )


@given(ends=triples)
def test_the_tick_stands_in_the_band_and_the_band_on_the_axis(ends):
    low, p_known, high = ends
    svg = doubt_band(p_known=p_known, low=low, high=high).svg
    (band,), (tick,) = marks(svg, "doubt"), marks(svg, "estimate")
    left, width = float(band.get("x")), float(band.get("width"))
    assert left >= 12 and left + width <= 229.1
    assert left - 0.11 <= float(tick.get("x1")) <= left + width + 0.11
    assert width >= 1


@pytest.mark.parametrize("ends", [(0.5, 0.6, 0.9), (0.5, 0.1, 0.4), (1.2, 0.1, 1.3), (float("nan"), 0, 1)])
def test_a_range_that_does_not_hold_its_estimate_is_refused(ends):
    p_known, low, high = ends
    with pytest.raises(ValueError, match="expected 0 <= low <= estimate <= high <= 1"):
        doubt_band(p_known=p_known, low=low, high=high)
    with pytest.raises(ValueError, match="expected 0 <= low"):
        estimate_steps([step(p_known, low, high)])


def test_the_steps_are_told_from_first_to_last_and_listed():
    chart = estimate_steps([step(0.82, 0.51, 0.98), step(0.94, 0.77, 1.0)])
    assert chart.sentence == "After 2 pieces: from 82 in 100 to 94, likely between 77 and 100."
    assert chart.rows[1] == ("Tue, answer", "82 in 100", "51 and 98 in 100")
    assert len(marks(chart.svg, "estimate")) == 2


def test_doubt_is_drawn_for_one_step_and_for_many():
    for n in (1, 2, 30):
        chart = estimate_steps([step(0.5, 0.2, 0.9)] * n)
        assert len(marks(chart.svg, "doubt")) == 1
        assert len(marks(chart.svg, "estimate")) == n


def test_higher_is_drawn_higher():
    chart = estimate_steps([step(0.2, 0.1, 0.4), step(0.9, 0.7, 1.0)])
    first, second = (float(one.get("cy")) for one in marks(chart.svg, "estimate"))
    assert second < first


def test_nothing_seen_says_so():
    chart = estimate_steps([])
    assert chart.sentence == "We haven't looked yet."
    assert marks(chart.svg, "estimate") == [] and len(chart.rows) == 1
