"""Drawing the same students again."""

import numpy as np

from plainview.core.stats import draws


def all_draws(seed, n, n_draws):
    return np.concatenate(list(draws.times_drawn(np.random.default_rng(seed), n=n, n_draws=n_draws)))


def test_each_draw_has_as_many_as_there_are():
    found = all_draws(1, 7, 50)
    assert found.shape == (50, 7)
    assert (found.sum(axis=1) == 7).all()


def test_on_average_everybody_counts_once_as_in_a_multinomial():
    found = all_draws(2, 10, 20_000)
    assert np.abs(found.mean(axis=0) - 1).max() < 0.03
    assert np.abs(found.var(axis=0) - 0.9).max() < 0.05


def test_blocks_make_no_difference(monkeypatch):
    whole = all_draws(3, 5, 20)
    monkeypatch.setattr(draws, "NUMBERS_AT_ONCE", 15)
    assert np.array_equal(all_draws(3, 5, 20), whole)
