"""Some students of a long log, the same ones every time."""

import numpy as np

from plainview.core.logs.coded import Coded
from plainview.core.logs.spaced import some


def log_of(n_students: int, each: int) -> Coded:
    n = n_students * each
    return Coded.from_arrays(
        student=np.repeat(np.arange(n_students), each), item=np.arange(n) % 7, correct=np.arange(n) % 2
    )


def test_a_log_that_is_short_enough_stays_itself():
    log = log_of(10, 3)
    assert some(log, 30) is log


def test_students_are_evenly_spaced_from_the_first_to_the_last_with_all_their_rows():
    found = some(log_of(101, 4), 44)
    assert found.students == tuple(str(n) for n in range(0, 101, 10))
    assert found.n_rows == 44
    assert found.n_items == 7


def test_there_are_never_fewer_students_than_asked_for():
    assert some(log_of(50, 10), 30, fewest=20).n_students == 20
