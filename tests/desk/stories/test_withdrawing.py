"""Whoever told a story takes it back: with a code, without a reason, and all of it."""

import pytest
from django.db import IntegrityError

from plainview.desk.stories import reply, withdraw
from plainview.desk.stories.models import Gone, Reply, Story


def test_the_code_takes_the_story_back(tell_one):
    _story, code = tell_one()
    withdraw.withdraw(f" {code.lower().replace('-', ' ')} ")
    assert not Story.objects.exists()


def test_what_nobody_could_read_leaves_nothing(tell_one):
    _story, code = tell_one()
    withdraw.withdraw(code)
    assert not Gone.objects.exists()


def test_an_address_that_could_be_read_says_that_it_is_gone(tell_one, let_out, client):
    story, code = tell_one()
    let_out(story, tell_one()[0], tell_one()[0])
    withdraw.withdraw(code)
    page = client.get(f"/stories/fractal/{story.pk}/")
    assert page.status_code == 410
    assert story.words not in page.content.decode()


def test_the_vendors_reply_goes_with_it(tell_one, let_out, desk, now):
    """Else what it replied to could be read from it."""
    story, code = tell_one()
    let_out(story, tell_one()[0], tell_one()[0])
    reply.reply(Story.objects.get(pk=story.pk), words="We have looked into it.", by=desk.vic, at=now)
    withdraw.withdraw(code)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("typed", ["", "ABCD-ABCD-ABCD-ABCD"])
def test_another_code_takes_nothing_back(tell_one, typed):
    tell_one()
    with pytest.raises(withdraw.UnknownCode):
        withdraw.withdraw(typed)
    assert Story.objects.count() == 1


def test_that_a_story_is_gone_cannot_be_taken_back(tell_one, let_out):
    story, code = tell_one()
    let_out(story, tell_one()[0], tell_one()[0])
    withdraw.withdraw(code)
    with pytest.raises(IntegrityError):
        Gone.objects.update(why="removed")
