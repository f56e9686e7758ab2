"""Invariant 3: nothing visible to a student exists without a teacher's decision or the student's own choice.

The teacher opens every page she has, which makes suggestions, estimates and looks by the dozen. The child's
pages stay as they were, letter by letter, until she decides.
"""

import re
import shutil
from collections.abc import Iterator

import pytest
from tests.browser.served import School, serving
from tests.browser.walk import Answer, Visitor

A_CHILDS_PAGES = ["/my/week/", "/my/learning/"]
TOKENS = re.compile(r'(csrfmiddlewaretoken" value|X-CSRFToken"): ?"?=?"?[\w-]+|value="[\w-]{36,64}"')


@pytest.fixture
def untouched(built, tmp_path) -> Iterator[School]:
    shutil.copytree(built, tmp_path / "home")
    with serving(tmp_path / "home") as school:
        yield school


def as_seen(answer: Answer) -> str:
    """Without what is new each time a page is asked for, and says nothing: keys of forms."""
    assert answer.status == 200
    return TOKENS.sub("", answer.text)


def test_what_a_teacher_opens_changes_nothing_for_a_child(untouched):
    student = Visitor(untouched.url, untouched.links["student"])
    before = [as_seen(student.get(path)) for path in A_CHILDS_PAGES]
    [(made_before,)] = untouched.ask("SELECT count(*) FROM guidance_suggestion")
    opened = list(Visitor(untouched.url, untouched.links["teacher"]).walk(of_a_kind=2))
    assert len(opened) > 30
    [(made_after,)] = untouched.ask("SELECT count(*) FROM guidance_suggestion")
    assert made_after > made_before
    assert [as_seen(student.get(path)) for path in A_CHILDS_PAGES] == before


def test_every_step_on_every_plan_names_who_agreed(untouched):
    [(n, agreed)] = untouched.ask("SELECT count(*), count(approved_by_id) FROM plans_step")
    assert n == agreed > 100
    roles = untouched.ask(
        "SELECT DISTINCT p.role FROM plans_step s JOIN people_person p ON p.id = s.approved_by_id"
    )
    assert roles == [("teacher",)]
