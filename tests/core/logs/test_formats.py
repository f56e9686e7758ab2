"""Other systems' logs: their published columns, with their oddities. The rows are made up."""

import pytest

from plainview.core.logs import formats
from plainview.core.logs.door import check_log, open_log
from plainview.core.mendable import Mendable

A2009 = (
    "order_id,assignment_id,user_id,assistment_id,problem_id,original,correct,attempt_count,"
    "ms_first_response,tutor_mode,answer_type,sequence_id,student_class_id,position,type,"
    "base_sequence_id,skill_id,skill_name,teacher_id,school_id,hint_count,hint_total,overlap_time,"
    "template_id,answer_id,answer_text,first_action,bottom_hint,opportunity,opportunity_original"
)
A2012 = (
    "problem_log_id,skill,problem_id,user_id,assignment_id,assistment_id,start_time,end_time,"
    "problem_type,original,correct,bottom_hint,hint_count,actions,attempt_count,ms_first_response,"
    "tutor_mode,sequence_id,student_class_id,position,type,base_sequence_id,skill_id,teacher_id,"
    "school_id,overlap_time,template_id,answer_id,answer_text,first_action,problemlogid,"
    "Average_confidence(FRUSTRATED),Average_confidence(CONFUSED),Average_confidence(CONCENTRATING),"
    "Average_confidence(BORED)"
)
A2015 = "user_id,log_id,sequence_id,correct"
A2017 = (
    "studentId,MiddleSchoolId,InferredGender,SY ASSISTments Usage,AveKnow,AveCarelessness,AveCorrect,"
    "NumActions,AveResBored,AveResEngcon,AveResConf,AveResFrust,AveResOfftask,AveResGaming,action_num,"
    "skill,problemId,assignmentId,assistmentId,startTime,endTime,timeTaken,correct,original,hint,"
    "hintCount,hintTotal,scaffold,bottomHint,attemptCount,problemType"
)
TRANSACTIONS = (
    "Row\tSample Name\tTransaction Id\tAnon Student Id\tSession Id\tTime\tTime Zone\tDuration (sec)\t"
    "Student Response Type\tStudent Response Subtype\tTutor Response Type\tTutor Response Subtype\t"
    "Level (Unit)\tProblem Name\tProblem View\tProblem Start Time\tStep Name\tAttempt At Step\t"
    "Is Last Attempt\tOutcome\tSelection\tAction\tInput\tFeedback Text\tFeedback Classification\t"
    "Help Level\tTotal Num Hints\tCondition Name\tCondition Type\tKC (Default)\tKC Category (Default)\t"
    "KC (Default)\tKC Category (Default)\tKC (Single-KC)\tKC Category (Single-KC)\tSchool\tClass\t"
    "CF (Ruleid)"
)
STEPS = (
    "Row\tSample\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name\t"
    "Step Start Time\tFirst Transaction Time\tCorrect Transaction Time\tStep End Time\t"
    "Step Duration (sec)\tCorrect Step Duration (sec)\tError Step Duration (sec)\tFirst Attempt\t"
    "Incorrects\tHints\tCorrects\tCondition\tKC (Default)\tOpportunity (Default)\t"
    "Predicted Error Rate (Default)"
)
KDD_CUP = (
    "Row\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name\tStep Start Time\t"
    "First Transaction Time\tCorrect Transaction Time\tStep End Time\tStep Duration (sec)\t"
    "Correct Step Duration (sec)\tError Step Duration (sec)\tCorrect First Attempt\tIncorrects\tHints\t"
    "Corrects\tKC(SubSkills)\tOpportunity(SubSkills)\tKC(KTracedSkills)\tOpportunity(KTracedSkills)"
)


@pytest.fixture
def written(tmp_path):
    """Rows as dicts of the columns that matter; the others stay blank."""

    def writing(header, *rows, encoding="utf-8"):
        between = "\t" if "\t" in header else ","
        columns = header.split(between)
        lines = [between.join(row.pop(0) if isinstance(row, list) else _cells(columns, row)) for row in rows]
        path = tmp_path / ("log.txt" if between == "\t" else "log.csv")
        path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return path

    return writing


def _cells(columns, row):
    left = dict(row)
    cells = []
    for column in columns:
        value = left.get(column, "")
        if isinstance(value, list):
            value = value.pop(0) if value else ""
        cells.append(str(value))
    return cells


def attempts(log):
    """Student, item, answer, skills: in words."""
    return [
        (
            log.students[log.student[r]],
            log.items[log.item[r]],
            float(log.correct[r]),
            {log.skills[s] for s in log.skill[log.skill_from[r] : log.skill_from[r + 1]]},
        )
        for r in range(log.n_rows)
    ]


def row_2009(order, user, problem, correct, skill="", name="", original=1, **more):
    return {
        "order_id": order, "user_id": user, "problem_id": problem, "correct": correct, "skill_id": skill,
        "skill_name": name, "original": original, "ms_first_response": -300, **more,
    }  # fmt: skip


def test_assistments_2009_repeats_an_attempt_for_each_skill_and_is_grouped_by_skill(written):
    path = written(
        A2009,
        row_2009(11, 7, 51, 1, 1, "Circle Graph"),
        row_2009(13, 7, 53, 0, 1, "Circle Graph"),
        row_2009(12, 8, 52, 0, "", ""),
        row_2009(11, 7, 51, 1, 2, "Table"),
        row_2009(14, 8, 54, 1, 2, "Table", original=0),
    )
    found = open_log(path)
    assert found.format == "assistments2009"
    assert attempts(found.coded) == [
        ("7", "51", 1, {"Circle Graph", "Table"}),
        ("8", "52", 0, set()),
        ("7", "53", 0, {"Circle Graph"}),
    ]
    assert found.coded.at_ms is None
    said = " ".join(found.told)
    assert "1 row is left out: scaffold questions (original = 0)" in said
    assert "1 row repeats an attempt once per skill" in said
    assert "1 attempt names no skill" in said
    assert found.faults.n == 0


def test_assistments_2009_collapsed_has_all_skills_in_one_cell(written):
    path = written(
        "," + A2009,
        row_2009(11, 7, 51, 1, "1_2", "Circle Graph"),
        row_2009(12, 7, 52, 1, "1", "Circle Graph"),
        row_2009(13, 7, 53, 1, "2.0", "Table"),
        row_2009(14, 7, 54, 1, "3", "Table"),
        encoding="latin-1",
    )
    assert [row[3] for row in attempts(open_log(path).coded)] == [
        {"Circle Graph", "Table (2)"}, {"Circle Graph"}, {"Table (2)"}, {"Table (3)"},
    ]  # fmt: skip


def test_assistments_bytes_that_are_not_utf8_are_read_as_they_were_published(written):
    path = written(A2009, row_2009(11, 7, 51, 1, 1, "Angles \xb0", answer_text="\xbd"), encoding="latin-1")
    found = check_log(path)
    assert found.coded.skills == ("Angles °",)


def test_scaffold_questions_can_be_kept(written):
    path = written(A2009, row_2009(11, 7, 51, 0), row_2009(12, 7, 52, 1, original=0))
    assert open_log(path, scaffolds=True).coded.n_rows == 2


def test_a_response_time_below_zero_is_a_fault_that_costs_no_attempt(written):
    found = check_log(written(A2009, row_2009(11, 7, 51, 1)))
    assert found.coded.n_rows == 1
    assert "column 'ms_first_response': found '-300', expected a whole number, 0 or more." in str(
        found.faults.first[0]
    )


def test_assistments_2012_has_times_part_marks_and_cells_over_many_lines(written):
    row = {"user_id": 7, "original": 1, "skill_id": "86.0", "skill": "Volume"}
    path = written(
        A2012,
        row
        | {"problem_id": 51, "start_time": "2012-09-28 15:11:27", "correct": 0.25, "actions": '"- a\n- b\n"'},
        row | {"problem_id": 52, "start_time": "2012-09-28 15:12:27.5", "correct": "x"},
    )
    found = open_log(path)
    assert attempts(found.coded) == [("7", "51", 0.25, {"Volume"})]
    assert found.coded.at_ms.tolist() == [1348845087000]
    assert [fault.line for fault in found.faults.first] == [5]


def test_assistments_2015_names_no_items(written):
    path = written(A2015, {"user_id": 50121, "log_id": 167478035, "sequence_id": 7014, "correct": 0})
    found = open_log(path)
    assert attempts(found.coded) == [("50121", "7014", 0, {"7014"})]
    assert any("stands for the item and for the skill" in told for told in found.told)


def test_assistments_2017_has_seconds_and_a_word_for_no_skill(written):
    row = {"studentId": 8, "startTime": 1096470301, "correct": 1, "original": 1}
    path = written(
        A2017,
        row | {"problemId": 1118, "skill": "noskill"},
        row | {"problemId": 1119, "skill": "properties-of-geometric-figures"},
    )
    found = open_log(path)
    assert [row[3] for row in attempts(found.coded)] == [set(), {"properties-of-geometric-figures"}]
    assert found.coded.at_ms.tolist() == [1096470301000] * 2


def test_datashop_transactions_count_the_first_attempt_at_a_step(written):
    row = {
        "Anon Student Id": "Stu_1",
        "Time": "2009-09-01 10:00:00.0",
        "Problem Name": "P1",
        "Step Name": "S1",
    }
    path = written(
        TRANSACTIONS,
        row | {"Attempt At Step": 1, "Outcome": "HINT", "KC (Default)": ["halves", "thirds"]},
        row | {"Attempt At Step": 2, "Outcome": "CORRECT", "KC (Default)": ["halves", "thirds"]},
        row | {"Attempt At Step": 1, "Outcome": "", "Step Name": "S2"},
        row
        | {"Attempt At Step": 1, "Outcome": "CORRECT", "Step Name": 'a "5', "KC (Default)": ["halves", ""]},
    )
    found = open_log(path)
    assert found.format == "datashop"
    assert attempts(found.coded) == [
        ("Stu_1", "P1 / S1", 0, {"halves", "thirds"}),
        ("Stu_1", 'P1 / a "5', 1, {"halves"}),
    ]
    assert "skills are those of the model 'Default'; it also holds Single-KC" in found.told
    assert found.faults.n == 0


def test_another_model_of_skills_can_be_asked_for(written):
    row = {"Anon Student Id": "Stu_1", "Time": "2009-09-01 10:00:00", "Problem Name": "P1", "Step Name": "S1"}
    path = written(
        TRANSACTIONS,
        row | {"Attempt At Step": 1, "Outcome": "CORRECT", "KC (Default)": ["a"], "KC (Single-KC)": "b"},
    )
    found = open_log(path, format="datashop", mapping={"skills": "KC (Single-KC)"})
    assert attempts(found.coded) == [("Stu_1", "P1 / S1", 1, {"b"})]


def test_datashop_steps_have_skills_with_tildes_between(written):
    row = {"Anon Student Id": "Stu_1", "First Transaction Time": "2009-09-01 10:00:00", "Problem Name": "P"}
    path = written(
        STEPS,
        row | {"Step Name": "S1", "First Attempt": "incorrect", "KC (Default)": "halves~~thirds"},
        row | {"Step Name": "S2", "First Attempt": "correct", "KC (Default)": ""},
    )
    assert attempts(open_log(path).coded) == [
        ("Stu_1", "P / S1", 0, {"halves", "thirds"}),
        ("Stu_1", "P / S2", 1, set()),
    ]


def test_the_kdd_cup_form_of_steps_is_known(written):
    row = {"Anon Student Id": "0BrbPbwCMz", "First Transaction Time": "2005-09-09 12:24:35.0"}
    path = written(
        KDD_CUP,
        row
        | {
            "Problem Name": "EG4",
            "Step Name": "3(x+2) = 15",
            "Correct First Attempt": 1,
            "KC(SubSkills)": "a~~b",
        },
    )
    found = open_log(path)
    assert attempts(found.coded) == [("0BrbPbwCMz", "EG4 / 3(x+2) = 15", 1, {"a", "b"})]
    assert "skills are those of the model 'SubSkills'; it also holds KTracedSkills" in found.told


def test_every_known_format_is_known_by_its_own_header():
    headers = {
        "assistments2009": A2009, "assistments2012": A2012,
        "assistments2015": A2015, "assistments2017": A2017,
        "datashop": TRANSACTIONS, "datashop-steps": STEPS, "plainview": "student,at,item,correct",
    }  # fmt: skip
    assert set(headers) == {known.name for known in formats.KNOWN}
    for name, header in headers.items():
        assert formats.recognised(header.replace("\t", ",").split(",")).name == name


# --- a mapping for anything else ---

THEIRS = "pupil|question|when|points|topics\nbo|q1|5|4|a+b\nbo|q2|6|2|\n"
TOML = """
student = "pupil"
item = "question"
at = "when"
correct = "points"
skills = "topics"
[options]
out_of = 4
skills_between = "+"
"""


def test_a_mapping_reads_what_is_not_known_here(tmp_path):
    (tmp_path / "log.csv").write_text(THEIRS)
    (tmp_path / "mapping.toml").write_text(TOML)
    (tmp_path / "mapping.json").write_text(
        '{"columns": {"student": "pupil", "item": ["no such", "question"], "at": "when", '
        '"correct": "points", '
        '"skills": "topics"}, "options": {"out_of": 4, "skills_between": "+"}}'
    )
    for mapping in (tmp_path / "mapping.toml", str(tmp_path / "mapping.json")):
        found = open_log(tmp_path / "log.csv", mapping=mapping)
        assert attempts(found.coded) == [("bo", "q1", 1, {"a", "b"}), ("bo", "q2", 0.5, set())]


def test_a_mapping_names_words_and_rows_that_count(tmp_path):
    (tmp_path / "log.csv").write_text("s;i;t;c;kind\na;1;1;RIGHT;test\na;2;2;wrong;game\na;3;3;dunno;test\n")
    mapping = {
        "student": "s", "item": "i", "at": "t", "correct": "c",
        "options": {"right": ["right"], "wrong": ["wrong"], "keep": {"kind": "test"}},
    }  # fmt: skip
    found = open_log(tmp_path / "log.csv", mapping=mapping)
    assert attempts(found.coded) == [("a", "1", 1, set())]
    assert found.told == ("1 row is left out: rows whose kind is none of those to keep",)
    assert found.faults.lines()[0].endswith(
        "found 'dunno', expected a number from 0 to 1, or one of right, wrong."
    )


@pytest.mark.parametrize(
    "mapping, sentence",
    [
        ({"student": "s"}, "mapping: found no column for at, item, correct, expected one for each."),
        ({"pupil": "s"}, "mapping: found 'pupil', expected one of our columns"),
        ({"options": {"between": "+"}}, "mapping: found 'between', expected one of our columns"),
        (
            {"student": "s", "at": "t", "item": "i", "correct": "c", "options": {"at": "h"}},
            "mapping: found at = 'h', expected one of either, order, s, ms, us.",
        ),
        (
            {"student": "s", "at": "t", "item": "i", "correct": "c", "options": {"out_of": 0}},
            "mapping: found out_of = 0, expected full marks above 0.",
        ),
        ({"student": "s", "at": "t", "item": "no", "correct": "c"}, "column 'no': found no such column"),
    ],
)
def test_a_wrong_mapping_is_a_sentence(tmp_path, mapping, sentence):
    (tmp_path / "log.csv").write_text("s,t,i,c\na,1,1,1\n")
    with pytest.raises(Mendable, match=sentence):
        open_log(tmp_path / "log.csv", mapping=mapping)


def test_a_mapping_that_is_no_mapping_is_a_sentence(tmp_path):
    (tmp_path / "log.csv").write_text("s,t,i,c\na,1,1,1\n")
    (tmp_path / "mapping.toml").write_text("student: s")
    with pytest.raises(Mendable, match=r"mapping\.toml, line 1: found 'student: s', expected name = value\."):
        open_log(tmp_path / "log.csv", mapping=tmp_path / "mapping.toml")
    with pytest.raises(Mendable, match=r"mapping\.json: there is no such file"):
        open_log(tmp_path / "log.csv", mapping=tmp_path / "mapping.json")


def test_an_unknown_name_of_a_format_names_those_that_are_known(tmp_path):
    (tmp_path / "log.csv").write_text("s,t,i,c\na,1,1,1\n")
    with pytest.raises(Mendable, match="'moodle' is no format that is known here: expected one of plainview"):
        open_log(tmp_path / "log.csv", format="moodle")
