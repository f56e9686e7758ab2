"""What a steward may do, and what stays of it: the deed, the reason, the day."""

import pytest
from django.db import IntegrityError

from plainview.desk.stories import moderate
from plainview.desk.stories.models import Gone, Moderation, Reason, Standing, Story
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied


def test_an_accepted_story_waits_for_the_release(tell_one, desk, now):
    story, _code = tell_one()
    moderate.accept(story, by=desk.sten, at=now)
    assert Story.objects.get().standing == Standing.ACCEPTED
    assert Moderation.objects.get().by == desk.sten
    assert Line.objects.get().deed == "stories.accepted"


def test_words_that_are_taken_out_are_nowhere(tell_one, desk, now):
    story, _code = tell_one(words="Then somebody called the Quillfeather place about it all.")
    start = story.words.index("Quillfeather")
    span = (start, start + len("Quillfeather"))
    moderate.mask(story, places=[span], reason=Reason.NAMES, by=desk.sten, at=now)
    assert Story.objects.get().words == "Then somebody called the [left out] place about it all."
    assert "Quillfeather" not in str(list(Moderation.objects.values()))


def test_a_story_that_is_kept_back_is_not_kept(tell_one, desk, now):
    story, _code = tell_one()
    number = story.pk
    moderate.keep_back(story, reason=Reason.THREAT, by=desk.sten, at=now)
    row = Moderation.objects.get()
    assert not Story.objects.exists() and not Gone.objects.exists()
    assert (row.deed, row.reason, row.story) == ("kept_back", "threat", number)


def test_a_released_story_is_taken_away_in_the_open(three_released, desk, now, client):
    story = three_released[0]
    moderate.remove(story, reason=Reason.COURT, by=desk.sten, at=now)
    assert client.get(f"/stories/fractal/{story.pk}/").status_code == 410
    page = client.get("/stories/moderation/").content.decode()
    assert "a court ordered it" in page and "Sten" not in page


def test_taking_away_needs_a_reason(tell_one, desk, now):
    story, _code = tell_one()
    with pytest.raises(Denied):
        moderate.keep_back(story, reason=Reason.NONE, by=desk.sten, at=now)
    with pytest.raises(IntegrityError):
        moderate.note(story, "removed", by=desk.sten, at=now)


def test_two_stewards_do_not_decide_the_same_story_twice(tell_one, desk, now):
    story, _code = tell_one()
    moderate.accept(story, by=desk.sten, at=now)
    with pytest.raises(Denied):
        moderate.accept(story, by=desk.sten, at=now)


def test_what_a_steward_did_stays(tell_one, desk, now):
    moderate.accept(tell_one()[0], by=desk.sten, at=now)
    with pytest.raises(IntegrityError):
        Moderation.objects.all().delete()
