"""Estimates are brought up to date when someone looks, from evidence and weights alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plainview.classroom.evidence.models import Evidence
from plainview.classroom.guidance import estimate, switch
from plainview.classroom.guidance.models import Estimate, Reading
from plainview.core.learner import estimate as learner
from plainview.lobby.people.models import FamilyChoice


@pytest.fixture
def steady(people, content, showed):
    """Bo showed it on four days over two weeks, in two ways."""
    for days_ago, kind in (
        (15, "observation"),
        (12, "answer"),
        (6, "work"),
        (3, "observation"),
        (1, "answer"),
    ):
        showed(people.bo, content.equal, 1, days_ago=days_ago, kind=kind)
    return people.bo.pk, content.equal.pk


def test_nothing_is_derived_until_someone_looks(steady):
    assert not Estimate.objects.exists()


def test_an_estimate_says_what_the_core_says_of_the_same_pieces(steady, up_to_date):
    from plainview.classroom.evidence.read import pieces

    row = up_to_date()[steady]
    said = learner.estimate(pieces([steady[0]])[steady])
    assert estimate.as_core(row) == said
    assert row.state == "steady"


def test_where_nothing_is_new_nothing_is_written_and_one_short_statement_is_asked(
    steady, up_to_date, people, now
):
    up_to_date()
    with CaptureQueriesContext(connection) as asked:
        estimate.bring_up_to_date(people.room_4b, at=now)
    assert [q["sql"].split()[0] for q in asked] == ["SELECT"]


def test_only_what_is_new_is_made_again(steady, up_to_date, people, content, showed, monkeypatch):
    showed(people.bo, content.share, 1, days_ago=4)
    showed(people.dee, content.equal, 0, days_ago=4)
    up_to_date()
    made = []
    derive = estimate.derive
    monkeypatch.setattr(estimate, "derive", lambda cell, *rest: (made.append(cell), derive(cell, *rest))[1])
    showed(people.bo, content.share, 0)
    up_to_date()
    assert made == [(people.bo.pk, content.share.pk)]


def test_a_correction_that_moves_a_note_to_another_skill_is_read_on_both(people, content, showed, up_to_date):
    wrong = showed(people.bo, content.equal, 1)
    assert set(up_to_date()) == {(people.bo.pk, content.equal.pk)}
    showed(people.bo, content.compare, 1, supersedes=wrong, why="another skill")
    assert set(up_to_date()) == {(people.bo.pk, content.compare.pk)}


def test_what_was_withdrawn_leaves_no_estimate_behind(people, content, showed, up_to_date):
    note = showed(people.bo, content.equal, 1)
    up_to_date()
    showed(people.bo, content.equal, 1, supersedes=note, why="was Dee", withdrawn=True)
    assert up_to_date() == {}


def test_words_alone_make_no_estimate_and_are_read_once(people, content, showed, up_to_date, now):
    showed(people.bo, content.equal, None, words="Asked why halves are called halves.")
    assert up_to_date() == {}
    assert Reading.objects.get(pk=people.bo.pk).through == Evidence.objects.get().pk


def test_it_does_not_matter_in_which_portions_the_evidence_was_read(
    steady, up_to_date, people, content, showed
):
    Estimate.objects.all().delete()
    for days_ago in range(5):
        showed(people.bo, content.compare, days_ago % 2, days_ago=20 - days_ago)
        up_to_date()
    step_by_step = {cell: estimate.as_core(row) for cell, row in up_to_date().items()}
    Estimate.objects.all().delete()
    Reading.objects.all().delete()
    assert {cell: estimate.as_core(row) for cell, row in up_to_date().items()} == step_by_step


def test_other_weights_make_other_estimates(steady, up_to_date, people, now):
    before = up_to_date()[steady].p_known
    halved = dict.fromkeys(switch.KINDS, 0.3)
    switch.set_weights(people.room_4b, weights=halved, by=people.ada, at=now)
    assert up_to_date()[steady].p_known < before
    switch.set_weights(people.room_4b, weights=dict.fromkeys(switch.KINDS, 1.0), by=people.ada, at=now)
    assert up_to_date()[steady].p_known == before


def test_estimates_may_fall_and_what_was_earned_stays(steady, up_to_date, people, content, showed):
    """Invariant 15."""
    assert up_to_date()[steady].earned == "steady"
    for _ in range(6):
        showed(people.bo, content.equal, 0)
    fallen = up_to_date()[steady]
    assert fallen.state != "steady"
    assert fallen.earned == "steady"


def test_other_weights_take_nothing_off_that_was_earned(steady, up_to_date, people, now):
    """Invariant 15: the teacher may hear the evidence in another way; what was said stays said."""
    assert up_to_date()[steady].earned == "steady"
    switch.set_weights(people.room_4b, weights=dict.fromkeys(switch.KINDS, 0.0), by=people.ada, at=now)
    heard_otherwise = up_to_date()[steady]
    assert heard_otherwise.state != "steady"
    assert heard_otherwise.earned == "steady"


def test_what_was_never_said_is_not_earned_by_old_weights(people, content, showed, up_to_date, now, today):
    """Evidence that came after the teacher set her weights is heard with hers alone."""
    switch.set_weights(
        people.room_4b,
        weights=dict.fromkeys(switch.KINDS, 0.0),
        by=people.ada,
        at=now - timedelta(days=60),
    )
    for days_ago in (15, 12, 6, 3, 1):
        showed(people.bo, content.equal, 1, days_ago=days_ago, kind="answer" if days_ago > 5 else "work")
    assert up_to_date()[people.bo.pk, content.equal.pk].earned != "steady"


def test_a_family_that_chose_no_estimates_has_none(steady, up_to_date, people, now):
    up_to_date()
    FamilyChoice.objects.create(student=people.bo, kind="no_estimates", chosen=True, by=people.eve, at=now)
    assert up_to_date() == {}
    assert not Reading.objects.filter(pk=people.bo.pk).exists()
    FamilyChoice.objects.create(
        student=people.bo, kind="no_estimates", chosen=False, by=people.eve, at=now + timedelta(hours=1)
    )
    assert steady in up_to_date()


def test_an_estimate_writes_no_grade_no_result_and_no_placement(steady, people, now, everything):
    """Invariant 2: looking changes two tables, the estimates and how far they were read."""
    before = everything()
    estimate.bring_up_to_date(people.room_4b, at=now)
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed == {"guidance_estimate", "guidance_reading"}


def test_a_child_without_evidence_costs_no_row(people, up_to_date):
    assert up_to_date() == {}
    assert not Reading.objects.exists()


def test_an_erased_child_has_no_estimate(steady, up_to_date, people, now):
    from plainview.classroom.evidence.models import Erasure

    up_to_date()
    gate = Erasure.objects.create(student_number=people.bo.pk, ground="right", done_by_number=1, at=now)
    Evidence.objects.filter(student=people.bo).delete()
    gate.is_open = False
    gate.save()
    assert up_to_date() == {}
    with CaptureQueriesContext(connection) as asked:
        up_to_date()
    assert not [q for q in asked if not q["sql"].lstrip().startswith("SELECT")]


def test_weights_and_pieces_of_a_class_next_door_do_not_enter(steady, up_to_date, people, now):
    before = up_to_date()[steady].p_known
    switch.set_weights(people.next_door, weights=dict.fromkeys(switch.KINDS, 0.0), by=people.cy, at=now)
    assert up_to_date()[steady].p_known == before


def test_children_who_worked_on_different_things_are_read_each_on_their_own(
    people, content, showed, up_to_date, monkeypatch
):
    """Otherwise a class in which each did something else would be read whole for one new row a child."""
    for about in (content.equal, content.share):
        showed(people.bo, about, 1, days_ago=3)
        showed(people.dee, about, 1, days_ago=3)
    up_to_date()
    asked = []
    pieces = estimate.pieces
    monkeypatch.setattr(estimate, "pieces", lambda *of: (asked.append([set(o) for o in of]), pieces(*of))[1])
    showed(people.bo, content.equal, 0)
    showed(people.dee, content.share, 0)
    up_to_date()
    assert [{people.bo.pk}, {content.equal.pk}] in asked
    assert [{people.dee.pk}, {content.share.pk}] in asked
    assert all(len(of) == 1 or len(of[0]) == len(of[1]) == 1 for of in asked)
