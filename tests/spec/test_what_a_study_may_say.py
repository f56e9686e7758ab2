"""What a study may say. (This page of the manual is made from these tests.)

A vendor hands over a study. How large its effect is says little by itself: what may be said of it hangs on
how students came to be in an arm, who left, how the arms stood before, and whose test it was.
"""

import pytest

from plainview.core.audit.efficacy.from_summary import contrast_of
from plainview.core.audit.efficacy.read_study import read_study
from plainview.core.audit.efficacy.say import which
from plainview.core.audit.efficacy.study import Study

STUDY = """
[study]
kind = "{kind}"
[attrition.students]
treated = {{ assigned = {assigned}, analysed = 200 }}
control = {{ assigned = 220, analysed = 200 }}
[[outcome]]
name = "reading"
internal = {reliability}
vendors_own = {own}
treated = {{ n = 200, mean = {mean}, sd = 10.0 }}
control = {{ n = 200, mean = 50.0, sd = 10.0 }}
[outcome.before]
g = {before}
adjusted = {adjusted}
"""
GOOD = {
    "kind": "rct",
    "assigned": 220,
    "reliability": 0.85,
    "own": "false",
    "mean": 54.0,
    "before": 0.3,
    "adjusted": "false",
}


def _read(folder, **change) -> Study:
    (folder / "study.toml").write_text(STUDY.format(**(GOOD | change)))
    return read_study(folder / "study.toml", file="study.toml")


def _word(folder, **change):
    study = _read(folder, **change)
    contrast = contrast_of(study.reported[0], study.design)
    return which(contrast, p_adjusted=contrast.effect.p_value, bound=0.1)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, "learned more"),
        ({"mean": 46.0}, "learned less"),
        ({"mean": 51.0}, "not shown"),
        ({"mean": 50.0}, "not shown"),
    ],
)
def test_a_trial_by_lot_that_few_left_speaks_for_itself(tmp_path, change, word):
    """Then even arms that started apart may be compared: chance made them so. That nothing was found is not
    that nothing is there."""
    assert _word(tmp_path, **change) == word


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"assigned": 280}, "scored higher, cause not shown"),
        ({"assigned": 280, "before": 0.04}, "learned more"),
        ({"assigned": 280, "before": 0.2}, "scored higher, cause not shown"),
        ({"assigned": 280, "before": 0.2, "adjusted": "true"}, "learned more"),
    ],
)
def test_where_many_left_one_arm_those_who_stayed_must_have_been_alike(tmp_path, change, word):
    """29 in 100 left the arm that got it, 9 the other. Students whom a product fails stop using it."""
    assert _word(tmp_path, **change) == word


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "qed"}, "scored higher, cause not shown"),
        ({"kind": "qed", "before": 0.04}, "learned more"),
        ({"kind": "correlational", "before": 0.0}, "scored higher, cause not shown"),
        ({"kind": "usage", "before": 0.0}, "scored higher, cause not shown"),
    ],
)
def test_without_a_lot_the_arms_must_have_started_alike(tmp_path, change, word):
    """And users held against those who used it less are no arms at all, however alike they seem."""
    assert _word(tmp_path, **change) == word


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"reliability": 0.49}, "scored higher, cause not shown"),
        ({"own": "true"}, "inconclusive"),
        ({"own": "true", "mean": 60.0}, "inconclusive"),
    ],
)
def test_the_test_must_be_able_to_carry_it(tmp_path, change, word):
    """A test that hardly agrees with itself cannot; what the vendor's own test shows stays open."""
    assert _word(tmp_path, **change) == word
