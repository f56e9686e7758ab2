"""What knowledge tracing needs of a log, by hand."""

import pyarrow as pa

from plainview.core.cannot_say import CannotSay
from plainview.core.runners.histories import HISTORIES, RIGHT, ROWS, STUDENTS, fit, histories, told
from plainview.core.runners.run import run


def log(*rows: tuple[str, int, str, list[str], float]) -> pa.Table:
    return pa.table(
        dict(zip(("student", "at", "item", "skills", "correct"), zip(*rows, strict=True), strict=True))
    )


SMALL = log(
    ("ada", 1, "q1", ["add"], 1.0),
    ("ada", 2, "q2", ["add", "carry"], 0.0),
    ("bo", 1, "q1", ["add"], 1.0),
    ("bo", 2, "q2", ["add", "carry"], 0.0),
    ("cy", 1, "q3", [], 0.5),
    ("cy", 2, "q2", ["carry"], 0.25),
)


def counted(table: pa.Table) -> dict[tuple[str, bytes], int]:
    return {(one["skill"], one["history"]): one["n"] for one in table.to_pylist()}


def test_students_who_answered_alike_are_counted_together():
    found = counted(histories(SMALL))
    # A byte an answer, in hundredths: right then wrong is 100, 0.
    assert found["add", bytes([100, 0])] == 2
    assert found["carry", bytes([0])] == 2
    assert found["carry", bytes([25])] == 1


def test_the_log_as_a_whole_is_told_beside():
    found = counted(run(HISTORIES, SMALL, n_shards=3, n_threads=1))
    assert (found[STUDENTS, b""], found[ROWS, b""], found[RIGHT, b""]) == (3, 6, 275)
    assert len(found) == 6


def test_each_history_stands_once_with_how_often_it_was_seen():
    sums = run(HISTORIES, SMALL, n_shards=2, n_threads=1)
    found = told(sums.filter([not name.startswith("\x00") for name in sums["skill"].to_pylist()]))
    assert found.values.tolist() == [0.0, 0.25, 1.0]
    assert found.lengths.tolist() == [2, 1, 1]
    assert found.times.tolist() == [2, 2, 1]
    assert found.value.tolist() == [2, 0, 0, 1]


def test_too_few_students_cannot_say_from_sums_either():
    found = fit(run(HISTORIES, SMALL, n_shards=2, n_threads=1))
    assert isinstance(found, CannotSay)
    assert "3 students" in found.reason
    nothing = fit(run(HISTORIES, SMALL.slice(0, 0), n_shards=2, n_threads=1))
    assert isinstance(nothing, CannotSay)
