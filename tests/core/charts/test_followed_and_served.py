"""What followed an answer, and which difficulty was served to whom."""

import re

import pytest

from plainview.core.charts.followed import followed
from plainview.core.charts.served import served


def test_what_followed_is_told_drawn_and_tabled():
    chart = followed([0.5, 0.25, 0.25, 0.0], [0.0, 0.25, 0.25, 0.5])
    assert chart.sentence.startswith("After a right answer 75 of 100 next items were of the harder half")
    assert chart.rows[1] == ("eighth 1 of 4", "50.0 %", "0.0 %")
    assert chart.svg.count('class="bar"') == 5 and chart.svg.count('class="cap"') == 5  # four and the key


def test_a_bar_is_as_high_as_its_share():
    heights = [
        float(h)
        for h in re.findall(r'class="bar"[^>]*height="([\d.]+)"', followed([0.5, 0.5], [0.25, 0.75]).svg)
    ]
    assert heights[1] == pytest.approx(3 * heights[0], rel=0.01)  # the last is the key's


def test_unlike_rows_are_refused():
    with pytest.raises(ValueError, match="as many of each"):
        followed([0.5, 0.5], [1.0])


def test_served_difficulty_has_zero_on_both_axes_and_the_line_of_equals():
    chart = served([-1.0, 0.0, 1.0], [-0.8, 0.1, 0.9])
    assert chart.svg.count('class="zero"') == 2 and chart.svg.count('class="bound"') == 1
    assert chart.svg.count('class="estimate"') == 3
    assert "from −0.8 to 0.9" in chart.sentence and len(chart.rows) == 4


def test_without_difficulties_there_is_a_sentence():
    assert served([], []).sentence == "No difficulty is known."
