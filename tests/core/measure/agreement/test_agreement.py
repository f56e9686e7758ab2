"""Agreement: the published examples, other people's programs, and what may go wrong."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.kappa import kappa, quadratic_weighted_kappa
from plainview.core.measure.agreement.krippendorff import krippendorff
from plainview.core.measure.agreement.many import ac1, fleiss, percent_agreement
from plainview.core.measure.agreement.ratings import Agreement

HERE = Path(__file__).parents[3] / "references"
PEERS = json.loads((HERE / "agreement_by_peers.json").read_text())
IRRCAC = json.loads((HERE / "agreement_by_irrcac.json").read_text())
SCALES = ["nominal", "ordinal", "interval", "ratio"]


def table(case):
    return np.array(case["ratings"], dtype=float)


def from_counts(counts):
    """How often each category was given, as ratings: the raters of one thing need not be those of another."""
    return np.array([np.repeat(np.arange(len(row)), row) for row in counts], dtype=float)


@pytest.mark.parametrize("scale, alpha", [*zip(SCALES, [0.743, 0.815, 0.849, 0.797], strict=True)])
def test_krippendorffs_four_observers_and_twelve_units(scale, alpha):
    """Published: Krippendorff (2011), four observers, twelve units, gaps: .743, .815, .849, .797."""
    found = krippendorff(table(PEERS["alphas"][0]), scale=scale, seed=1)
    assert round(found.value, 3) == alpha
    assert (found.n_units, found.n_raters, found.n_ratings, found.n_left_out) == (11, 4, 40, 1)


@pytest.mark.parametrize("case", PEERS["alphas"], ids=["observers", "with gaps", "few"])
@pytest.mark.parametrize("scale", SCALES)
def test_another_program_finds_the_same_alpha(case, scale):
    found = krippendorff(table(case), scale=scale, seed=1, n_draws=20)
    assert found.value == pytest.approx(case["alpha"][scale], abs=1e-9), PEERS["made_with"]


def test_the_diagnoses_of_fleiss_and_the_table_in_every_textbook():
    """Published: Fleiss (1971), Psychol. Bulletin 76, 378-382: .430; ten subjects of textbooks: .210."""
    assert round(fleiss(from_counts(PEERS["diagnoses"]["counts"])).value, 3) == 0.430
    rows = ["0000E", "02642", "00356", "03920", "22811", "77000", "32630", "25322", "65210", "02237"]
    counts = [[int(c, 16) for c in row] for row in rows]
    assert round(fleiss(from_counts(counts)).value, 3) == 0.210


@pytest.mark.parametrize("case", IRRCAC["cases"], ids=["Gwet 2014", "drawn"])
@pytest.mark.parametrize("ask, name", [(fleiss, "fleiss"), (ac1, "ac1")])
def test_another_program_finds_the_same_with_gaps_and_the_same_interval(case, ask, name):
    found = ask(table(case))
    assert found.value == pytest.approx(case[name]["value"], abs=1e-9), IRRCAC["made_with"]
    assert [found.interval.low, found.interval.high] == pytest.approx(case[name]["interval"], abs=1e-9)
    assert percent_agreement(table(case)).value == pytest.approx(case["seen"], abs=1e-5)


@pytest.mark.parametrize("case", PEERS["kappas"], ids=["2 values", "4 values", "6 values"])
@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_other_programs_find_the_same_kappa_and_error(case, weights):
    first, second = table(case).T
    found, theirs = kappa(first, second, weights=weights), case["kappa"][weights]
    assert found.value == pytest.approx(theirs["sklearn"], abs=1e-9), PEERS["made_with"]
    assert found.value == pytest.approx(theirs["statsmodels"], abs=1e-9)
    assert found.standard_error == pytest.approx(theirs["error"], rel=1e-9)


def test_kappa_by_hand():
    """Both yes 20, both no 15, yes-no 5, no-yes 10: seen .7, by chance .5 x .6 + .5 x .4 = .5, kappa .4."""
    first = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])
    second = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    found = kappa(first, second)
    assert (found.value, found.seen, found.by_chance) == pytest.approx((0.4, 0.7, 0.5))
    assert quadratic_weighted_kappa(first, second).value == pytest.approx(0.4)


def test_the_jackknife_slowly_one_left_out_at_a_time():
    first, second = table(PEERS["kappas"][1]).T
    whole = kappa(first, second, weights="quadratic")
    n = len(first)
    each = [
        np.arctanh(kappa(np.delete(first, i), np.delete(second, i), weights="quadratic").value)
        for i in range(n)
    ]
    half = 1.990450 * (n - 1) / np.sqrt(n) * np.std(each, ddof=1)
    assert whole.interval.high == pytest.approx(np.tanh(np.arctanh(whole.value) + half), abs=1e-6)


def test_what_one_may_do_with_it():
    """Rely from .80, tentative from .667, below that show the spread and give no score."""
    chance = np.random.default_rng(1)
    true = chance.integers(0, 5, size=(600, 1))

    def sentence(p):
        dealt = chance.integers(0, 5, (600, 3))
        return krippendorff(
            np.where(chance.random((600, 3)) < p, true, dealt), scale="ordinal", seed=1, n_draws=99
        ).sentence

    assert "to rely on. Krippendorff's alpha (ordinal) 0.9" in sentence(0.97)
    assert "tentative conclusions only" in sentence(0.85)
    assert "show how they spread" in sentence(0.5)


def drawn(chance, n):
    true, dealt = (chance.choice(4, size=(n, m), p=[0.4, 0.3, 0.2, 0.1]) for m in (1, 3))
    return np.where(chance.random((n, 3)) < 0.75, true, dealt).astype(float)


def test_about_95_in_100_intervals_hold_the_truth():
    """Raters who know three times in four and guess otherwise agree, beyond chance, 9 times in 16."""
    chance, truth = np.random.default_rng(3), 0.75**2
    held = {"alpha": 0, "fleiss": 0, "kappa": 0, "qwk": 0}
    for seed in range(150):
        ratings = drawn(chance, 20)
        held["alpha"] += krippendorff(ratings, scale="ordinal", seed=seed, n_draws=199).interval.holds(truth)
        held["fleiss"] += fleiss(ratings).interval.holds(truth)
        held["kappa"] += kappa(ratings[:, 0], ratings[:, 1]).interval.holds(truth)
        held["qwk"] += kappa(ratings[:, 0], ratings[:, 1], weights="quadratic").interval.holds(truth)
    assert all(0.89 <= n / 150 <= 0.99 for n in held.values()), held


def everything(ratings):
    yield from (krippendorff(ratings, scale=scale, seed=1, n_draws=20) for scale in SCALES)
    yield from (fleiss(ratings), ac1(ratings), percent_agreement(ratings))
    if np.shape(ratings)[1] >= 2:
        for weights in ("none", "linear", "quadratic"):
            yield kappa(
                np.array(ratings, dtype=float)[:, 0], np.array(ratings, dtype=float)[:, 1], weights=weights
            )


@pytest.mark.parametrize(
    "ratings",
    [np.empty((0, 3)), [[1, 2, 3]], [[1], [2], [3], [4]], [[np.nan, np.nan]] * 9],
    ids=["nothing", "one thing", "one rater", "no ratings"],
)
def test_too_little_is_said(ratings):
    assert all(isinstance(found, CannotSay) for found in everything(ratings))


def test_one_value_throughout_could_not_have_differed():
    said = [found for found in everything([[2.0, 2.0]] * 30) if isinstance(found, CannotSay)]
    assert (
        len(said) == 9
    )  # all but the plain share of pairs that agree, which is 1 and says so with its interval


def test_raters_who_always_agree_do_not_make_the_interval_certain():
    few = [[1, 1, 1], [2, 2, 2], [3, 3, 3], [1, 1, 1]]
    for found in everything(few):
        assert found.value == pytest.approx(1)
        assert found.interval.low < 0.6
        assert found.interval.high == pytest.approx(1)


tables = arrays(
    float, st.tuples(st.integers(0, 9), st.integers(1, 4)), elements=st.sampled_from([1.0, 2.0, 3.0, np.nan])
)


@settings(max_examples=100, deadline=None)
@given(ratings=tables)
def test_no_table_is_too_odd(ratings):
    for found in everything(ratings):
        assert isinstance(found, Agreement | CannotSay)
        if isinstance(found, Agreement):
            assert found.value <= 1 + 1e-12
            assert found.interval.low <= found.value + 1e-12
            assert found.value <= found.interval.high + 1e-12


@settings(max_examples=50, deadline=None)
@given(ratings=tables, order=st.permutations(range(4)))
def test_raters_have_no_order_and_names_of_categories_mean_nothing(ratings, order):
    shuffled = ratings[:, [j for j in order if j < ratings.shape[1]]]
    renamed = np.where(ratings == 1, 7.0, ratings)
    here = krippendorff(ratings, scale="nominal", seed=1, n_draws=5)
    for other in (shuffled, renamed):
        there = krippendorff(other, scale="nominal", seed=1, n_draws=5)
        if isinstance(here, CannotSay):
            assert isinstance(there, CannotSay)
        else:
            assert there.value == pytest.approx(here.value, abs=1e-12)


def test_the_same_seed_gives_the_same_interval():
    ratings = drawn(np.random.default_rng(1), 30)
    one, other, third = (krippendorff(ratings, scale="ordinal", seed=s) for s in (5, 5, 6))
    assert one == other
    assert one.interval != third.interval


def test_callers_mistakes():
    with pytest.raises(ValueError, match="things rated x raters"):
        fleiss([1, 2, 3])
    with pytest.raises(ValueError, match="two rows of equal length"):
        kappa([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="0 or more on a ratio scale"):
        krippendorff([[-1, 2], [3, 4]], scale="ratio", seed=1)
    with pytest.raises(ValueError, match="infinite"):
        fleiss([[1, np.inf], [3, 4]])
