"""A correction is a new row; the old one stays and can be read. (Invariant 1.)"""

from uuid import UUID

import pytest

from plainview.classroom.evidence import correct, read
from plainview.classroom.evidence.models import Evidence
from plainview.classroom.evidence.policy import NotTaken
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db

WHY = "I wrote it under the wrong skill."


@pytest.fixture
def said(people, now):
    return {"by": people.ada, "at": now, "why": WHY, "client_key": UUID(int=99)}


def test_a_correction_supersedes_and_keeps_what_it_does_not_change(seen, said, content, people):
    first = seen()
    second = correct.correct(first, **said, competency=content.compare, shown=0.5)
    assert (second.supersedes, second.competency, second.shown, second.why) == (
        first,
        content.compare,
        0.5,
        WHY,
    )
    assert (second.words, second.medium, second.on, second.student) == (
        first.words,
        first.medium,
        first.on,
        people.bo,
    )
    assert list(Evidence.objects.current()) == [second]
    first.refresh_from_db()
    assert (first.competency, first.shown) == (content.equal, 1.0)
    assert Line.objects.order_by("-pk").first().deed == "evidence.corrected"


def test_a_row_is_taken_back_and_its_words_stay_readable(seen, said):
    first = seen()
    second = correct.withdraw(first, **said)
    assert (second.withdrawn, second.words, second.shown) == (True, "", None)
    assert not Evidence.objects.current().exists()
    assert [row.words for row in read.history(second)] == [first.words, ""]


def test_what_was_taken_back_can_be_put_back(seen, said, now, people):
    back = correct.withdraw(seen(), **said)
    again = correct.correct(
        back, by=people.ada, at=now, why="It was right.", client_key=UUID(int=5), shown=1.0, words="Saw it."
    )
    assert list(Evidence.objects.current()) == [again]


def test_a_second_press_corrects_once(seen, said):
    first = seen()
    assert correct.correct(first, **said, shown=0.0) == correct.correct(first, **said, shown=0.0)
    assert Evidence.objects.count() == 2


def test_a_row_is_corrected_once_then_its_correction_is(seen, said):
    first = seen()
    correct.correct(first, **said, shown=0.0)
    with pytest.raises(NotTaken, match="Open the newer one"):
        correct.correct(first, **(said | {"client_key": UUID(int=100)}), shown=0.5)


@pytest.mark.parametrize("why", ["", "   "])
def test_a_correction_has_a_reason(seen, said, why):
    with pytest.raises(NotTaken, match="why"):
        correct.correct(seen(), **(said | {"why": why}), shown=0.0)


def test_an_answer_read_wrong_from_paper_is_marked_again(answered, said, content):
    row = answered("7/2", item=content.write, medium="paper")
    assert correct.correct(row, **said, response="3/2").shown == 1.0


def test_what_a_child_answered_on_a_screen_stays(answered, said):
    with pytest.raises(NotTaken, match="that stays"):
        correct.correct(answered("b2"), **said, response="a1")


def test_a_correction_never_moves_a_row_to_another_child(seen, said, people):
    with pytest.raises(ValueError, match="student"):
        correct.correct(seen(), **said, student=people.dee)


def test_help_can_be_added_later_and_the_row_still_counts(answered, said):
    """Invariant 17: help is evidence."""
    row = correct.correct(answered("a1"), **said, helped="adult")
    assert (row.helped, row.shown, row.response) == ("adult", 1.0, "a1")


def test_the_specialist_corrects_her_own_rows_only(seen, said, people):
    own = seen(by=people.fay)
    assert correct.correct(own, **(said | {"by": people.fay}), shown=0.0).by == people.fay
    adas = seen(client_key=UUID(int=7))
    with pytest.raises(Denied, match="whoever wrote this down"):
        correct.withdraw(adas, **(said | {"by": people.fay, "client_key": UUID(int=8)}))


def test_a_child_does_not_correct_her_answers(answered, said, people):
    with pytest.raises(Denied):
        correct.correct(answered("b2", medium="paper"), **(said | {"by": people.bo}), response="a1")


def test_next_door_the_row_does_not_exist(seen, said, people):
    with pytest.raises(NotSeen):
        correct.correct(seen(), **(said | {"by": people.cy}), shown=0.0)
