"""Items get guess and slip of their own where the log shows that they differ, and only there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.learner.tracing import fit, fitting
from plainview.core.learner.tracing.arrange import Variant, arrange
from plainview.core.learner.tracing.items import ItemSpread, held_about, item_spread
from plainview.core.learner.tracing.numbers import Held, from_log_odds, log_odds
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

ALIKE = World(n_students=230, n_skills=5, mean_length=6.0)
UNLIKE = World(n_students=230, n_skills=5, mean_length=6.0, spread_of_items=0.5)


def split(world, *, seed, n_learn=30):
    log = simulate(world, seed=seed).log
    learns = np.arange(log.n_students) < n_learn
    return log.take(learns), log.take(~learns)


def worth(found, log):
    p = found.predict(log)
    return float(np.mean(log.correct * np.log(p) + (1 - log.correct) * np.log(1 - p)))


def beyond_plain(world, *, seed, n_learn):
    learn, test = split(world, seed=seed, n_learn=n_learn)
    return worth(fit(learn), test) - worth(fit(learn, by_item=False), test)


def test_two_items_by_hand():
    """Item a: three of four right. Item b: none of four. Known .5, guess and slip .2: a half is expected.

    An item's ease moves what is expected by .5 x .16 + .5 x .16 = .16; weight .16 / .25 = .64. Sums of the
    two: .64 and -1.28; less the skill's mean .96 and -.96; squares 1.8432. Information 4 x .64^2 x .25, or
    .4096 each; by chance half of it when the mean is out. A variance of one adds .4096^2 x .5 x 2.
    """
    rows = [(f"a{n}", "a", float(n < 3)) for n in range(4)] + [(f"b{n}", "b", 0.0) for n in range(4)]
    student, item, right = zip(*rows, strict=True)
    log = Coded.from_arrays(student=student, item=item, correct=right, skills=["one"] * 8)
    arranged = arrange(log, Variant(by_item=True))
    p = arranged.layout.filled({"known": 0.5, "learn": 0.3, "guess": 0.2, "slip": 0.2})
    found = item_spread(arranged.grow().tree, arranged.layout, p)
    assert found.variance == pytest.approx((1.8432 - 0.4096) / (0.4096**2 * 0.5 * 2))
    # Fourth cumulant of an answer .25 x (1 - 1.5); cube root of 4.5 by Wilson & Hilferty.
    by_chance = 2 * 0.4096**2 * 0.5 * 2 + 8 * 0.64**4 * 0.25 * -0.5 * 0.5**2
    ninth = by_chance / 0.4096**2 / 9
    assert found.z == pytest.approx((4.5 ** (1 / 3) - 1 + ninth) / ninth**0.5)
    assert found.n_items == 2


def test_where_items_are_alike_z_is_a_standard_normal_number():
    """60 logs of 30 students; by chance 9.5 of them are above 1, and 1.4 above 2."""
    z = [fit(split(ALIKE, seed=seed)[0], other_starts=()).item_spread.z for seed in range(60)]
    assert -0.5 < np.mean(z) < 0.3 and 0.7 < np.std(z) < 1.3
    assert sum(one > 1 for one in z) <= 16 and sum(one > 2 for one in z) <= 5


def test_the_spread_that_made_the_log_is_found():
    for spread in (0.3, 0.5, 1.0):
        log = simulate(World(n_students=600, n_skills=10, spread_of_items=spread), seed=4).log
        assert fit(log, other_starts=()).item_spread.variance ** 0.5 == pytest.approx(spread, rel=0.2)


@given(variance=st.floats(-1, 9), z=st.floats(-3, 60))
def test_a_spread_is_drawn_in_by_its_doubt_and_is_none_up_to_one_standard_error(variance, z):
    found = ItemSpread(variance=abs(variance) * np.sign(z), z=z, n_items=9)
    assert 0 <= found.drawn_in <= max(found.variance, 0)
    assert (found.drawn_in == 0) == (z <= 1 or variance == 0 or abs(variance) * (1 - 1 / z**2) == 0)
    assert ("do not differ" in found.said) == (found.drawn_in == 0)


def a_curve(seed=0):
    """Forty items of two skills, with counts of any kind: none, many, all right."""
    log = simulate(World(n_students=20, n_skills=2, n_items_a_skill=20), seed=1).log
    layout = arrange(log, Variant(by_item=True)).layout
    a, b, cap = (layout.filled(dict.fromkeys(layout.kinds, value)) for value in (2.0, 4.0, 0.5))
    chance = np.random.default_rng(seed)
    trials = chance.choice([0.0, 0.5, 3.0, 40.0, 5000.0], layout.n)
    hits = trials * chance.choice([0.0, 0.1, 0.45, 1.0], layout.n)
    held = Held(a=a, b=b, cap=cap)
    return held_about(layout, held, np.array([0.2, 0.49]), np.array([0.1, 0.3]), 0.4), hits, trials


@pytest.mark.parametrize("seed", range(3))
def test_no_guess_or_slip_below_its_cap_is_likelier_than_the_likeliest(seed):
    held, hits, trials = a_curve(seed)
    top = held.likeliest(hits, trials)

    def height(p):
        each = held.log_density(p) + hits * np.log(p) + (trials - hits) * np.log1p(-p)
        return each[held.guess] + each[held.slip]

    for guess, slip in ((0.02, 0), (-0.02, 0), (0, 0.02), (0, -0.02), (0.02, -0.02), (-0.02, 0.02)):
        z = log_odds(top)
        z[held.guess] += guess
        z[held.slip] += slip
        assert (height(held.inside(from_log_odds(z))) <= height(top) + 1e-9).all()


def test_the_slope_is_that_of_the_density():
    held, hits, trials = a_curve()
    p = np.random.default_rng(5).uniform(0.05, 0.45, len(hits))

    def height(z):
        q = from_log_odds(z)
        return (held.log_density(q) + hits * np.log(q) + (trials - hits) * np.log1p(-q)).sum()

    slope, z = held.slope(hits, trials, p), log_odds(p)
    for place in range(0, len(z), 3):
        by = np.zeros(len(z))
        by[place] = 1e-5
        assert slope[place] == pytest.approx((height(z + by) - height(z - by)) / 2e-5, rel=1e-4, abs=1e-3)


def test_where_items_do_not_differ_the_fit_is_the_plain_one_to_the_last_digit():
    learn, test = split(ALIKE, seed=2)
    found, plain = fit(learn), fit(learn, by_item=False)
    assert found.item_spread.z <= 1 and found.own is None and not found.variant.by_item
    assert (found.p == plain.p).all() and (found.predict(test) == plain.predict(test)).all()


def test_a_world_in_which_items_are_alike_is_foreseen_no_worse():
    """12 classes of 50: taking chance for a difference costs less than .001 an answer on average."""
    lost = [-beyond_plain(ALIKE, seed=seed, n_learn=50) for seed in range(100, 112)]
    assert np.mean(lost) < 0.001 and sum(one > 0 for one in lost) <= 4


def test_a_world_in_which_items_differ_is_foreseen_better():
    for n_learn, at_least in ((50, 0.0), (100, 0.001)):
        won = [beyond_plain(UNLIKE, seed=seed, n_learn=n_learn) for seed in range(100, 106)]
        assert np.mean(won) > 0.003 and min(won) >= at_least


def test_a_long_log_is_not_asked_and_says_so(monkeypatch):
    learn, _ = split(UNLIKE, seed=1, n_learn=100)
    assert fit(learn).variant.by_item
    monkeypatch.setattr(fitting, "MOST_TO_ASK", learn.n_rows - 1)
    assert fit(learn).item_spread is None and not fit(learn).variant.by_item
    assert fit(learn, by_item=True).item_spread.said.startswith("items differ: a spread of 0.")


def test_one_item_a_skill_leaves_nothing_to_ask():
    log = simulate(World(n_students=40, n_skills=3, n_items_a_skill=1), seed=1).log
    assert fit(log).item_spread.said == "no skill has two items: nothing to tell apart"
