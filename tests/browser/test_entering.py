"""Entering the demonstration, as whoever ran `make demo` would."""

import pytest
from tests.browser.served import ROLES

FIRST = {
    "teacher": "/",
    "student": "/my/week/",
    "family": "/family/",
    "specialist": "/class/",
    "principal": "/school/",
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_enters_by_its_printed_link(enter, school, role):
    page = enter(role)
    assert page.url == school.url + FIRST[role]
    assert page.locator("h1").count() == 1
