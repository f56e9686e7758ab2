"""Slips of paper by which somebody shows that she works at a school, and not who she is.

In:   a steward, who has checked people in a room; how many drew a slip.
Out:  a sheet of codes, seen once; later, that a code is good, once.
Not here: who drew which. The slips are cut, folded and drawn from a hat: nobody knows (docs/adr/0009).

What is kept of a slip is its fingerprint, and no longer than until it is used: then the row is gone, so that
neither the slip nor a copy of the database leads to the story.
"""

from datetime import datetime
from random import SystemRandom

from django.utils.translation import gettext as _

from plainview.desk.stories import code, policy
from plainview.desk.stories.forget import leaving_nothing_behind
from plainview.desk.stories.models import Sheet, Slip
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

# Among fewer, one teacher is too easily guessed.
FEWEST_DRAWN = 10
MOST_ON_A_SHEET = 60


class UnknownSlip(Exception):
    """The code is of no slip that can be used. The message is the sentence the person reads."""


def print_sheet(*, n: int, by: Person, at: datetime) -> tuple[Sheet, list[str]]:
    """``n`` codes in no order. They are shown once: only their fingerprints are kept."""
    policy.check_looks_after_stories(by)
    if not FEWEST_DRAWN <= n <= MOST_ON_A_SHEET:
        raise Denied(
            _("A sheet has %(least)s to %(most)s slips: among fewer, one teacher is too easily guessed.")
            % {"least": FEWEST_DRAWN, "most": MOST_ON_A_SHEET}
        )
    codes = [code.draw() for _n in range(n)]
    with leaving_nothing_behind():
        sheet = Sheet.objects.create(printed_by=by, printed_on=at.date(), n_printed=n)
        Slip.objects.bulk_create(Slip(sheet=sheet, code_hash=code.fingerprint("slip", one)) for one in codes)
        deed("stories.slips.printed", by=by.pk, at=at)
    SystemRandom().shuffle(codes)
    return sheet, codes


def open_sheet(sheet: Sheet, *, n_drawn: int, by: Person, at: datetime) -> None:
    """From now on its slips can be used. Before, a first story could only be of who drew first."""
    policy.check_looks_after_stories(by)
    if n_drawn < FEWEST_DRAWN:
        raise Denied(
            _("At least %(n)s educators must have drawn a slip: among fewer, one is too easily guessed.")
            % {"n": FEWEST_DRAWN}
        )
    with leaving_nothing_behind():
        changed = Sheet.objects.filter(pk=sheet.pk, opened_on=None, n_printed__gte=n_drawn).update(
            n_drawn=n_drawn, opened_on=at.date()
        )
        if not changed:
            raise Denied(_("This sheet is open already, or has fewer slips than that."))
        deed("stories.slips.opened", by=by.pk, at=at)


def check_is_good(typed: str) -> None:
    _slip(typed)


def use(typed: str) -> None:
    """The slip is used up, and leaves no row. Call it in the transaction that keeps the story."""
    slip = _slip(typed)
    if not Slip.objects.filter(pk=slip.pk).delete()[0]:
        raise UnknownSlip(_unknown())  # used by another request in this very moment
    sheet = slip.sheet
    if sheet.n_printed - sheet.slips.count() >= sheet.n_drawn:
        sheet.slips.all().delete()  # as many stories as educators: what is left over was drawn by nobody


def _slip(typed: str) -> Slip:
    slip = (
        Slip.objects.select_related("sheet")
        .filter(code_hash=code.fingerprint("slip", typed), sheet__opened_on__isnull=False)
        .first()
    )
    if slip is None:
        raise UnknownSlip(_unknown())
    return slip


def _unknown() -> str:
    return _("This code is not known here. It may have been used, or not be open yet. You may leave it out.")
