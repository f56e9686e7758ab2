import pytest

from plainview.classroom.evidence.models import Erasure
from plainview.classroom.plans import check_in, group, voice
from plainview.classroom.plans.choose import choose
from plainview.classroom.plans.erase import erase
from plainview.classroom.plans.models import (
    CheckIn,
    Contest,
    Goal,
    Group,
    KeepApart,
    Proposal,
    ScreenDay,
    Step,
)
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied

OF_A_CHILD = (Goal, Step, ScreenDay, CheckIn, Proposal, Contest)


@pytest.fixture
def full(people, shelf, offer, now, today, key):
    """Bo and Dee, each with a row of every kind, in one group."""
    for child in (people.bo, people.dee):
        choose(offer(shelf.practice, to=child), by=child, at=now, on=today)
        voice.set_goal(student=child, words="A kite", by=child, at=now)
        idea = voice.propose(student=child, words="A comic", by=child, at=now)
        voice.answer_proposal(idea, answer="yes", words="", by=people.ada, at=now)
        said = {"wish": "show", "words": "Look"}
        voice.contest(student=child, competency=shelf.competency, by=child, at=now, on=today, **said)
        check_in.hold(student=child, by=people.ada, at=now, client_key=key())
    group.make_group(
        school_class=people.room_4b, title="T", purpose="mix", competency=None,
        members=[people.bo, people.dee], begins_on=today, ends_on=today, by=people.ada, at=now,
    )  # fmt: skip
    group.keep_apart(people.bo, people.dee, by=people.ada, at=now)


@pytest.fixture
def manager(db):
    return Person.objects.create(
        identifier="ivy", given_name="Ivy", role=Role.DATA_MANAGER, sign_in_name="ivy"
    )


def test_what_was_planned_with_bo_goes_and_what_is_dees_stays(people, full, manager, now):
    certificate = erase(people.bo, ground=Erasure.Ground.RIGHT, by=manager, at=now)
    for model in OF_A_CHILD:
        assert not model.objects.filter(student=people.bo).exists()
        assert model.objects.filter(student=people.dee).exists()
    assert list(Group.objects.get().members.all()) == [people.dee]
    assert not KeepApart.objects.exists()
    assert (certificate.n_rows, certificate.is_open) == (9, False)
    assert len(certificate.digest) == 64


@pytest.mark.parametrize("who", ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"])
def test_only_the_data_manager_erases(who, people, full, now):
    before = Step.objects.count()
    with pytest.raises(Denied):
        erase(people.bo, ground=Erasure.Ground.RIGHT, by=getattr(people, who), at=now)
    assert Step.objects.count() == before
    assert not Erasure.objects.exists()


def test_every_table_of_this_room_about_a_child_is_erased():
    from django.apps import apps

    about_a_child = {m for m in apps.get_app_config("plans").get_models() if hasattr(m, "student")}
    assert about_a_child == set(OF_A_CHILD)
