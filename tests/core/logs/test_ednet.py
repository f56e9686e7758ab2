"""EdNet KT1: a folder of small files. They are made up."""

import pytest

from plainview.core.logs.door import check_log, open_log
from plainview.core.mendable import Mendable

HEADER = "timestamp,solving_id,question_id,user_answer,elapsed_time\n"
QUESTIONS = (
    "question_id,bundle_id,explanation_id,correct_answer,part,tags,deployed_at\n"
    "q1,b1,e1,b,1,1;2;179,1558093217098\nq2,b2,e2,a,1,-1,1558093219720\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "questions.csv").write_text(QUESTIONS)
    (tmp_path / "u1.csv").write_text(HEADER + "1565096190868,1,q1,b,38000\n1565096221062,2,q2,b,24000\n")
    (tmp_path / "u2.csv").write_text(HEADER)
    (tmp_path / "u3.csv").write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + b"1565096190867,1,q1,c,1000")
    return tmp_path


def test_answers_are_judged_by_the_questions(folder):
    found = open_log(folder)
    log = found.coded
    assert [(log.students[s], log.items[i]) for s, i in zip(log.student, log.item, strict=True)] == [
        ("u3", "q1"), ("u1", "q1"), ("u1", "q2"),
    ]  # fmt: skip
    assert log.correct.tolist() == [0, 1, 0]
    assert log.at_ms.tolist() == [1565096190867, 1565096190868, 1565096221062]
    assert log.skills == ("1", "2", "179")
    assert log.skill_from.tolist() == [0, 3, 6, 6]
    assert found.faults.n == 0


def test_a_fault_is_told_by_its_file_and_line(folder):
    (folder / "u2.csv").write_text(HEADER + "1,1,q1,b,1\n2,2,q9,b,1\n3,3,q1\n4,4,q1,,1\n")
    found = check_log(folder)
    assert found.coded.n_rows == 4
    told = [str(fault).partition(f"{folder}/")[2] for fault in found.faults.first]
    assert told == [
        "u2.csv, line 3, column 'user_answer': found 'b, to a question that questions.csv does not hold', "
        "expected a number from 0 to 1.",
        "u2.csv, line 4: found 3 cells, expected 5, as in the header.",
        "u2.csv, line 5, column 'user_answer': found nothing, expected a number from 0 to 1.",
    ]


def test_the_folders_of_the_published_archive_are_found(folder):
    (folder / "KT1").mkdir()
    (folder / "contents").mkdir()
    for file in folder.glob("u*.csv"):
        file.rename(folder / "KT1" / file.name)
    (folder / "questions.csv").rename(folder / "contents" / "questions.csv")
    assert open_log(folder).coded.n_rows == open_log(folder / "KT1").coded.n_rows == 3


def test_a_folder_that_is_none_says_what_is_wanted(folder, tmp_path_factory):
    with pytest.raises(Mendable, match="found no student's file"):
        open_log(tmp_path_factory.mktemp("empty"))
    (folder / "questions.csv").unlink()
    with pytest.raises(Mendable, match=r"found no questions\.csv"):
        open_log(folder)


def test_questions_without_answers_are_a_sentence(folder):
    (folder / "questions.csv").write_text("question_id,tags\nq1,1\n")
    with pytest.raises(Mendable, match="found no table with question_id, correct_answer, tags"):
        open_log(folder)
    (folder / "questions.csv").write_text(QUESTIONS)
    (folder / "u2.csv").write_text("a,b\n")
    with pytest.raises(Mendable, match=r"u2\.csv, line 1: found another header"):
        open_log(folder)
