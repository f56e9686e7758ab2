"""Guidance is off until a teacher turns it on, and one press stops it for a week."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plainview.classroom.guidance import switch
from plainview.classroom.guidance.models import Switch
from plainview.lobby.people.policy import Denied, NotSeen


def test_a_class_begins_with_guidance_off(people, today):
    """Invariant 16."""
    assert not switch.is_on(people.room_4b, on=today)


def test_a_teacher_turns_it_on_for_her_class_alone(people, now, today):
    switch.turn_on(people.room_4b, by=people.ada, at=now)
    assert switch.is_on(people.room_4b, on=today)
    assert not switch.is_on(people.next_door, on=today)


def test_a_stop_lasts_a_week_and_ends_by_itself(people, now, today):
    switch.turn_on(people.room_4b, by=people.ada, at=now)
    switch.stop_for_a_week(people.room_4b, by=people.ada, at=now)
    assert not switch.is_on(people.room_4b, on=today)
    assert not switch.is_on(people.room_4b, on=today + timedelta(days=6))
    assert switch.is_on(people.room_4b, on=today + timedelta(days=7))


def test_a_stop_of_what_is_off_does_not_turn_it_on_later(people, now, today):
    switch.stop_for_a_week(people.room_4b, by=people.ada, at=now)
    assert not switch.is_on(people.room_4b, on=today + timedelta(days=8))


def test_turning_on_ends_a_stop(people, now, today):
    switch.stop_for_a_week(people.room_4b, by=people.ada, at=now)
    switch.turn_on(people.room_4b, by=people.ada, at=now)
    assert switch.is_on(people.room_4b, on=today)


def test_weights_stay_when_the_switch_moves(people, now):
    halves = dict.fromkeys(switch.KINDS, 0.5)
    switch.set_weights(people.room_4b, weights=halves, by=people.ada, at=now)
    switch.turn_on(people.room_4b, by=people.ada, at=now)
    assert switch.weights_of(people.room_4b).answer == 0.5


def test_the_stated_weights_are_kept_as_nothing_said(people, now):
    from plainview.core.learner.weights import Weights

    stated = {kind: getattr(Weights(), kind) for kind in switch.KINDS}
    switch.set_weights(people.room_4b, weights=stated, by=people.ada, at=now)
    assert Switch.objects.get().weights == {}


def test_a_weight_beyond_one_is_refused(people, now):
    with pytest.raises(ValueError, match="from 0 to 1"):
        switch.set_weights(people.room_4b, weights=dict.fromkeys(switch.KINDS, 2.0), by=people.ada, at=now)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("cy", NotSeen), ("fay", Denied), ("gus", NotSeen), ("eve", NotSeen), ("bo", NotSeen)],
)
def test_nobody_else_moves_the_switch(people, now, who, refusal):
    with pytest.raises(refusal):
        switch.turn_on(people.room_4b, by=getattr(people, who), at=now)
    assert not Switch.objects.exists()


def test_what_was_set_is_never_changed(people, now):
    switch.turn_on(people.room_4b, by=people.ada, at=now)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Switch.objects.update(is_on=False)
