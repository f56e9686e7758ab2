"""Invariant 4: every read of a child's row by an adult writes the access log.

Each adult follows every link of the demonstration school. Whoever is named on a page must have a line in the
ledger that this very request wrote.
"""

import html
import re

import pytest

ADULTS = {"teacher": "maple-delgado", "specialist": "maple-whitfield", "family": "maple-family10"}
# Stories in questions have names of their own, which say nothing of anyone.
STORIES = ("curriculum:",)


def children(school) -> dict[int, str]:
    """Each child's full name, and what the pages call her."""
    return {
        pk: rf"\b({re.escape(given)}(?:\s+{re.escape(family)})?)\b"
        for pk, given, family in school.ask(
            "SELECT id, given_name, family_name FROM people_person WHERE role = 'student'"
        )
    }


def named_on(page: str, everyone: dict[int, str]) -> set[int]:
    text = html.unescape(re.sub(r"<[^>]*>", " ", page))
    return {pk for pk, name in everyone.items() if re.search(name, text)}


@pytest.mark.parametrize("role", ADULTS)
def test_whoever_is_named_on_a_page_can_read_who_looked(school, visitor, role):
    everyone = children(school)
    [(me,)] = school.ask("SELECT id FROM people_person WHERE identifier = ?", ADULTS[role])
    unwritten, n_named = [], 0
    walk = visitor(role).walk(of_a_kind=2)
    [(last,)] = school.ask("SELECT max(id) FROM ledger_line")
    for answer in walk:
        lines = school.ask("SELECT id, about FROM ledger_line WHERE id > ? AND by = ?", last, me)
        last = max([last, *(pk for pk, _about in lines)])
        if answer.kind == "text/html" and not answer.view.startswith(STORIES):
            named = named_on(answer.text, everyone)
            n_named += len(named)
            unwritten += [f"{answer.path} names {everyone[pk]}" for pk in named - {who for _pk, who in lines}]
    assert not unwritten, "\n".join(unwritten)
    assert n_named > 5
