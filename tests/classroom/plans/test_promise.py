"""Invariant 13: a promise cannot be set above arithmetic capacity; delivered minutes stand beside it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.classroom.plans import promise
from plainview.classroom.plans.check_in import hold
from plainview.classroom.plans.models import MentoringPromise
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen

few = st.integers(min_value=1, max_value=60)


def set_promise(people, now, *, by=None, minutes=5, days=10, a_day=1):
    return promise.set_promise(
        school_class=people.room_4b,
        minutes=minutes,
        every_school_days=days,
        minutes_a_day=a_day,
        by=by or people.ada,
        at=now,
    )


def test_five_minutes_for_28_in_a_fortnight_are_14_minutes_a_day():
    fit = promise.fits(n_children=28, minutes=5, every_school_days=10, minutes_a_day=14)
    assert fit.does_fit and fit.needs_a_day == 14
    assert fit.sentence == (
        "28 children with 5 minutes each make 140 minutes. Over 10 school days that is 14 minutes a day. "
        "You have 14. It fits."
    )


def test_what_does_not_fit_says_what_would():
    fit = promise.fits(n_children=28, minutes=5, every_school_days=10, minutes_a_day=10)
    assert not fit.does_fit
    assert fit.sentence.endswith(
        "You have 10. It does not fit. 14 school days would, or 3 minutes for each child."
    )


@given(n=few, minutes=few, days=few, a_day=few)
def test_the_sum_is_exact_and_the_mends_do_mend(n, minutes, days, a_day):
    fit = promise.fits(n_children=n, minutes=minutes, every_school_days=days, minutes_a_day=a_day)
    assert fit.does_fit == (n * minutes / days <= a_day + 1e-9)
    assert fit.does_fit == (fit.needs_a_day <= a_day)
    again = {"n_children": n, "minutes_a_day": a_day}
    assert promise.fits(**again, minutes=minutes, every_school_days=fit.fewest_school_days).does_fit
    if fit.most_minutes:
        assert promise.fits(**again, minutes=fit.most_minutes, every_school_days=days).does_fit


def test_a_promise_that_fits_is_kept_with_who_and_when(people, now):
    made = set_promise(people, now)
    assert (made.by, made.at) == (people.ada, now)
    assert set_promise(people, now) == made
    assert Line.objects.filter(deed="plans.promise.set").count() == 1


def test_a_promise_above_capacity_cannot_be_set(people, now):
    with pytest.raises(Denied, match=r"2 children with 6 minutes each make 12 minutes\..*It does not fit"):
        set_promise(people, now, minutes=6, days=10, a_day=1)
    assert not MentoringPromise.objects.exists()


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"days": 0}, {"a_day": 0}, {"a_day": 121}])
def test_a_promise_of_nothing_is_not_one(people, now, wrong):
    with pytest.raises(Denied, match="at least 1 minute"):
        set_promise(people, now, **wrong)


@pytest.mark.parametrize("who", ["bo", "cy", "eve", "fay", "gus"])
def test_only_the_class_teacher_promises(who, people, now):
    with pytest.raises((Denied, NotSeen)):
        set_promise(people, now, by=getattr(people, who))


def test_delivered_minutes_stand_beside_the_promise(people, now, today, key):
    assert promise.delivered(people.room_4b, on=today) is None
    set_promise(people, now)
    hold(student=people.bo, by=people.ada, at=now, client_key=key(), minutes=7)
    hold(student=people.dee, by=people.fay, at=now - timedelta(days=30), client_key=key())
    out = promise.delivered(people.room_4b, on=today)
    assert (out.minutes_promised, out.minutes_held, out.n_held, out.n_children) == (10, 7, 1, 2)


def test_a_class_that_grew_is_told_that_its_promise_does_not_fit_any_more(people, now, today):
    made = set_promise(people, now)
    assert promise.fit_now(made, on=today).does_fit
    people.next_door.enrollments.all()
    from plainview.lobby.people.models import Enrollment, Person, Role

    for name in ("Ian", "Joy"):
        child = Person.objects.create(identifier=name, given_name=name, role=Role.STUDENT)
        Enrollment.objects.create(
            person=child, school_class=people.room_4b, role=Role.STUDENT, begins_on=today
        )
    assert not promise.fit_now(made, on=today).does_fit
