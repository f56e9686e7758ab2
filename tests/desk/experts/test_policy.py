"""The query and the check tell the same story, person by person."""

from plainview.desk.experts import policy
from plainview.desk.experts.models import Ballot
from plainview.lobby.people.policy import Denied, NotSeen

EVERYONE = ["cora", "ed", "flo", "gus", "sten", "olu", "vic", "val"]


def allows(check, *args, **kwargs) -> bool:
    try:
        check(*args, **kwargs)
    except (Denied, NotSeen):
        return False
    return True


def person_of(panel, who):
    return panel.person(who) if who else None


def test_while_one_is_missing_each_ballot_is_its_own_experts(rating):
    for one in ("ed", "flo"):
        rating.hand_in(one)
    rating.fill("gus")
    for who in [*EVERYONE, None]:
        person = person_of(rating, who)
        for ballot in Ballot.objects.all():
            seen = policy.ballots_seen_by(person).filter(pk=ballot.pk).exists()
            assert allows(policy.check_may_see_ballot, person, ballot) == seen
            assert seen == (person == ballot.invitation.expert)
        assert not allows(policy.check_may_see_together, person, rating.round)


def test_even_when_all_are_in_the_chairs_deed_comes_first(rating):
    for one in ("ed", "flo", "gus"):
        rating.hand_in(one)
    for who in [*EVERYONE, None]:
        assert not allows(policy.check_may_see_together, person_of(rating, who), rating.round)


def test_once_open_the_panel_and_the_chair_see_all_and_nobody_else_any(opened):
    for who in [*EVERYONE, None]:
        person = person_of(opened, who)
        for ballot in Ballot.objects.all():
            seen = policy.ballots_seen_by(person).filter(pk=ballot.pk).exists()
            assert allows(policy.check_may_see_ballot, person, ballot) == seen
            assert seen == (who in {"cora", "ed", "flo", "gus"})
        assert allows(policy.check_may_see_together, person, opened.round) == (
            who in {"cora", "ed", "flo", "gus"}
        )


def test_an_invitation_is_its_experts_alone(rating):
    for who in EVERYONE:
        asked, person = rating.invitation("ed"), rating.person(who)
        assert policy.invitations_of(person).filter(pk=asked.pk).exists() == (who == "ed")
        assert allows(policy.invitation_seen_by, person, asked.pk) == (who == "ed")
        assert allows(policy.check_may_read, person, asked) == (who == "ed")
        assert allows(policy.check_may_rate, person, asked, at=rating.at) == (who == "ed")


def test_who_leads_a_panel(opened):
    for who in EVERYONE:
        person = opened.person(who)
        assert allows(policy.check_leads, person) == (who == "cora")
        assert allows(policy.check_may_consolidate, person, opened.round) == (who == "cora")
        mine = Ballot.objects.get(invitation__expert=opened.desk.ed)
        assert allows(policy.check_may_revise, person, mine) == (who == "ed")


def test_practice_is_its_experts_alone(panel):
    done = panel.practise("ed")
    for who in EVERYONE:
        assert allows(policy.practice_seen_by, panel.person(who), done.pk) == (who == "ed")


def test_an_expert_of_another_review_sees_nothing_of_this_one(opened):
    from plainview.lobby.people.models import Person, Role

    ida = Person.objects.create_user("ida", identifier="ida", given_name="Ida", role=Role.EXPERT)
    assert not policy.ballots_seen_by(ida).exists()
    assert not allows(policy.check_may_see_together, ida, opened.round)
