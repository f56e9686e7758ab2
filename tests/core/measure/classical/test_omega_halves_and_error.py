"""One common factor, two halves, and how far a score may be off."""

import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.classical.alpha import alpha
from plainview.core.measure.classical.error import at_each_score, standard_error
from plainview.core.measure.classical.halves import length_needed, spearman_brown, split_half
from plainview.core.measure.classical.omega import omega

REFERENCE = json.loads(Path(__file__).parents[3].joinpath("references/classical_by_r.json").read_text())
each_case = pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: c["name"])
LOADINGS = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])


def congeneric(n, *, seed):
    chance = np.random.default_rng(seed)
    return chance.normal(size=(n, 1)) * LOADINGS + chance.normal(size=(n, 6)) * np.sqrt(1 - LOADINGS**2)


@each_case
def test_r_finds_the_same_omega(case):
    found = omega(case["scores"])
    assert found.value == pytest.approx(case["omega"], abs=2e-5), REFERENCE["made_with"]
    assert found.loadings == pytest.approx(case["loadings"], abs=5e-4)
    assert found.ended.converged


@each_case
def test_r_finds_the_same_halves_and_error(case):
    halves, error = split_half(case["scores"]), standard_error(case["scores"])
    assert halves.value == pytest.approx(case["spearman_brown"], rel=1e-9), REFERENCE["made_with"]
    assert halves.guttman == pytest.approx(case["guttman"], rel=1e-9)
    assert error.value == pytest.approx(case["sem"], rel=1e-9)
    assert error.interval.low < error.value < error.interval.high


def test_omega_finds_the_truth_it_was_drawn_from():
    truth = LOADINGS.sum() ** 2 / (LOADINGS.sum() ** 2 + (1 - LOADINGS**2).sum())
    found = omega(congeneric(20_000, seed=1))
    assert found.value == pytest.approx(truth, abs=0.005)
    assert found.value > alpha(congeneric(20_000, seed=1)).value
    assert found.loadings == pytest.approx(LOADINGS, abs=0.03)


def test_about_95_in_100_intervals_of_omega_hold_the_truth():
    truth = LOADINGS.sum() ** 2 / (LOADINGS.sum() ** 2 + (1 - LOADINGS**2).sum())
    held = sum(omega(congeneric(150, seed=s)).interval.holds(truth) for s in range(200))
    assert 0.90 <= held / 200 <= 0.99


def test_two_factors_are_noticed_and_one_is_not():
    assert omega(congeneric(800, seed=1)).one_factor_will_do
    chance = np.random.default_rng(2)
    both = chance.normal(size=(800, 2)).repeat(4, axis=1) + chance.normal(size=(800, 8))
    assert not omega(both).one_factor_will_do


@pytest.mark.parametrize(
    "table",
    [
        np.ones((30, 5)),
        np.eye(5),
        np.repeat(np.arange(30.0)[:, None], 5, axis=1),
        np.random.default_rng(1).random((30, 2)),
        np.full((30, 5), np.nan),
    ],
    ids=["all right", "as many items as students", "copies", "two items", "no answers"],
)
def test_omega_says_what_it_cannot(table):
    assert isinstance(omega(table), CannotSay)


def test_a_longer_test_by_hand():
    assert spearman_brown(0.6, times_as_long=2) == pytest.approx(0.75)
    assert spearman_brown(0.75, times_as_long=0.5) == pytest.approx(0.6)
    assert length_needed(0.6, to_reach=0.75) == pytest.approx(2)
    with pytest.raises(ValueError, match="length above 0"):
        spearman_brown(0.6, times_as_long=0)


def test_any_half_may_be_named_and_order_does_not_matter():
    table, first = congeneric(200, seed=4), np.array([1, 1, 1, 0, 0, 0], dtype=bool)
    one, other = split_half(table, first_half=first), split_half(table, first_half=~first)
    assert one.value == pytest.approx(other.value)
    assert isinstance(split_half(table, first_half=np.ones(6, dtype=bool)), CannotSay)
    assert isinstance(split_half(np.ones((20, 4))), CannotSay)


def right_or_wrong(n=3000, k=20):
    chance = np.random.default_rng(5)
    return (
        chance.random((n, k)) < 1 / (1 + np.exp(-chance.normal(size=(n, 1)) - np.linspace(-1, 1, k)))
    ) * 1.0


def test_lords_error_by_hand():
    """5 of 20: sqrt(5 x 15 / 19)."""
    (at_five,) = (e for e in at_each_score(right_or_wrong(), way="lord") if e.score == 5)
    assert at_five.value == pytest.approx(sqrt(75 / 19))


@pytest.mark.parametrize("way", ["keats", "feldt-qualls"])
def test_errors_at_each_score_average_to_the_error_of_the_test(way):
    """Keats (1957) scales them so; Feldt-Qualls averages the students' own."""
    table = right_or_wrong()
    each = at_each_score(table, way=way)
    n = sum(e.n_students for e in each)
    mean_square = sum(e.value**2 * e.n_students for e in each) / n
    assert sqrt(mean_square) == pytest.approx(standard_error(table).value, rel=0.002)
    assert all(e.interval.low <= e.value <= e.interval.high for e in each)


def test_errors_are_largest_in_the_middle():
    each = {e.score: e.value for e in at_each_score(right_or_wrong())}
    assert each[10] > each[3] and each[10] > each[17]


def test_partial_points_need_feldt_and_qualls():
    table = congeneric(200, seed=1)
    with pytest.raises(ValueError, match="feldt-qualls"):
        at_each_score(table)
    assert len(at_each_score(table.round(), way="feldt-qualls")) > 3
    assert isinstance(at_each_score(np.ones((20, 4))), CannotSay)
    assert isinstance(standard_error(np.ones((20, 4))), CannotSay)
