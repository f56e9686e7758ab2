"""What practice costs, and how adaptive a test is: by hand, and against a second implementation."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.audit.adaptivity.degree import abilities, degree, degrees
from plainview.core.audit.adaptivity.opportunities import expected_opportunities
from plainview.core.audit.adaptivity.over_practice import over_practice
from plainview.core.audit.adaptivity.sequences import NEVER, Tracing, sequences, traced
from plainview.core.audit.adaptivity.stopping import equity_of_stopping
from plainview.core.audit.adaptivity.wheel_spinning import wheel_spinning
from plainview.core.audit.adaptivity.white import white
from plainview.core.learner.bkt import Skill, after_answer
from plainview.core.logs.coded import Coded
from plainview.core.tutors.taught import World, simulate

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "references" / "log_test.json").read_text(encoding="utf-8")
)


def log_of(**answers):
    """A student each, "110" her answers to one skill."""
    rows = [(name, int(answer)) for name, each in answers.items() for answer in each]
    return Coded.from_arrays(
        student=[name for name, _ in rows],
        item=["i"] * len(rows),
        correct=[float(answer) for _, answer in rows],
        skills=["s"] * len(rows),
    )


ANSWERS = {"ana": "111", "ben": "0110111", "cem": "0101010101", "dia": "010", "eva": "00000000001110"}


def test_three_in_a_row_is_found_where_it_is():
    assert sequences(log_of(**ANSWERS)).in_a_row().tolist() == [3, 7, NEVER, NEVER, 13]


def test_a_run_does_not_go_on_from_one_student_to_the_next():
    assert sequences(log_of(ana="11", ben="1")).in_a_row().tolist() == [NEVER, NEVER]


def test_wheel_spinning_by_hand():
    """Two are in time; two have had ten without; one has too few to tell."""
    found = wheel_spinning(sequences(log_of(**ANSWERS)))
    assert (found.n_mastered, found.n_spinning, found.n_indeterminate) == (2, 2, 1)
    assert found.share_spinning == 0.5 and found.attempts_spinning == 24 / 37
    assert found.interval.low < 0.5 < found.interval.high


def test_practice_after_and_before_mastery_by_hand():
    seen = sequences(log_of(**ANSWERS))
    found = over_practice(seen, seen.in_a_row(), criterion="three right in a row")
    assert found.over == 1 / 37 and found.under == 2 / 5


def test_tracing_is_that_of_the_classroom():
    seen, skill = sequences(log_of(**ANSWERS)), Skill(p_known=0.2, p_learn=0.15, p_guess=0.2, p_slip=0.1)
    numbers = Tracing(
        **{k: np.array([getattr(skill, f"p_{k}")]) for k in ("known", "learn", "guess", "slip")}
    )
    found, p = traced(seen, numbers), 0.2
    for n, answer in enumerate(ANSWERS["ana"]):
        p = after_answer(p, answer == "1", skill)
        assert found[n] == pytest.approx(p, abs=1e-12)
    p = 0.2
    for n, answer in enumerate(ANSWERS["ben"]):
        p = after_answer(p, answer == "1", skill)
        assert found[3 + n] == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize("case", REFERENCE["opportunities"])
def test_expected_attempts_are_those_of_the_whole_tree(case):
    skill = Skill(**dict(zip(("p_known", "p_learn", "p_guess", "p_slip"), case["skill"], strict=True)))
    found = expected_opportunities(skill, criterion=case["criterion"], most=case["most"])
    assert found.attempts == pytest.approx(case["attempts"], abs=2e-3), REFERENCE["made_with"]
    assert found.never == pytest.approx(case["never"], abs=5e-4)


def test_a_skill_that_is_known_needs_no_attempt():
    assert expected_opportunities(Skill(p_known=0.96, p_learn=0.1, p_guess=0.2, p_slip=0.1)).attempts == 0


def test_effort_and_score_by_hand():
    """Held to know from the second attempt: two of effort; afterwards one of one right, and none of two."""
    seen = sequences(log_of(ana="011", ben="0100"))
    found = white(seen, np.array([0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.9]), 0.5)
    assert (found.effort, found.score, found.reached, found.n_with_score) == (2.0, 0.5, 1.0, 2)
    assert white(seen, np.full(7, 0.1), 0.5).score is None


def test_a_rule_that_stops_too_soon_serves_slower_students_worse():
    """Simulated: the quick learn at .5 an attempt, the slow at .1; the rule stops all after three."""
    chance, rows = np.random.default_rng(3), []
    for student in range(200):
        learns = 0.5 if student % 2 else 0.1
        for skill in range(4):
            known = chance.random() < (0.5 if student % 2 else 0.1)
            for _ in range(8):
                rows.append((student, skill, float(chance.random() < (0.9 if known else 0.2))))
                known |= chance.random() < learns
    student, skill, right = zip(*rows, strict=True)
    seen = sequences(Coded.from_arrays(student=student, item=skill, correct=right, skills=np.array(skill)))
    found = equity_of_stopping(seen, np.full(seen.n, 3))
    assert found.gap_interval.low > 0.03
    assert found.slower.after < found.faster.after and found.slower.effort == 3


def test_the_indices_of_degree_are_those_of_the_formulas():
    case = REFERENCE["degree"]
    given = [np.array(one) for one in case["given"]]
    found = degree(given, np.array(case["ability"]), np.array(case["pool"]))
    assert (found.correlation, found.spread, found.reduced) == pytest.approx(
        (case["correlation"], case["spread"], case["reduced"]), rel=1e-9
    ), REFERENCE["made_with"]


def test_an_adaptive_test_lies_by_the_best_and_a_draw_by_chance_lies_by_chance():
    seen = {}
    for name in ("cat", "random"):
        made = simulate(name, World(n_students=100), seed=4)
        by = made.coded.by_student()
        given = [made.difficulty[by.of(s)] for s in range(100)]
        right = [made.coded.correct[by.of(s)].astype(float) for s in range(100)]
        pool = np.unique(made.difficulty)
        seen[name] = degrees(given, abilities(given, right), pool, seed=1)
    cat, drawn = seen["cat"], seen["random"]
    assert cat.seen.correlation > 0.8 and cat.seen.information > 0.9
    assert cat.seen.reduced > drawn.seen.reduced + 0.3
    assert drawn.seen.information == pytest.approx(drawn.by_chance.information, abs=0.05)
