"""What was known of a student just before each answer, held against counting by hand and by dictionaries."""

from collections import defaultdict
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from tests.core.learner.logistic.logs import HOUR, any_rows, coded

from plainview.core.learner.logistic import columns, past, times
from plainview.core.logs.coded import Coded

NAMES = [column.name for column in columns.PAST]
TIME_NAMES = [column.name for column in columns.TIMES]


def walked(log, *, walk=past.walk, walk_times=times.walk_times, usual=0.6):
    """Both walks over a log whose students take turns: rows come back in the log's own order."""
    groups = log.by_student()
    order = groups.order
    lengths = np.diff(log.skill_from)[order]
    skill_from = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    skill = np.concatenate(
        [log.skill[log.skill_from[r] : log.skill_from[r + 1]] for r in order] or [log.skill]
    ).astype(np.int32)
    told, pairs = np.zeros((log.n_rows, past.N_COLUMNS)), np.zeros((log.n_pairs, 2))
    share, hard = np.full(log.n_items, usual), np.full(log.n_items, log_odds(1 - usual))
    rows = (groups.starts, log.item[order], log.correct[order], skill_from, skill)
    walk(*rows, share, hard, log.n_skills, told, pairs)
    timed = np.zeros((log.n_rows, times.N_COLUMNS))
    walk_times(*rows, log.at_ms[order], log.n_items, log.n_skills, timed)
    back = np.argsort(order)
    return told[back], timed[back]


def log_odds(p):
    return log(p / (1 - p))


def test_every_place_has_a_name():
    assert len(columns.PAST) == past.N_COLUMNS
    assert len(columns.TIMES) == times.N_COLUMNS
    assert len({*NAMES, *TIME_NAMES}) == past.N_COLUMNS + times.N_COLUMNS


def test_three_answers_by_hand():
    """Right, wrong, then a third at the same skill: what the third row knows."""
    log3 = Coded.from_arrays(
        student=["Bo"] * 3,
        item=["a", "b", "a"],
        correct=[1, 0, 1],
        skills=["x"] * 3,
        at_ms=[0, HOUR, 3 * HOUR],
    )
    told, timed = walked(log3)
    third = dict(zip(NAMES, told[2], strict=True)) | dict(zip(TIME_NAMES, timed[2], strict=True))
    kept = 0.5 ** (1 / 5)
    rate = (kept * 0.4 - 0.6) / (kept + 1 + 1)
    assert third["right answers so far"] == pytest.approx(log(2))
    assert third["wrong answers so far at this skill"] == pytest.approx(log(2))
    assert third["right answers so far at this very item"] == pytest.approx(log(2))
    assert third["wrong answers in a row"] == pytest.approx(log(2))
    assert third["share right beyond what such items get, this skill, half-life 5 answers"] == pytest.approx(
        rate
    )
    assert third["last answer of all (right 0.5, wrong -0.5)"] == -0.5
    assert third["last answer at this very item (right 0.5, wrong -0.5)"] == 0.5
    assert third["answers since this very item came last"] == pytest.approx(log(2))
    assert third["hours since the answer before"] == pytest.approx(log(3))
    assert third["hours since this very item came last"] == pytest.approx(log(4))
    assert third["answers at this skill within the last hour"] == 0
    assert third["answers at this skill within the last day"] == pytest.approx(log(3))
    assert third["right answers at this skill within the last day"] == pytest.approx(log(2))


def test_the_first_answer_knows_nothing():
    told, timed = walked(Coded.from_arrays(student=["Bo"], item=["a"], correct=[1], skills=["x"], at_ms=[7]))
    known = {n: v for n, v in zip([*NAMES, *TIME_NAMES], [*told[0], *timed[0]], strict=True) if v}
    assert known == {"first time at this skill": 1.0}


def test_ability_moves_by_elos_rule():
    """One right answer at log-odds 0: both levels move by variance x surprise, damped by the doubt."""
    two = Coded.from_arrays(
        student=["Bo"] * 2, item=["a"] * 2, correct=[1, 1], skills=["x"] * 2, at_ms=[0, 0]
    )
    told, _ = walked(two, usual=0.5)
    told_p = 1 / (1 + exp(0)) * (1 - 0.5)
    damped = 1 + told_p * (past.STUDENT_VARIANCE + past.SKILL_VARIANCE)
    second = dict(zip(NAMES, told[1], strict=True))
    assert second["ability so far, any skill"] == pytest.approx(past.STUDENT_VARIANCE * 0.5 / damped)
    assert second["ability so far at this skill"] == pytest.approx(past.SKILL_VARIANCE * 0.5 / damped)


def counted(log):
    """For each row its student's answers before it, by dictionary: all, and those at the item."""
    seen = defaultdict(list)
    for r in range(log.n_rows):
        s, mine = int(log.student[r]), log.skill[log.skill_from[r] : log.skill_from[r + 1]].tolist()
        yield r, mine, seen[s], [e for e in seen[s] if e[0] == log.item[r]]
        seen[s].append((int(log.item[r]), float(log.correct[r]), mine, int(log.at_ms[r])))


@settings(max_examples=40, deadline=None)
@given(rows=any_rows)
def test_counts_are_what_dictionaries_count(rows):
    log1 = coded(rows)
    told, timed = walked(log1)
    for r, mine, before, at_item in counted(log1):
        row = dict(zip(NAMES, told[r], strict=True)) | dict(zip(TIME_NAMES, timed[r], strict=True))
        at_skill = [[e for e in before if k in e[2]] for k in mine]
        week = [[e for e in es if log1.at_ms[r] - e[3] <= 7 * 24 * HOUR] for es in at_skill]
        assert row["right answers so far"] == pytest.approx(np.log1p(sum(e[1] for e in before)))
        assert row["wrong answers so far at this very item"] == pytest.approx(
            np.log1p(sum(1 - e[1] for e in at_item))
        )
        assert row["right answers so far at this skill"] == pytest.approx(
            mean([np.log1p(sum(e[1] for e in es)) for es in at_skill])
        )
        assert row["first time at this skill"] == pytest.approx(mean([float(not es) for es in at_skill]))
        assert row["answers at this skill within the last week"] == pytest.approx(
            mean([np.log1p(len(es)) for es in week])
        )
        assert row["right answers at this skill within the last week"] == pytest.approx(
            mean([np.log1p(sum(e[1] for e in es)) for es in week])
        )


def mean(values):
    return sum(values) / len(values) if values else 0


@settings(max_examples=40, deadline=None)
@given(rows=any_rows)
def test_a_later_answer_changes_nothing_before_it(rows):
    flipped = [*rows[:-1], (*rows[-1][:2], 1 - rows[-1][2], *rows[-1][3:])]
    for before, after in zip(walked(coded(rows)), walked(coded(flipped)), strict=True):
        assert np.array_equal(before, after)


@settings(max_examples=10, deadline=None)
@given(rows=any_rows)
def test_the_compiled_walk_is_the_plain_one(rows):
    from plainview.core.learner.logistic import compiled

    plain = walked(coded(rows))
    fast = walked(coded(rows), walk=compiled.walk, walk_times=compiled.walk_times)
    for one, other in zip(plain, fast, strict=True):
        assert np.allclose(one, other, rtol=1e-12, atol=1e-12)
