"""Where data went: every recipient once, under what it is in business for."""

import xml.etree.ElementTree as ET

from plainview.core.charts.went import MOST_ROWS, Recipient, where_data_went


def one(n, role="advertising", typed=0):
    return Recipient(name=f"r{n}.example", owner="Owner", role=role, n_sent=n + 1, n_typed=typed)


def test_recipients_are_said_drawn_and_listed():
    chart = where_data_went("Lessons", [one(1, typed=2), one(2), one(3, role="cdn")])
    assert chart.sentence == (
        "From Lessons, 9 requests went to 3 others; 1 of the others got something that was typed in."
    )
    assert chart.rows[1] == ("r1.example", "Owner", "advertising", "2", "2")
    texts = [part.text for part in ET.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert texts.count("advertising") == 1 and "r3.example (Owner)" in texts


def test_a_full_dot_marks_who_got_what_was_typed():
    chart = where_data_went("Lessons", [one(1, typed=2), one(2)])
    assert chart.svg.count('class="estimate"') == 1


def test_nobody_and_very_many_are_drawn_too():
    assert where_data_went("Lessons <b>", []).sentence == "From Lessons <b>, no request went to anybody else."
    many = where_data_went("Lessons", [one(n) for n in range(MOST_ROWS + 5)])
    assert len(many.rows) == MOST_ROWS + 6 and "6 more" in many.svg
