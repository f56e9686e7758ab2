"""Abilities by a fitted test of two categories or several: three estimates, each computed another way too."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit

from plainview.core.learner import ability, ability_by_fit
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.simulate import simulate


@pytest.fixture(scope="module")
def made():
    """A simulated test of each kind with its fit."""
    found = {}
    for model, n_categories in (("2pl", 2), ("3pl", 2), ("grm", 4), ("gpcm", 4), ("pcm", 3)):
        truth = simulate(
            n_students=300, n_items=8, seed=3, model=model if model != "pcm" else "gpcm",
            n_categories=n_categories, absent=0.1,
        )  # fmt: skip
        found[model] = truth, fit(truth.answers, model=model)
    return found


def curve(item, theta):
    """(n_categories,) by the formulas on docs/methods/irt.md, written a second time."""
    a, d = item.slope, np.array(item.intercepts)
    if item.model == "grm":
        at_least = np.concatenate([[1.0], expit(a * theta + d), [0.0]])
        return at_least[:-1] - at_least[1:]
    z = np.arange(len(d) + 1) * a * theta + np.concatenate([[0.0], d])
    p = np.exp(z - z.max())
    return p / p.sum()


def log_likelihood(found, row, theta):
    pairs = [(item, answer) for item, answer in zip(found.items, row, strict=True) if not np.isnan(answer)]
    return sum(np.log(curve(item, theta)[item.categories.index(int(answer))]) for item, answer in pairs)


def slope_of(f, theta, step=1e-5):
    return (f(theta + step) - f(theta - step)) / (2 * step)


def warm_term(found, row, theta):
    """J / (2 I) from numerical derivatives of the curves."""
    information = j = 0.0
    for item, answer in zip(found.items, row, strict=True):
        if not np.isnan(answer):
            step, p = 1e-4, curve(item, theta)
            up, down = curve(item, theta + step), curve(item, theta - step)
            first, second = (up - down) / (2 * step), (up - 2 * p + down) / step**2
            information, j = information + (first**2 / p).sum(), j + (first * second / p).sum()
    return j / (2 * information)


MANY = ("grm", "gpcm", "pcm")


@pytest.mark.parametrize("model", MANY)
def test_warms_estimate_solves_his_equation_written_a_second_time(made, model):
    truth, found = made[model]
    out = ability_by_fit.wle(truth.answers[:12], fit=found)
    for row, theta in zip(truth.answers[:12], out.theta, strict=True):

        def equation(at, row=row):
            return slope_of(lambda x: log_likelihood(found, row, x), at) + warm_term(found, row, at)

        assert theta == pytest.approx(brentq(equation, theta - 0.5, theta + 0.5), abs=1e-5)


@pytest.mark.parametrize("model", MANY)
def test_the_likeliest_ability_is_where_the_posterior_is_level(made, model):
    truth, found = made[model]
    out = ability_by_fit.ability_map(truth.answers[:12], fit=found)
    for row, theta, error in zip(truth.answers[:12], out.theta, out.standard_error, strict=True):
        level = slope_of(lambda x, row=row: log_likelihood(found, row, x), theta) - theta / found.latent_sd**2
        assert level == pytest.approx(0, abs=1e-6)
        answered = ~np.isnan(row)
        told = found.item_information(theta)[0, answered].sum() + 1 / found.latent_sd**2
        assert error == pytest.approx(told**-0.5, rel=1e-9)


@pytest.mark.parametrize("model", MANY)
def test_the_mean_ability_is_that_of_adaptive_integration(made, model):
    truth, found = made[model]
    out = ability_by_fit.eap(truth.answers[:4], fit=found)
    for row, mean, deviation in zip(truth.answers[:4], out.theta, out.standard_error, strict=True):

        def weight(x, row=row):
            return np.exp(log_likelihood(found, row, x) - x**2 / (2 * found.latent_sd**2))

        ends = -8 * found.latent_sd, 8 * found.latent_sd
        total, first, second = (quad(lambda x, k=k: x**k * weight(x), *ends)[0] for k in range(3))
        assert (mean, deviation) == pytest.approx(
            (first / total, np.sqrt(second / total - (first / total) ** 2)), rel=1e-6
        )


def test_mean_abilities_are_those_of_the_fit_itself(made):
    for truth, found in made.values():
        assert ability_by_fit.eap(truth.answers, fit=found).theta == pytest.approx(found.eap, abs=1e-6)


@pytest.mark.parametrize("model", ["2pl", "3pl"])
@pytest.mark.parametrize("how", ["eap", "ability_map", "wle"])
def test_of_right_and_wrong_answers_it_says_what_ability_says(made, model, how):
    truth, found = made[model]
    items = ability.Items.of(a=found.a, b=found.b, c=found.c)
    ours = getattr(ability_by_fit, how)(truth.answers, fit=found)
    theirs = getattr(ability, how)(truth.answers, items=items)
    assert ours.theta == pytest.approx(theirs.theta, abs=1e-8)
    assert ours.standard_error == pytest.approx(theirs.standard_error, abs=1e-8)
    assert (ours.n_answered == theirs.n_answered).all()


@pytest.mark.parametrize("model", MANY)
@pytest.mark.parametrize("answer", ["lowest", "highest"])
def test_all_lowest_or_all_highest_answers_give_a_finite_estimate(made, model, answer):
    _, found = made[model]
    ends = [min(i.categories) if answer == "lowest" else max(i.categories) for i in found.items]
    row = np.array([ends], dtype=float)
    outs = [f(row, fit=found) for f in (ability_by_fit.eap, ability_by_fit.ability_map, ability_by_fit.wle)]
    for out in outs:
        assert np.isfinite(out.theta).all() and not out.at_the_end.any()
        assert (out.theta[0] > 0) == (answer == "highest")
    assert abs(outs[2].theta[0]) > abs(outs[1].theta[0])  # no prior draws Warm's estimate in


def test_who_answered_nothing_is_the_prior_or_nobody(made):
    _, found = made["grm"]
    nothing = np.full((1, 8), np.nan)
    assert ability_by_fit.eap(nothing, fit=found, prior_mean=0.5, prior_sd=2).theta[0] == 0.5
    assert ability_by_fit.ability_map(nothing, fit=found, prior_sd=2).standard_error[0] == 2
    out = ability_by_fit.wle(nothing, fit=found)
    assert np.isnan(out.theta[0]) and np.isnan(out.standard_error[0]) and out.n_answered[0] == 0


def test_an_answer_that_nobody_gave_before_is_a_mistake_of_the_caller(made):
    _, found = made["grm"]
    with pytest.raises(ValueError, match="expected only"):
        ability_by_fit.wle(np.full((1, 8), 7.0), fit=found)
    with pytest.raises(ValueError, match="expected 8 as in the fit"):
        ability_by_fit.wle(np.zeros((1, 3)), fit=found)


def test_intervals_of_a_graded_test_hold_the_truth_and_warm_has_hardly_any_bias():
    truth = simulate(n_students=1500, n_items=20, seed=8, model="grm", n_categories=4)
    out = ability_by_fit.wle(truth.answers, fit=fit(truth.answers, model="grm"))
    off = out.theta - truth.theta
    held = (np.abs(off) <= 1.96 * out.standard_error).mean()
    assert 0.93 <= held <= 0.97
    assert abs(np.polyfit(truth.theta, off, 1)[0]) < 0.03  # the mean ability shrinks by more
