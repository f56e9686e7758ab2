"""Makes figures_coverage.json: intervals that no other script here holds against a known truth.

Run from the project's root: python tests/references/figures_coverage.py > figures_coverage.json
Figures of predictions (students unlike each other, 5 to 60 answers each, the truth that of 20,000 students),
numbers of skills in knowledge tracing, abilities with known and with fitted items, difficulty, standardised
and logistic differences of fairness, Livingston & Lewis with alpha's doubt in it. 95 % intervals throughout;
an error without an interval of its own is taken as value +- 1.96 errors.
"""

import json
import platform

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.learner import ability, ability_by_fit
from plainview.core.learner.tracing import fitting
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.measure.classical.alpha import alpha
from plainview.core.measure.classification.livingston_lewis import livingston_lewis
from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.standardisation import standardisation
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.simulate import simulate as simulate_test
from plainview.core.measure.items import items
from plainview.core.stats.calibration import calibration
from plainview.core.stats.clustered import Score
from plainview.core.stats.discrimination import auc, auc_difference
from plainview.core.stats.losses import accuracy, brier, log_loss, loss_difference, rmse

SEED, Z, N_DRAWN, N_TRUTH = 20261122, 1.959964, 300, 20_000


def share(held):
    return {"held": round(float(np.mean(held)), 4), "n": len(held)}


def within(value, error, truth):
    known = np.isfinite(error)
    return (np.abs(np.asarray(value) - truth) <= Z * np.asarray(error))[known]


# --- figures of predictions -----------------------------------------------------------------------------


def predicted(chance, n_students):
    """Rows of students: what came, what one model said, what another said."""
    n_of = chance.integers(5, 61, n_students)
    student = np.repeat(np.arange(n_students), n_of)
    able = chance.normal(0, 0.8, n_students)[student]
    hard = chance.normal(0, 1, len(student))
    correct = (chance.random(len(student)) < 1 / (1 + np.exp(-(able - hard)))).astype(float)
    one = 1 / (1 + np.exp(-(0.6 * able - 0.9 * hard + chance.normal(0, 0.4, len(student)))))
    other = 1 / (1 + np.exp(0.9 * hard))
    return {"correct": correct, "predicted": one, "student": student}, other


def figures_of(came, other):
    found = calibration(**came)
    slope, intercept = found.slope, found.intercept
    both = came | {"other": other}
    each = [auc(**came), log_loss(**came), accuracy(**came), brier(**came).score, rmse(**came)]
    return [*each, slope, intercept, auc_difference(**both), loss_difference(**both)]


FIGURES = ["AUC", "log loss", "accuracy", "Brier score", "RMSE", "calibration slope", "calibration intercept"]
FIGURES += ["difference of two AUCs", "difference of two log losses"]


def of_predictions(n_students):
    chance = np.random.default_rng([SEED, n_students])
    truth = [one.value for one in figures_of(*predicted(chance, N_TRUTH))]
    held = [[] for _ in truth]
    for _ in range(N_DRAWN):
        for j, one in enumerate(figures_of(*predicted(chance, n_students))):
            if isinstance(one, Score):
                held[j].append(one.interval.holds(truth[j]))
    return {name: share(one) for name, one in zip(FIGURES, held, strict=True)}


# --- knowledge tracing, abilities, items ----------------------------------------------------------------


def of_tracing(n_students):
    held = {kind: [] for kind in ("known", "learn", "guess", "slip")}
    for seed in range(4):
        made = simulate(World(n_students=n_students, n_skills=60, mean_length=6.0), seed=SEED + seed)
        found = fitting.fit(made.log)
        for s, name in enumerate(made.log.skills):
            skill = found.skill(name)
            for kind, into in held.items():
                number = getattr(skill, kind)
                if number.interval is not None:
                    into.append(number.interval.holds(float(getattr(made.truth, kind)[s])))
    return {f"tracing, {kind}": share(one) for kind, one in held.items()}


def of_abilities(n_items):
    chance = np.random.default_rng([SEED, n_items])
    theta = chance.normal(size=2000)
    known = ability.Items.of(b=chance.normal(size=n_items), a=np.exp(chance.normal(0, 0.2, n_items)))
    answers = (chance.random((2000, n_items)) < known.p(theta)).astype(float)
    graded = simulate_test(n_students=2000, n_items=n_items, seed=n_items, model="grm", n_categories=4)
    fitted = fit(graded.answers, model="grm")
    told = {}
    for name in ("eap", "ability_map", "wle"):
        label = {"eap": "EAP", "ability_map": "MAP", "wle": "WLE"}[name]
        out = getattr(ability, name)(answers, items=known)
        told[f"ability, {label}, items known"] = share(within(out.theta, out.standard_error, theta))
        out = getattr(ability_by_fit, name)(graded.answers, fit=fitted)
        held = within(out.theta, out.standard_error, graded.theta)
        told[f"ability, {label}, graded items fitted"] = share(held)
    return told


def two_sides(chance, n, harder):
    side = np.arange(n) % 3 == 0
    logits = chance.normal(size=(n, 1)) - np.linspace(-1.5, 1.5, 20)
    logits[:, 7] -= harder * side
    return (chance.random((n, 20)) < 1 / (1 + np.exp(-logits))).astype(float), side


def of_items(n):
    chance = np.random.default_rng([SEED, n])

    def ask(table, side):
        asked = {"in_group": side, "group": "g", "purify": "no"}
        by_hand = [standardisation(table, **asked).items[7], logistic(table, **asked).items[7]]
        return [items(table)[0].difficulty_interval, *(one.interval for one in by_hand)]

    big, side = two_sides(chance, 60_000, 0.5)
    asked = {"in_group": side, "group": "g", "purify": "no"}
    truth = [items(big)[0].difficulty, standardisation(big, **asked).items[7].effect]
    truth.append(logistic(big, **asked).items[7].effect)
    held = [[] for _ in truth]
    for _ in range(N_DRAWN // 2):
        for j, interval in enumerate(ask(*two_sides(chance, n, 0.5))):
            held[j].append(interval.holds(truth[j]))
    names = ["difficulty of an item", "STD P-DIF", "difference of R squared (logistic DIF)"]
    return {name: share(one) for name, one in zip(names, held, strict=True)}


def of_decisions(n):
    """The whole procedure: alpha of the same students, then the decisions, alpha's doubt drawn too."""
    chance = np.random.default_rng([SEED, n, 1])

    def table(m):
        logits = 1.2 * (chance.normal(size=(m, 1)) - np.linspace(-1.5, 1.5, 20))
        return (chance.random((m, 20)) < 1 / (1 + np.exp(-logits))).astype(float)

    def ask(rows, seed):
        totals = rows.sum(axis=1)
        return livingston_lewis(
            totals, cuts=[12], reliability=alpha(rows), lowest=0, highest=20, seed=seed, n_draws=99
        )

    names = ("accuracy", "consistency", "kappa")
    truth, held = ask(table(60_000), 1).each[0], {name: [] for name in names}
    for seed in range(N_DRAWN // 3):
        found = ask(table(n), seed)
        if not isinstance(found, CannotSay):
            for name in names:
                held[name].append(getattr(found.each[0], name).interval.holds(getattr(truth, name).value))
    return {f"Livingston-Lewis with alpha, {name}": share(one) for name, one in held.items()}


if __name__ == "__main__":
    told = {f"predictions of {n} students": of_predictions(n) for n in (5, 10, 25, 100)}
    told |= {f"60 skills, {n} students": of_tracing(n) for n in (40, 200)}
    told |= {f"tests of {n} items": of_abilities(n) for n in (10, 30)}
    told |= {f"fairness of items, {n} students": of_items(n) for n in (200, 800)}
    told |= {f"decisions, {n} students": of_decisions(n) for n in (50, 300)}
    said = f"Python {platform.python_version()}, seed {SEED}, 95 % intervals"
    print(json.dumps({"made_with": said, "held": told}, indent=1))  # noqa: T201
