"""Slips that a hat mixed: good once, for nobody in particular."""

import pytest

from plainview.desk.stories import slips
from plainview.desk.stories.models import Sheet, Slip
from plainview.lobby.people.policy import Denied


@pytest.fixture
def sheet(desk, now):
    return slips.print_sheet(n=12, by=desk.sten, at=now)


def test_a_code_is_kept_as_a_fingerprint_only(sheet):
    _sheet, codes = sheet
    kept = " ".join(Slip.objects.values_list("code_hash", flat=True))
    assert len(codes) == len(set(codes)) == Slip.objects.count()
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_no_slip_can_be_used_before_all_have_drawn(sheet):
    """Else the first story could only be of who drew first."""
    with pytest.raises(slips.UnknownSlip):
        slips.check_is_good(sheet[1][0])


def test_a_sheet_is_not_opened_for_fewer_than_ten(sheet, desk, now):
    with pytest.raises(Denied):
        slips.open_sheet(sheet[0], n_drawn=9, by=desk.sten, at=now)
    with pytest.raises(Denied):
        slips.open_sheet(sheet[0], n_drawn=13, by=desk.sten, at=now)
    assert Sheet.objects.get().opened_on is None


def test_there_are_as_many_verified_stories_as_educators(sheet, desk, now, tell_one):
    """What was left over in the hat is worth nothing to whoever finds it."""
    slips.open_sheet(sheet[0], n_drawn=10, by=desk.sten, at=now)
    for code in sheet[1][:10]:
        tell_one(slip=code)
    assert not Slip.objects.exists()
    with pytest.raises(slips.UnknownSlip):
        slips.check_is_good(sheet[1][10])


def test_only_a_steward_prints(desk, now):
    for who in (desk.cora, desk.vic, desk.olu):
        with pytest.raises(Denied):
            slips.print_sheet(n=12, by=who, at=now)
    with pytest.raises(Denied):
        slips.print_sheet(n=5, by=desk.sten, at=now)
