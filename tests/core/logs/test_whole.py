"""A whole log with the columns that a question asks for."""

import numpy as np
import pytest

from plainview.core.logs.door import open_log
from plainview.core.logs.whole import whole

LOG = """student,at,item,skills,correct,assigned_by,class,response_ms,difficulty
ana,2025-03-01T09:00:00Z,i1,add;carry,1,algorithm,3b,1200,.5
ben,2025-03-01T09:01:00Z,i2,,0,teacher,,,
ana,2025-03-01T09:02:00Z,i2,add,0,algorithm,3b,900,1.25
ana,2025-03-01T09:03:00Z,i3,add,2,algorithm,3b,900,1.25
"""


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def test_the_log_is_what_the_door_reads(log):
    """Whoever asks with columns or without asks of the same attempts."""
    found, plain = whole(log).coded, open_log(log).coded
    for column in ("student", "item", "correct", "skill", "skill_from", "at_ms"):
        np.testing.assert_array_equal(getattr(found, column), getattr(plain, column))
    assert (found.students, found.items, found.skills) == (plain.students, plain.items, plain.skills)


def test_columns_stand_beside_their_rows(log):
    found = whole(log, columns=("assigned_by", "class", "response_ms", "difficulty", "school"))
    assert found.text("assigned_by").is_a("algorithm").tolist() == [True, False, True]
    assert found.text("class").codes.tolist() == [0, -1, 0] and found.text("class").names == ("3b",)
    np.testing.assert_array_equal(found.number("response_ms"), [1200, np.nan, 900])
    assert found.number("difficulty").tolist()[0] == 0.5
    assert found.text("school") is None and "school" not in found.others


def test_a_blank_is_none_of_the_names(log):
    assert not whole(log, columns=("class",)).text("class").is_a("3b")[1]


def test_a_log_is_parsed_once_and_its_faults_are_told_each_time(log, tmp_path):
    first = whole(log, kept=tmp_path / "kept.parquet")
    log.unlink()
    again = whole(log, columns=("class",), kept=tmp_path / "kept.parquet")
    assert again.faults == first.faults and again.faults.n == 1 and again.faults.lines() != []
    assert (again.told, again.n_rows, again.coded.n_rows) == (first.told, first.n_rows, 3)


def test_skills_of_a_log_with_several_windows_stay_with_their_rows(tmp_path, monkeypatch):
    """Row groups have their own codes; the log has one for each name."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lists = [["a"], [], ["b", "a"], ["c"], ["a"], ["b"]]
    table = pa.table(
        {
            "student": ["s1", "s1", "s2", "s2", "s3", "s1"],
            "at": list(range(6)),
            "item": ["x", "y", "x", "z", "y", "z"],
            "skills": lists,
            "correct": [1.0] * 6,
        }
    )
    path = tmp_path / "log.parquet"
    pq.write_table(table, path, row_group_size=2)
    found = whole(path).coded
    named = [
        [found.skills[k] for k in found.skill[found.skill_from[r] : found.skill_from[r + 1]]]
        for r in range(6)
    ]
    assert named == lists
    assert [found.students[s] for s in found.student] == table["student"].to_pylist()


def test_a_column_that_no_log_has_is_refused(log):
    with pytest.raises(ValueError, match="colour"):
        whole(log, columns=("colour",))


def test_an_empty_log_is_an_empty_log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("student,at,item,correct\n", encoding="utf-8")
    assert whole(path, columns=("class",)).coded.n_rows == 0
