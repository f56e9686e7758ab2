"""The learning log that leaves in a person's hands: answers in their order, and nobody's name."""

import io

import pytest
from django.core.management import CommandError, call_command

from plainview.classroom.evidence import correct, export
from plainview.core.logs.faults import Faults
from plainview.core.logs.read import Reading
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import FamilyChoice, Person
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db

KEY = b"stays in the building"


def log_of(people, today, key: bytes = KEY):
    file = io.StringIO(newline="")
    done = export.learning_log(people.room_4b, file, key=key, on=today)
    return done, file.getvalue()


def attempts(text: str) -> list:
    return list(Reading(file=io.StringIO(text, newline=""), faults=Faults(file="log.csv")))


def test_an_answer_is_one_row_that_our_own_reader_reads(answered, people, content, today, key):
    answered("b2", hints=1)
    answered("3/2", item=content.write, medium="paper", by=people.ada, client_key=key(2))
    done, text = log_of(people, today)
    assert (done.n_attempts, done.n_students, done.n_left_out) == (2, 2, 0)
    first, second = attempts(text)
    assert (first.item, first.skills, first.correct, first.hints, first.assigned_by, first.medium) == (
        "which-is-more-1",
        ("4.NF.A.2",),
        0.0,
        1,
        "teacher",
        "screen",
    )
    assert (first.at, second.at, first.session, second.correct) == (1, 2, "1", 1.0)


def test_nobody_is_named_and_no_clock_leads_back(answered, seen, people, today, key):
    answered("a1")
    seen(client_key=key(2), words="Bo folded a strip.")
    _done, text = log_of(people, today)
    for never in ("Bo", "bo,", "Neill", "Ada", "Room", "4b", "Oak", "2026", "folded"):
        assert never not in text, never


def test_pseudonyms_hold_with_the_key_and_only_with_it(answered, people, today):
    answered("a1")
    once, again, other = (
        attempts(log_of(people, today, key=key)[1])[0].student for key in (KEY, KEY, b"another secret key")
    )
    assert once == again != other


def test_only_what_holds_goes_out(answered, people, content, now, today, key):
    row = answered("7/2", item=content.write, medium="paper", by=people.ada)
    correct.withdraw(row, by=people.ada, at=now, why="typed wrong", client_key=key(2))
    answered("because", item=content.explain, client_key=key(3))  # nobody has read it yet
    assert log_of(people, today)[0].n_attempts == 0


def test_a_family_that_chose_no_research_is_not_in_it(answered, people, now, today):
    answered("a1")
    FamilyChoice.objects.create(student=people.bo, kind="no_research", chosen=True, by=people.eve, at=now)
    done, text = log_of(people, today)
    assert (done.n_attempts, done.n_students, done.n_left_out) == (0, 1, 1)
    assert attempts(text) == []


def test_whoever_takes_it_out_is_written_down_for_each_child(answered, people, now):
    answered("a1")
    export.hand_over(people.room_4b, io.StringIO(), key=KEY, by=people.ada, at=now)
    lines = Line.objects.filter(deed="evidence.exported", by=people.ada.pk)
    assert {line.about for line in lines} == {people.bo.pk, people.dee.pk}


@pytest.mark.parametrize(
    ("who", "outcome"),
    [("fay", Denied), ("cy", NotSeen), ("gus", NotSeen), ("eve", NotSeen), ("bo", NotSeen), ("hal", NotSeen)],
)
def test_only_the_class_teacher_or_the_data_manager_takes_it_out(people, now, who, outcome):
    file = io.StringIO()
    with pytest.raises(outcome):
        export.hand_over(people.room_4b, file, key=KEY, by=getattr(people, who), at=now)
    assert file.getvalue() == ""


def test_from_a_shell(answered, people, tmp_path):
    answered("a1")
    (tmp_path / "key").write_bytes(KEY)
    said = io.StringIO()
    how = {"by": "ada", "key_file": tmp_path / "key", "out": tmp_path / "log.csv", "stderr": said}
    call_command("export_log", "4b", **how)
    assert said.getvalue().startswith("answers: 1; children: 2; left out")
    assert len(attempts((tmp_path / "log.csv").read_text())) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"by": "nobody"}, "nobody who signs in as 'nobody'"),
        ({"by": "fay"}, "Only a teacher of Room 4B"),
        ({"by": "cy"}, "'cy' has nothing to do with '4b'"),
        ({"key": b"short"}, "expected at least 16"),
    ],
)
def test_a_shell_is_told_why_not(people, tmp_path, changes, sentence):
    (tmp_path / "key").write_bytes(changes.pop("key", KEY))
    how = {"by": "ada", "key_file": tmp_path / "key", "out": tmp_path / "log.csv"}
    with pytest.raises(CommandError, match=sentence):
        call_command("export_log", "4b", **(how | changes))


def test_the_data_manager_takes_it_out(people, now):
    ian = Person.objects.create(identifier="ian", given_name="Ian", role="data_manager", sign_in_name="ian")
    assert export.hand_over(people.room_4b, io.StringIO(), key=KEY, by=ian, at=now).n_students == 2
