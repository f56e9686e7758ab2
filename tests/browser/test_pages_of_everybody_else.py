"""Every page that the others can reach, and those before the door: seen by axe, narrow, on the scales."""

import pytest
from tests.browser import rounds
from tests.browser.walk import pages

FEWEST = {"student": 8, "family": 8, "specialist": 12, "principal": 2}


@pytest.mark.parametrize("role", FEWEST)
def test_every_page_is_sound(enter, school, visitor, role):
    round_ = pages(visitor(role).walk(of_a_kind=1))
    assert len(round_) >= FEWEST[role]
    faults = rounds.faults(enter(), school.links[role], round_)
    assert not faults, "\n".join(faults)


def test_every_page_before_the_door_is_sound(enter, school, visitor):
    round_ = pages(visitor().walk("/", "/people/badge/MAPLE10/", of_a_kind=1))
    assert {"people:sign_in", "people:pick_picture", "account_login"} <= {answer.view for answer in round_}
    faults = rounds.faults(enter(), school.url, round_)
    assert not faults, "\n".join(faults)
