"""A condition turns by the day alone; only a deed closes it."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plainview.desk.published import clocks
from plainview.desk.published.clocks import Status
from plainview.desk.published.models import Event
from plainview.desk.published.page import Condition, Words

DEADLINE = date(2026, 12, 1)
CONDITION = Condition(
    id="stop", words=Words(en="Stop it."), owner="Acme", deadline=DEADLINE, proves=Words(en="A capture.")
)
CLOSING = [Event.Kind.CONDITION_MET, Event.Kind.CONDITION_WITHDRAWN, Event.Kind.CONDITION_BREACHED]
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


def event(kind=Event.Kind.CONDITION_MET, on=DEADLINE, condition="stop") -> Event:
    # Five in the afternoon, UTC: the same day at the office, wherever it is in America.
    return Event(product="x", kind=kind, at=datetime.combine(on, time(17), UTC), condition=condition)


events = st.lists(
    st.builds(
        event, kind=st.sampled_from(Event.Kind.values), on=days, condition=st.sampled_from(["stop", "other"])
    )
)


def test_its_own_day_is_still_in_time_and_the_next_is_not():
    assert clocks.status(CONDITION, [], on=DEADLINE) == Status.OPEN
    assert clocks.standing(CONDITION, [], on=DEADLINE).days_left == 0
    late = clocks.standing(CONDITION, [], on=DEADLINE + timedelta(days=1))
    assert (late.status, late.days_over) == (Status.OVERDUE, 1)


def test_what_is_met_stays_met_and_says_whether_it_was_late():
    in_time = clocks.standing(CONDITION, [event()], on=date(2027, 6, 1))
    late = clocks.standing(CONDITION, [event(on=date(2026, 12, 5))], on=date(2027, 6, 1))
    assert (in_time.status, in_time.was_late) == (Status.MET, False)
    assert (late.status, late.was_late, late.since) == (Status.MET, True, date(2026, 12, 5))


def test_what_was_met_later_was_overdue_until_then():
    assert clocks.status(CONDITION, [event(on=date(2026, 12, 5))], on=date(2026, 12, 4)) == Status.OVERDUE


def test_the_newest_deed_decides():
    met_then_broken = [
        event(on=date(2026, 11, 1)),
        event(Event.Kind.CONDITION_BREACHED, on=date(2026, 11, 20)),
    ]
    assert clocks.status(CONDITION, met_then_broken, on=DEADLINE) == Status.BREACHED


@given(told=events, on=days)
def test_without_a_deed_of_its_own_only_the_day_decides(told, on):
    others = [one for one in told if one.condition != "stop" or one.kind not in CLOSING]
    expected = Status.OVERDUE if on > DEADLINE else Status.OPEN
    assert clocks.status(CONDITION, others, on=on) == expected


@given(told=events, on=days)
def test_an_open_condition_never_opens_again_by_waiting(told, on):
    """From a day to the next, without a deed in between, open may turn overdue; nothing else turns."""
    before = clocks.status(CONDITION, told, on=on)
    quiet = [one for one in told if clocks.day_of(one) <= on]
    after = clocks.status(CONDITION, quiet, on=on + timedelta(days=1))
    assert after == before or (before, after) == (Status.OPEN, Status.OVERDUE)


@given(told=events, on=days)
def test_the_order_of_the_rows_does_not_matter(told, on):
    distinct = list({clocks.day_of(one): one for one in told}.values())
    assert clocks.status(CONDITION, distinct, on=on) == clocks.status(CONDITION, distinct[::-1], on=on)
