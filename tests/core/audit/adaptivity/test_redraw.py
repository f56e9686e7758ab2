"""Answers redrawn: by the law, the same whatever is drawn with them; tables counted as scipy counts them."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.audit.adaptivity import difficulty, kernels
from plainview.core.audit.adaptivity.next_item import cells
from plainview.core.audit.adaptivity.redraw import counted, x_log_x_to
from plainview.core.audit.adaptivity.steps import steps_of
from plainview.core.logs.coded import Coded

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "references" / "log_test.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def log():
    rows = np.array(REFERENCE["rows"])
    return Coded.from_arrays(student=rows[:, 0], item=rows[:, 2], correct=rows[:, 3].astype(float))


@pytest.fixture(scope="module")
def steps(log):
    return steps_of(log)


def by_name(log, values):
    """Of item codes, in the order of the reference's items."""
    return [values[log.items.index(str(k))] for k in range(6)]


def test_difficulties_are_those_of_the_pairwise_likelihood(log, steps, monkeypatch):
    monkeypatch.setattr(difficulty, "ROUNDS", 1)
    monkeypatch.setattr(difficulty, "FINE_ENOUGH", 1e-8)
    found = difficulty.difficulties(
        item=steps.item, right=steps.right, windows=steps.windows(5), n_items=steps.n_items
    )
    assert by_name(log, found.difficulty) == pytest.approx(REFERENCE["difficulties"], abs=1e-5)


@pytest.mark.parametrize("case", REFERENCE["conditional"])
def test_answers_come_by_the_exact_conditional_law(case):
    """All patterns, gone through one by one, against forty thousand draws."""
    b = np.array(REFERENCE["difficulties"])
    n, n_draws = len(case["items"]), 40_000
    right = np.zeros(n, np.uint8)
    right[: case["right"]] = 1
    out = np.empty((n, n_draws), np.uint8)
    kernels.redraw(np.exp(-b[case["items"]]), right, np.array([0, n]), 5, 0, out)
    assert out.mean(axis=1) == pytest.approx(case["p"], abs=4 * 0.5 / n_draws**0.5), REFERENCE["made_with"]


@given(
    right=st.lists(st.integers(0, 1), min_size=1, max_size=25),
    odds=st.lists(st.floats(-8, 8), min_size=25, max_size=25),
)
@settings(max_examples=50, deadline=None)
def test_how_many_were_right_in_a_window_never_changes(right, odds):
    y = np.array(right, np.uint8)
    out = np.empty((len(y), 20), np.uint8)
    kernels.redraw(np.exp(np.array(odds[: len(y)])), y, np.array([0, len(y)]), 1, 0, out)
    assert (out.sum(axis=0) == y.sum()).all()


def test_a_draw_is_the_same_whichever_are_drawn_with_it(steps):
    windows, odds = steps.windows(5), np.ones(steps.n)
    whole, part = np.empty((steps.n, 30), np.uint8), np.empty((steps.n, 10), np.uint8)
    kernels.redraw(odds, steps.right, windows, 9, 0, whole)
    kernels.redraw(odds, steps.right, windows, 9, 20, part)
    np.testing.assert_array_equal(whole[:, 20:], part)


def test_tables_are_counted_as_scipy_counts_them(steps):
    table = cells(steps, steps.item.astype(np.int64), steps.item.astype(np.int64))
    g, differ = np.zeros(1), np.zeros(1)
    kernels.tally(table.rows, table.cells, table.strata, steps.right[:, None], x_log_x_to(steps.n), g, differ)
    expected = REFERENCE["table"]
    assert (g[0], differ[0]) == pytest.approx((expected["g"], expected["differ"]), rel=1e-9)
    assert table.entropy() == pytest.approx(expected["entropy"], rel=1e-9), REFERENCE["made_with"]


def test_students_parts_add_up_to_the_whole(steps):
    """I, H and the steps that differ are sums over students: that is what students are drawn by."""
    table = cells(steps, steps.item.astype(np.int64), steps.item.astype(np.int64))
    said, unsure, differ = np.zeros((3, steps.n_students))
    args = (table.rows, table.cells, table.strata, steps.right, steps.student)
    kernels.contributions(*args, said, unsure, differ)
    expected = REFERENCE["table"]
    assert 2 * said.sum() == pytest.approx(expected["g"], rel=1e-9)
    assert unsure.sum() == pytest.approx(expected["entropy"], rel=1e-9)
    assert differ.sum() == pytest.approx(expected["differ"], rel=1e-9)


def test_a_part_is_how_much_the_whole_moves_with_a_student(steps):
    """The parts are slopes: one student of fourteen a little heavier moves I and H by her part."""
    table = cells(steps, steps.item.astype(np.int64), steps.item.astype(np.int64))
    args = (table.rows, table.cells, table.strata, steps.right)
    parts = np.zeros((3, steps.n_students))
    kernels.contributions(*args, steps.student, *parts)
    whole = np.zeros((3, steps.n_students))
    many = np.repeat(np.arange(steps.n), np.where(steps.student == 3, 101, 100))
    place = np.concatenate([[0], np.cumsum(np.where(steps.student == 3, 101, 100))])
    rows = np.concatenate([np.arange(place[r], place[r + 1]) for r in table.rows])
    bounds = np.concatenate([[0], np.cumsum(np.diff(place)[table.rows])])
    kernels.contributions(
        rows, bounds[table.cells], table.strata, steps.right[many], steps.student[many], *whole
    )
    moved = whole.sum(axis=1) - 100 * parts.sum(axis=1)
    # The steps that differ have a kink wherever two shares are equal: in so small a log there are some.
    assert moved[:2] == pytest.approx(parts[:2, 3], rel=0.02, abs=0.02)


def test_blocks_of_draws_change_nothing(steps, monkeypatch):
    from plainview.core.audit.adaptivity import redraw

    table = cells(steps, steps.item.astype(np.int64), steps.item.astype(np.int64))
    args = (steps, np.zeros(steps.n), steps.windows(5), [table])
    (one,) = counted(*args, draws=150, student_draws=20, seed=3)
    monkeypatch.setattr(redraw, "BYTES_AT_ONCE", 1)
    (other,) = counted(*args, draws=150, student_draws=20, seed=3)
    np.testing.assert_allclose(one.g_null, other.g_null)
    assert one.r == other.r
