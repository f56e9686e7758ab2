"""Each row to its student's place, compiled. Import it only where it pays: it loads the compiler.

In:   the columns of a log, where each student's rows begin.
Out:  rows of item, skill, place in the log, and answer: first by heaps of students, then by student.
Not here: when to use it (elo_rows).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def count(student: NDArray[np.int32], n: NDArray[np.int64]) -> None:
    """(n_students,) answers of each, added to ``n``; numpy would take eight bytes a row for it."""
    for who in student:
        n[who] += 1


@njit(cache=True, nogil=True)
def part(
    student: NDArray[np.int32],
    item: NDArray[np.int32],
    correct: NDArray[np.float32],
    skill: NDArray[np.int32],
    skill_from: NDArray[np.int64],
    item_known: NDArray[np.int32],
    skill_known: NDArray[np.int32],
    heap_of: NDArray[np.int32],  # (n_students,) where each goes; -1: not now
    free: NDArray[np.int64],  # (n_heaps,) where the next row of each heap goes; moved on
    told: NDArray[np.int32],  # (n_rows here, 5) written: item, skill, place in the log, answer, student
    right: NDArray[np.float32],  # the fourth column of it
) -> None:
    """One pass through the log; rows of other students are passed by."""
    for row in range(student.size):
        heap = heap_of[student[row]]
        if heap < 0:
            continue
        at = free[heap]
        free[heap] = at + 1
        begin, end = skill_from[row], skill_from[row + 1]
        told[at, 0] = item_known[item[row]]
        told[at, 1] = -2 if end - begin > 1 else -1 if end == begin else skill_known[skill[begin]]
        told[at, 2] = row
        right[at] = correct[row]
        told[at, 4] = student[row]


@njit(cache=True, nogil=True)
def settle(
    told: NDArray[np.int32],  # (n_rows, 5) of one heap
    first: int,  # its first student
    free: NDArray[np.int64],  # (n_students of it,) where the next row of each goes; moved on
    out: NDArray[np.int32],  # (n_rows, 4) written
) -> None:
    """Each row to its student's place, within what the processor has at hand."""
    for row in range(told.shape[0]):
        who = told[row, 4] - first
        at = free[who]
        free[who] = at + 1
        for column in range(4):
            out[at, column] = told[row, column]
