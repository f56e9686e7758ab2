"""A rule that everyone accepts unread rests, and the page says so. Nobody is named."""

from datetime import timedelta

import pytest

from plainview.classroom.guidance import alarm
from plainview.classroom.guidance.models import RuleCount, SuggestionStage, Verdict
from plainview.classroom.guidance.opened import Opened, Page, seal, unseal
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def press(group_card, now):
    def count(n, *, seconds=1.0, verdict=Verdict.DO_IT):
        opened = Opened(page=Page.CARD, at=now - timedelta(seconds=seconds)) if seconds else None
        return [alarm.count(group_card, verdict, opened=opened, at=now) for _ in range(n)]

    return count


def test_twenty_accepted_within_three_seconds_put_the_rule_to_rest(press, people, group_card, propose):
    assert not any(press(19))
    assert press(1) == [True]
    assert set(alarm.resting(people.room_4b)) == {"reteach_together"}
    group_card.refresh_from_db()
    assert group_card.stage == SuggestionStage.EXPIRED


def test_one_that_was_read_among_twenty_is_not_enough_to_doubt_the_alarm_but_two_are(press, people):
    press(2, seconds=10)
    press(38)
    assert not alarm.resting(people.room_4b)
    press(1)
    assert alarm.resting(people.room_4b)


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(3.0, "do_it"), (None, "do_it"), (1.0, "no"), (1.0, "not_now")]
)
def test_reading_declining_and_not_knowing_raise_no_alarm(press, people, seconds, verdict):
    press(30, seconds=seconds, verdict=verdict)
    assert not alarm.resting(people.room_4b)


def test_a_resting_rule_makes_no_card(press, people, propose, showed, content):
    press(20)
    showed(people.bo, content.share, 1)
    assert propose() == []


def test_a_teacher_wakes_it_and_the_counting_begins_anew(press, people, now):
    press(20)
    alarm.wake(people.room_4b, "reteach_together", by=people.ada, at=now)
    assert not alarm.resting(people.room_4b)
    assert not any(press(19))


def test_the_counts_know_no_person():
    """Invariant 10: rule alarms, not teacher alarms."""
    related = {f.related_model.__name__ for f in RuleCount._meta.fields if f.is_relation}
    assert related == {"Class"}


@pytest.mark.parametrize(("who", "refusal"), [("cy", NotSeen), ("fay", Denied), ("gus", NotSeen)])
def test_only_a_teacher_of_the_class_wakes_it(press, people, now, who, refusal):
    press(20)
    with pytest.raises(refusal):
        alarm.wake(people.room_4b, "reteach_together", by=getattr(people, who), at=now)
    assert alarm.resting(people.room_4b)


def test_a_seal_says_when_the_page_was_opened(group_card, people, now):
    sealed = seal(group_card, by=people.ada, page=Page.CARD, at=now)
    assert unseal(sealed, group_card, by=people.ada) == Opened(page=Page.CARD, at=now)


def test_a_seal_of_another_person_card_or_making_is_none(group_card, people, now):
    sealed = seal(group_card, by=people.ada, page=Page.CARD, at=now)
    assert unseal(sealed, group_card, by=people.cy) is None
    assert unseal(sealed[:-2], group_card, by=people.ada) is None
    assert unseal("", group_card, by=people.ada) is None
    group_card.pk += 1
    assert unseal(sealed, group_card, by=people.ada) is None
