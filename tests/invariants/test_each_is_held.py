"""The invariants of the classroom, and the tests that hold each. This page is their index."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
HELD_BY = {
    "1 Evidence is append-only; a correction supersedes; deletion leaves a certificate.": [
        "classroom/evidence/test_never_changed.py",
        "classroom/evidence/test_correct.py",
        "classroom/evidence/test_erase.py",
    ],
    "2 An estimate never writes a grade, result or placement.": [
        "classroom/guidance/test_estimate.py::test_an_estimate_writes_no_grade_no_result_and_no_placement",
        "classroom/guidance/test_suggest.py::test_a_suggestion_changes_no_table_but_its_own",
    ],
    "3 Nothing visible to a student exists without a teacher's decision or the student's own choice.": [
        "invariants/test_nothing_without_a_decision.py",
        "classroom/guidance/test_suggest.py::test_nothing_a_child_sees_exists_before_a_teacher_decides",
        "classroom/plans/test_set.py::test_the_database_itself_refuses_a_step_that_no_teacher_approved",
    ],
    "4 Every read of a person's row by an adult writes the access log.": [
        "invariants/test_every_look_is_written_down.py",
        "walls/test_deeds.py",
    ],
    "5 Estimates recompute exactly; an exported suggestion recomputes byte-equal on another machine.": [
        "classroom/guidance/test_rebuild.py",
        "classroom/guidance/test_suggest.py::test_a_card_keeps_what_the_rule_saw_and_recomputes_to_the_byte",
        "invariants/test_a_suggestion_recomputes_elsewhere.py",
    ],
    "6 Narrative-only and score-only databases both run every screen.": [
        "invariants/test_narrative_parity.py",
    ],
    "7 Nothing orders people by estimate; no rank, points, streak, badge, pacing line or 'behind'.": [
        "invariants/test_nobody_is_ordered_by_an_estimate.py",
        "classroom/day/test_class_map.py::test_children_stand_by_name_whatever_they_showed",
    ],
    "9 Sensitive facts are kept apart, role-gated.": [
        "invariants/test_who_may_know_what.py",
        "lobby/people/test_policy.py::test_supports_are_for_those_who_teach_and_the_family",
    ],
    "10 The decision log is teacher data; aggregates need five teachers.": [
        "invariants/test_who_may_know_what.py",
        "classroom/guidance/test_alarm.py::test_the_counts_know_no_person",
    ],
    "11 Every activity has a paper twin; an opted-out child's record cannot be told apart.": [
        "invariants/test_on_paper_is_not_told_apart.py",
        "classroom/plans/test_twin.py",
        "classroom/curriculum/test_the_unit.py::test_every_activity_has_a_paper_twin_and_speaks_to_a_child",
    ],
    "12 The screen-minute cap binds; at the cap the paper twin is offered.": [
        "classroom/plans/test_screen.py",
    ],
    "13 A mentoring promise cannot be set above arithmetic capacity; delivered stands beside it.": [
        "classroom/plans/test_promise.py",
    ],
    "14 A weekly plan with no social activity asks.": [
        "classroom/plans/test_options.py::test_a_week_with_nothing_with_others_asks_the_teacher",
        "classroom/plans/test_options.py::test_a_child_whose_choices_are_all_alone_is_asked_too",
    ],
    "15 Estimates may fall; what was earned stays.": [
        "classroom/guidance/test_estimate.py::test_estimates_may_fall_and_what_was_earned_stays",
        "classroom/day/test_class_map.py::test_what_was_earned_stays_when_the_evidence_falls",
    ],
    "16 Guidance is off until a teacher turns it on; nothing leaves the building.": [
        "classroom/guidance/test_switch.py::test_a_class_begins_with_guidance_off",
        "invariants/test_nothing_leaves_the_building.py",
    ],
    "17 Help is evidence, never contamination.": [
        "classroom/evidence/test_record.py"
        "::test_help_is_written_down_and_never_makes_an_answer_count_for_nothing",
    ],
}


@pytest.mark.parametrize("invariant", HELD_BY)
def test_each_invariant_is_held_by_tests_that_are_there(invariant):
    for place in HELD_BY[invariant]:
        path, _, name = place.partition("::")
        tree = ast.parse((TESTS / path).read_text())
        named = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        tests = [found for found in named if found.startswith("test_")]
        assert name in tests if name else tests, place
