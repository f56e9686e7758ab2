from collections import Counter
from datetime import date, timedelta

import pytest

from plainview.core.learner import simulate
from plainview.core.learner.bkt import Skill, trace
from plainview.core.learner.piece import Helped, Kind, Medium
from plainview.core.learner.simulate import Taught

SKILL = Skill(p_known=0.4, p_learn=0.2, p_guess=0.2, p_slip=0.1)
MONDAY = date(2025, 9, 29)
CLASS = [f"s{i}" for i in range(28)]
UNIT = [
    Taught(ref="whole", sources=("halves", "line"), misconceptions=("bigger-bottom",)),
    Taught(ref="part", requires=("whole",), sources=("line",), misconceptions=("two-numbers", "count-all")),
    Taught(ref="same", requires=("part",)),
    Taught(ref="more", requires=("part", "whole"), sources=("war",)),
]


@pytest.fixture(scope="module")
def school():
    return simulate.school(students=CLASS, taught=UNIT, starts_on=MONDAY, seed=8)


def test_the_same_seed_gives_the_same_student_and_another_seed_another():
    assert simulate.student(SKILL, n=9, seed=1) == simulate.student(SKILL, n=9, seed=1)
    assert simulate.student(SKILL, n=9, seed=1).pieces != simulate.student(SKILL, n=9, seed=2).pieces


def test_what_one_could_know_at_best_is_bkt_with_the_true_numbers():
    one = simulate.student(SKILL, n=12, seed=3)
    steps = trace([piece.shown for piece in one.pieces], SKILL)
    assert one.p_known == pytest.approx([step.p_after for step in steps])


def test_knowing_is_never_lost():
    for seed in range(50):
        knows = simulate.student(SKILL, n=10, seed=seed).knows
        assert list(knows) == sorted(knows)


def test_guesses_slips_and_learning_come_as_often_as_stated():
    students = [simulate.student(SKILL, n=1, seed=seed) for seed in range(4000)]
    shown = sum(one.pieces[0].shown for one in students) / len(students)
    knows = sum(one.knows[0] for one in students) / len(students)
    assert shown == pytest.approx(0.4 * 0.9 + 0.6 * 0.2, abs=0.025)
    assert knows == pytest.approx(0.4 + 0.6 * 0.2, abs=0.025)


def test_watching_leaves_less_to_luck_than_an_answer_and_a_childs_word_more():
    how = simulate.RELIABILITY
    shows = {kind: how[kind].p_shows(False, SKILL) for kind in Kind}
    assert shows[Kind.OBSERVATION] < shows[Kind.ANSWER] < shows[Kind.SELF_ASSESSMENT]
    assert set(how) == set(Kind)


def test_a_mix_brings_its_kinds():
    pieces = simulate.student(SKILL, n=300, seed=5, mix=simulate.MIXED).pieces
    assert {piece.kind for piece in pieces} == set(simulate.MIXED)
    assert {piece.shown for piece in pieces} == {0.0, 0.5, 1.0}


def test_a_school_is_the_same_for_the_same_seed(school):
    assert school == simulate.school(students=CLASS, taught=UNIT, starts_on=MONDAY, seed=8)
    assert school.shown != simulate.school(students=CLASS, taught=UNIT, starts_on=MONDAY, seed=9).shown


def test_refs_and_days_rise_together_within_eight_weeks_of_school_days(school):
    assert [one.piece.ref for one in school.shown] == [f"e{i + 1}" for i in range(len(school.shown))]
    days = [one.piece.on for one in school.shown]
    assert days == sorted(days)
    assert days[0] >= MONDAY and days[-1] < MONDAY + timedelta(weeks=8)
    assert all(day.weekday() < 5 for day in days)


def test_nobody_knows_what_she_has_no_prerequisite_of_at_first_and_nothing_is_lost(school):
    assert all((ref, "whole") in school.knew_at_first for ref, what in school.knew_at_first if what == "part")
    assert school.knew_at_first <= school.knows_at_last
    last = {(one.student, one.competency): one.knows for one in school.shown}
    assert all(knows == (cell in school.knows_at_last) for cell, knows in last.items())


def test_a_day_away_leaves_no_piece(school):
    assert sum(map(len, school.absent.values())) > 0
    for one in school.shown:
        assert one.piece.on not in school.absent[one.student]


def test_those_who_do_not_know_keep_to_one_misconception_and_those_who_know_name_none(school):
    named = {}
    for one in school.shown:
        if one.piece.misconception:
            assert one.piece.shown < 1
            named.setdefault((one.student, one.competency), set()).add(one.piece.misconception)
    assert len(named) > 8
    assert all(len(of_one) == 1 for of_one in named.values())
    assert {m for one in named.values() for m in one} == {"bigger-bottom", "two-numbers", "count-all"}


def test_evidence_is_of_every_kind_medium_and_help(school):
    pieces = [one.piece for one in school.shown]
    assert {piece.kind for piece in pieces} == set(Kind)
    assert {piece.helped for piece in pieces} == set(Helped)
    assert {piece.medium for piece in pieces} == set(Medium)
    assert Counter(piece.kind for piece in pieces).most_common(1)[0][0] is Kind.ANSWER
    assert {piece.source for piece in pieces if piece.kind is not Kind.ANSWER} == {""}


def test_on_paper_only_means_no_screen_and_others_use_paper_too():
    school = simulate.school(students=CLASS, taught=UNIT, starts_on=MONDAY, seed=8, on_paper_only={"s3"})
    media = {ref: {one.piece.medium for one in school.shown if one.student == ref} for ref in ("s3", "s4")}
    assert Medium.SCREEN not in media["s3"]
    assert {Medium.SCREEN, Medium.PAPER} <= media["s4"]


def test_a_child_who_came_later_has_nothing_before():
    came = MONDAY + timedelta(weeks=5)
    school = simulate.school(students=CLASS, taught=UNIT, starts_on=MONDAY, seed=8, joined_on={"s7": came})
    days = [one.piece.on for one in school.shown if one.student == "s7"]
    assert days and min(days) >= came
    assert min(school.absent["s7"], default=came) >= came


def test_prerequisites_come_first_or_it_is_said():
    with pytest.raises(ValueError, match="part: requires whole, expected before it"):
        simulate.school(students=CLASS, taught=UNIT[1:], starts_on=MONDAY, seed=1)
