"""`plainview manage enrol`: what a person at a shell may get wrong, said in a sentence."""

import pytest
from django.core.management import CommandError, call_command

from plainview.lobby.people.models import Person, Role

pytestmark = pytest.mark.django_db
LONG = "a long walk by the river"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    names = tmp_path / "names.txt"
    names.write_text("Ana Li\nBo O'Neill\n")

    def enrol(*, file=names, password=LONG, teacher="mdelgado", teacher_name="Maria Delgado"):
        monkeypatch.setattr("getpass.getpass", lambda _ask: password)
        options = {"school": "Elm", "title": "4B", "teacher": teacher, "teacher_name": teacher_name}
        call_command("enrol", str(file), **options)

    return enrol


def test_a_class_and_a_teacher_who_can_sign_in(shell, client):
    shell()
    assert Person.objects.filter(role=Role.STUDENT).count() == 2
    assert client.login(username="mdelgado", password=LONG)


@pytest.mark.parametrize("password", ["", "short", "password123", "mdelgado12"])
def test_a_password_that_is_easily_guessed_is_refused(shell, password):
    with pytest.raises(CommandError):
        shell(password=password)
    assert not Person.objects.exists()


def test_a_file_that_is_not_there_is_said(shell, tmp_path):
    with pytest.raises(CommandError, match="this file cannot be read"):
        shell(file=tmp_path / "nowhere.txt")


def test_a_file_that_is_no_text_is_said(shell, tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(CommandError, match="expected names in UTF-8"):
        shell(file=picture)


def test_a_sign_in_name_of_someone_else_is_not_taken_over(shell, people):
    with pytest.raises(CommandError, match="signs in here already"):
        shell(teacher="eve")


def test_a_teacher_who_is_new_needs_a_name(shell):
    with pytest.raises(CommandError, match="say --teacher-name"):
        shell(teacher_name="")
