"""`plainview log`: can this log be read, and written as our own?"""

import json

import pytest

from plainview.cli.ask import main
from plainview.core.logs.pseudonym import pseudonym

GOOD = "student,at,item,correct\nbo,1,q1,1\neve,1,q1,0\n"
BAD = "student,at,item,correct\nbo,1,q1,yes\neve,1,q1,0\n"


@pytest.fixture
def log(tmp_path):
    def written(text):
        path = tmp_path / "log.csv"
        path.write_text(text)
        return str(path)

    return written


def test_a_log_that_can_be_read_says_what_it_holds(log, capsys):
    assert main(["log", "check", log(GOOD)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2 attempts of 2 students at 1 item, without skills, from 2 rows (plainview).",
        "Every row could be read.",
    ]


def test_faults_are_told_by_kind_and_by_line(log, capsys):
    path = log(BAD)
    assert main(["log", "check", path]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "1 faults:",
        "  1 in column 'correct': expected a number from 0 to 1",
        "Found, by line:",
        f"{path}, line 2, column 'correct': found 'yes', expected a number from 0 to 1.",
    ]


def test_a_program_is_answered_in_json(log, capsys):
    assert main(["log", "check", log(BAD), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["n_attempts"], answer["n_students"], answer["n_faults"]) == (1, 1, 1)


def test_a_log_is_converted(log, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert main(["log", "convert", log(GOOD), str(out)]) == 0
    assert out.read_text() == GOOD
    assert f"2 attempts from 2 rows (plainview), written to {out}." in capsys.readouterr().out


def test_a_mapping_and_a_format_can_be_named(log, tmp_path, capsys):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('student = "s"\nat = "t"\nitem = "i"\ncorrect = "c"\n')
    path = log("s,t,i,c\na,1,i,1\n")
    assert main(["log", "check", path, "--mapping", str(mapping)]) == 0
    assert main(["log", "check", path, "--format", "moodle"]) == 2
    assert "'moodle' is no format that is known here" in capsys.readouterr().err


def test_nothing_to_read_is_a_sentence(tmp_path, capsys):
    assert main(["log", "check", str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none.csv'}: there is no such file.\n"


def test_students_are_written_by_pseudonyms_where_there_is_a_key(log, tmp_path, capsys):
    key, out = tmp_path / "key", tmp_path / "out.csv"
    key.write_text("a key of our own, not for others\n")
    assert main(["log", "convert", log(GOOD), str(out), "--key", str(key)]) == 0
    students = [line.partition(",")[0] for line in out.read_text().splitlines()[1:]]
    assert students == [pseudonym(name, key=b"a key of our own, not for others") for name in ("bo", "eve")]


@pytest.mark.parametrize(
    "key, sentence", [("short\n", "found a key of 5 bytes, expected at least 16"), (None, "read")]
)
def test_a_key_that_is_none_is_a_sentence(log, tmp_path, capsys, key, sentence):
    file = tmp_path / "key"
    if key:
        file.write_text(key)
    assert main(["log", "convert", log(GOOD), str(tmp_path / "out.csv"), "--key", str(file)]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04\x14\x00\x08\x00\xff\xfea.csv", "found an archive (ZIP), expected a log: unpack it"),
        (b"\x89\x01\x02\xff\x00rubbish\n\x00\x01", "found no text, expected a log with a header of columns"),
    ],
)
def test_what_is_no_text_is_said_without_printing_it(content, sentence, tmp_path, capsys):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    for words in (["log", "check", str(path)], ["fit", str(path)]):
        assert main(words) == 2
        said = capsys.readouterr().err
        assert sentence in said and said.replace("\n", "").isprintable()
