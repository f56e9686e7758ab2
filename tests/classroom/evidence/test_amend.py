"""A family asks; the school answers within ten school days; the family's words stay."""

from datetime import date

import pytest

from plainview.classroom.evidence import amend
from plainview.classroom.evidence.models import Amendment
from plainview.classroom.evidence.policy import NotTaken
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(people, now):
    def ask(**changes):
        said = {"student": people.bo, "evidence": None, "words": "He was ill.", "by": people.eve, "at": now}
        return amend.ask(**(said | changes))

    return ask


def test_the_clock_is_ten_school_days(asked, seen, people):
    row = seen()
    request = asked(evidence=row)  # on a Wednesday
    assert (request.due_on, request.evidence, request.asked_by) == (date(2026, 3, 18), row, people.eve)
    assert Line.objects.order_by("-pk").first().deed == "evidence.amendment_asked"


def test_pressed_twice_it_is_asked_once(asked):
    assert asked() == asked()
    assert Amendment.objects.count() == 1


def test_a_row_of_another_child_is_not_found(asked, seen, people, key):
    with pytest.raises(NotSeen):
        asked(evidence=seen(student=people.dee))


@pytest.mark.parametrize(
    ("who", "outcome"),
    [("ada", Denied), ("fay", Denied), ("bo", Denied), ("hal", NotSeen), ("cy", NotSeen), ("dee", NotSeen)],
)
def test_only_the_childs_own_family_asks(asked, people, who, outcome):
    with pytest.raises(outcome):
        asked(by=getattr(people, who))


def test_an_empty_request_is_asked_for_again(asked):
    with pytest.raises(NotTaken, match="put right"):
        asked(words=" \n")


def test_the_teacher_answers_once(asked, people, now):
    request = amend.answer(asked(), words=" I took it back. ", by=people.ada, at=now)
    request.refresh_from_db()
    assert (request.answer, request.answered_by, request.answered_at) == ("I took it back.", people.ada, now)
    with pytest.raises(NotTaken, match="Ada Okafor answered this on 4 March 2026"):
        amend.answer(request, words="Once more.", by=people.ada, at=now)


@pytest.mark.parametrize(
    ("who", "outcome"), [("fay", Denied), ("eve", Denied), ("bo", Denied), ("cy", NotSeen), ("hal", NotSeen)]
)
def test_only_a_teacher_of_the_class_answers(asked, people, now, who, outcome):
    request = asked()
    with pytest.raises(outcome):
        amend.answer(request, words="No.", by=getattr(people, who), at=now)


def test_an_answer_says_something(asked, people, now):
    with pytest.raises(NotTaken, match="The family reads it"):
        amend.answer(asked(), words=" ", by=people.ada, at=now)
