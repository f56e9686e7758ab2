"""Every picture of a result, whatever is in it: well-formed, escaped, doubt drawn, no words on each other."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.charts.items import information_curve, item_curves
from plainview.core.charts.labels import text_width
from plainview.core.charts.learning import LearningWords, learning_curve
from plainview.core.charts.moved import Piece, what_moved
from plainview.core.charts.plane import TEXT
from plainview.core.charts.reliability import reliability
from plainview.core.charts.response import Item, category_curves, information, right_curve
from plainview.core.charts.roc import roc, roc_of_groups
from plainview.core.charts.wright import wright_map
from plainview.core.stats.calibration import calibration
from plainview.core.stats.interval import Interval

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '</title><script>alert("1")</script>&\'\x00\ud800'
chance = np.random.default_rng(5)
THETA = np.linspace(-4, 4, 81)
N = 3000
P = chance.uniform(0.05, 0.95, N)
RIGHT = (chance.uniform(size=N) < P).astype(float)
WHO = np.arange(N) // 30
STEP = np.arange(N) % 30 + 1


def item(name, *difficulties, slope=1.2, **more):
    ses = (0.2,) * len(difficulties)
    return Item(name=name, slope=slope, difficulties=difficulties, slope_se=0.15, difficulty_ses=ses, **more)


def wright(n_students, names, **more):
    spots = np.linspace(-2, 2, len(names))
    return wright_map(
        abilities=np.linspace(-3, 3, n_students),
        ability_ses=np.full(n_students, 0.4),
        items=names,
        difficulties=spots,
        difficulty_ses=np.full(len(names), 0.3),
        **more,
    )


TWO = {"ours": P, "theirs": np.clip(P + chance.normal(0, 0.2, N), 0, 1)}
PIECES = [Piece(what=f"piece {k} with a name that is rather long", moved=0.7 * (-1) ** k) for k in range(30)]
INTERVAL = Interval(low=-0.4, high=1.1, level=0.95)
CHARTS = {
    "learning": learning_curve(opportunity=STEP, correct=RIGHT, predicted=P),
    "learning without a model": learning_curve(opportunity=STEP, correct=RIGHT),
    "one opportunity": learning_curve(opportunity=[1], correct=[1.0], predicted=[0.4]),
    "no opportunity": learning_curve(opportunity=np.array([], int), correct=[]),
    "evil learning": learning_curve(
        opportunity=[1, 2], correct=[1, 0], predicted=[0.5, 0.5], words=LearningWords(title=EVIL, seen="<&>'")
    ),
    "reliability": reliability(calibration(correct=RIGHT, predicted=P, student=WHO)),
    "reliability of one number": reliability(
        calibration(correct=RIGHT, predicted=np.full(N, 0.5), student=WHO)
    ),
    "reliability that cannot be said": reliability(
        CannotSay(question="?", reason="there are <no> rows", would_need="rows", check="x/1")
    ),
    "items": item_curves(
        THETA, [right_curve(item(f"item {k}", k - 1.5, guess=0.2, guess_se=0.05), THETA) for k in range(4)]
    ),
    "one evil item": item_curves(THETA, [right_curve(item(EVIL, 0.0), THETA)]),
    "items without errors": item_curves(
        THETA, [right_curve(Item(name="a", slope=1, difficulties=(0.0,)), THETA)]
    ),
    "no items": item_curves(THETA, []),
    "300 items": item_curves(THETA, [right_curve(item(f"i{k}", k / 100 - 1.5), THETA) for k in range(300)]),
    "graded": item_curves(THETA, category_curves(item("g", -1.0, 0.0, 1.0), THETA)),
    "steps": item_curves(THETA, category_curves(item("g", -1.0, 0.0, 1.0, graded=False), THETA)),
    "information": information_curve(THETA, information([item("a", 0.0), item("b", 1.0)], THETA)),
    "no information": information_curve(THETA, information([], THETA)),
    "a pair": roc(correct=RIGHT, predicted=TWO, student=WHO),
    "one model, every row for itself": roc(correct=RIGHT, predicted={"ours": P}, student=None),
    "all right": roc(correct=np.ones(10), predicted={EVIL: P[:10]}, student=np.arange(10)),
    "no rows": roc(correct=[], predicted={"ours": []}, student=[]),
    "groups": roc_of_groups(
        correct=RIGHT, predicted=P, in_group=WHO % 3 == 0, student=WHO, group="newcomers", others="the others"
    ),
    "a map": wright(200, [f"item {k}" for k in range(15)]),
    "a map of 24 that crowd": wright_map(
        abilities=[0.0, 1.0],
        ability_ses=[0.5, np.nan],
        items=[f"item {k}" for k in range(24)],
        difficulties=np.linspace(0.9, 1.0, 24),
        difficulty_ses=np.full(24, 9.0),
    ),
    "a map of 300 items": wright(1000, [f"item {k}" for k in range(300)]),
    "a map of one and one": wright(1, [EVIL]),
    "an empty map": wright(0, []),
    "moved": what_moved(base=0.5, pieces=PIECES[:3], interval=INTERVAL),
    "moved by 30": what_moved(base=0.5, pieces=PIECES),
    "moved shares in order": what_moved(
        base=0.2,
        pieces=[Piece(what=EVIL, moved=0.3), Piece(what="b", moved=-0.4)],
        scale="share",
        in_order=True,
    ),
    "moved by nothing": what_moved(base=-9.0, pieces=[]),
}
EMPTY = {
    "no opportunity",
    "reliability that cannot be said",
    "no items",
    "all right",
    "no rows",
    "an empty map",
}
WITHOUT_RANGE = {
    "items without errors", "moved by 30", "moved shares in order", "moved by nothing"
}  # fmt: skip


@pytest.fixture(params=CHARTS)
def name(request):
    return request.param


@pytest.fixture
def chart(name):
    return CHARTS[name]


def elements(chart):
    return list(ET.fromstring(chart.svg).iter())  # noqa: S314 - our own words


def test_a_picture_is_well_formed_and_says_what_it_is(chart):
    svg = ET.fromstring(chart.svg)  # noqa: S314
    assert svg.tag == f"{SVG}svg" and svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title" and svg[0].text
    assert svg[1].tag == f"{SVG}desc" and svg[1].text
    assert chart.sentence


def test_a_picture_holds_no_colour_no_style_no_script_no_id(chart):
    for element in elements(chart):
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "line", "rect", "circle", "polyline", "polygon", "text",
        }  # fmt: skip
        assert not set(element.attrib) & {"style", "fill", "stroke", "id", "href", "onload"}


def test_no_place_in_a_picture_is_absent(chart):
    assert "nan" not in chart.svg and "inf" not in chart.svg.replace("information", "")


def test_zero_is_always_on_the_axis(chart):
    assert 'class="zero"' in chart.svg


def test_doubt_is_always_drawn_or_said_to_be_unknown(name, chart):
    if name in EMPTY | WITHOUT_RANGE:
        assert 'class="doubt"' not in chart.svg
    else:
        assert 'class="doubt"' in chart.svg
    if name in WITHOUT_RANGE:
        assert "ow sure" in chart.sentence


def test_the_table_has_a_heading_and_rows_of_its_width(chart):
    assert len({len(row) for row in chart.rows}) == 1
    assert all(chart.rows[0])


def box_of(text):
    width = text_width(text.text or "")
    x, y = float(text.get("x")), float(text.get("y"))
    left = x - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor")]
    return left, y - 0.72 * TEXT, left + width, y + 1


def test_no_word_lies_on_another_or_runs_out_of_the_picture(chart):
    svg = ET.fromstring(chart.svg)  # noqa: S314
    wide, high = float(svg.get("width")), float(svg.get("height"))
    texts = [element for element in svg if element.tag == f"{SVG}text"]
    boxes = [box_of(text) for text in texts]
    for one, (left, top, right, foot) in zip(texts, boxes, strict=True):
        assert left >= -1 and right <= wide + 1 and top >= 0 and foot <= high, one.text
    for k, (left, top, right, foot) in enumerate(boxes):
        for n in range(k):
            other = boxes[n]
            apart = right <= other[0] or other[2] <= left or foot <= other[1] or other[3] <= top
            assert apart, (texts[k].text, texts[n].text)


def test_words_are_never_set_smaller_than_they_can_be_read(chart):
    assert float(ET.fromstring(chart.svg).get("font-size")) >= 12  # noqa: S314


def test_a_picture_stays_light_however_much_goes_in(chart):
    assert len(chart.svg) < 60_000


@pytest.mark.parametrize("width", [320, 360, 640])
def test_a_picture_may_be_as_wide_as_its_page(width):
    wide = learning_curve(opportunity=STEP, correct=RIGHT, predicted=P, width=width)
    assert float(ET.fromstring(wide.svg).get("width")) == width  # noqa: S314
    for made in (wide, wright(50, ["a", "b"], width=width), what_moved(base=0, pieces=PIECES, width=width)):
        test_no_word_lies_on_another_or_runs_out_of_the_picture(made)


def test_a_million_rows_are_counted_before_they_are_drawn():
    n = 1_000_000
    p, number = np.tile(P, n // N + 1)[:n], np.arange(n) % 50 + 1
    right = (np.random.default_rng(1).random(n) < p).astype(float)
    curve = learning_curve(opportunity=number, correct=right, predicted=p)
    assert curve.svg.count("<circle") == 21 and len(curve.rows) == 21
    assert "Not drawn: 600000 answers after opportunity 20." in curve.sentence
    pair = roc(correct=right, predicted={"ours": p}, student=None)
    assert len(pair.svg) < 6_000 and len(pair.rows) <= 42
    heap = wright_map(
        abilities=np.linspace(-3, 3, n),
        ability_ses=np.full(n, 0.3),
        items=["a"],
        difficulties=[0],
        difficulty_ses=[0.1],
    )
    assert len(heap.svg) < 8_000
    assert sum(int(row[4]) for row in heap.rows[1:-1]) == n


@given(
    spots=st.lists(st.floats(-5, 5), min_size=1, max_size=24),
    se=st.floats(0.01, 3),
    long=st.integers(1, 40),
    n=st.integers(1, 30),
)
@settings(max_examples=40, deadline=None)
def test_however_items_crowd_and_however_long_their_names_no_word_hides_another(spots, se, long, n):
    names = [f"{k} " + "name " * long for k in range(len(spots))]
    made = wright_map(
        abilities=np.linspace(-1, 2, n),
        ability_ses=np.full(n, se),
        items=names,
        difficulties=spots,
        difficulty_ses=np.full(len(spots), se),
    )
    test_no_word_lies_on_another_or_runs_out_of_the_picture(made)
    pieces = [Piece(what=name, moved=spot) for name, spot in zip(names, spots, strict=True)]
    test_no_word_lies_on_another_or_runs_out_of_the_picture(what_moved(base=spots[0], pieces=pieces))


@given(
    bs=st.lists(st.floats(-3, 3), min_size=1, max_size=8), slope=st.floats(0.2, 3), long=st.integers(1, 12)
)
@settings(max_examples=15, deadline=None)
def test_names_of_curves_never_hide_each_other(bs, slope, long):
    curves = [right_curve(item(f"{k}" + "n" * long, b, slope=slope), THETA) for k, b in enumerate(bs)]
    test_no_word_lies_on_another_or_runs_out_of_the_picture(item_curves(THETA, curves))


@given(n=st.lists(st.tuples(st.integers(1, 3_000_000), st.integers(1, 5)), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_opportunities_with_wide_numbers_stay_apart(n):
    number = np.repeat([k for k, _ in n], [times for _, times in n])
    made = learning_curve(opportunity=number, correct=np.ones(len(number)), predicted=np.ones(len(number)))
    test_no_word_lies_on_another_or_runs_out_of_the_picture(made)
