"""Small cells: kept back, and not to be worked out from totals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.audit.fairness.cells import shown_rows, to_show


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([100, 50, 30], [True, True, True]),
        ([100, 50, 9], [True, False, False]),  # one alone could be worked out: the next smallest goes too
        ([100, 6, 7], [True, False, False]),  # two that hold ten together
        ([100, 4, 5], [False, False, False]),  # two of nine together still point at children
        ([100, 0, 50], [True, True, True]),  # nobody is nobody
        ([5, 100], [False, False]),
    ],
)
def test_a_row(counts, shown):
    assert to_show(counts).tolist() == shown


def test_a_table_is_safe_along_both_axes():
    counts = np.array([[30, 5, 40], [25, 60, 35], [50, 45, 55]])
    hidden = ~to_show(counts)
    assert hidden[0, 1]
    assert all(n != 1 for n in [*hidden.sum(axis=0), *hidden.sum(axis=1)])


@given(st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_hidden_cell_can_be_worked_out(rows):
    counts = np.array(rows)
    shown = to_show(counts)
    assert not (shown & (counts > 0) & (counts < 10)).any()
    for lines, mask in ((counts, shown), (counts.T, shown.T)):
        for line, seen in zip(lines, mask, strict=True):
            kept_back = ~seen
            if kept_back.any() and (seen & (line > 0)).any():
                assert kept_back.sum() >= 2 and line[kept_back].sum() >= 10


def test_the_name_stays_and_the_numbers_go():
    rows = shown_rows([("a", 0.5, 200), ("b", 0.1, 20), ("c", 0.9, 3)], [200, 20, 3])
    assert rows == (("a", 0.5, 200), ("b", "suppressed", "suppressed"), ("c", "suppressed", "suppressed"))
