"""Erasing leaves nothing of one child's evidence, everything of the others', and a certificate."""

import io

import pytest
from PIL import Image

from plainview.classroom.evidence import amend, correct, erase, images, judge
from plainview.classroom.evidence.models import Amendment, Erasure, Evidence, Judgement, Work
from plainview.classroom.evidence.note import note
from plainview.classroom.evidence.record import Seen
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def ian(people):
    """The school's data manager."""
    return Person.objects.create(identifier="ian", given_name="Ian", role="data_manager", sign_in_name="ian")


@pytest.fixture
def record(seen, people, content, now, today, key, settings, tmp_path):
    """All there can be of Bo: a corrected row, a picture, a judgement, a request; and a row of Dee's."""
    settings.MEDIA_ROOT = tmp_path
    first = seen()
    correct.correct(first, by=people.ada, at=now, why="typed wrong", client_key=key(2), shown=0.5)
    judge.judge(student=people.bo, competency=content.equal, state="steady", words="", by=people.ada, at=now)
    amend.ask(student=people.bo, evidence=first, words="He was ill.", by=people.eve, at=now)
    pixels = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(pixels, "PNG")
    pixels.seek(0)
    drew = Seen(competency=content.equal, kind="work", medium="paper", on=today)
    said = {"students": [people.bo, people.dee], "by": people.ada, "at": now, "client_key": key(3)}
    note(drew, picture=images.redraw(pixels), **said)
    return tmp_path


def test_nothing_of_the_child_stays_and_nothing_else_goes(
    record, people, ian, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        certificate = erase.erase(people.bo, ground=Erasure.Ground.RIGHT, by=ian, at=now)
    for model in (Amendment, Evidence, Judgement, Work):
        assert not model.objects.filter(student=people.bo).exists(), model
    assert Evidence.objects.get().student == people.dee
    assert {path.name for path in record.iterdir()} == {str(people.dee.pk)}
    assert (certificate.n_rows, certificate.is_open, len(certificate.digest)) == (6, False, 64)
    assert Line.objects.order_by("-pk").first().deed == "evidence.erased"


def test_the_certificate_names_nobody_and_says_nothing_of_what_went(record, people, ian, now):
    erase.erase(people.bo, ground="right", by=ian, at=now)
    kept = Erasure.objects.values().get()
    assert (kept["student_number"], kept["done_by_number"], kept["ground"]) == (people.bo.pk, ian.pk, "right")
    assert "Bo" not in str(kept)


def test_the_gate_is_closed_again(record, people, ian, now):
    erase.erase(people.bo, ground="right", by=ian, at=now)
    assert not Erasure.objects.filter(is_open=True).exists()


def test_pictures_stay_when_the_rows_do(record, people, ian, now, django_capture_on_commit_callbacks):
    """Whoever stops halfway has lost nothing: pictures go only after the rows are surely gone."""
    with django_capture_on_commit_callbacks(execute=False):
        erase.erase(people.bo, ground="right", by=ian, at=now)
        assert (record / str(people.bo.pk)).exists()


def test_a_second_erasing_finds_nothing_and_says_so(record, people, ian, now):
    assert erase.erase(people.bo, ground="right", by=ian, at=now).n_rows == 6
    assert erase.erase(people.bo, ground="retention", by=ian, at=now).n_rows == 0
    assert Erasure.objects.count() == 2


@pytest.mark.parametrize("who", ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"])
def test_erasing_is_an_office(record, people, now, who):
    with pytest.raises(Denied, match="data manager"):
        erase.erase(people.bo, ground="right", by=getattr(people, who), at=now)
    assert Evidence.objects.filter(student=people.bo).exists()
