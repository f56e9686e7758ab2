"""One note for several children: all or none, and each has a row of her own."""

import io

import pytest
from PIL import Image

from plainview.classroom.evidence import images
from plainview.classroom.evidence.models import Evidence, Work
from plainview.classroom.evidence.note import note
from plainview.classroom.evidence.policy import NotTaken
from plainview.classroom.evidence.record import Seen
from plainview.lobby.people.models import FamilyChoice
from plainview.lobby.people.policy import NotSeen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def picture():
    pixels = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(pixels, "PNG")
    pixels.seek(0)
    return images.redraw(pixels)


@pytest.fixture
def noted(people, content, now, today, key):
    def write(**changes):
        saw = {"competency": content.equal, "kind": "observation", "shown": 1.0, "medium": "hands_on"}
        saw |= {"words": "Built it together.", "on": today}
        said = {"students": [people.bo, people.dee], "by": people.ada, "at": now, "client_key": key()}
        seen = Seen(**{name: changes.pop(name, value) for name, value in saw.items()})
        return note(seen, **(said | changes))

    return write


def test_each_child_has_a_row_of_her_own(noted, people):
    assert {(row.student, row.words) for row in noted()} == {
        (people.bo, "Built it together."),
        (people.dee, "Built it together."),
    }


def test_pressed_twice_it_is_written_once(noted):
    assert noted() == noted()
    assert Evidence.objects.count() == 2


def test_a_replay_with_one_child_more_adds_that_child(noted, people):
    noted(students=[people.bo])
    noted()
    assert Evidence.objects.count() == 2


def test_a_photograph_becomes_each_childs_work(noted, picture, people):
    rows = noted(picture=picture, kind="work", shown=None, words="")
    assert {(row.work.student, row.work.title) for row in rows} == {
        (people.bo, "Make equal fractions"),
        (people.dee, "Make equal fractions"),
    }
    for work in Work.objects.all():
        assert images.open_stored(work.image).read() == picture.jpeg
        assert work.image.startswith(f"{work.student_id}/")


def test_a_photograph_sent_twice_is_one_piece_of_work(noted, picture):
    assert noted(picture=picture) == noted(picture=picture)
    assert Work.objects.count() == 2


def test_a_family_that_chose_no_photos_is_kept_to_and_nothing_is_half_written(noted, picture, people, now):
    FamilyChoice.objects.create(student=people.dee, kind="no_photos", chosen=True, by=people.hal, at=now)
    with pytest.raises(NotTaken, match="Dee's family chose no photos"):
        noted(picture=picture)
    assert not Evidence.objects.exists()
    assert not Work.objects.exists()
    assert len(noted()) == 2  # words are still welcome


def test_one_child_of_another_class_and_nothing_is_written(noted, people):
    with pytest.raises(NotSeen):
        noted(by=people.cy)
    assert not Evidence.objects.exists()
