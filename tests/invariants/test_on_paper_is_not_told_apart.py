"""Invariant 11: an opted-out child's record cannot be told apart by its columns or timeliness.

Ayaan's family chose paper only. Where the class is listed, his row is made of what others' rows are made of.
"""

import re
from collections import defaultdict

import pytest

AYAAN = "Ayaan"
PAGES = ["/class/", "/plans/check-ins/", "/plans/groups/", "/evidence/"]


def rows_naming(page: str, name: str) -> list[str]:
    """The innermost row or tile around each mention of the child."""
    rows = re.findall(r"<(tr|li|label)\b(?:(?!<\1\b).)*?</\1>", page, re.DOTALL)
    found = re.finditer(r"<(tr|li|label)\b(?:(?!<\1\b).)*?</\1>", page, re.DOTALL)
    assert rows
    return [row[0] for row in found if re.search(rf"\b{name}\b", row[0])]


def parts(row: str) -> set[str]:
    """Tags and classes; which state, what words and how many cells are each child's own."""
    tags = re.findall(r"<(\w+)(?:[^>]*?class=\"([^\"]*)\")?", row)
    return {f"{tag}.{re.sub('state-.*|is-old|teachers-own', '', classes).strip()}" for tag, classes in tags}


@pytest.mark.parametrize("path", PAGES)
def test_his_row_is_made_of_the_same_parts(school, visitor, path):
    page = visitor("teacher").get(path).text
    names = [name for (name,) in school.ask("SELECT given_name FROM people_person WHERE role = 'student'")]
    assert AYAAN in names
    his = [parts(row) for row in rows_naming(page, AYAAN)]
    others = [parts(row) for name in names if name != AYAAN for row in rows_naming(page, name)]
    assert his
    assert all(any(mine <= other for other in others) for mine in his)


def test_he_has_as_many_options_and_had_them_as_soon(school):
    sql = """SELECT count(*), min(s.approved_at), max(s.approved_at) FROM plans_step s
             JOIN people_person p ON p.id = s.student_id
             WHERE s.stage = 'offered' GROUP BY p.id HAVING p.given_name {} 'Ayaan'"""
    [(n, first, _last)] = school.ask(sql.format("="))
    others = school.ask(sql.format("<>"))
    assert n >= 3
    assert n >= min(n for n, _first, _last in others)
    assert first <= max(first for _n, first, _last in others)


def test_his_evidence_fills_the_same_columns(school):
    """There are others, whose families chose nothing, whose rows fill exactly the columns that his fill."""
    names = [row[1] for row in school.ask("PRAGMA table_info(evidence_evidence)")]
    filled = defaultdict(set)
    for child, *values in school.ask(
        "SELECT p.given_name, e.* FROM evidence_evidence e JOIN people_person p ON p.id = e.student_id"
    ):
        filled[child] |= {name for name, value in zip(names, values, strict=True) if value not in (None, "")}
    his = filled.pop(AYAAN)
    assert len(his) > 10
    assert his in filled.values()
