"""How strong would something unseen have to be? Against the published examples."""

import numpy as np
import pytest

from plainview.core.audit.efficacy.sensitivity import bounds, e_value, e_value_of_ratio, highest_p

# Lead in the blood of 33 children of exposed workers and 33 neighbours (Morton et al. 1982; Rosenbaum 2002).
EXPOSED = [38, 23, 41, 18, 37, 36, 23, 62, 31, 34, 24, 14, 21, 17, 16, 20, 15, 10, 45, 39, 22, 35, 49, 48, 44, 35, 43, 39, 34, 13, 73, 25, 27]  # fmt: skip  # noqa: E501
CONTROL = [16, 18, 18, 24, 19, 11, 10, 15, 16, 18, 18, 13, 19, 10, 16, 16, 24, 13, 9, 14, 21, 19, 7, 18, 19, 12, 11, 22, 25, 16, 13, 11, 13]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(("gamma", "p"), [(2, 0.0018), (3, 0.0136), (4, 0.0388), (4.25, 0.0468), (5, 0.0740)])
def test_rosenbaums_published_bounds_for_lead(gamma, p):
    """Rosenbaum (2002), Observational Studies, table 4.1: upper bounds of the signed-rank test's p."""
    differences = np.array(EXPOSED) - np.array(CONTROL)
    assert highest_p(differences, gamma=gamma) == pytest.approx(p, abs=6e-5)


def test_gamma_is_where_p_passes_five_in_a_hundred():
    differences = np.array(EXPOSED) - np.array(CONTROL)
    found = bounds(differences)
    assert 4.25 < found.gamma < 5
    assert highest_p(differences, gamma=found.gamma) == pytest.approx(0.05, abs=1e-6)
    assert bounds(-differences).gamma == found.gamma


def test_vanderweele_and_dings_published_e_values():
    """Smoking and lung cancer, 10.73: 20.95. Breast-feeding, 3.9 (1.8 to 8.7): 7.26, near end 3.0."""
    assert e_value_of_ratio(10.73) == pytest.approx(20.95, abs=0.006)
    assert e_value_of_ratio(3.9) == pytest.approx(7.26, abs=0.006)
    assert e_value_of_ratio(1.8) == pytest.approx(3.0, abs=0.006)


def test_a_protecting_ratio_is_turned_around():
    assert e_value_of_ratio(0.5) == e_value_of_ratio(2.0)


def test_an_interval_that_holds_no_effect_needs_nothing_unseen():
    assert e_value(g=0.1, standard_error=0.2).near_end == 1.0
    assert e_value(g=-0.5, standard_error=0.1).near_end > 1.0


def test_pairs_that_speak_for_nothing_have_gamma_one():
    chance = np.random.default_rng(1)
    assert bounds(chance.normal(0, 1, 40)).gamma == 1.0
