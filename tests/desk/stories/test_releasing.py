"""Stories go out on fixed days, many at once, in no order; and a district is named when three are there."""

from datetime import UTC, date, datetime

import pytest

from plainview.desk.stories import moderate, places, release, withdraw
from plainview.desk.stories.models import Standing, Story
from plainview.lobby.people.policy import Denied

DECEMBER_1 = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def accepted(tell_one, desk, now):
    def some(n: int, **said) -> list[tuple[Story, str]]:
        told = [tell_one(**said) for _n in range(n)]
        for story, _code in told:
            moderate.accept(story, by=desk.sten, at=now)
        return told

    return some


def test_all_that_are_ready_go_at_once_with_the_days_date(accepted, desk):
    accepted(3)
    assert release.release(by=desk.sten, at=datetime(2026, 12, 4, 9, 0, tzinfo=UTC)) == 3
    assert set(Story.objects.values_list("released_on", flat=True)) == {date(2026, 12, 1)}


def test_fewer_than_three_wait(accepted, desk):
    accepted(2)
    with pytest.raises(Denied):
        release.release(by=desk.sten, at=DECEMBER_1)
    assert not Story.objects.filter(standing=Standing.RELEASED).exists()


def test_what_was_told_since_the_fixed_day_waits_for_the_next(accepted, desk):
    accepted(3)
    late = accepted(1, on=date(2026, 12, 1))[0][0]
    release.release(by=desk.sten, at=DECEMBER_1)
    assert Story.objects.get(pk=late.pk).standing == Standing.ACCEPTED


def test_what_no_steward_read_is_not_released(accepted, tell_one, desk):
    accepted(3)
    unread, _code = tell_one()
    release.release(by=desk.sten, at=DECEMBER_1)
    assert Story.objects.get(pk=unread.pk).standing == Standing.HELD


def test_only_a_steward_releases(accepted, desk):
    accepted(3)
    for who in (desk.cora, desk.vic, desk.olu):
        with pytest.raises(Denied):
            release.release(by=who, at=DECEMBER_1)


PLACE = {"state": "OH", "district": "Springfield Local"}


def places_now() -> set[str]:
    return set(places.named(Story.objects.filter(standing=Standing.RELEASED)).values())


def test_a_district_is_named_when_three_stories_of_it_are_there(accepted, desk):
    accepted(2, **PLACE)
    third = accepted(1, state="OH", district="springfield  LOCAL")[0]
    release.release(by=desk.sten, at=DECEMBER_1)
    assert places_now() == {"Springfield Local, Ohio", "springfield LOCAL, Ohio"}
    withdraw.withdraw(third[1])
    assert places_now() == {"Ohio"}


def test_two_of_a_district_are_told_by_state_alone(accepted, desk, client):
    accepted(2, **PLACE)
    accepted(1)
    release.release(by=desk.sten, at=DECEMBER_1)
    assert places_now() == {"Ohio", ""}
    assert "Springfield" not in client.get("/stories/fractal/").content.decode()


def test_made_up_stories_do_not_name_a_teachers_district(accepted, desk, open_codes):
    """Two stories that anyone can send must not bring a verified teacher's district to light."""
    accepted(2, **PLACE)
    verified = accepted(1, slip=open_codes[0], **PLACE)[0][0]
    release.release(by=desk.sten, at=DECEMBER_1)
    assert places.named([verified])[verified.pk] == "Ohio"


def test_which_others_are_named_does_not_tell_a_teachers_district(accepted, desk, open_codes):
    """Two named of three would say that the third lies there."""
    accepted(2, **PLACE)
    accepted(1, slip=open_codes[0], **PLACE)
    release.release(by=desk.sten, at=DECEMBER_1)
    assert places_now() == {"Ohio"}
