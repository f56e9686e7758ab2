"""One file with everything in it: and nothing that was taken back, which may be another child's."""

import io
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from plainview.classroom.evidence import correct, images
from plainview.classroom.evidence.note import note
from plainview.classroom.evidence.record import Seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(people, content, now, today, settings, tmp_path):
    """``photo("Folded paper")``: Ada photographs a piece of Bo's work."""
    settings.MEDIA_ROOT = tmp_path

    def take(title):
        pixels = io.BytesIO()
        Image.new("RGB", (8, 8), "white").save(pixels, "PNG")
        pixels.seek(0)
        [row] = note(
            Seen(kind="work", medium="paper", competency=content.equal, on=today),
            students=[people.bo],
            by=people.ada,
            at=now,
            client_key=uuid4(),
            picture=images.redraw(pixels),
            title=title,
        )
        return row

    return take


def file_of(signed_in_as, people) -> str:
    return signed_in_as(people.eve).get(reverse("day:take_along", args=[people.bo.pk])).content.decode()


def test_the_pictures_are_inside_the_file(photo, people, signed_in_as):
    photo("Folded paper")
    page = file_of(signed_in_as, people)
    assert page.count('src="data:image/jpeg;base64,') == 1
    assert "Folded paper" in page


def test_a_picture_that_was_taken_back_is_not_in_it(photo, people, signed_in_as, now):
    photo("Folded paper")
    other = photo("Another child's page")
    correct.withdraw(other, by=people.ada, at=now, why="The wrong child.", client_key=uuid4())
    page = file_of(signed_in_as, people)
    assert page.count('src="data:image/jpeg;base64,') == 1
    assert "Another child" not in page
