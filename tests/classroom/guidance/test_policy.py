"""The same rule twice, as a check that speaks and as a query: they tell the same story of the same people."""

import pytest

from plainview.classroom.guidance import decide, policy
from plainview.classroom.guidance.models import Decision, Suggestion
from plainview.lobby.people.policy import Denied, NotSeen

EVERYBODY = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]


@pytest.fixture
def decision(lowering_card, people, now):
    return decide.not_now(lowering_card, by=people.ada, at=now)


@pytest.mark.parametrize("who", EVERYBODY)
def test_cards(people, group_card, today, who):
    person = getattr(people, who)
    in_query = Suggestion.objects.seen_by(person, on=today).filter(pk=group_card.pk).exists()
    try:
        in_check = policy.card_seen_by(person, group_card.pk, on=today) == group_card
    except NotSeen:
        in_check = False
    assert in_query == in_check == (who in ("ada", "fay"))


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_record_of_a_decision(people, decision, today, who):
    """A child's and a family's query may hold what concerns them; the page with all of it is the adults'."""
    person = getattr(people, who)
    try:
        seen = policy.decision_seen_by(person, decision.pk, on=today) == decision
    except NotSeen:
        seen = False
    assert seen == (who in ("ada", "fay"))


def test_a_child_and_her_family_have_only_what_concerns_her(people, group_card, decision, now, today):
    about_bo = decide.do_it(group_card, by=people.ada, at=now)
    for person in (people.bo, people.eve):
        assert list(Decision.objects.seen_by(person, on=today)) == [about_bo]
    for person in (people.hal, people.gus, people.cy, None):
        assert not Decision.objects.seen_by(person, on=today).exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_deciding(people, group_card, today, who):
    try:
        policy.check_may_decide(getattr(people, who), group_card, on=today)
        answer = "may"
    except NotSeen:
        answer = "not found"
    except Denied:
        answer = "told why not"
    assert answer == {"ada": "may", "fay": "told why not"}.get(who, "not found")


def test_whoever_left_the_class_decides_no_longer(people, group_card, today):
    people.room_4b.enrollments.filter(person=people.ada).update(ends_on=today.replace(day=1))
    with pytest.raises(NotSeen):
        policy.check_may_decide(people.ada, group_card, on=today)
