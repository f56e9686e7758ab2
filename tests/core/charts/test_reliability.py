"""What came against what was said: the picture of core.stats.calibration, number for number."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.charts.reliability import reliability
from plainview.core.stats.calibration import calibration

chance = np.random.default_rng(2)
SAID = chance.uniform(0.02, 0.98, 4000)
CAME = (chance.uniform(size=4000) < SAID).astype(float)
WHO = np.arange(4000) // 20
FOUND = calibration(correct=CAME, predicted=SAID, student=WHO)


def marks(svg, role):
    return [one for one in ET.fromstring(svg) if one.get("class") == role]  # noqa: S314


def test_the_table_is_the_bins_as_they_were_found():
    rows = reliability(FOUND).rows
    assert rows[0] == ("said", "came", "low end", "high end", "answers")
    assert len(rows) == 1 + len(FOUND.bins)
    for row, one in zip(rows[1:], FOUND.bins, strict=True):
        shown = tuple(float(cell) for cell in row)
        told = (one.said, one.came, one.interval.low, one.interval.high, one.n_rows)
        assert shown == pytest.approx(told, abs=0.0005)


def test_the_dots_stand_where_the_table_says():
    chart = reliability(FOUND)
    for row, dot in zip(chart.rows[1:], marks(chart.svg, "estimate"), strict=True):
        assert (float(dot.get("cx")) - 40) / 306 == pytest.approx(float(row[0]), abs=0.001)
        assert (336 - float(dot.get("cy"))) / 306 == pytest.approx(float(row[1]), abs=0.001)


def test_a_prediction_that_can_be_taken_at_its_word_lies_on_the_line():
    for dot in marks(reliability(FOUND).svg, "estimate"):
        assert float(dot.get("cx")) - 40 == pytest.approx(336 - float(dot.get("cy")), abs=25)


def test_the_gap_is_held_against_chance_in_the_sentence():
    said = reliability(FOUND).sentence
    assert f"differs from what was said by {100 * FOUND.gap:.1f} points on average" in said
    assert f"chance alone would show {100 * FOUND.gap_by_chance:.1f}" in said
    assert "1 is right, below 1 is too sure" in said


def test_what_cannot_be_said_is_not_drawn():
    none = calibration(correct=[1.0], predicted=[0.5], student=[0])
    assert isinstance(none, CannotSay)
    chart = reliability(none)
    assert chart.sentence.startswith("Cannot say: the rows are of 1 student.")
    assert len(chart.rows) == 1 and not marks(chart.svg, "estimate")


def test_without_a_slope_the_gap_is_still_told():
    flat = calibration(correct=CAME, predicted=np.full(4000, 0.5), student=WHO)
    assert "Slope" not in reliability(flat).sentence
