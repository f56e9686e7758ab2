"""Tell a story.

In:   words from which names were taken out, what they are about, a day; a slip, if there is one.
Out:  a story that waits for a steward.
Not here: who tells it, from where, at what time. No line of the ledger is written: a line has a second and a
      place in a row of lines, and both would say when somebody sat at a computer.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from plainview.desk.reviews.models import Product
from plainview.desk.stories import code, names, slips
from plainview.desk.stories.days import period_of
from plainview.desk.stories.forget import leaving_nothing_behind
from plainview.desk.stories.models import Standing, Story, Teller
from plainview.lobby.people.policy import Denied

# So many can wait without a slip. A flood fills this, and then only those with a slip get through.
MOST_HELD = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    product: Product
    teller: str
    words: str = field(repr=False)
    language: str
    themes: tuple[str, ...] = ()
    state: str = ""
    district: str = ""
    slip: str = field(default="", repr=False)
    code: str = field(repr=False)  # only its fingerprint is kept: with it the person takes the story back


def tell(telling: Telling, *, on: date) -> None:
    """Keep the story until the release. Sent twice (a page that was loaded again), it is kept once."""
    with leaving_nothing_behind():
        withdraw_hash = code.fingerprint("withdraw", telling.code)
        if Story.objects.filter(withdraw_hash=withdraw_hash).exists():
            return
        if telling.slip:
            slips.use(telling.slip)
        else:
            _check_room()
        Story.objects.create(
            product=telling.product,
            teller=Teller.EDUCATOR if telling.slip else telling.teller,
            is_verified=bool(telling.slip),
            words=names.tidy(telling.words),
            language=telling.language,
            themes=sorted(telling.themes),
            state=telling.state,
            district=names.tidy(telling.district) if telling.state else "",
            told_in=period_of(on),
            withdraw_hash=withdraw_hash,
        )


def _check_room() -> None:
    if Story.objects.filter(standing=Standing.HELD, is_verified=False).count() >= MOST_HELD:
        raise Denied(
            _("So many stories wait that no more fit in. Please keep yours and come back next week.")
        )
