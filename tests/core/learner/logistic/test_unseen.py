"""Of a student whom AFM has not seen it knows only how students differ, and says less surely what it says."""

import numpy as np
import pytest

from plainview.core.learner.logistic import held_out
from plainview.core.learner.logistic.fit import fit
from plainview.core.logs.coded import Coded
from plainview.core.stats.calibration import calibration

N_SKILLS, N_ANSWERS = 8, 40


def made(seed, n_students, sd=1.5):
    """AFM's own world: student + skill + slope x answers so far."""
    chance = np.random.default_rng(seed)
    skill = chance.integers(0, N_SKILLS, (n_students, N_ANSWERS))
    before = np.zeros((n_students, N_ANSWERS))
    for k in range(N_SKILLS):
        before += (skill == k) * (np.cumsum(skill == k, axis=1) - 1)
    ease, slope = chance.normal(0, 1, N_SKILLS), chance.normal(0.1, 0.03, N_SKILLS)
    z = chance.normal(0, sd, (n_students, 1)) + ease[skill] + slope[skill] * before
    right = chance.random(z.shape) < 1 / (1 + np.exp(-z))
    return Coded.from_arrays(
        student=np.repeat(np.arange(n_students), N_ANSWERS),
        item=skill.ravel(),
        correct=right.ravel().astype(float),
        skills=skill.ravel(),
    )


def slope(log, predicted):
    return calibration(correct=log.correct, predicted=predicted, student=log.student).slope.value


def test_afm_is_not_too_sure_of_students_it_has_not_seen():
    drawn, plain = [], []
    for seed in range(3):
        log = made(seed, 500)
        found, others = fit(log.take(np.arange(250)), model="afm"), log.take(np.arange(250, 500))
        p = found.predict(others)
        factor = 1 / np.sqrt(1 + np.pi / 8 / found.layout.penalty["student"])
        drawn.append(slope(others, p))
        plain.append(slope(others, 1 / (1 + np.exp(-np.log(p / (1 - p)) / factor))))
    assert np.mean(drawn) == pytest.approx(1, abs=0.08)
    assert np.mean(plain) < 0.85  # the middle student in everybody's place


def test_students_it_knows_are_spoken_of_as_before_and_others_less_surely():
    log = made(1, 60)
    found = fit(log.take(np.arange(40)), model="afm")
    p = found.predict(log)
    assert found.predict(log.take(np.arange(40))) == pytest.approx(p[: 40 * N_ANSWERS], abs=1e-12)
    z = (
        found.coefficients[0]
        + found.block("skill")[log.skill]
        + found.block("skill x answers")[log.skill] * (_before(log))
    )
    factor = 1 / np.sqrt(1 + np.pi / 8 / found.layout.penalty["student"])
    unseen = log.student >= 40
    assert np.log(p / (1 - p))[unseen] == pytest.approx(factor * z[unseen], abs=1e-9)


def _before(log):
    n = np.zeros((log.n_students, log.n_skills))
    out = np.zeros(log.n_rows)
    for row, (s, k) in enumerate(zip(log.student, log.skill, strict=True)):
        out[row], n[s, k] = n[s, k], n[s, k] + 1
    return out


def test_what_moved_such_a_prediction_still_adds_up():
    log = made(2, 60)
    found = fit(log.take(np.arange(40)), model="afm")
    for row in (3, 45 * N_ANSWERS + 17):
        told = found.explain(log, row)
        z = told.base + sum(part.moved for part in told.parts)
        assert 1 / (1 + np.exp(-z)) == pytest.approx(found.predict(log)[row], abs=1e-12)


def test_held_out_students_are_spoken_of_as_a_fit_to_the_others_speaks_of_them():
    log = made(3, 60)
    fold = np.arange(60) % 3
    out = held_out.predict(log, fold=fold, model="afm")
    others = fit(log.take(fold != 1), model="afm")
    hers = fold[log.student] == 1
    assert out.predicted[hers] == pytest.approx(others.predict(log.take(fold == 1)), abs=2e-3)


def test_models_without_a_weight_for_students_are_as_they_were():
    log = made(4, 40)
    found = fit(log, model="pfa")
    assert "student" not in found.layout.blocks
    renamed = Coded.from_arrays(
        student=log.student + 1000, item=np.array(log.items)[log.item], correct=log.correct,
        skills=np.array(log.skills)[log.skill],
    )  # fmt: skip
    assert found.predict(renamed) == pytest.approx(found.predict(log), abs=1e-12)
