"""A card in two lines: until when, in a word that means one day only."""

from datetime import date, timedelta

from plainview.classroom.day.brief import _until

WEDNESDAY = date(2026, 3, 4)


def test_a_day_of_this_week_is_named_and_the_same_day_of_the_next_has_its_date():
    """A card of a Wednesday expires five school days later: on a Wednesday."""
    said = {n: _until(WEDNESDAY + timedelta(days=n), today=WEDNESDAY) for n in (2, 6, 7)}
    assert said == {2: "until Friday", 6: "until Tuesday", 7: "until 11 March"}
