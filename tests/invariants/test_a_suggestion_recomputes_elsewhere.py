"""Invariant 5: a suggestion downloaded from the site comes out byte-equal on a machine with only the core."""

import json

import pytest
from tests.browser.walk import Visitor, view_of
from tests.cli.test_recompute import elsewhere


@pytest.fixture(scope="module")
def downloaded(school):
    """Every file that the teacher's cards offer, as the site sends it. A card that asks first gives none."""
    teacher = Visitor(school.url, school.links["teacher"])
    cards = {link for link in teacher.get("/guidance/cards/").links if view_of(link) == "guidance:card"}
    files = {
        link
        for card in sorted(cards)
        for link in teacher.get(card).links
        if view_of(link) == "guidance:export"
    }
    assert files
    answers = [teacher.get(link) for link in sorted(files)]
    assert [answer.kind for answer in answers] == ["application/json"] * len(answers)
    return [answer.body for answer in answers]


def test_each_file_of_the_site_comes_out_the_same_byte_for_byte(downloaded):
    for raw in downloaded:
        answer = elsewhere("recompute", "-", "--json", given=raw)
        said = json.loads(answer.stdout)
        assert (answer.returncode, said["same"], said["difference"]) == (0, True, "")


def test_no_file_names_a_child_or_anyone_else(downloaded, school):
    people = school.ask("SELECT given_name, family_name FROM people_person")
    names = {name for pair in people for name in pair if len(name) > 3}
    for raw in downloaded:
        words = set(raw.decode().replace('"', " ").replace(",", " ").split())
        assert not names & words


def test_a_changed_file_is_told_apart(downloaded):
    raw = downloaded[0].replace(b'"teacher_minutes": ', b'"teacher_minutes": 9', 1)
    assert elsewhere("recompute", "-", given=raw).returncode == 1
