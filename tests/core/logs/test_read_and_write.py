import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.logs.attempt import COLUMNS, WAYS, AssignedBy, Attempt
from plainview.core.logs.faults import MOST_SHOWN
from plainview.core.logs.read import read
from plainview.core.logs.write import write

NINE = datetime(2025, 2, 28, 9, 15, tzinfo=UTC)
HEADER = "student,at,item,correct"


def attempt(**changed) -> Attempt:
    return Attempt(**{"student": "ada", "at": NINE, "item": "i1", "correct": 1.0} | changed)


def written(*attempts: Attempt) -> str:
    file = io.StringIO(newline="")
    assert write(attempts, file) == len(attempts)
    return file.getvalue()


def reading(text: str):
    found = read(io.StringIO(text, newline=""), name="export.csv")
    return list(found), found


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda s: s == "" or s.strip())
share = st.floats(0, 1)
count = st.none() | st.integers(0, 10**9)
attempts = st.builds(
    Attempt,
    student=text.filter(bool),
    at=st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    item=text.filter(bool),
    item_version=text,
    session=text,
    skills=st.lists(
        text.map(str.strip).filter(lambda s: s and ";" not in s), max_size=3
    ).map(tuple),
    correct=share,
    response_ms=count,
    hints=count,
    attempts=count,
    assigned_by=st.sampled_from(AssignedBy),
    estimate_before=st.none() | share,
    estimate_after=st.none() | share,
    reason=text,
    difficulty=st.none() | st.floats(-9, 9),
    class_=text,
    medium=text,
)  # fmt: skip


@given(attempt=attempts)
def test_what_is_written_is_read_back_as_it_was(attempt):
    rows, found = reading(written(attempt))
    assert found.faults.lines() == []
    assert rows == [attempt]


def test_the_columns_are_the_ones_a_district_asks_for_in_their_order():
    assert written().splitlines() == [
        "student,session,at,item,item_version,skills,correct,response_ms,hints,attempts,assigned_by,"
        "estimate_before,estimate_after,reason,difficulty,build,activity,class,school,language,medium"
    ]
    assert set(WAYS) == set(COLUMNS)


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"])
def test_no_text_cell_begins_a_formula_in_a_spreadsheet_and_all_come_back(evil):
    table = written(attempt(reason=evil, item=evil, skills=(evil.strip(),)))
    cells = table.replace('"', "").split("\r\n")[1].split(",")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in cells)
    (back,), _ = reading(table)
    assert (back.reason, back.item, back.skills) == (evil, evil, (evil.strip(),))


def test_a_number_below_zero_stays_a_number():
    assert ",-1.5," in written(attempt(difficulty=-1.5))


def test_times_are_written_in_utc_and_read_with_or_without_a_zone():
    east = timezone(timedelta(hours=5))
    assert "2025-02-28T09:15:00Z" in written(attempt(at=NINE.astimezone(east)))
    rows, _ = reading(f"{HEADER}\na,2025-02-28T14:15:00+05:00,i,1\na,2025-02-28T09:16,i,0\n")
    assert [row.at for row in rows] == [NINE, NINE + timedelta(minutes=1)]


def test_an_order_may_stand_for_a_time():
    rows, found = reading(f"{HEADER}\na,1,i,1\na,2,i,0.5\n")
    assert [row.at for row in rows] == [1, 2]
    assert (rows[1].correct, found.n_read) == (0.5, 2)


def test_a_time_without_a_zone_is_refused_before_it_can_be_written():
    with pytest.raises(ValueError, match="ada: found a time without a zone"):
        attempt(at=datetime(2025, 1, 1))


def test_a_skill_with_a_semicolon_cannot_be_told_from_two():
    with pytest.raises(ValueError, match="the skill 'a;b'"):
        written(attempt(skills=("a;b",)))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "a,31/02/2025,i,1",
            "column 'at': found '31/02/2025', expected a time such as 2025-02-28T09:15:00Z, or",
        ),
        ("a,1,i,yes", "column 'correct': found 'yes', expected a number from 0 to 1."),
        ("a,1,i,1.5", "column 'correct': found '1.5', expected a number from 0 to 1."),
        ("a,1,i,nan", "column 'correct': found 'nan', expected a number from 0 to 1."),
        ("a,1,i,0_1", "column 'correct': found '0_1', expected a number from 0 to 1."),
        (",1,i,1", "column 'student': found nothing, expected text."),
        ("a,1,i", "line 3: found 3 cells, expected 4, as in the header."),
        ("a,1,i,1,9", "line 3: found 5 cells, expected 4, as in the header."),
        ("a,2025-01-01,i,1", "found '2025-01-01', expected a place in the order, as in the rows before."),
        (
            "a,0,first,1",
            "line 3: found the same student, time and item as in the row before, expected one row an",
        ),
        ("a,\x07,i,1", r"column 'at': found '\x07', expected a time"),
    ],
)
def test_a_fault_says_where_what_and_what_was_expected_and_the_rest_is_read(row, fault):
    rows, found = reading(f"{HEADER}\na,0,first,1\n{row}\na,9,last,1\n")
    assert [one.item for one in rows] == ["first", "last"]
    (line,) = found.faults.lines()
    assert line.startswith("export.csv, line 3")
    assert fault in line


def test_every_fault_of_a_row_is_told_at_once():
    header = "student,at,item,correct,hints,assigned_by,difficulty"
    _, found = reading(f"{header}\n,x,i,2,-1,robot,inf\n")
    assert [fault.column for fault in found.faults.first] == [
        "student", "at", "correct", "hints", "assigned_by", "difficulty",
    ]  # fmt: skip
    assert "expected one of algorithm, teacher, student, fixed, unknown." in found.faults.lines()[4]


def test_fifty_faults_are_shown_and_all_are_counted():
    rows = "".join(f"a,{i},i,no\n" for i in range(70)) + "b,1,i\n"
    _, found = reading(f"{HEADER}\n{rows}")
    lines = found.faults.lines()
    assert (found.faults.n, len(lines)) == (71, MOST_SHOWN + 1)
    assert lines[-1] == "export.csv: 71 faults in all (70 in correct, 1 in rows); the first 50 are shown."


def test_a_missing_or_doubled_column_is_told_and_nothing_is_guessed():
    rows, found = reading("student,at,item,item\na,1,i,j\n")
    assert rows == []
    assert [str(fault) for fault in found.faults.first] == [
        "export.csv, line 1, column 'correct': found no such column, expected it in the header.",
        "export.csv, line 1, column 'item': found it more than once, expected each column once.",
    ]


def test_an_empty_file_says_so():
    rows, found = reading("")
    assert rows == []
    assert "found an empty file, expected a header with student, at, item, correct" in found.faults.lines()[0]


def test_an_unknown_column_is_not_an_invalid_one():
    rows, found = reading(f"{HEADER},mood\na,1,i,1,sunny\n")
    assert (len(rows), found.unknown_columns, found.faults.n) == (1, ("mood",), 0)


def test_a_byte_order_mark_blank_lines_and_any_order_of_columns_are_read():
    rows, found = reading("\ufeffcorrect,item,at,student\n\n1,i,1,a\n\n")
    assert (rows[0].student, found.faults.n) == ("a", 0)


def test_bytes_that_are_not_utf8_are_a_fault_of_their_cell(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(f"{HEADER}\na,1,caf\xe9,1\nb,2,i,1\n".encode("latin-1"))
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        found = read(file, name="export.csv")
        assert [row.student for row in found] == ["b"]
    assert "line 2, column 'item': found bytes that are not UTF-8" in found.faults.lines()[0]


def test_a_cell_too_long_for_csv_is_a_fault_and_the_rest_is_read():
    rows, found = reading(f"{HEADER}\na,1,{'x' * 200_000},1\nb,2,i,1\n")
    assert [row.student for row in rows] == ["b"]
    assert found.faults.first[0].line == 2


def test_nothing_is_held_while_it_streams():
    def endless():
        n = 0
        while True:
            yield attempt(at=n, item=f"i{n}")
            n += 1

    class Full(Exception):
        pass

    class Pipe(io.StringIO):
        def write(self, row: str) -> int:
            if self.tell() > 100_000:
                raise Full
            return super().write(row)

    with pytest.raises(Full):
        write(endless(), Pipe(newline=""))
