"""Person by person: the query and the check tell the same story."""

import pytest

from plainview.classroom.evidence import policy
from plainview.classroom.evidence.models import Amendment, Evidence, Kind
from plainview.lobby.people.models import Enrollment, Guardianship
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db

EVERYONE = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]


@pytest.fixture
def rows(seen, answered, people, key):
    """Of Bo: what Ada saw, what Fay saw, what Bo answered, what Bo thinks."""
    return {
        "ada saw": seen(client_key=key(1)),
        "fay saw": seen(by=people.fay, client_key=key(2)),
        "bo answered": answered("a1", client_key=key(3)),
        "bo thinks": seen(by=people.bo, kind="self_assessment", client_key=key(4)),
    }


def told(check, *args, **kwargs) -> str:
    try:
        check(*args, **kwargs)
    except Denied:
        return "denied"
    except NotSeen:
        return "not seen"
    return "may"


SEES = {
    "ada": True,
    "bo": True,
    "eve": True,
    "fay": True,
    "cy": False,
    "dee": False,
    "gus": False,
    "hal": False,
}


@pytest.mark.parametrize("who", EVERYONE)
def test_who_sees_a_row(rows, people, today, who):
    person = getattr(people, who)
    for row in rows.values():
        in_query = Evidence.objects.seen_by(person, on=today).filter(pk=row.pk).exists()
        in_check = told(policy.check_may_see, person, row, on=today) == "may"
        assert in_query == in_check == SEES[who]


CORRECTS = {
    "ada": {"ada saw", "fay saw", "bo answered", "bo thinks"},
    "fay": {"fay saw"},
    "bo": {"bo thinks"},
}


@pytest.mark.parametrize("who", EVERYONE)
def test_who_corrects_a_row(rows, people, today, who):
    person = getattr(people, who)
    for name, row in rows.items():
        in_query = Evidence.objects.correctable_by(person, on=today).filter(pk=row.pk).exists()
        outcome = told(policy.check_may_correct, person, row, on=today)
        assert in_query == (outcome == "may") == (name in CORRECTS.get(who, ())), (name, outcome)
        # Who sees the row is told why not; who does not, learns nothing.
        assert (outcome == "not seen") == (not SEES[who])


RECORDS = {
    "ada": "may",
    "fay": "may",
    "eve": "denied",
    "bo": "denied",
    "cy": "not seen",
    "dee": "not seen",
    "gus": "not seen",
    "hal": "not seen",
}


@pytest.mark.parametrize("who", EVERYONE)
def test_who_writes_down_what_was_seen(people, today, who):
    person = getattr(people, who)
    assert told(policy.check_may_record, person, people.bo, Kind.OBSERVATION, on=today) == RECORDS[who]
    own = "may" if who == "bo" else RECORDS[who]
    for kind in (Kind.ANSWER, Kind.SELF_ASSESSMENT, Kind.WORK):
        assert told(policy.check_may_record, person, people.bo, kind, on=today) == own


def test_nobody_signed_in_sees_nothing(rows, today):
    assert not Evidence.objects.seen_by(None, on=today).exists()
    assert not Evidence.objects.correctable_by(None, on=today).exists()


def test_a_specialist_whose_time_is_over_sees_and_writes_nothing(rows, people, today):
    Enrollment.objects.filter(person=people.fay).update(ends_on=today.replace(day=1))
    assert not Evidence.objects.seen_by(people.fay, on=today).exists()
    assert told(policy.check_may_record, people.fay, people.bo, Kind.TALK, on=today) == "not seen"
    assert told(policy.check_may_correct, people.fay, rows["fay saw"], on=today) == "not seen"


def test_an_adult_of_the_family_under_a_restriction_sees_nothing(rows, people, today):
    Guardianship.objects.create(guardian=people.hal, student=people.bo, sees_record=False)
    assert told(policy.check_may_see, people.hal, rows["ada saw"], on=today) == "not seen"
    assert not Evidence.objects.seen_by(people.hal, on=today).exists()


def test_a_childs_own_answer_asks_the_database_nothing(people, today, django_assert_num_queries):
    """A whole school answers at nine o'clock."""
    with django_assert_num_queries(0):
        policy.check_may_record(people.bo, people.bo, Kind.ANSWER, on=today)


def test_a_teacher_who_serves_another_class_as_a_specialist_does_not_decide_there(
    rows, people, today, seen, key
):
    Enrollment.objects.create(
        person=people.cy, school_class=people.room_4b, role="specialist", begins_on=today.replace(day=1)
    )
    own = seen(by=people.cy, client_key=key(5))
    assert told(policy.check_may_see, people.cy, rows["ada saw"], on=today) == "may"
    for row, outcome in [(rows["ada saw"], "denied"), (rows["bo thinks"], "denied"), (own, "may")]:
        assert told(policy.check_may_correct, people.cy, row, on=today) == outcome
        in_query = Evidence.objects.correctable_by(people.cy, on=today).filter(pk=row.pk).exists()
        assert in_query == (outcome == "may")
    assert told(policy.check_may_judge, people.cy, people.bo, on=today) == "denied"
    asked = Amendment(student=people.bo, asked_by=people.eve)
    assert told(policy.check_may_answer_amendment, people.cy, asked, on=today) == "denied"
    assert told(policy.check_may_answer_amendment, people.ada, asked, on=today) == "may"
