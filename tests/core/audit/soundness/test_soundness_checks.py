"""Are its assessments sound? (This page of the manual is made from these tests.)"""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.core.audit.exposure.made import dossier

from plainview.core.audit.soundness.checks import CHECKS
from plainview.core.audit.soundness.coverage import coverage
from plainview.core.cannot_say import CannotSay
from plainview.core.formats.case import Competency, Framework
from plainview.core.measure.irt.simulate import simulate
from plainview.core.mendable import Mendable

CCSSM = Path(__file__).parents[4].parent / "shared" / "data" / "ccssm" / "json"


def asked(name, made):
    check = next(check for check in CHECKS if check.name == f"soundness.{name}/1")
    return check.ask(made, lambda *_: None)


def sheet(scores, names=None):
    names = names or [f"q{j + 1}" for j in range(scores.shape[1])]
    rows = [",".join(["student", *names])]
    for n, row in enumerate(scores):
        rows.append(",".join([f"s{n}", *("" if np.isnan(cell) else f"{cell:g}" for cell in row)]))
    return "\n".join(rows).encode()


def a_test(tmp_path, scores, settings=None, **more):
    files = {"responses.csv": sheet(scores), **more}
    return dossier(tmp_path, capture="", files=files, settings={"responses.csv": settings or {}})


TRUTH = simulate(n_students=400, n_items=20, seed=5, model="2pl")


def test_a_test_that_orders_students_well_is_told_with_its_doubt(tmp_path):
    (found,) = asked("reliability", a_test(tmp_path, TRUTH.answers))
    assert found.answer in ("for groups", "for single students", "open")
    assert found.effect.interval.low < found.effect.value < found.effect.interval.high
    assert {number.name for number in found.numbers} == {"omega", "how far a score may be off (SEM)"}
    assert "would show again" in found.sentence


def test_items_that_have_nothing_in_common_are_too_unsure(tmp_path):
    chance = np.random.default_rng(3).integers(0, 2, (300, 12)).astype(float)
    (found,) = asked("reliability", a_test(tmp_path, chance))
    assert found.answer == "too unsure"


def test_an_item_with_a_wrong_key_is_to_be_looked_at(tmp_path):
    scores = TRUTH.answers.copy()
    scores[:, 4] = 1 - scores[:, 4]
    (found,) = asked("items", a_test(tmp_path, scores))
    assert found.answer == "some to look at" and "q5" in found.sentence
    assert next(row for row in found.tables[0].rows if row[0] == "q5")[-1] == "look again"


def test_options_are_scored_by_the_key_and_looked_at(tmp_path):
    rng = np.random.default_rng(2)
    letters = np.where(TRUTH.answers == 1, "A", rng.choice(["B", "C"], TRUTH.answers.shape))
    names = [f"q{j + 1}" for j in range(20)]
    rows = [",".join(["student", *names])] + [",".join([f"s{n}", *row]) for n, row in enumerate(letters)]
    items = "\n".join(["item,key", *(f"{name},A" for name in names)])
    made = dossier(
        tmp_path, capture="", files={"responses.csv": "\n".join(rows).encode(), "items.csv": items.encode()}
    )
    (found,) = asked("items", made)
    assert found.tables[1].title == "Options"
    assert found.tables[0].rows[0][2] == pytest.approx(TRUTH.answers[:, 0].mean())


def test_answers_under_one_scale_fit_it_and_two_copies_of_an_item_hang_together(tmp_path):
    (fine,) = asked("fit", a_test(tmp_path / "fine", TRUTH.answers[:, :10]))
    assert fine.answer == "they do"
    assert len(fine.charts) == 2
    twice = np.column_stack([TRUTH.answers[:, :10], TRUTH.answers[:, 0]])
    (found,) = asked("fit", a_test(tmp_path / "twice", twice))
    assert found.answer == "some do not"
    assert ("q1", "q11") in {(row[0], row[1]) for table in found.tables for row in table.rows}


def test_decisions_at_a_cut_are_told_as_students_on_the_wrong_side(tmp_path):
    (found,) = asked("decisions", a_test(tmp_path, TRUTH.answers, settings={"cuts": [10]}))
    assert 0.7 < found.effect.value < 1 and found.seed == 1
    assert found.sentence.startswith("At the cut of 10,")
    (none,) = asked("decisions", a_test(tmp_path / "none", TRUTH.answers))
    assert isinstance(none, CannotSay) and "cuts" in none.would_need


@pytest.mark.parametrize("stop, answer", [(0.0, "in time"), (0.5, "short of time")])
def test_what_is_blank_at_the_end_was_not_reached(tmp_path, stop, answer):
    scores, rng = TRUTH.answers.copy(), np.random.default_rng(1)
    for row in scores:
        if rng.random() < stop:
            row[rng.integers(10, 19) :] = np.nan
    (found,) = asked("speed", a_test(tmp_path, scores))
    assert found.answer == answer


def test_a_blank_with_an_answer_behind_it_was_left_out_on_purpose(tmp_path):
    scores = TRUTH.answers.copy()
    scores[:200, 5] = np.nan
    (found,) = asked("speed", a_test(tmp_path, scores))
    assert (found.answer, found.numbers[1].value) == ("in time", 200)


def log(rows, heading="student,at,item,correct,response_ms"):
    return "\n".join([heading, *(",".join(map(str, row)) for row in rows)]).encode()


def hurried(rng, late, n_students=60):
    rows = []
    for student in range(n_students):
        for n in range(16):
            quick = n >= 12 and rng.random() < late
            ms = 300 if quick else rng.integers(8000, 20000)
            rows.append((f"s{student}", f"2026-03-09T09:{n:02d}:00Z", f"q{n}", int(rng.random() < 0.6), ms))
    return rows


@pytest.mark.parametrize(
    "n_students, late, answer", [(100, 0.0, "in time"), (60, 0.0, "open"), (60, 0.3, "short of time")]
)
def test_a_log_with_times_shows_who_rushes_at_the_end(tmp_path, n_students, late, answer):
    """Of 60 students of whom nobody rushes, six in a hundred who do might still have been overlooked."""
    rows = hurried(np.random.default_rng(4), late, n_students)
    made = dossier(tmp_path, capture="", files={"log.csv": log(rows)})
    made = made if made.of_kind("log") else _as_log(made)
    (found,) = asked("speed", made)
    assert found.answer == answer


def _as_log(made):
    from dataclasses import replace

    from plainview.core.dossier.dossier import Kind

    exhibits = tuple(
        replace(one, kind=Kind.LOG) if one.file.endswith("log.csv") else one for one in made.exhibits
    )
    return replace(made, exhibits=exhibits)


def test_a_pool_is_shown_with_what_is_met_too_often_and_what_never(tmp_path):
    rows = [
        (f"s{n}", f"2026-03-09T09:{n:02d}:00Z", item, 1, 5000) for n in range(50) for item in ("q1", f"r{n}")
    ]
    items = "\n".join(["item", "q1", *(f"r{n}" for n in range(60))]).encode()
    made = _as_log(dossier(tmp_path, capture="", files={"log.csv": log(rows), "items.csv": items}))
    (found,) = asked("pool", made)
    assert (found.answer, found.effect.value, found.numbers[0].value) == ("some too often", 1, 10)


@pytest.mark.parametrize("name", ["reliability", "items", "speed"])
def test_a_handful_of_students_say_nothing_of_a_test(tmp_path, name):
    (found,) = asked(name, a_test(tmp_path, TRUTH.answers[:3]))
    assert isinstance(found, CannotSay) and "3 students" in found.reason and "20" in found.would_need


def test_a_handful_of_students_say_nothing_of_a_pool(tmp_path):
    rows = [(f"s{n}", "2026-03-09T09:00:00Z", f"r{n}", 1, 5000) for n in range(3)]
    made = _as_log(dossier(tmp_path, capture="", files={"log.csv": log(rows)}))
    (found,) = asked("pool", made)
    assert isinstance(found, CannotSay) and "3 students" in found.reason


def test_items_that_cancel_out_give_no_alpha(tmp_path):
    half = np.tile([[0.1, 0.7], [0.7, 0.1], [0.3, 0.5], [0.6, 0.2]], (10, 1))
    (found,) = asked("reliability", a_test(tmp_path, half))
    assert isinstance(found, CannotSay) and "same total" in found.reason


FRAMEWORK = {
    "CFDocument": {"title": "Made-up mathematics"},
    "CFItems": [
        {"identifier": "g", "humanCodingScheme": "F", "fullStatement": "Fractions"},
        {
            "identifier": "a",
            "humanCodingScheme": "F.1",
            "fullStatement": "Add fractions.",
            "educationLevel": ["5"],
        },
        {
            "identifier": "b",
            "humanCodingScheme": "F.2",
            "fullStatement": "Explain why fractions are equal.",
            "educationLevel": ["5"],
        },
        {
            "identifier": "c",
            "humanCodingScheme": "F.3",
            "fullStatement": "Divide fractions.",
            "educationLevel": ["6"],
        },
    ],
    "CFAssociations": [
        {
            "associationType": "isChildOf",
            "originNodeURI": {"identifier": one},
            "destinationNodeURI": {"identifier": "g"},
        }
        for one in "abc"
    ],
}


def test_what_is_taught_and_has_no_item_is_named(tmp_path):
    items = b"item,competency\nq1,F.1\nq2,F.1;X.9\nq3,\n"
    made = dossier(
        tmp_path,
        capture="",
        files={"framework.json": json.dumps(FRAMEWORK).encode(), "items.csv": items},
        settings={"framework.json": {"grades": ["5"]}},
    )
    (found,) = asked("coverage", made)
    assert found.sentence.startswith("Of 2 competencies that are taught, 1 has no item.")
    assert found.effect.value == 1
    tables = {table.title: table.rows for table in found.tables}
    assert tables["Without an item"] == (("F.2", "Explain why fractions are equal."),)
    assert tables["What one right answer cannot show"][0][1] == "explain"
    assert tables["Named by items, not in the framework"] == (("X.9", 1),)


def covered(tmp_path, items, **settings):
    rows = "\n".join(["item,competency", *(f"q{n},{codes}" for n, codes in enumerate(items))])
    made = dossier(
        tmp_path,
        capture="",
        files={"framework.json": json.dumps(PARTS).encode(), "items.csv": rows.encode()},
        settings={"framework.json": settings},
    )
    (found,) = asked("coverage", made)
    return found, {table.title: table.rows for table in found.tables}


PARTS = {
    "standards": [
        {
            "grade_level_code": grade,
            "domain_code": "NF",
            "cluster_code": "B",
            "standard_counter": "7",
            "substandard_counter": part,
            "description": f"Divide unit fractions, {part or 'all'}.",
        }
        for grade, part in (("5", None), ("5", "a"), ("5", "b"), ("4", None))
    ]
}


def test_an_item_that_names_a_standard_of_several_parts_is_no_gap_and_no_proof(tmp_path):
    """Neither part is said to have no item, and neither is said to have one."""
    found, tables = covered(tmp_path / "a", ["5.NF.B.7", "4.NF.B.7"], grades=["5"])
    assert found.sentence == (
        "None of 2 competencies that are taught is without any item. For 2, items name only a heading above "
        "them."
    )
    assert found.answer == "open"
    assert tables["Headings that items name"] == (("5.NF.B.7", 1, 2),)
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers["items for what is not taught here"] == 1
    found, _ = covered(tmp_path / "b", ["5.NF.B.7.a", "5.NF.B.7.b"], grades=["5"])
    assert found.sentence == "Each of 2 competencies that are taught has at least one item."
    assert found.said[0] == "Held against grade 5 of exhibits/framework.json."


def test_a_heading_that_is_no_row_of_its_own_stands_for_what_begins_with_it(tmp_path):
    found, _ = covered(tmp_path, ["5.NF"], taught=["5.NF"])
    assert found.effect.value == 0 and found.effect.n == 2


@pytest.mark.parametrize(
    ("says", "verb"),
    [
        ("Explain why fractions are equal.", "explain"),
        ("Explaining why multiplying gives more.", "explain"),
        ("Solve problems with information presented in line plots.", ""),
        ("Compare sizes without performing the multiplication.", ""),
        ("Solve problems by using visual fraction models.", ""),
    ],
)
def test_only_what_is_asked_for_counts_as_more_than_one_right_answer_can_show(says, verb):
    one = Competency(id="1", code="F.1", says=says, grades=(), kind="", parent="")
    found = coverage(Framework(title="T", competencies=(one,), precedes=(), faults=()), {})
    assert found.each[0].beyond == verb


@pytest.mark.skipif(not CCSSM.is_dir(), reason="the standards are not there (../shared/data/ccssm)")
def test_a_real_framework_is_read_and_its_gaps_are_counted(tmp_path):
    real = (CCSSM / "ccssm-k8.json").read_bytes()
    made = dossier(
        tmp_path,
        capture="",
        files={
            "framework.json": real,
            "items.csv": b"item,competency\nq1,5.NF.A.1\nq2,CCSS.MATH.CONTENT.5.NF.A.2\n",
        },
        settings={"framework.json": {"grades": ["5"]}},
    )
    (found,) = asked("coverage", made)
    assert found.effect.n - found.effect.value == 2 and found.effect.n > 20


def test_a_machine_that_scores_as_people_do_meets_the_rules(tmp_path):
    rng = np.random.default_rng(7)
    person = rng.integers(0, 5, 300)
    good = np.clip(person + rng.choice([-1, 0, 0, 0, 0, 1], 300), 0, 4)
    rows = "\n".join(
        ["work,person,machine", *(f"w{n},{p},{m}" for n, (p, m) in enumerate(zip(person, good, strict=True)))]
    )
    (found,) = asked("scoring", dossier(tmp_path, capture="", files={"scores.csv": rows.encode()}))
    assert found.answer == "they may"
    bad = "\n".join(
        ["work,person,machine", *(f"w{n},{p},{rng.integers(0, 5)}" for n, p in enumerate(person))]
    )
    (found,) = asked("scoring", dossier(tmp_path / "bad", capture="", files={"scores.csv": bad.encode()}))
    assert found.answer == "they may not"


def test_each_use_is_argued_by_itself(tmp_path):
    """A table of five sources: what the dossier holds of each, for each use."""
    made = a_test(
        tmp_path,
        TRUTH.answers,
        settings={"uses": ["placement", "grading"], "evidence": ["internal structure"]},
    )
    (found,) = asked("uses", made)
    assert found.answer == "some are not argued"
    assert [row[0] for row in found.tables[0].rows] == ["placement", "grading"]
    assert found.tables[0].rows[0][3] == "responses.csv"


def test_a_use_that_nobody_named_is_not_told_of(tmp_path):
    (found,) = asked("uses", a_test(tmp_path, TRUTH.answers))
    assert isinstance(found, CannotSay)
    assert found.reason == "nobody says what the scores are used for"


EMPTY = {
    "responses.csv": b"student,q1,q2\ns1,,\ns2,NA,-\n",
    "scores.csv": b"work,person,machine\nw1,,2\n",
    "framework.json": b'{"CFDocument": {"title": "T"}, "CFItems": [], "CFAssociations": []}',
    "manual.txt": b" \n",
}


def test_an_exhibit_that_holds_nothing_is_no_evidence(tmp_path):
    """A use is named; of four exhibits that bear on it, each is empty in its own way."""
    said = {"evidence": ["response processes"], "uses": ["placement"], "kind": "other"}
    made = dossier(tmp_path, capture="", files=EMPTY, settings={"manual.txt": said})
    (found,) = asked("uses", made)
    assert isinstance(found, CannotSay) and "holds anything" in found.reason
    full = {**EMPTY, "responses.csv": b"student,q1,q2\ns1,1,\n"}
    (found,) = asked(
        "uses", dossier(tmp_path / "full", capture="", files=full, settings={"manual.txt": said})
    )
    assert found.sentence == (
        "1 of 1 use of the scores is not argued for: placement. For placement, the dossier holds 1 of 5 "
        "kinds of evidence."
    )
    assert found.power == "1 exhibit bears on an assessment."
    assert sum("is counted as no evidence" in one for one in found.said) == 3


def test_a_source_of_evidence_that_is_none_of_the_five_is_told(tmp_path):
    (found,) = asked(
        "uses", a_test(tmp_path, TRUTH.answers, {"uses": ["grading"], "evidence": ["internal structur"]})
    )
    assert any("'internal structur'" in one for one in found.said)


def test_nothing_handed_over_is_told_for_every_check(tmp_path):
    made = dossier(tmp_path, capture="")
    for check in CHECKS:
        for answer in check.ask(made, lambda *_: None):
            assert isinstance(answer, CannotSay) and answer.check == check.name


def test_a_list_of_items_without_their_names_is_told(tmp_path):
    files = {"framework.json": json.dumps(PARTS).encode(), "items.csv": b"name of it,competency\nq1,F.1\n"}
    with pytest.raises(Mendable, match=r"items\.csv, line 1: found no column 'item' in name of it"):
        asked("coverage", dossier(tmp_path, capture="", files=files))
