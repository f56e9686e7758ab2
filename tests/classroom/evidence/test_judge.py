"""The teacher's word stands beside the estimate; the newest holds."""

import pytest

from plainview.classroom.evidence.judge import judge, newest_judgements
from plainview.classroom.evidence.models import Judgement
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(people, content, now):
    def judged(state="steady", **changes):
        word = {"student": people.bo, "competency": content.equal, "words": "Explained it to Dee."}
        return judge(state=state, **(word | {"by": people.ada, "at": now} | changes))

    return judged


def test_the_newest_word_holds_and_the_older_stays(said, people, content, django_assert_num_queries):
    said("met_once")
    newest = said("steady")
    said("getting_steady", competency=content.compare)
    with django_assert_num_queries(1):
        held = newest_judgements([people.bo, people.dee])
        assert {key: row.state for key, row in held.items()} == {
            (people.bo.pk, content.equal.pk): "steady",
            (people.bo.pk, content.compare.pk): "getting_steady",
        }
        assert held[people.bo.pk, content.equal.pk].by == people.ada
    assert newest.words == "Explained it to Dee."
    assert Judgement.objects.count() == 3


def test_a_second_press_says_it_once(said):
    assert said("steady") == said("steady")
    assert Line.objects.filter(deed="evidence.judged").count() == 1


def test_a_word_that_came_back_is_said_again(said):
    said("steady")
    said("met_once")
    assert said("steady").pk == Judgement.objects.latest("pk").pk
    assert Judgement.objects.count() == 3


@pytest.mark.parametrize(
    ("who", "outcome"),
    [("fay", Denied), ("bo", Denied), ("eve", Denied), ("cy", NotSeen), ("gus", NotSeen), ("hal", NotSeen)],
)
def test_only_the_class_teacher_judges(said, people, who, outcome):
    with pytest.raises(outcome):
        said(by=getattr(people, who))
    assert not Judgement.objects.exists()


def test_only_the_four_states_are_known(said):
    with pytest.raises(ValueError, match="excellent"):
        said("excellent")
