"""No link leads nowhere, and no page stands where nobody can come."""

import pytest
from tests.browser.served import OF_THE_DESK, ROLES


@pytest.mark.parametrize("role", ["", *ROLES, *OF_THE_DESK])
def test_every_link_leads_to_a_page(visitor, role):
    starts = ("/",) if role else ("/", "/products/")
    answers = visitor(role).walk(*starts, of_a_kind=3)
    broken = [f"{answer.status} {answer.path}" for answer in answers if answer.status != 200]
    assert not broken, "\n".join(broken)
