"""What comes through the door: any table, whole or awkward."""

import gzip
import io

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.logs.door import open_log
from plainview.core.logs.faults import MOST_SHOWN
from plainview.core.logs.read import read
from plainview.core.mendable import Mendable

HEADER = "student,at,item,skills,correct"
PLAIN = f"{HEADER}\nbo,1,q1,halves,1\neve,1,q1,halves,0\nbo,2,q2,halves;thirds,0.5\neve,2,q2,,1\n"


@pytest.fixture
def opened(tmp_path):
    def opening(content: str | bytes, name="log.csv", **choices):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return open_log(path, **choices)

    return opening


def faults(found):
    """Without the folder."""
    return [line.partition("log.csv")[2] for line in found.faults.lines()]


def test_a_plain_log_is_read(opened):
    found = opened(PLAIN)
    log = found.coded
    assert log.students == ("bo", "eve")
    assert log.items == ("q1", "q2")
    assert log.skills == ("halves", "thirds")
    assert log.student.tolist() == [0, 1, 0, 1]
    assert log.correct.tolist() == [1, 0, 0.5, 1]
    assert log.skill.tolist() == [0, 0, 0, 1]
    assert log.skill_from.tolist() == [0, 1, 2, 4, 4]
    assert log.at_ms is None
    assert found.sentences() == [
        "4 attempts of 2 students at 2 items with 2 skills, from 4 rows (plainview).",
        "1 attempt names no skill: kept, without one.",
    ]
    assert faults(found) == []


def same_log(one, other):
    return (
        one.coded.student.tolist() == other.coded.student.tolist()
        and one.coded.skill.tolist() == other.coded.skill.tolist()
        and one.coded.correct.tolist() == other.coded.correct.tolist()
        and one.coded.students == other.coded.students
        and one.coded.skills == other.coded.skills
    )


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        PLAIN.replace(",", "\t"),
        PLAIN.replace(";", "|").replace(",", ";").replace("|", "; "),
        PLAIN.rstrip(),
        PLAIN.replace("\n", "\n\n"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("halves", '"halves"'),
        PLAIN.replace("\n", ",x\n").replace("correct,x", "correct,mood"),
    ],
    ids=["crlf", "bom", "tab", "semicolon", "no end", "blank lines", "utf-16", "quotes", "another column"],
)
def test_the_same_log_in_other_clothes_is_the_same_log(opened, content):
    content = content.replace("halves; thirds", '"halves; thirds"') if isinstance(content, str) else content
    found = opened(content)
    assert same_log(found, opened(PLAIN, "plain.csv"))
    assert faults(found) == []


def test_a_packed_log_is_the_same_log(opened):
    assert same_log(opened(gzip.compress(PLAIN.encode()), "log.csv.gz"), opened(PLAIN))


TYPED = pa.table(
    {
        "student": ["bo", "eve", "bo", "eve"],
        "at": pa.array([1, 1, 2, 2], pa.int32()),
        "item": ["q1", "q1", "q2", "q2"],
        "skills": [["halves"], ["halves"], ["halves", "thirds"], []],
        "correct": [1, 0, 0.5, 1],
    }
)


def test_a_typed_table_is_the_same_log(opened, tmp_path):
    pyarrow.parquet.write_table(TYPED, tmp_path / "log.parquet")
    pyarrow.feather.write_feather(TYPED, tmp_path / "log.arrow", compression="uncompressed")
    (tmp_path / "parts").mkdir()
    pyarrow.parquet.write_table(TYPED[:1], tmp_path / "parts" / "a.parquet")
    pyarrow.parquet.write_table(TYPED[1:], tmp_path / "parts" / "b.parquet")
    for log in (TYPED, tmp_path / "log.parquet", tmp_path / "log.arrow", tmp_path / "parts"):
        assert same_log(open_log(log), opened(PLAIN))


def test_whole_numbers_flags_and_times_of_a_table_are_read():
    times = pa.array([2000, 1000], pa.timestamp("ms", "UTC"))
    table = pa.table({"student": [7.0, 8.0], "at": times, "item": [1, 2], "correct": [True, False]})
    log = open_log(table).coded
    assert (log.students, log.items) == (("7", "8"), ("1", "2"))
    assert (log.at_ms.tolist(), log.correct.tolist(), log.student.tolist()) == ([1000, 2000], [0, 1], [1, 0])


def test_a_fault_in_a_table_is_told_by_its_row():
    table = pa.table(
        {"student": ["a", None], "at": [1, 2], "item": ["i", "j"], "correct": [2.0, float("nan")]}
    )
    found = open_log(table)
    assert found.coded.n_rows == 0
    assert found.faults.lines() == [
        "the table, row 1, column 'correct': found '2.0', expected a number from 0 to 1.",
        "the table, row 2, column 'correct': found 'nan', expected a number from 0 to 1.",
        "the table, row 2, column 'student': found nothing, expected text.",
    ]


# --- times ---


@pytest.mark.parametrize(
    "cell, ms",
    [
        ("2025-02-28T09:15:00Z", 1740734100000),
        ("2025-02-28T11:15:00+02:00", 1740734100000),
        ("2025-02-28 09:15:00", 1740734100000),
        ("2025-02-28 09:15:00.25", 1740734100250),
        ("2025-02-28T09:15:00.123456Z", 1740734100123),
        ("2025-02-28T09:15:00.1234567Z", 1740734100123),
        ("2025-02-28", 1740700800000),
        ("1969-12-31T23:59:59Z", -1000),
    ],
)
def test_a_time_is_milliseconds_since_1970(opened, cell, ms):
    assert opened(f"{HEADER}\na,{cell},i,,1\n").coded.at_ms.tolist() == [ms]


def test_times_of_many_forms_stand_in_one_file(opened):
    log = opened(
        f"{HEADER}\na,2025-01-01T00:00:00Z,i,,1\na,2025-01-01T02:00:00+02:00,j,,1\na,2025-01-01,k,,1\n"
    )
    assert set(log.coded.at_ms.tolist()) == {1735689600000}


def test_wrong_times_among_many_are_found_each_by_its_line(opened):
    good = [f"2025-01-01T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(12_000)]
    cells = [cell + ("", "Z", "+00:00")[n % 3] for n, cell in enumerate(good)]
    for n, wrong in {
        5: "2025-02-31T00:00:00Z",
        5000: "x",
        7000: "17",
        9000: "2025-02-31T00:00:00",
        11999: "",
    }.items():
        cells[n] = wrong
    found = opened(f"{HEADER}\n" + "".join(f"a,{cell},i{n},,1\n" for n, cell in enumerate(cells)))
    assert [fault.line for fault in found.faults.first] == [7, 5002, 7002, 9002, 12001]
    assert found.coded.n_rows == 11_995
    assert np.array_equal(found.coded.at_ms[:5] - 1735689600000, np.arange(5) * 1000)


@pytest.mark.parametrize(
    "options, cell, ms",
    [
        ({"at": "s"}, "1740734100", 1740734100000),
        ({"at": "s"}, "1740734100.5", 1740734100500),
        ({"at": "ms"}, "1740734100000", 1740734100000),
        ({"at": "us"}, "1740734100000000", 1740734100000),
        ({"at_format": "%d/%m/%Y %H:%M"}, "28/02/2025 09:15", 1740734100000),
        ({"at_format": "%d/%m/%Y %H:%M:%S.%f"}, "28/02/2025 09:15:00.5", 1740734100500),
    ],
)
def test_a_mapping_says_what_a_time_looks_like(opened, options, cell, ms):
    mapping = {"student": "who", "at": "when", "item": "what", "correct": "right", "options": options}
    found = opened(f"who,when,what,right\na,{cell},i,1\n", mapping=mapping)
    assert found.coded.at_ms.tolist() == [ms]


def test_rows_are_put_in_order_and_the_reader_is_told(opened):
    found = opened(f"{HEADER}\na,3,k,,1\nb,1,i,,0\na,2,j,,0\n")
    assert found.coded.items[found.coded.item[0]] == "i"
    assert found.coded.correct.tolist() == [0, 0, 1]
    assert "rows did not stand in the order of their place in the order: they are put in order" in found.told


def test_an_order_of_each_students_own_is_left_as_it_stands(opened):
    found = opened(f"{HEADER}\na,1,i,,1\na,2,j,,0\nb,1,i,,1\nb,2,j,,0\n")
    assert found.coded.student.tolist() == [0, 0, 1, 1]
    assert found.told == ("4 attempts name no skill: kept, without one",)


# --- attempts that are repeated ---


def test_rows_that_repeat_an_attempt_once_per_skill_are_one_attempt(opened):
    found = opened(f"{HEADER}\na,1,i,halves,1\nb,1,i,halves,0\na,1,i,thirds,1\na,2,i,halves,1\n")
    log = found.coded
    assert log.student.tolist() == [0, 1, 0]
    assert [log.skills[s] for s in log.skill[log.skill_from[0] : log.skill_from[1]]] == ["halves", "thirds"]
    assert any(said.startswith("1 row repeats an attempt once per skill") for said in found.told)


def test_a_row_that_stands_twice_counts_once(opened):
    found = opened(f"{HEADER}\na,1,i,halves,1\na,1,i,halves,0\n")
    assert (found.coded.n_rows, found.coded.skill.tolist(), found.coded.correct.tolist()) == (1, [0], [1])
    assert found.told[:2] == (
        "1 row repeats an attempt, with nothing new: counted once",
        "1 of the repeated rows have another answer: the first one is kept",
    )


def test_a_day_is_no_moment_so_the_same_item_twice_on_it_stays(opened):
    twice = f"{HEADER}\na,2025-01-01,i,halves,0\na,2025-01-01,i,halves,1\n"
    assert opened(twice).coded.n_rows == 2


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)), max_size=30
    )
)
@settings(deadline=None)
def test_merging_agrees_with_a_dictionary(rows):
    attempts = dict[tuple[int, int, int], list[int]]()
    for student, at, item, skill in rows:
        skills = attempts.setdefault((at, student, item), [])
        if skill not in skills:
            skills.append(skill)
    table = pa.table(
        {
            "student": pa.array([str(row[0]) for row in rows], pa.string()),
            "at": pa.array([row[1] for row in rows], pa.int64()),
            "item": pa.array([str(row[2]) for row in rows], pa.string()),
            "skills": pa.array([str(row[3]) for row in rows], pa.string()),
            "correct": pa.array([1.0 for _ in rows], pa.float64()),
        }
    )
    log = open_log(table).coded
    found = {
        (int(log.students[log.student[r]]), int(log.items[log.item[r]])): [
            int(log.skills[s]) for s in log.skill[log.skill_from[r] : log.skill_from[r + 1]]
        ]
        for r in range(log.n_rows)
    }
    assert log.n_rows == len(attempts)
    last = {
        (student, item): skills
        for (_, student, item), skills in sorted(attempts.items(), key=lambda a: a[0][0])
    }
    assert found == last


# --- faults ---


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "a,31/02/2025,i,,1",
            ", line 3, column 'at': found '31/02/2025', expected a place in the order, as in the",
        ),
        ("a,5,i,,yes", ", line 3, column 'correct': found 'yes', expected a number from 0 to 1."),
        ("a,5,i,,1.5", ", line 3, column 'correct': found '1.5', expected a number from 0 to 1."),
        ("a,5,i,,nan", ", line 3, column 'correct': found 'nan', expected a number from 0 to 1."),
        ("a,5,i,,0_1", ", line 3, column 'correct': found '0_1', expected a number from 0 to 1."),
        ("a,5,i,,", ", line 3, column 'correct': found nothing, expected a number from 0 to 1."),
        (",5,i,,1", ", line 3, column 'student': found nothing, expected text."),
        ("  ,5,i,,1", ", line 3, column 'student': found nothing, expected text."),
        (
            "a,,i,,1",
            ", line 3, column 'at': found nothing, expected a place in the order, as in the rows before.",
        ),
        ("a,5,i", ", line 3: found 3 cells, expected 5, as in the header."),
        ("a,5,i,,1,9", ", line 3: found 6 cells, expected 5, as in the header."),
        ("a,2025-01-01,i,,1", "found '2025-01-01', expected a place in the order, as in the rows before."),
        ("a,99999999999999999999,i,,1", "found '99999999999999999999', expected a place in the order"),
        ("a,-5,i,,1", "found '-5', expected a place in the order, as in the rows before."),
    ],
)
def test_a_fault_says_where_what_and_what_was_expected_and_the_rest_is_read(opened, row, fault):
    found = opened(f"{HEADER}\na,0,first,,1\n{row}\na,9,last,,1\n")
    assert found.coded.items == ("first", "last")
    (line,) = faults(found)
    assert fault in line


def test_lines_are_counted_through_quotes_blank_lines_and_rows_that_are_none(opened):
    rows = ['a,0,"two\nlines",,1', "", "a,1,i", 'a,2,"x\r\ny\n",,no', "a,3,i,,2", ",4,i,,1"]
    found = opened(f"{HEADER}\n" + "\n".join(rows) + "\n")
    assert [fault.line for fault in found.faults.first] == [5, 6, 9, 10]


def test_a_header_may_go_over_lines(opened):
    found = opened('student,at,item,correct,"what\nelse"\na,1,i,no,x\n')
    assert [fault.line for fault in found.faults.first] == [3]


def test_bytes_that_are_not_utf8_are_a_fault_of_their_cell(opened):
    found = opened(f"{HEADER}\na,1,caf\xe9,,1\nb,2,i,,1\n".encode("latin-1"))
    assert found.coded.students == ("b",)
    assert faults(found) == [
        ", line 2, column 'item': found bytes that are not UTF-8, expected a file in UTF-8."
    ]


def test_fifty_faults_are_shown_and_each_kind_is_counted(opened):
    rows = "".join(f"a,{i},i,,no\n" for i in range(70)) + "b,1\n" * 3
    found = opened(f"{HEADER}\n{rows}")
    assert (found.faults.n, len(found.faults.first)) == (73, MOST_SHOWN)
    assert found.faults.kinds() == [
        "70 in column 'correct': expected a number from 0 to 1",
        "3 in whole rows: expected 5, as in the header",
    ]


def test_a_file_of_nothing_but_wrong_rows_is_counted(opened):
    found = opened(f"{HEADER}\n" + "a;b;c\n" * 200)
    assert (found.n_rows, found.faults.n, len(found.faults.first), found.coded.n_rows) == (
        200,
        200,
        MOST_SHOWN,
        0,
    )


def test_the_first_faults_are_told_in_the_order_of_their_lines(opened):
    rows = "".join(f"{'' if i % 2 else 'a'},{i},i,,{1 if i % 2 else 'no'}\n" for i in range(200))
    found = opened(f"{HEADER}\n{rows}")
    assert [fault.line for fault in found.faults.first] == list(range(2, 52))


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("", "found an empty file, expected a header with student, at, item, correct."),
        ("\n\n", "found an empty file, expected a header with student, at, item, correct."),
        ("student,at,item\na,1,i\n", "column 'correct': found no such column, expected it in the header."),
        (
            "student,at,item,item,correct\na,1,i,j,1\n",
            "column 'item': found it more than once, expected each",
        ),
        ("mood,weather\n1,2\n", "is of no format that is known here"),
    ],
    ids=["empty", "blank", "no column", "a column twice", "unknown"],
)
def test_a_file_that_cannot_be_read_at_all_says_why(opened, content, sentence):
    with pytest.raises(Mendable, match=sentence.replace("(", r"\(")):
        opened(content)


@pytest.mark.parametrize("n", [1, 50_000])
@pytest.mark.parametrize("row", ['a,2,i,,1,"never closed', 'a,2,"never closed,,1,', 'a,2,i,,"1,'])
def test_a_quote_that_is_never_closed_is_told(opened, row, n):
    found = opened(f"{HEADER},note\na,1,i,,1,\n{row}\n" + "a,3,i,,1,\n" * n)
    assert found.faults.first[-1].line == 3
    assert "a quote that is opened and not closed" in found.faults.first[-1].found


def test_a_quote_inside_a_cell_is_a_sign_like_any_other(opened):
    found = opened(f'{HEADER}\na,1,5" nail,,1\nb,2,i,,1\n')
    assert (found.coded.items, found.faults.n) == (('5" nail', "i"), 0)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(Mendable, match="there is no such file"):
        open_log(tmp_path / "log.csv")
    with pytest.raises(Mendable, match="there is no such file"):
        open_log(tmp_path / "log.parquet")


def test_half_a_packed_file_says_so(opened):
    with pytest.raises(Mendable, match=r"cannot be read \(Truncated"):
        opened(gzip.compress((PLAIN * 2000).encode())[:60], "log.csv.gz")


def test_a_header_alone_is_a_log_without_rows(opened):
    found = opened(HEADER)
    assert (found.coded.n_rows, found.coded.n_students, found.told) == (0, 0, ("the log holds no rows",))
    assert found.coded.by_student().n_groups == 0


def test_one_student_with_one_answer_is_a_log(opened):
    assert opened(f"{HEADER}\na,1,i,halves,1\n").coded.by_skill().row.tolist() == [0]


# --- the same as the reader of attempts ---

CELLS = st.sampled_from(
    ["a", "'=a", "", " ", "1", "0", "0.5", "1e0", "2", "nan", "x;y", "2025-01-01", "17", "٣"]
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=8))
@settings(deadline=None, max_examples=60)
def test_every_cell_means_what_the_reader_of_attempts_makes_of_it(tmp_path_factory, rows):
    text = HEADER + "\n" + "".join(",".join(row) + "\n" for row in rows)
    path = tmp_path_factory.mktemp("logs") / "log.csv"
    path.write_text(text, encoding="utf-8")
    reading = read(io.StringIO(text, newline=""))
    one_by_one = {(a.student, a.item, str(a.at), np.float32(a.correct), a.skills) for a in reading}
    found = open_log(path)
    log = found.coded
    assert {row[:2] for row in one_by_one} == {
        (log.students[log.student[r]], log.items[log.item[r]]) for r in range(log.n_rows)
    }
    skills = {skill for row in one_by_one for skill in row[4]}
    # The reader of attempts leaves a repeated row out with a fault; here its skills are merged.
    assert skills == set(log.skills) or any("repeat an attempt once per skill" in told for told in found.told)
