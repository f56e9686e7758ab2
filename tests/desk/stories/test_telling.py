"""A story is told, and what is kept of it is what the person sent."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from plainview.desk.stories import slips, tell
from plainview.desk.stories.days import next_fixed_day, period_of
from plainview.desk.stories.models import Slip, Standing, Story
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied


def test_a_story_waits_for_a_steward(tell_one):
    story, _code = tell_one()
    assert story.standing == Standing.HELD and not story.is_verified


def test_it_knows_only_the_half_of_the_month(tell_one):
    assert tell_one(on=date(2026, 11, 20))[0].told_in == date(2026, 11, 15)
    assert tell_one(on=date(2026, 11, 3))[0].told_in == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 15)),
        (date(2026, 2, 14), date(2026, 2, 1), date(2026, 2, 15)),
        (date(2026, 12, 31), date(2026, 12, 15), date(2027, 1, 1)),
    ],
)
def test_there_are_two_fixed_days_a_month(day, before, after):
    assert (period_of(day), next_fixed_day(day)) == (before, after)


def test_the_database_takes_no_other_day(tell_one):
    story, _code = tell_one()
    story.told_in = date(2026, 11, 20)
    with pytest.raises(IntegrityError):
        story.save()


def test_neither_its_number_nor_its_place_in_the_table_says_when_it_came(tell_one):
    """The number is drawn, and in SQLite it is the row's place itself."""
    told = [tell_one()[0].pk for _n in range(12)]
    assert told != sorted(told)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM stories_story")
            assert [row[0] for row in cursor.fetchall()] == sorted(told)


def test_the_ledger_does_not_hear_of_it(tell_one):
    before = Line.objects.count()
    tell_one()
    assert Line.objects.count() == before


def test_sent_twice_it_is_kept_once(tell_one):
    _story, code = tell_one()
    tell_one(code=code)
    assert Story.objects.count() == 1


def test_a_slip_verifies_once(tell_one, open_codes):
    story, _code = tell_one(slip=open_codes[0])
    assert story.is_verified and story.teller == "educator"
    with pytest.raises(slips.UnknownSlip):
        tell_one(slip=open_codes[0])
    assert Story.objects.count() == 1


def test_a_used_slip_leaves_no_row(tell_one, open_codes):
    tell_one(slip=open_codes[0].lower())
    assert Slip.objects.count() == len(open_codes) - 1


def test_a_flood_fills_the_room_and_a_slip_still_gets_in(tell_one, open_codes, monkeypatch):
    monkeypatch.setattr(tell, "MOST_HELD", 2)
    tell_one(), tell_one()
    with pytest.raises(Denied):
        tell_one()
    assert tell_one(slip=open_codes[0])[0].is_verified


def test_a_district_without_a_state_is_not_kept(tell_one):
    assert tell_one(district="Springfield")[0].district == ""
