"""A log as a table that is larger than memory: converted, and in shards."""

import gzip
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plainview.core.logs import counting, order, table
from plainview.core.logs.door import open_log
from plainview.core.logs.read import read
from plainview.core.mendable import Mendable

HEADER = "student,at,item,skills,correct,hints,class"
ROWS = (
    "bo,2025-01-01T09:00:02Z,q2,halves;thirds,0.5,,7b",
    "bo,2025-01-01T09:00:01Z,q1,halves,1,2,7b",
    "eve,2025-01-01T09:00:01Z,q1,halves,0,-1,",
    "bo,2025-01-01T09:00:01Z,q1,thirds,0,3,7b",
    "'=eve,2025-01-01T09:00:03Z,q1,,1,,",
    "eve,never,q1,,1,,",
)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]))
    return path


def test_a_converted_log_has_one_row_an_attempt_in_order(log, tmp_path):
    done = table.convert(log, tmp_path / "out.parquet")
    assert (done.n_attempts, done.n_rows, done.format) == (4, 6, "plainview")
    written = pq.read_table(tmp_path / "out.parquet")
    assert written.column_names == ["student", "at", "item", "skills", "correct", "hints", "class"]
    assert written["student"].to_pylist() == ["bo", "eve", "bo", "=eve"]
    assert written["skills"].to_pylist() == [["halves", "thirds"], ["halves"], ["halves", "thirds"], []]
    assert written["correct"].to_pylist() == [1, 0, 0.5, 1]
    assert written["hints"].to_pylist() == [2, None, None, None]
    assert written["class"].to_pylist() == ["7b", None, "7b", None]
    assert written.schema.field("at").type == pa.timestamp("ms", "UTC")
    assert [told[:30] for told in done.told] == [
        "1 row repeats an attempt, for ", "rows did not stand in order: t",
    ]  # fmt: skip
    assert [fault.line for fault in done.faults.first] == [4, 7]


def in_words(log):
    skills = np.split(np.array(log.skills)[log.skill], log.skill_from[1:-1])
    return [
        (log.students[s], log.items[i], float(c), int(at), row.tolist())
        for s, i, c, at, row in zip(log.student, log.item, log.correct, log.at_ms, skills, strict=True)
    ]


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "out.parquet"])
def test_what_was_converted_is_the_same_log(log, tmp_path, name):
    table.convert(log, tmp_path / name)
    before, after = open_log(log), open_log(tmp_path / name)
    assert after.faults.n == 0
    assert in_words(after.coded) == in_words(before.coded)


def test_converted_csv_is_read_by_the_reader_of_attempts(log, tmp_path):
    table.convert(log, tmp_path / "out.csv.gz")
    text = gzip.decompress((tmp_path / "out.csv.gz").read_bytes()).decode()
    reading = read(io.StringIO(text, newline=""))
    attempts = list(reading)
    assert reading.faults.lines() == []
    assert [attempt.student for attempt in attempts] == ["bo", "eve", "bo", "=eve"]
    assert attempts[0].skills == ("halves", "thirds")


def test_a_log_in_order_is_written_as_it_stands(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("student,at,item,correct\na,1,i,1\nb,2,i,0\n")
    done = table.convert(path, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "student,at,item,correct\na,1,i,1\nb,2,i,0\n"
    assert done.told == ()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log.csv", "out.csv"]


def test_numbers_of_skills_are_written_as_their_names(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "order_id,user_id,problem_id,correct,skill_id,skill_name\n1,7,1,1,1_2,Area\n2,7,2,1,2,Table\n"
    )
    table.convert(path, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["skills"].to_pylist() == [["1", "Table"], ["Table"]]


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_header_alone_becomes_a_log_without_rows(tmp_path, name):
    path = tmp_path / "log.csv"
    path.write_text(HEADER + "\n")
    assert table.convert(path, tmp_path / name).n_attempts == 0
    assert open_log(tmp_path / name).coded.n_rows == 0


def test_what_cannot_be_written_is_a_sentence(log, tmp_path):
    with pytest.raises(Mendable, match=r"expected a name that ends in \.parquet, \.csv or \.csv\.gz"):
        table.convert(log, tmp_path / "out.xlsx")
    rows = pa.table({"student": ["a"], "at": [1], "item": ["i"], "skills": [["a;b"]], "correct": [1.0]})
    with pytest.raises(Mendable, match=r"expected \.parquet instead"):
        table.convert(rows, tmp_path / "out.csv")


def jumbled(n: int, *, seconds: int, skills: int) -> pa.Table:
    """Rows in no order; the fewer seconds there are, the more rows repeat an attempt for another skill."""
    rng = np.random.default_rng(3)
    day = np.datetime64("2025-01-01T00:00:00", "ms")
    return pa.table(
        {
            "student": pa.array([f"s{k}" for k in range(400)]).take(pa.array(rng.integers(0, 400, n))),
            "at": pa.array(day + (rng.integers(0, seconds, n) * 1000).astype("timedelta64[ms]")),
            "item": pa.array([f"i{k}" for k in range(3)]).take(pa.array(rng.integers(0, 3, n))),
            "skills": pa.array([f"k{k}" for k in range(skills)]).take(pa.array(rng.integers(0, skills, n))),
            "correct": pa.array(rng.integers(0, 2, n).astype(np.int8)),
            "class": pa.array([f"room {k}" for k in range(9)]).take(pa.array(rng.integers(0, 9, n))),
        }
    )


def test_merged_some_students_at_a_time_it_is_the_same_log(tmp_path, monkeypatch):
    rows = jumbled(5000, seconds=4, skills=3)
    whole = table.convert(rows, tmp_path / "whole.parquet")
    monkeypatch.setattr(table, "MERGED_AT_ONCE", 300)
    parts = table.convert(rows, tmp_path / "parts.parquet")
    assert whole.n_attempts == parts.n_attempts < 5000
    assert pq.read_table(tmp_path / "parts.parquet") == pq.read_table(tmp_path / "whole.parquet")


@pytest.mark.parametrize("seconds", [10**8, 500], ids=["no row repeats", "rows repeat"])
def test_a_log_in_no_order_that_is_larger_than_memory_is_put_aside(tmp_path, monkeypatch, seconds):
    monkeypatch.setattr(table, "MEMORY", "32MB")
    monkeypatch.setattr(table, "MERGED_AT_ONCE", 20_000)
    monkeypatch.setattr(table, "ROWS_AT_ONCE", 20_000)
    done = table.convert(jumbled(200_000, seconds=seconds, skills=3), tmp_path / "out.parquet")
    at = pq.read_table(tmp_path / "out.parquet")["at"].to_numpy()
    assert np.all(at[1:] >= at[:-1])
    assert (done.n_attempts < 190_000) == (seconds == 500)


def test_a_log_that_cannot_be_put_in_order_here_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MEMORY", "1MB")
    with pytest.raises(Mendable, match=r"could not be put in order here \(Out of Memory Error\): expected"):
        table.convert(jumbled(20_000, seconds=500, skills=3), tmp_path / "out.parquet")


# --- shards ---


@pytest.fixture
def many():
    rng = np.random.default_rng(5)
    n = 3000
    return pa.table(
        {
            "student": [f"s{s}" for s in rng.integers(0, 200, n)],
            "at": np.arange(n),
            "item": rng.integers(0, 20, n),
            "skills": [["a", "b"][: k + 1] for k in rng.integers(0, 2, n)],
            "correct": rng.integers(0, 2, n),
        }
    )


def test_every_attempt_is_in_exactly_one_shard_with_all_of_its_students(many):
    parts = list(table.shards(many, 4))
    assert sum(part.num_rows for part in parts) == many.num_rows
    students = [set(part["student"].to_pylist()) for part in parts]
    assert sum(map(len, students)) == len(set.union(*students)) == 200
    whole = open_log(many).coded
    for i, part in enumerate(parts):
        assert {table.shard_of(student, 4) for student in students[i]} == {i}
        shard = open_log(part).coded
        rows = np.flatnonzero(np.isin(np.array(whole.students)[whole.student], list(students[i])))
        assert np.array_equal(shard.correct, whole.correct[rows])
        assert [shard.students[s] for s in shard.student] == [whole.students[s] for s in whole.student[rows]]


def test_one_shard_alone_is_the_shard_among_all(many):
    for i, part in enumerate(table.shards(many, 3)):
        assert table.shard(many, i, 3).equals(part)


def test_a_students_shard_is_the_same_for_ever():
    assert [table.shard_of(name, 7) for name in ("bo", "eve", "été")] == [3, 4, 3]


def test_more_shards_than_students_leaves_some_empty(log):
    parts = list(table.shards(log, 50))
    assert (len(parts), sum(part.num_rows for part in parts)) == (50, 5)
    assert open_log(next(part for part in parts if not part.num_rows)).coded.n_rows == 0


def test_a_wrong_shard_is_a_sentence(log):
    with pytest.raises(ValueError, match="shard 3 of 3: expected 0 to 2"):
        table.shard(log, 3, 3)
    with pytest.raises(ValueError, match="0 shards: expected at least 1"):
        next(table.shards(log, 0))


# --- order ---


def test_places_in_an_order_of_any_size_are_ordered_as_a_stable_sort_does():
    rng = np.random.default_rng(7)
    for values in (
        rng.integers(-(2**40), 2**40, 500),
        rng.integers(0, 3, 500),
        rng.integers(-(2**60), 2**60, 500),
        np.array([5, 1]),
    ):
        assert order.by_value(values).tolist() == np.argsort(values, kind="stable").tolist()
        least, span = int(values.min()), int(values.max()) - int(values.min())
        compiled = counting.by_value(values, least, -(-span.bit_length() // 16))
        assert compiled.tolist() == np.argsort(values, kind="stable").tolist()
    assert order.by_value(np.array([1, 1, 2])) is None
    assert order.by_value(np.array([], np.int64)) is None
