"""Who was lost, against the boundary."""

from xml.etree import ElementTree

from plainview.core.charts.attrition import Lost, attrition

BOUNDARY = {0: 5.7, 20: 5.4, 40: 2.6, 57: 0.0}


def test_each_level_is_a_dot_a_sentence_and_a_row():
    lost = [
        Lost(name="classes", overall=5.0, differential=9.1, is_low=False),
        Lost(name="<b>students</b>", overall=12.0, differential=1.0, is_low=True),
    ]
    chart = attrition(lost, boundary=BOUNDARY)
    drawn = ElementTree.fromstring(chart.svg)  # noqa: S314 (our own picture)
    assert len(drawn.findall(".//{*}circle")) == 2
    assert "classes: 5.0 in 100 were lost, 9.1 points more of one arm; that counts as high." in chart.sentence
    assert chart.rows[1] == ("classes", "5.0", "9.1", "high")
    assert "<b>" not in chart.svg


def test_a_dot_beyond_the_picture_widens_it():
    chart = attrition([Lost(name="s", overall=90, differential=60, is_low=False)], boundary=BOUNDARY)
    drawn = ElementTree.fromstring(chart.svg)  # noqa: S314 (our own picture)
    box, (dot,) = drawn.get("viewBox").split(), drawn.findall(".//{*}circle")
    assert float(dot.get("cx")) <= float(box[2]) and float(dot.get("cy")) >= 0
