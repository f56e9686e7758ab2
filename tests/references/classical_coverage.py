"""Makes classical_coverage.json. Run: python classical_coverage.py > classical_coverage.json  (two minutes)

How often do the intervals of test theory, of fairness of items, of decisions and of agreement hold the truth?
Tests and ratings are drawn from known models; the truth is the model's own number, or that of a sample of
100,000. Each share has a standard error of about .015. Settings may be named by number: ... 0 1.
"""

import json
import sys

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.kappa import kappa
from plainview.core.measure.agreement.krippendorff import krippendorff
from plainview.core.measure.agreement.many import ac1, fleiss
from plainview.core.measure.classical.alpha import alpha, by_bootstrap
from plainview.core.measure.classical.error import standard_error
from plainview.core.measure.classical.halves import split_half
from plainview.core.measure.classical.omega import omega
from plainview.core.measure.classification.livingston_lewis import livingston_lewis
from plainview.core.measure.classification.rudner import rudner
from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel
from plainview.core.measure.dif.standardisation import standardisation
from plainview.core.measure.items import items

SEED, N_DRAWN, N_TRUTH = 20261122, 200, 100_000
chance = np.random.default_rng(SEED)  # set anew for each setting, so that each can be repeated by itself


def answers(n, k=20, slope=1.2):
    logits = slope * (chance.normal(size=(n, 1)) - np.linspace(-1.5, 1.5, k))
    return (chance.random((n, k)) < 1 / (1 + np.exp(-logits))).astype(float)


def two_sides(n, *, harder, gap):
    side = np.arange(n) % 3 == 0
    logits = chance.normal(size=(n, 1)) - gap * side[:, None] - np.linspace(-1.5, 1.5, 20)
    logits[:, 7] -= harder * side
    return (chance.random((n, 20)) < 1 / (1 + np.exp(-logits))).astype(float), side


def ratings(n):
    true, dealt = (chance.choice(4, size=(n, m), p=[0.4, 0.3, 0.2, 0.1]) for m in (1, 3))
    return np.where(chance.random((n, 3)) < 0.75, true, dealt).astype(float)


def held(draw, ask, truth):
    """Of the intervals that were said, the share that hold the truth, for each figure."""
    n_held, n_said = np.zeros(len(truth)), np.zeros(len(truth))
    for seed in range(N_DRAWN):
        for j, (found, t) in enumerate(zip(ask(draw(), seed), truth, strict=True)):
            if not isinstance(found, CannotSay):
                n_said[j] += 1
                n_held[j] += found.interval.holds(t)
    return (n_held / n_said).round(4).tolist()


def of_tests(n):
    def ask(table, seed):
        found = items(table)
        return [
            alpha(table),
            alpha(table, how="bonett"),
            alpha(table, how="free"),
            by_bootstrap(table, seed=seed, n_draws=199),
            omega(table),
            split_half(table),
            standard_error(table),
            found[0].item_rest,
            found[10].item_rest,
        ]

    big = answers(N_TRUTH)
    found = items(big)
    truth = [alpha(big).value] * 4 + [omega(big).value, split_half(big).value, standard_error(big).value]
    truth += [found[0].item_rest.value, found[10].item_rest.value]
    names = ["alpha, Feldt", "alpha, Bonett", "alpha, free", "alpha, bootstrap", "omega", "split half"]
    names += ["standard error", "item-rest, easy item", "item-rest, middling item"]
    return dict(zip(names, held(lambda: answers(n), ask, truth), strict=True))


def of_fairness(n, gap):
    p, holds = {m.__name__: [] for m in (mantel_haenszel, logistic, standardisation)}, []
    for _ in range(N_DRAWN // 4):
        table, side = two_sides(n, harder=0.0, gap=gap)
        for ask in (mantel_haenszel, logistic, standardisation):
            p[ask.__name__] += [i.p_value for i in ask(table, in_group=side, group="g", purify="no").items]
    for _ in range(N_DRAWN):
        table, side = two_sides(n, harder=0.5, gap=gap)
        found = mantel_haenszel(table, in_group=side, group="g", purify="no").items[7]
        holds.append(found.interval.holds(-2.35 * 0.5))
    called = {
        f"called significant at .05, {name}": float((np.array(v) <= 0.05).mean()) for name, v in p.items()
    }
    return {"D, mantel_haenszel": float(np.mean(holds)), **called}


def of_decisions(n):
    figures = ["accuracy", "consistency", "kappa"]

    def totals(m):
        return chance.binomial(40, chance.beta(6, 4, size=m))

    def abilities(m):
        return chance.normal(size=m), chance.uniform(0.3, 0.5, size=m)

    def lewis(x, seed, n_draws=99):
        found = livingston_lewis(
            x, cuts=[24], reliability=0.8, lowest=0, highest=40, seed=seed, n_draws=n_draws
        )
        return [found if isinstance(found, CannotSay) else getattr(found.each[0], f) for f in figures]

    def on_ability(pair, seed):
        found = rudner(ability=pair[0], standard_error=pair[1], cuts=[0.3])
        return [found if isinstance(found, CannotSay) else getattr(found.each[0], f) for f in figures]

    made = {}
    for name, draw, ask in (("Livingston-Lewis", totals, lewis), ("Rudner", abilities, on_ability)):
        truth = [e.value for e in ask(draw(N_TRUTH), 1)]
        shares = held(lambda d=draw: d(n), lambda s, seed, a=ask: a(s, seed), truth)
        made |= {f"{name}, {figure}": share for figure, share in zip(figures, shares, strict=True)}
    return made


def of_ratings(n):
    def ask(table, seed):
        scales = ("nominal", "ordinal", "interval")
        return [
            *(krippendorff(table, scale=s, seed=seed, n_draws=299) for s in scales),
            fleiss(table),
            ac1(table),
            kappa(table[:, 0], table[:, 1]),
            kappa(table[:, 0], table[:, 1], weights="quadratic"),
        ]

    known = 0.75**2  # beyond chance, on every scale
    truth = [known] * 4 + [ac1(ratings(N_TRUTH)).value, known, known]
    names = ["alpha nominal", "alpha ordinal", "alpha interval", "Fleiss' kappa", "AC1", "kappa", "QWK"]
    return dict(zip(names, held(lambda: ratings(n), ask, truth), strict=True))


SETTINGS = {
    "tests of 20 items, 30 students": lambda: of_tests(30),
    "tests of 20 items, 200 students": lambda: of_tests(200),
    "fairness, 300 students": lambda: of_fairness(300, 0.0),
    "fairness, 900 students, one side a deviation lower": lambda: of_fairness(900, 1.0),
    "decisions, 50 students": lambda: of_decisions(50),
    "decisions, 300 students": lambda: of_decisions(300),
    "ratings, 10 things": lambda: of_ratings(10),
    "ratings, 40 things": lambda: of_ratings(40),
}
found = {}
for number, (setting, shares) in enumerate(SETTINGS.items()):
    if not sys.argv[1:] or str(number) in sys.argv[1:]:
        chance = np.random.default_rng([SEED, number])
        found[setting] = shares()
json.dump(
    {"made_with": f"{N_DRAWN} draws each, seed {SEED}, 95 % intervals", "held": found}, sys.stdout, indent=1
)
