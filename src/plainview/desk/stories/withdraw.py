"""Take a story back.

In:   the code that only its teller has.
Out:  no story, no vendor's reply to it, no words of it in the file; an empty address, if it could be read.
Not here: asking why, or who it is.
"""

from django.utils.translation import gettext as _

from plainview.desk.stories import code
from plainview.desk.stories.forget import leaving_nothing_behind
from plainview.desk.stories.models import Gone, Standing, Story


class UnknownCode(Exception):
    """No story has this code. The message is the sentence the person reads."""


def withdraw(typed: str) -> None:
    with leaving_nothing_behind():
        story = Story.objects.filter(withdraw_hash=code.fingerprint("withdraw", typed)).first()
        if story is None:
            raise UnknownCode(_("No story here has this code. It may have been taken back already."))
        take_away(story, why=Gone.Why.WITHDRAWN)


def take_away(story: Story, *, why: Gone.Why) -> None:
    """The row and all that hangs on it. Where it could be read stays an empty page: no link goes astray."""
    if story.standing == Standing.RELEASED:
        Gone.objects.create(pk=story.pk, product=story.product, why=why)
    story.delete()
