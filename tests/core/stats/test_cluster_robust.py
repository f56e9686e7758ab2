"""Doubt that counts clusters: held against clubSandwich, lme4 and lmerTest."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.stats.cluster_robust import estimate
from plainview.core.stats.mixed import icc_of, mixed

REFERENCE = json.loads((Path(__file__).parents[2] / "references" / "cluster_robust_by_r.json").read_text())
CASES = {case["name"]: case for case in REFERENCE["cases"]}


def _world(case):
    return {name: np.array(values, dtype=float) for name, values in case["data"].items()}


def _design(w, *, strata=False):
    columns = [w["treat"], w["pre"], np.ones(len(w["y"]))]
    if strata:
        columns += [(w["stratum"] == one).astype(float) for one in np.unique(w["stratum"])]
    return np.column_stack(columns)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("how", ["cr2", "strata", "weighted", "hc2"])
def test_cr2_and_its_degrees_of_freedom_are_clubsandwichs(name, how):
    w, theirs = _world(CASES[name]), CASES[name][how]
    ours = estimate(
        w["y"],
        _design(w, strata=how == "strata"),
        cluster=None if how == "hc2" else w["cluster"],
        weight=w["weight"] if how == "weighted" else None,
    )
    found = (ours.value, ours.standard_error, ours.df, ours.p_value)
    expected = tuple(theirs[key] for key in ("value", "standard_error", "df", "p"))
    assert found == pytest.approx(expected, rel=1e-7), REFERENCE["made_with"]


@pytest.mark.parametrize("name", CASES)
def test_the_random_intercept_is_lme4s(name):
    w, theirs = _world(CASES[name]), CASES[name]["reml"]
    ours = mixed(w["y"], _design(w), cluster=w["cluster"])
    assert ours.value == pytest.approx(theirs["value"], rel=1e-5)
    assert ours.standard_error == pytest.approx(theirs["standard_error"], rel=1e-4)
    assert ours.between == pytest.approx(theirs["between"], rel=1e-3, abs=1e-6)
    assert ours.within == pytest.approx(theirs["within"], rel=1e-4)
    assert ours.ended.converged
    assert ours.ended.log_likelihood == pytest.approx(theirs["log_likelihood"], abs=1e-6)
    if ours.between > 0:
        assert ours.df == pytest.approx(theirs["df"], rel=1e-3)


def test_without_variance_between_clusters_degrees_of_freedom_are_those_of_clusters():
    w = _world(CASES["flat"])
    shaken = w["y"] - np.array([w["y"][w["cluster"] == c].mean() for c in w["cluster"]])
    ours = mixed(shaken, np.column_stack([w["treat"], np.ones(len(shaken))]), cluster=w["cluster"])
    assert ours.between == 0
    assert ours.df == ours.n_clusters - 2


def test_a_column_that_repeats_others_changes_nothing():
    w = _world(CASES["ten"])
    once = estimate(w["y"], _design(w), cluster=w["cluster"])
    doubled = np.column_stack([_design(w), 2 * w["pre"]])
    assert estimate(w["y"], doubled, cluster=w["cluster"]).df == pytest.approx(once.df)


def test_a_column_that_the_others_make_up_is_refused():
    w = _world(CASES["ten"])
    with pytest.raises(ValueError, match="made up of the others"):
        estimate(
            w["y"], np.column_stack([w["treat"], w["treat"], np.ones(len(w["y"]))]), cluster=w["cluster"]
        )


def test_icc_is_what_it_was_made_with():
    chance = np.random.default_rng(5)
    cluster = np.repeat(np.arange(300), 20)
    treated = (cluster % 2).astype(float)
    y = 0.5 * treated + chance.normal(0, np.sqrt(0.2), 300)[cluster] + chance.normal(0, np.sqrt(0.8), 6000)
    assert icc_of(y, treated, cluster=cluster) == pytest.approx(0.2, abs=0.03)
