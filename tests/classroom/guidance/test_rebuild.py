"""Every estimate can be derived again, and a difference is named by number and code."""

import pytest
from django.core.management import call_command

from plainview.classroom.guidance.models import Estimate


@pytest.fixture
def read(people, content, showed, up_to_date):
    for days_ago in (9, 5, 2):
        showed(people.bo, content.equal, 1, days_ago=days_ago)
        showed(people.dee, content.share, 0, days_ago=days_ago)
    up_to_date()


def rebuild(capsys, *arguments) -> tuple[int, str]:
    try:
        call_command("rebuild", *arguments)
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_what_was_read_comes_out_the_same(read, capsys):
    """Invariant 5: estimates recompute exactly from evidence, code and weights."""
    assert rebuild(capsys) == (0, "2 estimates derived again: no difference.\n")


def test_a_changed_estimate_is_named_and_ends_with_one(read, capsys, people):
    Estimate.objects.filter(student=people.bo).update(state="met_once")
    code, said = rebuild(capsys)
    assert code == 1
    assert f"child {people.bo.pk}, 4.NF.A.1, state: stored met_once, derived getting_steady" in said
    assert "1 differences" in said
    assert "Bo" not in said


def test_an_estimate_that_is_not_there_and_one_too_many_are_named(read, capsys, people, content):
    Estimate.objects.filter(student=people.dee).update(competency=content.compare)
    code, said = rebuild(capsys)
    assert code == 1
    assert f"child {people.dee.pk}, 3.NF.A.1: stored no estimate, derived not_enough from 3 pieces" in said
    assert f"child {people.dee.pk}, 4.NF.A.2: stored not_enough from 3 pieces, derived no estimate" in said


def test_write_puts_it_right(read, capsys):
    Estimate.objects.update(p_known=0.5, low=0.1, high=0.9)
    code, said = rebuild(capsys, "--write")
    assert code == 0
    assert "put right" in said
    assert rebuild(capsys)[0] == 0


def test_what_nobody_has_looked_at_yet_is_no_difference(read, capsys, people, content, showed):
    showed(people.bo, content.equal, 0)
    code, said = rebuild(capsys)
    assert code == 0
    assert said.startswith("1 children have something new that the next look will read.")
