"""Every page that a teacher can reach: seen by axe, in a narrow window, on the scales."""

from tests.browser import rounds
from tests.browser.walk import pages


def test_every_page_is_sound(enter, school, visitor):
    round_ = pages(visitor("teacher").walk(of_a_kind=1))
    assert len(round_) >= 20
    faults = rounds.faults(enter(), school.links["teacher"], round_)
    assert not faults, "\n".join(faults)
