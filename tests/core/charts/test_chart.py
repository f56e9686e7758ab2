"""Every picture, whatever is in it: well-formed, named, described, without colour, style, script or id."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.charts.chart import label, number, words
from plainview.core.charts.doubt import BandWords, StepShown, StepsWords, doubt_band, estimate_steps
from plainview.core.charts.minutes import DayMinutes, PromiseMinutes, promised_delivered, screen_minutes

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '</title><script>alert("1")</script>&\'\x00\x0b\ud800'
STEP = StepShown(what="Tue, answer", p_known=0.8, low=0.5, high=1.0)
CHARTS = {
    "band": doubt_band(p_known=0.5, low=0.2, high=0.9),
    "band at the walls": doubt_band(p_known=1.0, low=1.0, high=1.0),
    "band of evil words": doubt_band(
        p_known=0.5, low=0.0, high=1.0, words=BandWords(title=EVIL, sentence=EVIL)
    ),
    "no steps": estimate_steps([]),
    "one step": estimate_steps([STEP]),
    "many steps": estimate_steps([STEP] * 400),
    "steps of evil words": estimate_steps([STEP], words=StepsWords(title=EVIL, one=EVIL)),
    "no days": screen_minutes([], cap=20),
    "a week": screen_minutes([DayMinutes(label=EVIL, minutes=i * 5) for i in range(5)], cap=20),
    "a week without a cap": screen_minutes([DayMinutes(label="Mon", minutes=0)], cap=None),
    "no promise": promised_delivered([]),
    "promises": promised_delivered([PromiseMinutes(label=EVIL, promised=70, delivered=55)]),
}


@pytest.fixture(params=CHARTS)
def chart(request):
    return CHARTS[request.param]


def test_a_picture_is_well_formed_and_says_what_it_is(chart):
    svg = ET.fromstring(chart.svg)  # noqa: S314 - our own words
    assert svg.tag == f"{SVG}svg" and svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title" and svg[0].text
    assert svg[1].tag == f"{SVG}desc" and svg[1].text
    assert chart.sentence


def test_a_picture_holds_no_colour_no_style_no_script_no_id_no_link(chart):
    for element in ET.fromstring(chart.svg).iter():  # noqa: S314
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "line", "rect", "circle", "polyline", "polygon", "text",
        }  # fmt: skip
        assert not set(element.attrib) & {"style", "fill", "stroke", "id", "href", "onload"}


def test_zero_is_always_on_the_axis(chart):
    assert 'class="zero"' in chart.svg


def test_the_table_has_a_heading_and_rows_of_its_width(chart):
    assert len({len(row) for row in chart.rows}) == 1
    assert all(cell for cell in chart.rows[0])


def test_words_are_escaped_and_what_xml_forbids_is_left_out():
    assert words(EVIL) == "&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#x27;"
    assert "<script" not in label(EVIL, 1, 2)


@given(text=st.text())
def test_any_word_at_all_leaves_the_picture_well_formed(text):
    svg = doubt_band(p_known=0.5, low=0.2, high=0.9, words=BandWords(title=text)).svg
    ET.fromstring(svg)  # noqa: S314


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.01, "0"), (-0.04, "0"), (12.0, "12"), (12.34, "12.3"), (-3.06, "-3.1")]
)
def test_a_tenth_of_a_unit_is_enough(value, text):
    assert number(value) == text


def test_four_hundred_steps_stay_a_light_page():
    assert len(CHARTS["many steps"].svg) < 60_000
    assert len(CHARTS["band"].svg) < 1_300
