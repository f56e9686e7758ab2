import xml.etree.ElementTree as ET

import pytest

from plainview.core.charts.minutes import DayMinutes, PromiseMinutes, promised_delivered, screen_minutes


def marks(svg: str, role: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(svg) if role in one.get("class", "").split()]  # noqa: S314


def week(*minutes):
    return [DayMinutes(label=day, minutes=m) for day, m in zip(("Mon", "Tue", "Wed"), minutes, strict=False)]


def test_minutes_are_said_shown_and_listed_beside_the_cap():
    chart = screen_minutes(week(10, 0, 18), cap=20)
    assert chart.sentence == "28 minutes on a screen in 3 days, 18 on the fullest; the cap is 20 a day."
    assert chart.rows == (("day", "minutes"), ("Mon", "10"), ("Tue", "0"), ("Wed", "18"), ("cap", "20"))
    heights = [float(one.get("height")) for one in marks(chart.svg, "minutes")]
    assert heights[1] == 0
    assert heights[0] / heights[2] == pytest.approx(10 / 18, abs=0.01)


def test_every_bar_stands_on_zero_and_the_cap_is_drawn_to_the_same_scale():
    chart = screen_minutes(week(10, 40), cap=20)
    (zero,), (cap,) = marks(chart.svg, "zero"), marks(chart.svg, "cap")
    for bar in marks(chart.svg, "minutes"):
        assert float(bar.get("y")) + float(bar.get("height")) == pytest.approx(float(zero.get("y1")))
    tallest = max(float(bar.get("height")) for bar in marks(chart.svg, "minutes"))
    assert float(zero.get("y1")) - float(cap.get("y1")) == pytest.approx(tallest / 2)


def test_without_a_cap_none_is_drawn_and_none_is_said():
    chart = screen_minutes(week(10), cap=None)
    assert marks(chart.svg, "cap") == []
    assert "cap" not in chart.sentence


def test_a_cap_of_zero_is_a_cap():
    assert "the cap is 0 a day" in screen_minutes(week(10), cap=0).sentence


def test_no_minutes_is_a_sentence_too():
    assert screen_minutes([], cap=20).sentence == "No screen minutes yet."
    assert screen_minutes(week(0, 0), cap=20).sentence == "No screen minutes yet."
    assert promised_delivered([]).sentence == "No minutes were promised."


def test_promised_and_delivered_stand_side_by_side_to_one_scale():
    chart = promised_delivered(
        [
            PromiseMinutes(label="1 Sep", promised=70, delivered=55),
            PromiseMinutes(label="8 Sep", promised=70, delivered=80),
        ]
    )
    assert chart.sentence == "135 of 140 promised minutes were delivered."
    assert chart.rows[1] == ("1 Sep", "70", "55")
    promised = [float(one.get("width")) for one in marks(chart.svg, "promised")]
    delivered = [float(one.get("width")) for one in marks(chart.svg, "delivered")]
    assert delivered[1] == 220 and delivered[0] / promised[0] == pytest.approx(55 / 70, abs=0.001)


def test_more_delivered_than_promised_is_shown_as_it_is():
    chart = promised_delivered([PromiseMinutes(label="", promised=0, delivered=5)])
    assert chart.sentence == "5 of 0 promised minutes were delivered."


@pytest.mark.parametrize("minutes", [-1, float("inf"), float("nan")])
def test_minutes_that_cannot_be_are_refused(minutes):
    with pytest.raises(ValueError, match=r"Mon: found .* expected 0 or more"):
        screen_minutes(week(minutes), cap=20)


def test_a_cap_that_no_day_reaches_stays_in_the_picture():
    (cap,) = marks(screen_minutes(week(5), cap=20).svg, "cap")
    assert float(cap.get("y1")) >= 0
