"""One deed erases a child's whole record, room by room from the top; what is about the others stays."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from plainview.classroom.curriculum.models import Activity
from plainview.classroom.evidence import amend
from plainview.classroom.evidence.models import Erasure, Evidence
from plainview.classroom.guidance import chain, decide
from plainview.classroom.guidance.decide import Why
from plainview.classroom.guidance.estimate import bring_up_to_date
from plainview.classroom.plans import check_in, voice
from plainview.classroom.plans.models import Step
from plainview.lobby.people import choices, supports
from plainview.lobby.people.models import Absence, Person

pytestmark = pytest.mark.django_db

# What says who is at the school, in which class, whose child: the roster's, which goes with the roster.
OF_THE_ROSTER = {"Person", "Enrollment", "Guardianship"}


@pytest.fixture
def ian(people):
    return Person.objects.create(identifier="ian", given_name="Ian", role="data_manager", sign_in_name="ian")


@pytest.fixture
def full(people, content, shows, answers, now, today):
    """A row of Bo in each room, and of Dee's in most; one decision about both."""
    for child in (people.bo, people.dee):
        shows(child, content.equal, 1.0, words="Folded it.")
        answers(child, "b")
        voice.set_goal(student=child, words="A kite", by=child, at=now)
        check_in.hold(student=child, by=people.ada, at=now, client_key=uuid4(), note="Fine.")
        Absence.objects.create(student=child, on=today, entered_by=people.ada)
        words = {"plan": "iep", "term": "spoken", "words": "Read aloud", "exempt": False}
        supports.write_down(child, **words, by=people.fay, at=now, on=today)
    amend.ask(student=people.bo, evidence=None, words="He was ill.", by=people.eve, at=now)
    choices.choose(people.bo, kind="no_photos", chosen=True, by=people.eve, at=now)
    bring_up_to_date(people.room_4b, at=now)
    game = Activity.objects.create(
        unit=content.equal.unit, identifier="war", title="Fraction war", kind="game", minutes=10,
        adult_minutes=0, group_min=2, group_max=2, medium="hands_on", student_words="Play.",
        teacher_html="", student_html="", paper_html="<p>...</p>",
    )  # fmt: skip
    return decide.originate(
        people.room_4b, students=[people.bo, people.dee], activity=game, competency=content.equal,
        by=people.ada, at=now, client_key=uuid4(), why=Why(words="Bo and Dee get along."),
    )  # fmt: skip


def about(child) -> dict[str, int]:
    """How many rows of each of our tables point at the child."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("plainview.") and model.__name__ not in OF_THE_ROSTER:
            fields = [f.name for f in model._meta.concrete_fields if f.related_model is Person]
            n = sum(model.objects.filter(**{name: child.pk}).count() for name in fields)
            found |= {model.__name__: n} if n else {}
    return found


def run(*words) -> None:
    call_command("erase", "bo", "--ground", "right", "--by", "ian", *words)


def test_no_row_of_any_room_points_at_the_child_any_more(full, people, ian, capsys):
    assert len(about(people.bo)) >= 12
    of_dee = about(people.dee)
    run("--yes")
    assert about(people.bo) == {}
    assert about(people.dee) == of_dee
    assert capsys.readouterr().out.count("certificate") == 4


def test_the_others_go_on_and_no_step_of_theirs_names_the_child(full, people, ian):
    assert Step.objects.get(student=people.dee).with_whom == "Bo"
    run("--yes")
    assert Step.objects.get(student=people.dee).with_whom == ""
    full.refresh_from_db()
    assert (list(full.students.all()), full.words) == ([people.dee], "[erased]")
    assert chain.first_broken(people.room_4b) is None


def test_four_certificates_stay_and_the_gate_is_closed(full, people, ian):
    run("--yes")
    kept = Erasure.objects.filter(student_number=people.bo.pk)
    assert [(one.is_open, one.n_rows > 0) for one in kept] == [(False, True)] * 4


def test_without_yes_nothing_goes(full, people, ian):
    with pytest.raises(CommandError, match="Add --yes"):
        run()
    assert Evidence.objects.filter(student=people.bo).exists()


def test_a_teacher_erases_nothing(full, people, ian):
    with pytest.raises(CommandError, match="data manager"):
        call_command("erase", "bo", "--ground", "right", "--by", "ada", "--yes")
    assert Evidence.objects.filter(student=people.bo).exists()
    assert not Erasure.objects.exists()


@pytest.mark.parametrize("who", ["ada", "nobody"])
def test_who_is_no_child_is_not_found(people, ian, who):
    with pytest.raises(CommandError, match="found no child"):
        call_command("erase", who, "--ground", "right", "--by", "ian", "--yes")


def test_a_fault_in_one_room_leaves_every_room_as_it_was(full, people, ian, monkeypatch):
    before = about(people.bo)

    def broken(_student):
        raise OSError("the disk is full")

    monkeypatch.setattr("plainview.lobby.people.erase.erase", broken)
    with pytest.raises(OSError, match="full"):
        run("--yes")
    assert about(people.bo) == before
    assert not Erasure.objects.exists()
