import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.bootstrap import bootstrap

VALUES = np.random.default_rng(3).normal(10, 2, 50)


def mean(times):
    return float(times @ VALUES / times.sum())


def test_the_error_of_a_mean_is_the_one_of_the_textbook():
    out = bootstrap(mean, n_students=50, n_draws=2000, seed=1)
    assert out.value == pytest.approx(VALUES.mean())
    assert out.standard_error == pytest.approx(VALUES.std() / np.sqrt(50), rel=0.05)
    assert out.interval.holds(out.value)


def test_the_same_seed_gives_the_same_draws():
    one, same, other = (bootstrap(mean, n_students=50, n_draws=50, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_draws_without_a_value_are_counted_and_too_many_refused():
    def sometimes(times):
        return float("nan") if times[0] == 0 else mean(times)

    out = bootstrap(sometimes, n_students=50, n_draws=200, seed=1)
    assert isinstance(out, CannotSay)
    assert "draws have no value" in out.reason


def test_four_students_are_too_few():
    assert isinstance(bootstrap(mean, n_students=4, seed=1), CannotSay)
