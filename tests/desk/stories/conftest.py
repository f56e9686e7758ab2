"""Stories at every stage: Sten looks after them, somebody tells them, and nobody knows who."""

from datetime import UTC, date, datetime

import pytest

from plainview.desk.reviews.models import Review, Stage
from plainview.desk.stories import code, moderate, release, slips, tell
from plainview.desk.stories.models import Story

TOLD_ON = date(2026, 11, 20)
RELEASED_AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
WORDS = "The app put the whole class into the same lesson for three weeks, and I could not change it."


@pytest.fixture(autouse=True)
def vendor_was_told(desk):
    """Before that a review is a secret, and so is that its product is looked at."""
    Review.objects.update(stage=Stage.NOTICED)


@pytest.fixture
def tell_one(desk):
    """``tell_one()`` tells a story; the code that takes it back comes with it."""

    def told(**said) -> tuple[Story, str]:
        drawn = code.draw()
        telling = {
            "product": desk.fractal,
            "teller": "family",
            "words": WORDS,
            "language": "en",
            "themes": ("say",),
            "code": drawn,
        } | said
        on = telling.pop("on", TOLD_ON)
        tell.tell(tell.Telling(**telling), on=on)
        return Story.objects.get(withdraw_hash=code.fingerprint("withdraw", telling["code"])), drawn

    return told


@pytest.fixture
def open_codes(desk, now):
    """Codes of slips that ten educators drew."""
    sheet, codes = slips.print_sheet(n=10, by=desk.sten, at=now)
    slips.open_sheet(sheet, n_drawn=10, by=desk.sten, at=now)
    return codes


@pytest.fixture
def let_out(desk, now):
    """``let_out(stories)`` accepts them and releases them on the first of December."""

    def released(*stories: Story) -> list[Story]:
        for one in stories:
            moderate.accept(one, by=desk.sten, at=now)
        release.release(by=desk.sten, at=RELEASED_AT)
        return list(Story.objects.filter(pk__in=[one.pk for one in stories]))

    return released


@pytest.fixture
def three_released(tell_one, let_out):
    return let_out(*(tell_one()[0] for _n in range(3)))
