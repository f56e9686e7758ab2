"""What educators, families and a student told of Fractal: some may be read, two wait for the steward.

In:   the product, the steward, today.
Out:  stories that were released on their fixed day, and some that wait; slips that are left over.
Not here: who told them. Nobody did: they are made up.
"""

from datetime import date

from plainview.desk.reviews.models import Product
from plainview.desk.stories import code, moderate, release, slips, tell
from plainview.desk.stories.models import Standing, Story, Teller
from plainview.desk.stories.tell import Telling
from plainview.lobby.people.models import Person
from plainview.site.demo.desk import words
from plainview.site.demo.desk.steps import on

DISTRICT, STATE = "Maple County Schools", "OH"
N_SLIPS, N_DRAWN = 20, 14
TOLD, RELEASED = date(2026, 6, 20), date(2026, 7, 1)


def released(product: Product, *, steward: Person) -> None:
    """Told in June, with slips that were drawn from a hat; released together on the first of July."""
    sheet, codes = slips.print_sheet(n=N_SLIPS, by=steward, at=on(TOLD))
    slips.open_sheet(sheet, n_drawn=N_DRAWN, by=steward, at=on(TOLD))
    for one in words.STORIES:
        _tell(product, one, slip=codes.pop() if one[0] == Teller.EDUCATOR else "", day=TOLD)
    for story in Story.objects.filter(standing=Standing.HELD):
        moderate.accept(story, by=steward, at=on(TOLD, 15))
    release.release(by=steward, at=on(RELEASED))


def waiting(product: Product, *, today: date) -> None:
    """Nobody has read them yet: the steward's work."""
    for one in words.HELD_STORIES:
        _tell(product, one, slip="", day=today)


def _tell(product: Product, one: tuple, *, slip: str, day: date) -> None:
    teller, language, themes, said = one
    telling = Telling(
        product=product,
        teller=teller,
        words=said,
        language=language,
        themes=themes,
        state=STATE,
        district=DISTRICT,
        slip=slip,
        code=code.draw(),
    )
    tell.tell(telling, on=day)
