"""Days as people say them, on both sides of every border."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plainview.lobby.people import days

TODAY = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("ago", "words", "short"),
    [
        (0, "today", "today"),
        (1, "yesterday", "1 d"),
        (2, "Monday", "2 d"),
        (6, "Thursday", "6 d"),
        (7, "1 week ago", "1 wk"),
        (13, "1 week ago", "1 wk"),
        (14, "2 weeks ago", "2 wk"),
        (55, "7 weeks ago", "7 wk"),
        (56, "2 months ago", "2 mo"),
        (365, "12 months ago", "12 mo"),
        (-1, "tomorrow", "today"),
        (-2, "on Friday", "today"),
        (-7, "11 March", "today"),
    ],
)
def test_a_day_is_said_as_people_say_it(ago, words, short):
    on = TODAY - timedelta(days=ago)
    assert days.said(on, today=TODAY) == words
    assert days.short(on, today=TODAY) == short


def test_no_day_is_said_as_nothing():
    assert days.said(None, today=TODAY) == days.short(None, today=TODAY) == days.exact(None) == ""


def test_an_evening_at_school_is_that_day_though_it_is_tomorrow_in_greenwich():
    late = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)  # half past nine in the evening in New York
    assert days.said(late, today=TODAY) == "today"
