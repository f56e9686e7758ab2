"""The solver and the counts against scikit-learn and statsmodels, on a design made a second time there."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.learner.logistic import fit as logistic
from plainview.core.logs.coded import Coded

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "references" / "logistic_by_scikit_learn.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def log():
    student, item, right, skills = zip(*REFERENCE["rows"], strict=True)
    return Coded.from_arrays(student=student, item=item, correct=right, skills=skills)


def all_penalties(layout_blocks, strength):
    return dict.fromkeys(("columns", *layout_blocks), strength)


BLOCKS = {
    "afm": ("student", "skill", "skill x answers"),
    "pfa": ("skill", "skill x wins", "skill x fails"),
    "best_lr": ("item", "skill", "skill x log wins", "skill x log answers"),
}


def named(fit):
    """Every weight of a fit by the reference's names."""
    weights = {weight.name: weight.value for weight in fit.weights()}
    for block in fit.layout.blocks:
        names = {"student": fit.names.students, "item": fit.names.items, "skill": fit.names.skills}
        names = names[block.split(" ")[0]]
        weights |= {f"{block} {name}": w for name, w in zip(names, fit.block(block), strict=True)}
    return weights


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: f"{c['model']} {c['penalty']}")
def test_weights_likelihood_and_predictions_are_scikit_learns(case, log):
    penalty = all_penalties(BLOCKS[case["model"]], case["penalty"])
    found = logistic.fit(log, model=case["model"], penalty=penalty)
    assert found.ended.converged, found.ended.said
    assert named(found) == pytest.approx(case["weights"], abs=1e-6), REFERENCE["made_with"]
    assert found.coefficients[0] == pytest.approx(case["intercept"], abs=1e-6)
    assert found.ended.log_likelihood == pytest.approx(case["log_likelihood"], abs=1e-6)
    assert np.abs(found.predict(log) - case["p"]).max() < 1e-6


def test_standard_errors_are_statsmodels(log):
    """With next to no penalty, and without blocks, a weight's standard error is the textbook's."""
    case = REFERENCE["errors"]
    blocks = BLOCKS["best_lr"]
    found = logistic.fit(log, model="best_lr", without=blocks, penalty={"columns": 1e-9})
    weights = {weight.name: weight for weight in found.weights()}
    for name, value, se in list(zip(case["names"], case["weights"], case["se"], strict=True))[1:]:
        assert weights[name].value == pytest.approx(value, abs=1e-5), REFERENCE["made_with"]
        assert weights[name].se == pytest.approx(se, rel=1e-5)
    assert found.ended.log_likelihood == pytest.approx(case["log_likelihood"], abs=1e-6)
