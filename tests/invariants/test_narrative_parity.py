"""Invariant 6: a school that only writes, and a school that only scores, both have every page.

The demonstration school twice over: once with every score taken out, once with nothing but answers. No school
could do this to its own database, which refuses; a copy has its triggers dropped first.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.browser.served import ROLES, School, serving
from tests.browser.walk import Visitor

# What was derived or suggested from evidence that is now gone would speak of rows that nobody can open.
DERIVED = [
    "DELETE FROM guidance_estimate",
    "DELETE FROM guidance_reading",
    "DELETE FROM guidance_lastlook",
    "DELETE FROM guidance_blindpick",
    "DELETE FROM guidance_suggestion_students",
    "DELETE FROM guidance_suggestion",
    "DELETE FROM guidance_decision_students",
    "DELETE FROM guidance_decisionnote",
    "DELETE FROM guidance_decision",
]
WITHOUT_SCORES = [
    "DELETE FROM evidence_evidence WHERE kind = 'answer'",
    "UPDATE evidence_evidence SET shown = NULL, misconception = ''",
]
WITHOUT_WORDS = [
    "DELETE FROM evidence_evidence WHERE kind <> 'answer'",
    "DELETE FROM evidence_judgement",
    "DELETE FROM evidence_work",
]


@pytest.fixture(scope="module")
def one_sided(request, built, tmp_path_factory) -> Iterator[School]:
    home = tmp_path_factory.mktemp("one-sided") / "home"
    shutil.copytree(built, home)
    with closing(sqlite3.connect(home / "plainview.sqlite3", isolation_level=None)) as db:
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            db.execute(f"DROP TRIGGER {trigger}")
        for deed in [*request.param, *DERIVED]:
            db.execute(deed)
    with serving(home) as school:
        yield school


words_only = pytest.mark.parametrize("one_sided", [WITHOUT_SCORES], ids=["words only"], indirect=True)
scores_only = pytest.mark.parametrize("one_sided", [WITHOUT_WORDS], ids=["scores only"], indirect=True)
each = pytest.mark.parametrize(
    "one_sided", [WITHOUT_SCORES, WITHOUT_WORDS], ids=["words only", "scores only"], indirect=True
)


@each
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_there(one_sided, role):
    school = one_sided
    answers = list(Visitor(school.url, school.links[role]).walk(of_a_kind=3))
    broken = [f"{answer.status} {answer.path}" for answer in answers if answer.status != 200]
    assert not broken, "\n".join(broken)
    assert len(answers) > 2


@words_only
def test_without_scores_the_school_still_recognises_and_plans(one_sided):
    school = one_sided
    teacher = Visitor(school.url, school.links["teacher"])
    the_map = teacher.get("/class/").text
    assert in_cells(the_map, "teachers-own") == 3  # what she judged herself stands, in words
    [(priya,)] = school.ask("SELECT id FROM people_person WHERE given_name = 'Priya'")
    page = teacher.get(f"/child/{priya}/").text
    assert re.search(r'<blockquote class="words"', page)
    assert "steady" in page
    [(n,)] = school.ask("SELECT count(*) FROM guidance_estimate WHERE enough")
    assert n == 0
    student = Visitor(school.url, school.links["student"]).get("/my/week/").text
    assert student.count('name="option"') >= 3


@scores_only
def test_without_words_the_estimates_speak(one_sided):
    school = one_sided
    the_map = Visitor(school.url, school.links["teacher"]).get("/class/").text
    assert in_cells(the_map, "#shape-") > 100
    assert in_cells(the_map, "teachers-own") == 0


def in_cells(page: str, what: str) -> int:
    """Beneath the map stands a key, which has one of each."""
    return page[: page.index("</table>")].count(what)
