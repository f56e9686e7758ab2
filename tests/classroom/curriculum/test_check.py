"""A teacher who edits a file is told every fault of every file at once, and where."""

import pytest

from plainview.classroom.curriculum.check import check_content


def faults(folder) -> list[str]:
    return [str(fault) for fault in check_content(folder.parent)]


def test_a_unit_that_holds_together_has_no_faults(small_unit):
    assert faults(small_unit) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "items/shaded.yaml",
            "competency: 3.NF.A.1",
            "competency: 3.NF.A.9",
            "content/apples/items/shaded.yaml, line 3, 'competency': found '3.NF.A.9', "
            "expected one of competencies.yaml (close: 3.NF.A.2, 3.NF.A.1).",
        ),
        (
            "items/shaded.yaml",
            "misconception: part-to-part",
            "misconception: part-part",
            "content/apples/items/shaded.yaml, line 21, 'wrong.1.misconception': found 'part-part', "
            "expected one of misconceptions.yaml (close: part-to-part).",
        ),
        (
            "items/shaded.yaml",
            "make: 4",
            "make: 9",
            "content/apples/items/shaded.yaml, line 7, 'make': found '9', "
            "expected at most 8 (no more different items come out of these params).",
        ),
        (
            "items/shaded.yaml",
            "stem: |",
            "stern: |",
            "content/apples/items/shaded.yaml, line 14, 'stern': found 'stern', "
            "expected a field that docs/content.md names.",
        ),
        (
            "items/shaded.yaml",
            "There are {b}.",
            "There are {c}.",
            "content/apples/items/shaded.yaml, line 24, 'hints.2': found 'There are {c}.', "
            "expected an expression that works out ('c' is not defined for expression 'c').",
        ),
        (
            "activities/share.yaml",
            "adult_minutes: 2",
            "adult_minutes: 30",
            "content/apples/activities/share.yaml, line 7, 'adult_minutes': found '30', "
            "expected no more than the 20 minutes of the activity.",
        ),
        (
            "activities/share.yaml",
            "kind: game",
            "kind: contest",
            "content/apples/activities/share.yaml, line 3, 'kind': found 'contest', "
            "expected one of 'small_group', 'game', 'conversation', 'practice', 'project' or 'reading'.",
        ),
        (
            "activities/share.yaml",
            "activity: share\n",
            "activity: shared\n",
            "content/apples/activities/share.yaml, line 1, 'activity': found 'shared', "
            "expected the same name as the file has.",
        ),
        (
            "activities/share.yaml",
            "parts: 4",
            "parts: 400",
            "content/apples/activities/share.yaml, line 17, 'paper': found a sum or a figure, "
            "expected parts as a whole number from 1 to 24, not 400.",
        ),
        (
            "competencies.yaml",
            "statement: Name the parts of a whole.",
            "statement: Name the parts of a whole.\n  requires: [3.NF.A.2]",
            "content/apples/competencies.yaml, line 5, 'requires': found a circle that comes back to itself, "
            "expected prerequisites that come before.",
        ),
    ],
)
def test_a_fault_says_where_what_was_found_and_what_was_expected(
    small_unit, rewrite, file, old, new, sentence
):
    rewrite(small_unit / file, old, new)
    assert sentence in faults(small_unit)


def test_the_faults_of_all_files_come_at_once(small_unit, rewrite):
    rewrite(small_unit / "unit.yaml", "title: Sharing apples\n", "")
    rewrite(small_unit / "activities" / "share.yaml", "minutes: 20", "minutes: twenty")
    rewrite(small_unit / "items" / "shaded.yaml", "kind: area_model", "kind: photo")
    files = {fault.split(",")[0].rsplit("/", 1)[-1] for fault in faults(small_unit)}
    assert files == {"unit.yaml", "share.yaml", "shaded.yaml"}


def test_a_file_that_is_not_yaml_says_in_which_line(small_unit, rewrite):
    rewrite(small_unit / "competencies.yaml", "  grade: 3", " grade: 3")
    assert any("competencies.yaml, line 3: found " in fault for fault in faults(small_unit))


def test_an_empty_file_and_bytes_that_are_no_text_are_named(small_unit):
    (small_unit / "items" / "shaded.yaml").write_text("")
    (small_unit / "activities" / "share.yaml").write_bytes(b"\xff\xfe\x00")
    said = " ".join(faults(small_unit))
    assert "shaded.yaml, line 1: found an empty file" in said
    assert "share.yaml: found 'utf-8' codec" in said


def test_a_folder_without_a_unit_is_named(tmp_path):
    assert "found no unit.yaml" in str(check_content(tmp_path)[0])


def test_an_expression_cannot_reach_beyond_its_sum(small_unit, rewrite):
    rewrite(small_unit / "items" / "shaded.yaml", "answer: frac(a, b)", "answer: a.__class__")
    assert any("'answer': found 'a.__class__'" in fault for fault in faults(small_unit))


def test_two_families_may_not_ask_the_same_question(small_unit, rewrite):
    family = (small_unit / "items" / "shaded.yaml").read_text()
    (small_unit / "items" / "other.yaml").write_text(family.replace("family: shaded", "family: other"))
    assert any("a question that other asks too" in fault for fault in faults(small_unit))
