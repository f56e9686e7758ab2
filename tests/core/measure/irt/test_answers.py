"""Reading answers: equal rows counted once, categories renumbered, nobody lost."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plainview.core.measure.irt import answers as module
from plainview.core.measure.irt.answers import coded

TABLES = arrays(
    float,
    st.tuples(st.integers(1, 30), st.integers(1, 6)),
    elements=st.sampled_from([0.0, 1.0, 3.0, np.nan]),
)


@settings(max_examples=60, deadline=None)
@given(table=TABLES)
def test_every_student_finds_her_own_row_again(table):
    found = coded(table)
    for student, row in enumerate(table):
        kept = row[found.kept]
        if np.isnan(kept).all():
            assert found.of_row[student] == -1
            continue
        codes = found.codes[found.of_row[student]]
        back = [np.nan if k < 0 else found.categories[j][k] for j, k in zip(found.kept, codes, strict=True)]
        assert np.array_equal(back, kept, equal_nan=True)
    assert found.n_students == (found.of_row >= 0).sum()
    assert found.complete == (not np.isnan(table[found.of_row >= 0][:, found.kept]).any())


@settings(max_examples=30, deadline=None)
@given(table=TABLES)
def test_rows_as_numbers_and_rows_as_rows_are_counted_alike(table):
    codes = np.where(np.isnan(table), -1, table).astype(np.int8)
    first, where, counts = module._equal_rows(codes)
    different, times = np.unique(codes, axis=0, return_counts=True)
    assert np.array_equal(codes[first][where], codes)
    assert np.array_equal(np.unique(codes[first], axis=0), different)
    assert sorted(counts) == sorted(times)


def test_rows_too_long_for_a_number_are_compared_as_rows():
    codes = np.random.default_rng(1).integers(0, 30, (40, 24)).astype(np.int8)
    first, where, _ = module._equal_rows(np.concatenate([codes, codes]))
    assert len(first) == 40
    assert np.array_equal(where[:40], where[40:])


def test_students_are_sorted_by_how_much_they_got():
    table = np.random.default_rng(2).integers(0, 2, (50, 30)).astype(float)
    scores = coded(table).codes.sum(axis=1)
    assert (np.diff(scores) >= 0).all()
