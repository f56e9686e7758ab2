"""The verbal aggression study, the classic example since R's difR: 316 people, 24 items, women and men."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel
from plainview.core.measure.dif.standardisation import standardisation

HERE = Path(__file__).parents[3] / "references"
R = json.loads((HERE / "dif_verbal_by_r.json").read_text())
PUBLISHED = json.loads((HERE / "dif_verbal_by_difr.json").read_text())
PEOPLE = np.array([list(map(int, row)) for row in R["people"]], dtype=float)
MEN = np.array(R["man"]) == 1
NAMES = [item["name"] for item in R["items"]]


def of(items, field):
    return [item[field] for item in items]


def asked(method, **how):
    return method(PEOPLE, in_group=MEN, group="men", names=NAMES, **how)


def test_mantel_haenszel_as_published():
    """Published: verbal aggression, as difR prints it (Magis et al. 2010, BRM 42, 847-862): plain."""
    found = asked(mantel_haenszel, purify="no")
    printed = PUBLISHED["items"]
    assert [i.chi_square for i in found.items] == pytest.approx(of(printed, "chi_square"), abs=5e-5)
    assert [i.odds_ratio for i in found.items] == pytest.approx(of(printed, "odds_ratio"), abs=5e-5)
    assert [i.effect for i in found.items] == pytest.approx(of(printed, "delta"), abs=5e-5)
    assert [-i.effect / i.standard_error for i in found.items] == pytest.approx(of(printed, "z"), abs=5e-5)
    assert [i.p_adjusted for i in found.items] == pytest.approx(of(printed, "p_adjusted"), abs=5e-5)


def test_mantel_haenszel_purified_until_stable_as_published():
    """Published: verbal aggression, as difR prints it (Magis et al. 2010, BRM 42, 847-862): purified."""
    found = asked(mantel_haenszel, purify="until stable")
    printed = PUBLISHED["items"]
    assert (found.purified.n_rounds, found.purified.is_stable) == (6, True)
    kept_out = ["S2WantShout", "S3WantScold", "S1DoScold", "S2DoCurse", "S2DoScold", "S3DoCurse", "S3DoScold"]
    assert list(found.purified.kept_out) == [*kept_out, "S4DoCurse", "S4DoScold"]
    assert [i.chi_square for i in found.items] == pytest.approx(of(printed, "purified_chi_square"), abs=5e-5)
    assert [i.odds_ratio for i in found.items] == pytest.approx(of(printed, "purified_odds_ratio"), abs=5e-5)


def test_logistic_regression_as_published():
    """Published: verbal aggression, as difR prints it (Magis et al. 2010, BRM 42, 847-862): logistic."""
    found = asked(logistic, purify="no")
    printed = PUBLISHED["items"]
    assert [i.chi_square for i in found.items] == pytest.approx(of(printed, "logistic_chi_square"), abs=5e-5)
    assert [i.effect for i in found.items] == pytest.approx(of(printed, "logistic_r_squared"), abs=5e-5)
    assert {i.grade for i in found.items} == {"A"}
    assert [i.name for i in found.items if i.p_value <= 0.05] == [
        "S2WantShout",
        "S2DoCurse",
        "S2DoScold",
        "S3DoCurse",
    ]


def test_r_itself_finds_the_same_ratios_and_intervals():
    """R's interval rests on the Robins-Breslow-Greenland variance too."""
    for found, item in zip(asked(mantel_haenszel, purify="no").items, R["items"], strict=True):
        assert found.odds_ratio == pytest.approx(item["odds_ratio"], rel=1e-9), R["made_with"]
        ends = np.exp([found.interval.high / -2.35, found.interval.low / -2.35])
        assert ends.tolist() == pytest.approx(item["ratio_interval"], rel=1e-9)


def test_r_itself_finds_the_same_regressions():
    from scipy.stats import chi2

    for found, item in zip(asked(logistic, purify="no").items, R["items"], strict=True):
        _, matched, even, turning = item["log_likelihoods"]
        assert found.chi_square == pytest.approx(2 * (turning - matched), rel=1e-6), R["made_with"]
        assert found.p_even == pytest.approx(chi2.sf(2 * (even - matched), 1), rel=1e-5)
        assert found.p_turning == pytest.approx(chi2.sf(2 * (turning - even), 1), rel=1e-5)
        assert found.log_odds == pytest.approx(item["log_odds"], rel=1e-5, abs=1e-8)
        half = found.log_odds_interval.high - found.log_odds
        assert half == pytest.approx(1.959963985 * item["log_odds_error"], rel=1e-5)


def test_r_itself_finds_the_same_standardised_differences():
    found = asked(standardisation, purify="no")
    assert [i.effect for i in found.items] == pytest.approx(of(R["items"], "std_p_dif"), abs=1e-12), R[
        "made_with"
    ]
