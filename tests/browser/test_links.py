"""No link leads nowhere, and no page stands where nobody can come."""

import pytest
from tests.browser.served import ROLES


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_link_leads_to_a_page(visitor, role):
    answers = visitor(role).walk(of_a_kind=3)
    broken = [f"{answer.status} {answer.path}" for answer in answers if answer.status != 200]
    assert not broken, "\n".join(broken)
