"""Supports travel with a child; who may write, see and tick them, and what a day's tick says."""

from datetime import timedelta

import pytest

from plainview.lobby.ledger.models import Line
from plainview.lobby.people import supports
from plainview.lobby.people.models import Enrollment, SupportGiven
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def write_down(people, now, today):
    def deed(by):
        return supports.write_down(
            people.bo, plan="iep", term="spoken", words="Reads aloud", exempt=True, by=by, at=now, on=today
        )

    return deed


@pytest.mark.parametrize("who", ["ada", "fay"])
def test_the_adults_of_the_class_write_it_down_and_the_ledger_says_so(who, people, write_down):
    support = write_down(getattr(people, who))
    line = Line.objects.get(deed="people.support.written")
    assert (line.by, line.about, line.thing) == (getattr(people, who).pk, people.bo.pk, support.pk)


@pytest.mark.parametrize(
    ("who", "why"),
    [("bo", Denied), ("eve", Denied), ("cy", NotSeen), ("dee", NotSeen), ("gus", NotSeen), ("hal", NotSeen)],
)
def test_nobody_else_does(who, why, people, write_down):
    with pytest.raises(why):
        write_down(getattr(people, who))
    assert not Line.objects.exists()


def test_a_specialist_whose_time_ended_ticks_nothing(people, write_down, now, today):
    support = write_down(people.fay)
    Enrollment.objects.filter(person=people.fay).update(ends_on=today - timedelta(days=1))
    with pytest.raises(NotSeen):
        supports.tick(support, outcome="delivered", by=people.fay, at=now, on=today)
    assert not SupportGiven.objects.exists()


def test_each_day_has_its_own_tick(people, write_down, now, today):
    support = write_down(people.fay)
    for days in (0, 1):
        supports.tick(support, outcome="delivered", by=people.fay, at=now, on=today + timedelta(days=days))
    assert SupportGiven.objects.count() == 2


def test_a_support_holds_from_its_first_day_to_its_last(people, write_down, today):
    support = write_down(people.fay)
    support.ends_on = today + timedelta(days=1)
    support.save()
    held = [bool(supports.supports_of([people.bo.pk], on=today + timedelta(days=d))) for d in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]


def test_supports_of_a_whole_class_cost_one_query(people, write_down, today, django_assert_num_queries):
    write_down(people.fay)
    with django_assert_num_queries(1):
        assert list(supports.supports_of([people.bo, people.dee], on=today)) == [people.bo.pk]
