"""M2: against listing all patterns, as published, by simulation."""

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.simulate import simulate
from plainview.core.measure.irt.whole_fit import m2


def test_lsat7_by_listing_all_patterns(direct, lsat):
    found = m2(fit(lsat["LSAT7"]), lsat["LSAT7"])
    assert found.statistic == pytest.approx(direct["m2"], abs=1e-3)


def test_lsat7_as_published(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 7, M2, as mirt prints it."""
    printed, found = published["mirt"]["LSAT7 2pl"], m2(fit(lsat["LSAT7"]), lsat["LSAT7"])
    assert found.statistic == pytest.approx(printed["m2"], abs=5e-3)
    assert found.df == printed["m2_df"]
    assert found.p == pytest.approx(printed["m2_p"], abs=5e-4)
    assert found.rmsea == pytest.approx(0.037, abs=5e-4)


def test_under_a_true_model_p_is_spread_evenly():
    p = []
    for seed in range(20):
        model = ["2pl", "1pl"][seed % 2]
        truth = simulate(n_students=400, n_items=7, seed=seed, model=model)
        p.append(m2(fit(truth.answers, model=model), truth.answers).p)
    assert 0.35 < np.mean(p) < 0.65
    assert np.mean(np.array(p) < 0.05) < 0.2


def test_two_abilities_in_one_test_are_noticed():
    one, two = (simulate(n_students=800, n_items=5, seed=seed).answers for seed in (1, 2))
    both = np.column_stack([one, two])
    found = m2(fit(both), both)
    assert found.p < 1e-6
    assert found.rmsea > 0.03


@pytest.mark.parametrize(
    "more, reason",
    [
        ({"model": "grm", "n_categories": 4}, "more than two categories"),
        ({"absent": 0.6}, "students answered every item"),
    ],
)
def test_what_it_cannot_say(more, reason):
    answers = simulate(n_students=300, n_items=8, seed=1, **more).answers
    said = m2(fit(answers, model=more.get("model", "2pl")), answers)
    assert isinstance(said, CannotSay)
    assert reason in said.reason


def test_three_items_have_nothing_left_to_test():
    answers = simulate(n_students=300, n_items=3, seed=1).answers
    assert isinstance(m2(fit(answers), answers), CannotSay)
