"""What a vendor says to a story: beside it, never instead of it.

In:   a released story, the vendor's words.
Out:  a reply with its time; read by all once a steward has seen that it names nobody.
Not here: an answer to the person. Nobody here can reach her.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.stories import names, policy
from plainview.desk.stories.forget import leaving_nothing_behind
from plainview.desk.stories.models import Reason, Reply, Story
from plainview.desk.stories.moderate import Deed, note
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

LONGEST = 3000
MOST_OF_A_STORY = 3


def reply(story: Story, *, words: str, by: Person, at: datetime) -> Reply:
    seat = policy.check_may_reply(by, story)
    words = names.tidy(words)[:LONGEST]
    if not words:
        raise Denied(_("Write a few words first."))
    if story.replies.count() >= MOST_OF_A_STORY:
        raise Denied(_("There are %(n)s replies to this story already.") % {"n": MOST_OF_A_STORY})
    with leaving_nothing_behind():
        said = Reply.objects.create(story=story, vendor=seat.vendor, words=words, by=by, at=at)
        deed("stories.replied", by=by.pk, at=at)
    return said


def show(said: Reply, *, by: Person, at: datetime) -> None:
    """It stands beside the story from now on, with the time it was written."""
    policy.check_looks_after_stories(by)
    with leaving_nothing_behind():
        if not Reply.objects.filter(pk=said.pk, shown_at=None).update(shown_by=by, shown_at=at):
            raise Denied(_("This reply has moved on meanwhile. Please load the page again."))
        note(said.story, Deed.REPLY_SHOWN, by=by, at=at)
        deed("stories.reply.shown", by=by.pk, at=at)


def keep_back(said: Reply, *, reason: Reason, by: Person, at: datetime) -> None:
    """A reply that names or threatens somebody is not shown, and not kept. The vendor may write another."""
    policy.check_looks_after_stories(by)
    if reason not in (Reason.NAMES, Reason.THREAT):
        raise Denied(_("A reply is kept back only where it names a person or threatens somebody."))
    with leaving_nothing_behind():
        note(said.story, Deed.REPLY_KEPT_BACK, reason=reason, by=by, at=at)
        said.delete()
        deed("stories.reply.kept_back", by=by.pk, at=at)
