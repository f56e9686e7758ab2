"""Invariant 4: every read of a child's row by an adult writes the access log.

Each adult follows every link of the demonstration school. Whoever stands on a page, by full name or by a link
to her own, must have a line in the ledger that this very request wrote. A first name in a sentence (a friend
in a story, who else is in the group) is company, not a row that was read.
"""

import html
import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

ADULTS = {"teacher": "maple-delgado", "specialist": "maple-whitfield", "family": "maple-family10"}
# Pages about one child, where the address calls her by "pk" alone.
HER_OWN = {"day:child", "day:family_child", "people:who_looked", "people:new_support", "people:choices"}


def children(school) -> dict[int, str]:
    rows = school.ask("SELECT id, given_name, family_name FROM people_person WHERE role = 'student'")
    return {pk: f"{given} {family}" for pk, given, family in rows}


def standing_on(page, everyone: dict[int, str]) -> set[int]:
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.text)).split())
    named = {pk for pk, name in everyone.items() if name in text}
    return named | {child for link in page.links if (child := child_behind(link)) in everyone}


def child_behind(link: str) -> int | None:
    found = resolve(urlsplit(link).path)
    return found.kwargs.get("student_pk", found.kwargs.get("pk") if found.view_name in HER_OWN else None)


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
        if answer.is_page:
            named = standing_on(answer, everyone)
            n_named += len(named)
            unwritten += [f"{answer.path} names {everyone[pk]}" for pk in named - {who for _pk, who in lines}]
    assert not unwritten, "\n".join(unwritten)
    assert n_named > 2
