"""Three students, one skill, all right, all wrong, nearly half missing: no traceback and no confident number.

Every model and every statistic of the open core is asked. What it may answer: CannotSay; or numbers whose
intervals hold them, are finite or plainly endless, and are wide where little was seen.
"""

import dataclasses
import warnings

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.learner import ability, ability_by_fit, ability_tracing, elo
from plainview.core.learner.choose.compare import compare
from plainview.core.learner.choose.models import BY_NAME, MODELS
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.learner.tracing import fitting
from plainview.core.logs.coded import Coded
from plainview.core.measure.agreement.kappa import kappa
from plainview.core.measure.agreement.krippendorff import krippendorff
from plainview.core.measure.agreement.many import ac1, fleiss, percent_agreement
from plainview.core.measure.agreement.scoring import automated_scoring
from plainview.core.measure.classical import alpha as alphas
from plainview.core.measure.classical.error import at_each_score, standard_error
from plainview.core.measure.classical.halves import split_half
from plainview.core.measure.classical.omega import omega
from plainview.core.measure.classification.livingston_lewis import livingston_lewis
from plainview.core.measure.classification.rudner import rudner
from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel
from plainview.core.measure.dif.standardisation import standardisation
from plainview.core.measure.irt.conditional import fit_conditional
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.items import items
from plainview.core.measure.responses import responses
from plainview.core.stats.bootstrap import bootstrap
from plainview.core.stats.calibration import calibration
from plainview.core.stats.discrimination import auc
from plainview.core.stats.interval import Interval
from plainview.core.stats.losses import accuracy, brier, log_loss, rmse

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


def simulated(n_students, n_skills=2, missing=0.0):
    world = World(n_students=n_students, n_items=10, n_skills=n_skills, n_answers=12, missing=missing)
    return simulate(world, seed=1).log


def all_alike(log, answer):
    return dataclasses.replace(log, correct=np.full(log.n_rows, answer, dtype=np.float32))


LOGS = {
    "three students": simulated(3),
    "one skill": simulated(30, n_skills=1),
    "all right": all_alike(simulated(30), 1),
    "all wrong": all_alike(simulated(30), 0),
    "40 % missing": simulated(30, missing=0.4),
    "one answer": Coded.from_arrays(student=["a"], item=["i"], correct=[1.0], skills=["k"]),
    "nothing": Coded.from_arrays(student=[], item=[], correct=[]),
}
SAME = ("all right", "all wrong", "one answer", "nothing")


def table_of(name):
    chance = np.random.default_rng(3)
    drawn = (chance.random((60, 8)) < 0.6).astype(float)
    if name == "40 % missing":
        drawn[chance.random(drawn.shape) < 0.4] = np.nan
    return {
        "three students": drawn[:3],
        "one item": drawn[:, :1],
        "all right": np.ones((30, 8)),
        "all wrong": np.zeros((30, 8)),
        "40 % missing": drawn,
        "one student": drawn[:1],
        "nobody": drawn[:0],
    }[name]


TABLES = ("three students", "one item", "all right", "all wrong", "40 % missing", "one student", "nobody")


def side(table):
    return np.arange(len(table)) % 2 == 0


def decided(table):
    n = table.shape[1]
    totals = np.nansum(table, axis=1)
    return livingston_lewis(totals, cuts=[0.6 * n], reliability=0.7, lowest=0, highest=n, seed=1, n_draws=49)


def placed(table):
    means = np.array([np.nanmean(row) if (~np.isnan(row)).any() else np.nan for row in table])
    return rudner(ability=means, standard_error=np.full(len(table), 0.3), cuts=[0.5])


STATISTICS = {
    "items": items,
    "alpha, Feldt": alphas.alpha,
    "alpha, Bonett": lambda t: alphas.alpha(t, how="bonett"),
    "alpha, free": lambda t: alphas.alpha(t, how="free"),
    "alpha, bootstrap": lambda t: alphas.by_bootstrap(t, seed=1, n_draws=49),
    "alpha, standardised": alphas.standardised,
    "alpha without each": alphas.without_each,
    "omega": omega,
    "halves": split_half,
    "standard error": standard_error,
    "at each score": at_each_score,
    "Mantel-Haenszel": lambda t: mantel_haenszel(t, in_group=side(t), group="g"),
    "logistic DIF": lambda t: logistic(t, in_group=side(t), group="g"),
    "standardisation": lambda t: standardisation(t, in_group=side(t), group="g"),
    "Livingston & Lewis": decided,
    "Rudner": placed,
    "conditional Rasch": fit_conditional,
    **{f"response model {m}": lambda t, m=m: fit(t, model=m) for m in ("rasch", "1pl", "2pl", "3pl")},
    **{f"response model {m}": lambda t, m=m: fit(t, model=m) for m in ("grm", "gpcm", "pcm")},
    "Krippendorff": lambda t: krippendorff(t, scale="nominal", seed=1, n_draws=49),
    "Krippendorff, ordinal": lambda t: krippendorff(t, scale="ordinal", seed=1, n_draws=49),
    "kappa": lambda t: kappa(t[:, 0], t[:, -1]),
    "QWK": lambda t: kappa(t[:, 0], t[:, -1], weights="quadratic"),
    "Fleiss": fleiss,
    "AC1": ac1,
    "pairs that agree": percent_agreement,
    "automated scoring": lambda t: automated_scoring(person=t[:, 0], machine=t[:, -1]),
}


def intervals(found):
    """Every interval in an answer, with the number it is about."""
    if dataclasses.is_dataclass(found) and not isinstance(found, CannotSay | Interval):
        for field in dataclasses.fields(found):
            inside = getattr(found, field.name)
            if isinstance(inside, Interval):
                yield _number(found, field.name), inside
            else:
                yield from intervals(inside)
    elif isinstance(found, list | tuple):
        for one in found:
            yield from intervals(one)


def _number(found, name):
    whose = name.removesuffix("interval").rstrip("_") or "value"
    return next((getattr(found, n) for n in (whose, "value", "effect") if hasattr(found, n)), None)


def is_honest(value, interval):
    assert not np.isnan(interval.low) and not np.isnan(interval.high)
    assert value is None or interval.low - 1e-9 <= value <= interval.high + 1e-9
    assert interval.high > interval.low, "a number without doubt"


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("name", TABLES)
def test_a_statistic_of_such_a_table_is_unsure_or_cannot_say(name, statistic):
    with warnings.catch_warnings():
        found = STATISTICS[statistic](table_of(name))
    if isinstance(found, IrtFit):
        assert found.ended.said
        return
    for value, interval in intervals(found):
        is_honest(value, interval)
        if name == "three students":
            assert interval.high - interval.low > 0.25, (statistic, value, interval)


@pytest.mark.parametrize("model", BY_NAME)
@pytest.mark.parametrize("name", LOGS)
def test_a_model_of_such_a_log_cannot_say_or_says_no_certainty(name, model):
    log = LOGS[name]
    found = BY_NAME[model].load()(log)
    if isinstance(found, CannotSay):
        assert found.reason and found.would_need
        return
    assert name not in SAME, "there is nothing to learn from"
    predicted = found.predict(log)
    assert ((predicted > 0.02) & (predicted < 0.98)).all()
    assert found.ended.said
    assert found.explain(log, log.n_rows - 1).parts is not None


@pytest.mark.parametrize("variant", ["forgets", "by_item", "by_student"])
@pytest.mark.parametrize("name", LOGS)
def test_the_variants_of_tracing_too(name, variant):
    found = fitting.fit(LOGS[name], **{variant: True})
    if not isinstance(found, CannotSay):
        predicted = found.predict(LOGS[name])
        assert ((predicted > 0.02) & (predicted < 0.98)).all()
        for skill in found.skills:
            for kind in ("known", "learn", "guess", "slip"):
                number = getattr(found.skill(skill), kind)
                assert number.interval is None or number.interval.high - number.interval.low > 0.02


@pytest.mark.parametrize("name", LOGS)
def test_no_comparison_of_such_a_log_is_sure(name):
    found = compare(LOGS[name], models=MODELS[:3], n_folds=3, seed=1)
    if name in ("three students", *SAME):
        assert isinstance(found, CannotSay)
        return
    for result in found.results:
        of_itself = result.worse_by if result.name == found.best else None  # nothing less nothing
        for value, interval in intervals(dataclasses.replace(result, worse_by=result.log_loss)):
            is_honest(value, interval)
        if of_itself is None:
            is_honest(result.worse_by.value, result.worse_by.interval)


FIGURES = {"auc": auc, "log loss": log_loss, "brier": brier, "rmse": rmse, "accuracy": accuracy}


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", LOGS)
def test_a_figure_of_such_predictions_is_unsure_or_cannot_say(name, figure):
    log = LOGS[name]
    chance = np.random.default_rng(1)
    predicted = chance.uniform(0.3, 0.9, log.n_rows)
    found = FIGURES[figure](correct=log.correct, predicted=predicted, student=log.student)
    for value, interval in intervals(found):
        is_honest(value, interval)


@pytest.mark.parametrize("name", LOGS)
def test_calibration_of_such_predictions_is_unsure_or_cannot_say(name):
    log = LOGS[name]
    for predicted in (np.full(log.n_rows, 0.5), np.linspace(0.01, 0.99, log.n_rows)):
        found = calibration(correct=log.correct, predicted=predicted, student=log.student)
        for value, interval in intervals(found):
            is_honest(value, interval)


@pytest.mark.parametrize("name", LOGS)
def test_a_table_of_responses_and_abilities_of_such_a_log(name):
    found = responses(LOGS[name], fewest_answers=1)
    if isinstance(found, CannotSay):
        return
    known = ability.Items.of(b=np.zeros(len(found.items)))
    for how in (ability.eap, ability.ability_map, ability.wle):
        out = how(found.answers, items=known)
        assert np.isfinite(out.theta).all() and (out.standard_error > 0.3).all()
    model = fit(found.answers, model="rasch")
    if isinstance(model, IrtFit):
        assert (ability_by_fit.wle(found.answers, fit=model).standard_error > 0.3).all()


def test_what_rests_on_few_students_of_a_bootstrap_cannot_be_said():
    assert isinstance(bootstrap(lambda times: float(times.sum()), n_students=3, seed=1), CannotSay)


@pytest.mark.parametrize("name", SAME)
def test_difficulty_is_not_made_of_answers_that_are_all_alike(name):
    assert isinstance(elo.fit(LOGS[name]), CannotSay)
    assert isinstance(ability_tracing.fit(LOGS[name]), CannotSay)
