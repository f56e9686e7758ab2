"""What is due is reckoned when it is read: a condition turns overdue by the day alone."""

from datetime import date, timedelta

import pytest

from plainview.desk.published.clocks import Status
from plainview.desk.published.freeze import note_event
from plainview.desk.published.models import Event
from plainview.desk.register import due, keep
from plainview.desk.register.models import Contract

from .conftest import TERMS, a_condition, publish

DAY = date(2026, 12, 1)


def statuses(district, on):
    return [one.standing.status for one in due.glance(district, on=on).bindings]


def test_an_empty_register_has_nothing_due(oak):
    Contract.objects.all().delete()
    found = due.glance(oak.oak, on=DAY)
    assert (found.n_contracts, found.bindings, found.ending, found.unreviewed) == (0, [], [], [])


def test_a_condition_turns_overdue_on_the_morning_after_its_day_and_nobody_does_it(oak):
    publish(a_condition(deadline=DAY))
    n_events = Event.objects.count()
    assert statuses(oak.oak, DAY) == [Status.OPEN]
    assert statuses(oak.oak, DAY + timedelta(days=1)) == [Status.OVERDUE]
    assert Event.objects.count() == n_events, "reading it wrote nothing"


def test_a_condition_that_was_met_binds_no_more(oak, now):
    publish(a_condition(deadline=DAY))
    note_event(
        product="fractal", kind=Event.Kind.CONDITION_MET, at=now, words={"en": "Shown."}, condition="log"
    )
    assert statuses(oak.oak, DAY + timedelta(days=9)) == []


def test_what_presses_most_stands_first(oak):
    publish(
        a_condition("later", DAY + timedelta(days=30)),
        a_condition("late", DAY),
        a_condition("soon", DAY + timedelta(days=9)),
    )
    found = due.glance(oak.oak, on=DAY + timedelta(days=5)).bindings
    assert [one.standing.condition.id for one in found] == ["late", "soon", "later"]


def test_a_product_with_two_contracts_shows_its_condition_once(oak, now):
    publish(a_condition(deadline=DAY))
    keep.add(oak.oak, name="fractal", terms=TERMS | {"starts_on": DAY}, by=oak.olu, at=now)
    assert len(statuses(oak.oak, DAY)) == 1


def test_another_districts_product_binds_nobody_here(oak):
    publish(a_condition(deadline=DAY), slug="secretly-used", name="Secretly Used")
    assert statuses(oak.oak, DAY) == []
    assert statuses(oak.elm, DAY) == [Status.OPEN]


@pytest.mark.parametrize(
    "ends_in, notice, is_there",
    [(90, None, True), (91, None, False), (150, 60, True), (150, 30, False), (-1, None, False)],
)
def test_a_contract_is_named_ninety_days_before_its_end_or_its_notice(oak, now, ends_in, notice, is_there):
    on = now.date()
    Contract.objects.filter(pk=oak.fractal.pk).update(
        ends_on=on + timedelta(days=ends_in), notice_days=notice
    )
    assert bool(due.glance(oak.oak, on=on).ending) == is_there


def test_a_contract_without_an_end_goes_on_and_ends_never_soon(oak, now):
    found = due.glance(oak.oak, on=now.date())
    assert found.n_contracts == 1 and not found.ending and oak.fractal.say_so_by is None


def test_what_nobody_reviewed_is_named_until_somebody_has(oak, now):
    assert [one.contract.name for one in due.glance(oak.oak, on=DAY).unreviewed] == ["Fractal"]
    publish()
    assert not due.glance(oak.oak, on=DAY).unreviewed


def test_a_page_of_another_name_is_found_by_its_slug(oak):
    publish(slug="fractal-2", name="Fractal Two")
    assert due.glance(oak.oak, on=DAY).unreviewed
    Contract.objects.filter(pk=oak.fractal.pk).update(product="fractal-2")
    assert not due.glance(oak.oak, on=DAY).unreviewed


def test_a_product_that_is_gone_from_the_desk_leaves_contract_and_page_as_they_were(oak, desk):
    publish(a_condition(deadline=DAY))
    desk.review.delete()
    desk.fractal.delete()
    assert statuses(oak.oak, DAY) == [Status.OPEN]


def test_children_minutes_and_costs_are_added_up_by_contract(oak, now):
    for grade, n, minutes in (("3", 100, 60), ("4", 50, 30)):
        keep.use(
            oak.fractal, school="Hill", grade=grade, n_children=n, minutes_a_week=minutes, by=oak.olu, at=now
        )
    Contract.objects.filter(pk=oak.fractal.pk).update(cost="1200.50")
    keep.add(oak.oak, name="Euro", terms=TERMS | {"cost": 10, "currency": "EUR"}, by=oak.olu, at=now)
    found = due.glance(oak.oak, on=DAY)
    assert (found.n_children, found.child_hours) == (150, 125)
    assert [(currency, float(cost)) for currency, cost in found.costs] == [("EUR", 10.0), ("USD", 1200.5)]
