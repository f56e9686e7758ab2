"""Every picture can be read aloud, printed, and shown under a strict content policy."""

import xml.etree.ElementTree as ET

import pytest

from plainview.classroom.curriculum.expressions import CannotWorkOut
from plainview.classroom.curriculum.figures import KINDS, draw

SVG = "{http://www.w3.org/2000/svg}"

EACH = [
    (
        {"number_line": {"from": 0, "to": 2, "parts": 4, "points": [{"at": "3/4", "label": "A"}]}},
        "from 0 to 2, each whole cut into 4 equal spaces; labelled 0, 1, 2; point A 3 spaces from the start",
    ),
    ({"bar": {"parts": 8, "shaded": 3}}, "8 equal parts; 3 shaded"),
    (
        {"bar": {"widths": [2, 1, 1], "shaded": [1]}},
        "3 parts that are not all the same size; sizes 2 (shaded), 1, 1",
    ),
    (
        {"bars": [{"label": "Ana", "parts": 4, "shaded": 3}, {"label": "Bo", "parts": 6, "length": 0.5}]},
        "Ana: 4 equal parts; 3 shaded; Bo: 6 equal parts; 0 shaded, this bar is shorter",
    ),
    ({"circle": {"parts": 6, "shaded": 8, "wholes": 2}}, "2 wholes, each in 6 equal parts; 8 shaded"),
    (
        {"grid": {"rows": 10, "columns": 10, "shaded": 37}},
        "10 rows and 10 columns, 100 equal squares; 37 shaded",
    ),
    ({"set": {"total": 12, "shaded": 5, "shape": "star"}}, "12 things in rows of 6; 5 shaded"),
    ({"strips": {"parts": [1, 2]}}, "one strip in 1 part; one strip in 2 equal parts"),
]


def svg(spec):
    return ET.fromstring(draw(spec)).find(f"{SVG}svg")  # noqa: S314 (our own)


def test_every_kind_of_figure_is_tried_here():
    assert {next(iter(spec)) for spec, _ in EACH} == set(KINDS)


@pytest.mark.parametrize(("spec", "described"), EACH)
def test_a_figure_says_in_words_what_an_eye_sees(spec, described):
    drawn = svg(spec)
    assert drawn.find(f"{SVG}desc").text == described
    assert drawn.get("aria-label").endswith(described)


@pytest.mark.parametrize(("spec", "_described"), EACH)
def test_a_figure_keeps_to_classes(spec, _described):
    assert " style=" not in draw(spec)
    assert "#" not in draw(spec)


@pytest.mark.parametrize(
    ("spec", "parts", "shaded"),
    [({"bar": {"parts": 8, "shaded": 3}}, 5, 3), ({"circle": {"parts": 6, "shaded": 8, "wholes": 2}}, 4, 8)],
)
def test_as_many_parts_are_shaded_as_it_says(spec, parts, shaded):
    classes = [element.get("class") for element in svg(spec).iter()]
    assert (classes.count("part"), classes.count("part-filled")) == (parts, shaded)


def test_points_stand_where_their_number_is():
    drawn = svg({"number_line": {"from": 0, "to": 1, "parts": 4, "points": [{"at": "1/2", "label": "P"}]}})
    ends = [float(line.get("x1")) for line in drawn.iter(f"{SVG}line")][1:]
    assert float(drawn.find(f"{SVG}circle").get("cx")) == pytest.approx((min(ends) + max(ends)) / 2)


def test_an_authors_own_sentence_and_caption_win():
    drawn = draw({"bar": {"parts": 2}, "alt": "A <bar> cut in two", "caption": "Cut it & fold it"})
    assert "A &lt;bar&gt; cut in two" in drawn
    assert "<figcaption>Cut it &amp; fold it</figcaption>" in drawn


@pytest.mark.parametrize(
    "spec",
    [
        {},
        "bar",
        {"pie": {"parts": 3}},
        {"bar": {"parts": 3}, "circle": {"parts": 3}},
        {"bar": {"parts": 0}},
        {"bar": {"parts": "2.5"}},
        {"bar": {"parts": 4, "shaded": 5}},
        {"bar": {"parts": 4, "colour": "red"}},
        {"bar": {"parts": 10**9}},
        {"bar": {"widths": [1, -1], "shaded": [1]}},
        {"number_line": {"from": 1, "to": 0, "parts": 2}},
        {"number_line": {"from": 0, "to": 1, "parts": 2, "points": [{"at": 3, "label": "A"}]}},
        {"number_line": {"from": 0, "to": 10**9, "parts": 9}},
        {"set": {"total": 4, "shape": "skull"}},
        {"bars": []},
    ],
)
def test_a_figure_that_cannot_be_drawn_says_so(spec):
    with pytest.raises(CannotWorkOut):
        draw(spec)
