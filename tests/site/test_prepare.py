"""Opening the house: what a teacher changed is there; a slip in one file does not keep the school out."""

import pytest
from django.core.management import CommandError

from plainview.classroom.curriculum.management.commands import content as content_command
from plainview.classroom.curriculum.models import Activity, Unit
from plainview.site import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path, settings, monkeypatch):
    settings.HOME = tmp_path / "home"
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "unit.yaml").write_text("unit: apples\n")
    monkeypatch.setattr(content_command, "shipped_content", lambda: folder)
    return folder


@pytest.fixture
def broken(monkeypatch):
    def load(*_args, **_options):
        raise CommandError("unit.yaml, line 1: found nothing, expected a title.")

    monkeypatch.setattr(prepare, "call_command", load)


def test_at_the_first_start_a_fault_in_the_content_stops_and_says_where(content, broken):
    with pytest.raises(CommandError, match=r"unit\.yaml, line 1"):
        prepare._content(lambda _words: None)


def test_later_a_fault_is_said_at_each_start_and_the_school_opens(content, broken, monkeypatch):
    monkeypatch.setattr(Activity.objects.__class__, "exists", lambda _self: True)
    said: list[str] = []
    for _start in range(2):
        prepare._content(said.append)
    assert sum("unit.yaml, line 1" in words for words in said) == 2


def test_what_did_not_change_is_not_read_again(content, monkeypatch):
    loads = []
    monkeypatch.setattr(prepare, "call_command", lambda *args, **_options: loads.append(args))
    for _start in range(2):
        prepare._content(lambda _words: None)
    assert loads == [("content", "load")]
    (content / "more.yaml").write_text("unit: pears\n")
    prepare._content(lambda _words: None)
    assert len(loads) == 2
    assert not Unit.objects.exists()
