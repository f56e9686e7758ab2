"""Statements and events of the standards. They are made up, after the standards' own examples."""

import gzip
import json
from pathlib import Path

import pytest

from plainview.core.logs.door import check_log, open_log
from plainview.core.mendable import Mendable

REAL = Path(__file__).parents[4] / "shared" / "data" / "xapi" / "statements.json.gz"
OBJECTIVE = "http://adlnet.gov/expapi/activities/objective"


def statement(who, item, at, *, verb="answered", result=None, registration=None, objectives=(), **actor):
    context = {"registration": registration} if registration else {}
    if objectives:
        activities = [{"id": one, "definition": {"type": OBJECTIVE}} for one in objectives]
        context["contextActivities"] = {"grouping": [*activities, {"id": "course"}]}
    return {
        "actor": actor or {"account": {"homePage": "https://school.example", "name": who}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": item},
        "result": {"success": True} if result is None else result,
        "timestamp": at,
        "context": context,
    }


@pytest.fixture
def opened(tmp_path):
    def opening(*lines, name="log.jsonl", **choices):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return open_log(path, **choices)

    return opening


def answers(found):
    log = found.coded
    return [
        (log.students[log.student[r]], log.items[log.item[r]], round(float(log.correct[r]), 3))
        for r in range(log.n_rows)
    ]


def test_an_answered_statement_is_an_attempt_and_other_statements_are_passed_by(opened):
    found = opened(
        statement("bo", "q1", "2025-01-01T09:00:00Z", objectives=["halves", "thirds"]),
        statement("bo", "video", "2025-01-01T09:01:00Z", verb="played"),
        statement("eve", "q1", "2025-01-01T09:02:00+01:00", result={"success": False}),
    )
    assert answers(found) == [("eve", "q1", 0), ("bo", "q1", 1)]
    assert found.coded.skills == ("halves", "thirds")
    assert found.coded.at_ms.tolist() == [1735718520000, 1735722000000]
    assert any("1 statements are no answers and are passed by" in told for told in found.told)


@pytest.mark.parametrize(
    "result, correct",
    [
        ({"success": True}, 1),
        ({"success": False, "score": {"scaled": 0.5}}, 0.5),
        ({"score": {"raw": 3, "max": 4}}, 0.75),
        ({"score": {"raw": 3, "min": 2, "max": 4}}, 0.5),
    ],
)
def test_a_score_is_from_0_to_1(opened, result, correct):
    assert answers(opened(statement("bo", "q1", "2025-01-01T09:00:00Z", result=result))) == [
        ("bo", "q1", correct)
    ]


@pytest.mark.parametrize(
    "result", [{"response": "a"}, {"score": {"scaled": -0.5}}, {"score": {"raw": 3, "max": 0}}]
)
def test_an_answer_without_a_score_is_a_fault(opened, result):
    found = opened(
        statement("bo", "q1", "2025-01-01T09:00:00Z", result=result),
        statement("bo", "q2", "2025-01-01T09:00:01Z"),
    )
    assert answers(found) == [("bo", "q2", 1)]
    assert found.faults.first[0].line == 1
    assert found.faults.first[0].column == "correct"


@pytest.mark.parametrize(
    "actor, name",
    [
        ({"mbox": "mailto:bo@school.example"}, "mailto:bo@school.example"),
        ({"mbox_sha1sum": "ebd31e95"}, "ebd31e95"),
        ({"openid": "https://bo.example"}, "https://bo.example"),
    ],
)
def test_every_way_to_name_an_actor_is_read(opened, actor, name):
    assert opened(statement("", "q1", "2025-01-01T09:00:00Z", **actor)).coded.students == (name,)


def test_the_first_answer_counts(opened):
    found = opened(
        statement("bo", "q1", "2025-01-01T09:00:00Z", result={"success": False}, registration="r1"),
        statement("bo", "q2", "2025-01-01T09:00:01Z", registration="r1"),
        statement("bo", "q1", "2025-01-01T09:00:02Z", registration="r1"),
        statement("bo", "q1", "2025-01-02T09:00:00Z", registration="r2"),
        statement("eve", "q1", "2025-01-01T09:00:00Z", result={"success": False}),
        statement("eve", "q1", "2025-01-01T09:00:09Z"),
        statement("eve", "q2", "2025-01-01T09:00:10Z"),
        statement("eve", "q1", "2025-01-01T09:00:11Z"),
    )
    assert sorted(answers(found)) == [
        ("bo", "q1", 0), ("bo", "q1", 1), ("bo", "q2", 1),
        ("eve", "q1", 0), ("eve", "q1", 1), ("eve", "q2", 1),
    ]  # fmt: skip
    assert any(told.startswith("2 answers are left out: later answers") for told in found.told)


def test_a_line_that_is_no_json_is_told_by_its_number(opened):
    first, second = (
        statement("bo", "q1", "2025-01-01T09:00:00Z"),
        statement("bo", "q2", "2025-01-01T09:00:01Z"),
    )
    found = opened(first, "", '{"verb": oh}', second, '{"cut": ')
    assert len(answers(found)) == 2
    assert [(fault.line, fault.found) for fault in found.faults.first] == [
        (3, "a line that is no JSON"),
        (5, "a line that is no JSON"),
    ]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_array_or_an_answer_of_a_store_is_read_too(opened, indent):
    two = [statement("bo", "q1", "2025-01-01T09:00:00Z"), statement("bo", "q2", "when")]
    for held in (two, {"statements": two, "more": ""}):
        found = opened(json.dumps(held, indent=indent), name="log.json")
        assert answers(found) == [("bo", "q1", 1)]
    assert "column 'at': found 'when'" in found.faults.lines()[0]


def test_a_fault_in_an_array_is_told_by_its_statement(opened):
    found = opened(
        json.dumps([statement("bo", "q1", "when"), statement("", "q2", "2025-01-01")]), name="log.json.gz"
    )
    assert [str(fault).partition(".gz, ")[2].partition(":")[0] for fault in found.faults.first] == [
        "statement 1, column 'at'",
        "statement 2, column 'student'",
    ]


def test_how_long_an_answer_took_is_read(tmp_path):
    path = tmp_path / "log.jsonl"
    took = {"success": True, "duration": "PT1M2.5S"}
    wrong = {"success": True, "duration": "a while"}
    path.write_text(
        json.dumps(statement("bo", "q1", "2025-01-01T09:00:00Z", result=took))
        + "\n"
        + json.dumps(statement("bo", "q2", "2025-01-01T09:00:01Z", result=wrong))
    )
    found = check_log(path)
    assert [fault.found for fault in found.faults.first] == ["'a while'"]


def graded(who, item, at, given, out_of, *, count=1, kind="AssessmentItem", objectives=()):
    assignable = {"id": item, "type": kind}
    if objectives:
        assignable["learningObjectives"] = [{"id": one, "type": "LearningObjective"} for one in objectives]
    return {
        "@context": "http://purl.imsglobal.org/ctx/caliper/v1p2",
        "id": "urn:uuid:a50ca17f-5971-47bb-8fca-4e6e6879001d",
        "type": "GradeEvent",
        "profile": "GradingProfile",
        "actor": {"id": "https://school.example/autograder", "type": "SoftwareApplication"},
        "action": "Graded",
        "object": {
            "id": "attempt",
            "type": "Attempt",
            "assignee": who,
            "assignable": assignable,
            "count": count,
        },
        "eventTime": at,
        "generated": {"id": "score", "type": "Score", "maxScore": out_of, "scoreGiven": given},
    }


def test_caliper_grades_of_items_are_attempts(opened):
    person = {"id": "https://school.example/users/1", "type": "Person"}
    found = opened(
        graded(person, "i1", "2025-01-01T09:00:00.000Z", 3, 4, objectives=["halves"]),
        graded("https://school.example/users/1", "i2", "2025-01-01T09:00:01.000Z", 0, 4),
        graded(person, "i1", "2025-01-01T09:00:02.000Z", 4, 4, count=2),
        graded(person, "quiz", "2025-01-01T09:00:03.000Z", 3, 8, kind="Assessment"),
        {"type": "SessionEvent", "action": "LoggedIn", "eventTime": "2025-01-01T09:00:00Z"},
    )
    assert found.format == "caliper"
    assert answers(found) == [
        ("https://school.example/users/1", "i1", 0.75),
        ("https://school.example/users/1", "i2", 0),
    ]
    assert found.coded.skills == ("halves",)
    assert any("GradeEvent on a whole Assessment 1, SessionEvent 1" in told for told in found.told)


def test_caliper_envelopes_are_opened(opened):
    event = graded("u1", "i1", "2025-01-01T09:00:00.000Z", 1, 1)
    envelope = {"sensor": "https://school.example", "sendTime": "2025-01-01T10:00:00.000Z", "data": [event]}
    assert answers(
        opened(envelope, envelope | {"data": [event | {"eventTime": "2025-02-01T09:00:00Z"}]})
    ) == [("u1", "i1", 1)]
    assert answers(opened(json.dumps(envelope, indent=2), name="log.json")) == [("u1", "i1", 1)]


@pytest.mark.parametrize(
    "text, sentence", [("", "found an empty file"), ('{"a": 1}', "found JSON without a verb")]
)
def test_what_is_neither_is_a_sentence(opened, text, sentence):
    with pytest.raises(Mendable, match=sentence):
        opened(text)


@pytest.mark.skipif(
    not REAL.exists(), reason="the statements that others published are not beside the project"
)
def test_a_real_log_of_videos_holds_no_answers_and_says_so():
    found = open_log(REAL)
    assert found.coded.n_rows == 0
    assert any(told.startswith("22,000 statements are no answers") for told in found.told)
    assert found.faults.n == 0
