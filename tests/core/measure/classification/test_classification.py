"""Decisions at cuts: against R, against simulated students whose true side is known, and with too little."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.classical.alpha import Alpha, alpha
from plainview.core.measure.classification.decision import Classification
from plainview.core.measure.classification.livingston_lewis import livingston_lewis
from plainview.core.measure.classification.rudner import rudner

R = json.loads(Path(__file__).parents[3].joinpath("references/classification_by_r.json").read_text())


@pytest.mark.parametrize("case", R["livingston_lewis"], ids=["four parameters", "two", "short test"])
def test_r_finds_the_same_at_every_cut(case):
    found = livingston_lewis(
        case["totals"],
        cuts=case["cuts"],
        reliability=case["reliability"],
        lowest=0,
        highest=case["top"],
        seed=1,
        n_draws=9,
    )
    assert found.model.startswith(f"{case['fit']['n']} effective items")
    assert ("four-parameter" in found.model) == case["fit"]["four"]
    for each, theirs in zip(found.each, case["each"], strict=True):
        for figure in ("accuracy", "consistency", "kappa"):
            assert getattr(each, figure).value == pytest.approx(theirs[figure], abs=2e-7), R["made_with"]


def test_r_finds_the_same_on_an_ability_scale():
    case = R["rudner"]
    found = rudner(ability=case["ability"], standard_error=case["error"], cuts=case["cuts"]).together
    kappa = (case["consistency"] - case["chance"]) / (1 - case["chance"])
    assert found.accuracy.value == pytest.approx(case["accuracy"], abs=1e-12), R["made_with"]
    assert found.consistency.value == pytest.approx(case["consistency"], abs=1e-12)
    assert found.kappa.value == pytest.approx(kappa, abs=1e-12)


def test_simulated_students_whose_true_side_is_known():
    """Shares from a beta, two tests of 50 items each: what is reckoned from one is what both show."""
    chance = np.random.default_rng(1)
    share = chance.beta(6, 4, size=40_000)
    first, second = chance.binomial(50, share), chance.binomial(50, share)
    reliability = share.var() / (first / 50).var()
    found = livingston_lewis(
        first[:5000], cuts=[25, 35], reliability=reliability, lowest=0, highest=50, seed=1, n_draws=99
    )
    for each in found.each:
        right = np.mean((first >= each.cut) == (share >= each.cut / 50))
        alike = np.mean((first >= each.cut) == (second >= each.cut))
        assert each.accuracy.value == pytest.approx(right, abs=0.012)
        assert each.consistency.value == pytest.approx(alike, abs=0.012)
        # 49 effective items of 50: the first whole number that reaches a cut lies up to an item higher.
        assert each.share_expected == pytest.approx(each.share_above, abs=0.04)


def test_simulated_abilities_whose_true_side_is_known():
    """A flat scale, so that no estimate leans to one side."""
    chance = np.random.default_rng(2)
    true = chance.uniform(-3, 3, size=40_000)
    first, second = true + 0.4 * chance.normal(size=(2, 40_000))
    found = rudner(ability=first, standard_error=np.full(40_000, 0.4), cuts=[-0.5, 1.0]).each[0]
    assert found.accuracy.value == pytest.approx(np.mean((first >= -0.5) == (true >= -0.5)), abs=0.005)
    # Rudner's consistency takes the estimate for the truth, so it errs towards the sure side of none.
    assert found.consistency.value == pytest.approx(np.mean((first >= -0.5) == (second >= -0.5)), abs=0.02)


def test_each_cut_is_the_table_folded_there():
    found = rudner(ability=np.linspace(-2, 2, 50), standard_error=np.full(50, 0.5), cuts=[-1, 0, 1])
    table = np.array(found.table)
    assert table.sum() == pytest.approx(1)
    assert found.together.accuracy.value == pytest.approx(np.trace(table))
    for k, each in enumerate(found.each, start=1):
        assert each.accuracy.value == pytest.approx(table[:k, :k].sum() + table[k:, k:].sum())
        assert each.too_high.value == pytest.approx(table[:k, k:].sum())
        assert each.too_low.value == pytest.approx(table[k:, :k].sum())


def test_the_jackknife_slowly_one_student_at_a_time():
    chance = np.random.default_rng(3)
    theta, error = chance.normal(size=40), chance.uniform(0.2, 0.6, size=40)
    whole = rudner(ability=theta, standard_error=error, cuts=[-0.3, 0.6])
    each = [
        rudner(ability=np.delete(theta, i), standard_error=np.delete(error, i), cuts=[-0.3, 0.6])
        for i in range(40)
    ]
    for pick in (lambda c: c.each[1].kappa, lambda c: c.together.consistency, lambda c: c.each[0].too_low):
        half = 2.022691 * 39 / np.sqrt(40) * np.std([pick(c).value for c in each], ddof=1)
        assert pick(whole).interval.high - pick(whole).value == pytest.approx(half, rel=1e-5)


def right_or_wrong(n=400, k=30):
    chance = np.random.default_rng(4)
    logits = chance.normal(size=(n, 1)) - np.linspace(-1, 1, k)
    return (chance.random((n, k)) < 1 / (1 + np.exp(-logits))).astype(float)


def test_the_doubt_of_the_reliability_enters():
    table = right_or_wrong()
    found = alpha(table)
    totals, how = table.sum(axis=1), {"cuts": [15.0], "lowest": 0, "highest": 30, "seed": 1, "n_draws": 199}
    sure = livingston_lewis(totals, reliability=found.value, **how).each[0].accuracy
    unsure = livingston_lewis(totals, reliability=found, **how).each[0].accuracy
    assert isinstance(found, Alpha)
    assert sure.value == unsure.value
    assert unsure.interval.high - unsure.interval.low > sure.interval.high - sure.interval.low


def test_the_sentence_and_who_was_left_out():
    totals = np.append(right_or_wrong().sum(axis=1), [np.nan] * 7)
    found = livingston_lewis(totals, cuts=[15], reliability=0.8, lowest=0, highest=30, seed=1, n_draws=19)
    assert (found.n_students, found.n_left_out) == (400, 7)
    assert found.each[0].sentence.startswith("Decisions at 15: about 8")


@pytest.mark.parametrize(
    "totals, reliability",
    [
        ([], 0.8),
        ([3, 4, 5], 0.8),
        ([5] * 40, 0.8),
        (list(range(10)) * 4, 1.0),
        (list(range(10)) * 4, -0.3),
        ([0, 10] * 20, 0.9),
    ],
    ids=["nobody", "three students", "all alike", "no error", "below 0", "all or nothing"],
)
def test_too_little_is_said(totals, reliability):
    found = livingston_lewis(
        totals, cuts=[5], reliability=reliability, lowest=0, highest=10, seed=1, n_draws=19
    )
    assert isinstance(found, CannotSay)


def test_few_or_certain_students_on_an_ability_scale():
    assert isinstance(rudner(ability=[0.0] * 5, standard_error=[0.3] * 5, cuts=[0]), CannotSay)
    gaps = rudner(ability=[np.nan, *np.zeros(30)], standard_error=[0.3] * 30 + [np.inf], cuts=[0])
    assert (gaps.n_students, gaps.n_left_out) == (29, 2)
    certain = rudner(ability=[2.0] * 25, standard_error=[0.01] * 25, cuts=[0]).each[0].accuracy
    assert certain.value == pytest.approx(1)
    assert certain.interval.low < 0.9


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes
@given(
    totals=st.lists(st.integers(0, 12), min_size=20, max_size=40),
    reliability=st.sampled_from(
        [-0.2, 0.0, 1e-300, 1e-9, 0.01, 0.3, 0.7, 0.95, 1 - 1e-6, 1 - 1e-15, 1.0, 1.1]
    ),
    cuts=st.sampled_from([[1], [6], [12], [3, 6, 9]]),
)
def test_no_class_is_too_odd(totals, reliability, cuts):
    found = livingston_lewis(
        totals, cuts=cuts, reliability=reliability, lowest=0, highest=12, seed=1, n_draws=9
    )
    assert isinstance(found, Classification | CannotSay)
    if isinstance(found, Classification):
        assert np.sum(found.table) == pytest.approx(1, abs=1e-6)
        for each in (*found.each, found.together):
            assert (
                0
                <= each.accuracy.interval.low
                <= each.accuracy.value
                <= each.accuracy.interval.high
                <= 1 + 1e-9
            )


def test_callers_mistakes():
    how = {"reliability": 0.8, "lowest": 0, "highest": 10, "seed": 1}
    with pytest.raises(ValueError, match="each above the one before"):
        livingston_lewis([1] * 30, cuts=[5, 5], **how)
    with pytest.raises(ValueError, match="expected them within"):
        livingston_lewis([1] * 30, cuts=[11], **how)
    with pytest.raises(ValueError, match="two equal rows"):
        rudner(ability=[1, 2], standard_error=[1], cuts=[0])
    with pytest.raises(ValueError, match="errors above 0"):
        rudner(ability=[1, 2], standard_error=[1, 0], cuts=[0])
