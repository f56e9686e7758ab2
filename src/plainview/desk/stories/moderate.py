"""What a steward does with a story before anyone reads it, or after.

In:   a story, a steward, a reason from the closed list.
Out:  the story one step on, or gone; a row that says what was done, by whom and why, and not what it said.
Not here: making a story better. A steward takes words out and never puts one in.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.stories import names, policy
from plainview.desk.stories.forget import leaving_nothing_behind
from plainview.desk.stories.models import Gone, Moderation, Reason, Standing, Story
from plainview.desk.stories.withdraw import take_away
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

Deed = Moderation.Deed


def accept(story: Story, *, by: Person, at: datetime) -> None:
    """It waits for the next release from now on."""
    policy.check_looks_after_stories(by)
    with leaving_nothing_behind():
        _check_is_there(story, Standing.HELD)
        Story.objects.filter(pk=story.pk).update(standing=Standing.ACCEPTED)
        note(story, Deed.ACCEPTED, by=by, at=at)
        deed("stories.accepted", by=by.pk, at=at)


def mask(
    story: Story, *, places: Collection[tuple[int, int]], reason: Reason, by: Person, at: datetime
) -> None:
    """Words of the story give way to "[left out]". The words that stood there are not kept."""
    policy.check_looks_after_stories(by)
    _check_reason(reason)
    out = [names.Found(start=a, end=b, text="", kind=names.Kind.CAPITAL) for a, b in places]
    with leaving_nothing_behind():
        here = _check_is_there(story)
        here.words = names.without(here.words, out)
        here.save(update_fields=["words"])
        here.facts.exclude(pk__in=[f.pk for f in here.facts.all() if f.says in here.words]).delete()
        note(story, Deed.MASKED, reason=reason, by=by, at=at)
        deed("stories.masked", by=by.pk, at=at)


def keep_back(story: Story, *, reason: Reason, by: Person, at: datetime) -> None:
    """It will not be released, and is not kept."""
    policy.check_looks_after_stories(by)
    _check_reason(reason)
    with leaving_nothing_behind():
        if _check_is_there(story).standing == Standing.RELEASED:
            raise Denied(_("This story was released. It can be taken away, with a reason that all can read."))
        note(story, Deed.KEPT_BACK, reason=reason, by=by, at=at)
        take_away(story, why=Gone.Why.REMOVED)
        deed("stories.kept_back", by=by.pk, at=at)


def remove(story: Story, *, reason: Reason, by: Person, at: datetime) -> None:
    """A released story goes; its address says so."""
    policy.check_looks_after_stories(by)
    _check_reason(reason)
    with leaving_nothing_behind():
        here = _check_is_there(story, Standing.RELEASED)
        note(story, Deed.REMOVED, reason=reason, by=by, at=at)
        take_away(here, why=Gone.Why.REMOVED)
        deed("stories.removed", by=by.pk, at=at)


def note(story: Story, what: str, *, by: Person, at: datetime, reason: Reason = Reason.NONE) -> None:
    Moderation.objects.create(
        story=story.pk, product=story.product, deed=what, reason=reason, by=by, on=at.date()
    )


def _check_reason(reason: str) -> None:
    if not reason:
        raise Denied(_("Taking away needs a reason."))


def _check_is_there(story: Story, standing: Standing | None = None) -> Story:
    here = Story.objects.select_for_update().filter(pk=story.pk).first()
    if here is None or (standing and here.standing != standing):
        raise Denied(_("This story has moved on meanwhile. Please load the page again."))
    return here
