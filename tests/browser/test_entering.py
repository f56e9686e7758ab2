"""Entering the demonstration, as whoever ran `make demo` would."""

import resource
import shutil
import time
from unittest import mock

import pytest
from django.core import signing
from playwright.sync_api import expect
from tests.browser import look
from tests.browser.served import OF_THE_DESK, ROLES, serving

FIRST = {
    "teacher": "/",
    "student": "/my/week/",
    "family": "/family/",
    "specialist": "/class/",
    "principal": "/school/",
    "chair": "/desk/reviews/",
    "expert": "/desk/ratings/",
    "expert2": "/desk/ratings/",
    "expert3": "/desk/ratings/",
    "steward": "/desk/stories/",
    "officer": "/desk/register/",
    "vendor": "/desk/reviews/",
}


@pytest.mark.parametrize("role", [*ROLES, *OF_THE_DESK])
def test_each_role_enters_by_its_printed_link(enter, school, role):
    page = enter(role)
    assert page.url == school.url + FIRST[role]
    assert page.locator("h1").count() == 1


def forged(link: str) -> str:
    """Another role under the same signature."""
    token = link.rstrip("/").rsplit("/", 1)[1]
    return link.replace(token, "InByaW5jaXBhbCI" + token[token.index(":") :])


def older_than_a_day(school, link: str) -> str:
    """Signed with this very school's key, the day before yesterday."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - 25 * 60 * 60):
        token = signing.dumps(
            "teacher", key=(school.home / "secret").read_text(), salt="plainview.demo.enter", compress=False
        )
    return link.replace(link.rstrip("/").rsplit("/", 1)[1], token)


def test_a_link_that_is_not_ours_opens_nothing_and_says_so(enter, school):
    page = enter(expected=(410,))
    page.goto(forged(school.links["teacher"]))
    expect(page.get_by_role("main")).to_contain_text("not from this demonstration")
    assert look.faults(page) == []
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Good to see you")


def test_a_link_older_than_a_day_says_where_a_new_one_comes_from(enter, school):
    page = enter(expected=(410,))
    page.goto(older_than_a_day(school, school.links["teacher"]))
    expect(page.get_by_role("main")).to_contain_text("Start the demonstration again for a new one")


def test_an_address_that_leads_nowhere_is_a_page_with_a_way_back(enter):
    page = enter("teacher", expected=(404,))
    for path in ("/nowhere/", "/child/999999/", "/guidance/cards/999999/"):
        page.goto(path)
        assert look.faults(page) == []
        expect(page.get_by_role("link", name="Plainview")).to_be_visible()


def test_a_second_start_is_up_in_five_seconds(built, tmp_path):
    shutil.copytree(built, tmp_path / "home")
    before = processor_seconds()
    with serving(tmp_path / "home") as school:
        assert "the people are there already" in school.log
    assert processor_seconds() - before < 5


def processor_seconds() -> float:
    """Of what was started and has ended. Other tests run beside this one, so the clock on the wall lies."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
