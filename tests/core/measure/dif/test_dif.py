"""What is found where the truth is known, what gaps do, and what too little data say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.dif.item import Dif, ItemDif
from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.mantel_haenszel import ets_class, mantel_haenszel
from plainview.core.measure.dif.standardisation import standardisation

METHODS = [mantel_haenszel, logistic, standardisation]
each_method = pytest.mark.parametrize("ask", METHODS, ids=lambda m: m.__name__)


def rasch(n=3000, k=20, *, seed, harder=0.0, gap=0.0, turned=1.0):
    """A group whose ability lies ``gap`` lower; item 8 is ``harder`` for it, or steeper by ``turned``."""
    chance = np.random.default_rng(seed)
    side = np.arange(n) % 3 == 0
    able = chance.normal(size=n) - gap * side
    logits = able[:, None] - np.linspace(-1.5, 1.5, k)
    if k > 7:
        logits[:, 7] = np.where(side, turned, 1.0) * able - harder * side
    return (chance.random((n, k)) < 1 / (1 + np.exp(-logits))).astype(float), side, able


def test_one_stratum_by_hand():
    """30 of 40 others and 20 of 40 of the group right, all totals alike: ratio 30 x 20 / (10 x 20) = 3."""
    first = np.repeat([1.0, 0.0, 1.0, 0.0], [30, 10, 20, 20])
    table = np.column_stack([first, 1 - first])
    found = mantel_haenszel(table, in_group=np.repeat([False, True], 40), group="g", purify="no").items[0]
    assert found.odds_ratio == pytest.approx(3)
    assert found.effect == pytest.approx(-2.35 * np.log(3))
    # Observed 30, expected 25, variance 40 x 40 x 50 x 30 / (80^2 x 79).
    assert found.chi_square == pytest.approx((5 - 0.5) ** 2 / (40 * 40 * 50 * 30 / (80**2 * 79)))
    # One table: the variance of the log ratio is 1/30 + 1/10 + 1/20 + 1/20.
    assert found.standard_error == pytest.approx(2.35 * np.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 20))


@pytest.mark.parametrize(
    "d, error, p_value, grade",
    [
        (0.99, 0.1, 0.001, "A"),
        (-2.0, 0.5, 0.051, "A"),
        (-1.2, 0.1, 0.001, "B"),
        (1.5, 0.31, 0.001, "B"),
        (1.5, 0.30, 0.001, "C"),
        (-1.6, 0.36, 0.001, "C"),
    ],
)
def test_ets_classes(d, error, p_value, grade):
    """A: not significant, or below 1. C: at least 1.5, and (|D| - 1) / error at least 1.645. Else B."""
    assert ets_class(d, error=error, p_value=p_value) == grade


@each_method
def test_the_right_item_is_found_though_the_group_knows_less(ask):
    table, side, _ = rasch(seed=1, harder=1.0, gap=1.0)
    found = ask(table, in_group=side, group="newcomer")
    assert found.items[7].favours == "others"
    assert found.items[7].p_adjusted < 0.001
    assert "item 8" in found.purified.kept_out
    assert "'newcomer' get it right less often" in found.items[7].sentence or ask is logistic


def test_the_size_is_the_one_it_was_drawn_with():
    table, side, _ = rasch(seed=1, harder=0.8, gap=1.0)
    found = mantel_haenszel(table, in_group=side, group="newcomer")
    assert found.items[7].interval.holds(-2.35 * 0.8)
    assert found.items[7].grade in "BC"
    assert found.flagged == ("item 8",)


def test_a_lead_that_turns_around_is_seen_by_logistic_regression_only():
    table, side, _ = rasch(seed=2, turned=0.2, n=6000)
    assert mantel_haenszel(table, in_group=side, group="g").items[7].grade == "A"
    found = logistic(table, in_group=side, group="g").items[7]
    assert found.p_turning < 1e-6
    assert found.favours == "neither"


def test_without_dif_about_5_in_100_items_are_called_significant():
    """Even though the group's ability lies a whole standard deviation lower."""
    p = [
        [
            i.p_value
            for i in ask(
                rasch(seed=s, gap=1.0, n=900)[0], in_group=rasch(seed=s, n=900)[1], group="g", purify="no"
            ).items
        ]
        for ask in METHODS
        for s in range(12)
    ]
    shares = (np.array(p).reshape(3, -1) <= 0.05).mean(axis=1)
    assert ((shares > 0.01) & (shares < 0.10)).all(), shares


def test_about_95_in_100_intervals_hold_the_truth():
    """Rasch items, matched on the total with the item: the log-odds ratio is the difference in difficulty."""
    held = []
    for s in range(60):
        table, side, _ = rasch(seed=s, n=600, harder=0.5)
        held.append(
            mantel_haenszel(table, in_group=side, group="g", purify="no").items[7].interval.holds(-2.35 * 0.5)
        )
    assert np.mean(held) >= 0.86


def test_gaps_slowly_student_by_student():
    """Matched on the share right of what was answered, with every value a level of its own."""
    table, side, _ = rasch(seed=3, n=500, k=5)
    table[np.random.default_rng(1).random(table.shape) < 0.3] = np.nan
    found = mantel_haenszel(table, in_group=side, group="g", match="share", n_bands=500, purify="no")
    assert found.n_left_out == int(np.isnan(table).all(axis=1).sum())
    share = np.nanmean(np.where(np.isnan(table).all(axis=1, keepdims=True), 0, table), axis=1)
    for j, item in enumerate(found.items):
        there = ~np.isnan(table[:, j])
        up = down = 0.0
        for value in np.unique(share[there]):
            others, group = (table[there & (share == value) & (side == s), j] for s in (False, True))
            n = len(others) + len(group)
            up += others.sum() * (1 - group).sum() / n
            down += (1 - others).sum() * group.sum() / n
        assert item.odds_ratio == pytest.approx(up / down, rel=1e-9)


@each_method
def test_the_total_leaves_students_with_gaps_out_and_says_so(ask):
    table, side, _ = rasch(seed=4, n=600)
    with_gaps = table.copy()
    with_gaps[::7, 3] = np.nan
    keep = ~np.isnan(with_gaps).any(axis=1)
    here, there = ask(with_gaps, in_group=side, group="g"), ask(table[keep], in_group=side[keep], group="g")
    assert here.n_left_out == int((~keep).sum())
    assert [i.effect for i in here.items] == pytest.approx([i.effect for i in there.items])


@each_method
def test_an_ability_may_be_given_one_a_student_or_one_an_item(ask):
    table, side, able = rasch(seed=5, harder=1.0, gap=0.5, n=4000)
    table[np.random.default_rng(1).random(table.shape) < 0.4] = np.nan
    one = ask(table, in_group=side, group="g", match=able)
    many = ask(table, in_group=side, group="g", match=np.repeat(able[:, None], 20, axis=1))
    assert one.items[7].effect == pytest.approx(many.items[7].effect, rel=0.1)
    assert one.purified.how == "no"
    assert one.items[7].favours == "others"
    assert one.items[7].p_value < 0.001


def test_strata_within_which_students_are_matched():
    """Two schools: each total is met in each of them, and compared only there."""
    table, side, _ = rasch(seed=6, n=900)
    school = np.arange(900) % 2
    found = mantel_haenszel(table, in_group=side, group="g", within=school, purify="no")
    together = mantel_haenszel(table, in_group=side, group="g", purify="no")
    assert found.items[0].n_strata > together.items[0].n_strata
    shifted = np.column_stack(
        [table, school]
    )  # the school as an item: totals 0..20 in one, 1..21 in the other
    assert found.items[0].chi_square != pytest.approx(
        mantel_haenszel(shifted, in_group=side, group="g", purify="no").items[0].chi_square
    )


@each_method
@pytest.mark.parametrize(
    "table, side",
    [
        (np.ones((3, 4)), [True, False, False]),
        (np.ones((0, 4)), []),
        (np.full((60, 4), np.nan), [True, False] * 30),
        (np.ones((60, 4)), [False] * 60),
        (np.tile([[1.0, 0.0]], (30, 1)), [True] * 19 + [False] * 11),
    ],
    ids=["three students", "nobody", "no answers", "nobody of the group", "19 of the group"],
)
def test_too_few_to_match(ask, table, side):
    found = ask(table, in_group=np.array(side, dtype=bool), group="g")
    assert isinstance(found, CannotSay)
    assert "20 students on each side" in found.would_need


@each_method
def test_all_right_is_said_item_by_item(ask):
    table, side, _ = rasch(seed=8, n=200, k=8)
    table[:, 2] = 1.0
    found = ask(table, in_group=side, group="g")
    if ask is standardisation:
        assert found.items[2].effect == 0
        assert found.items[2].interval.high > 0
    else:
        assert isinstance(found.items[2], CannotSay)
    assert sum(isinstance(i, ItemDif) for i in found.items) >= 7


tables = arrays(
    float, st.tuples(st.integers(40, 60), st.integers(1, 4)), elements=st.sampled_from([0.0, 1.0, np.nan])
)


@each_method
@settings(max_examples=40, deadline=None)
@given(
    table=tables,
    match=st.sampled_from(["total", "share"]),
    how=st.sampled_from(["no", "once", "until stable"]),
)
def test_no_table_is_too_odd(ask, table, match, how):
    found = ask(table, in_group=np.arange(len(table)) % 2 == 0, group="g", match=match, purify=how)
    assert isinstance(found, Dif | CannotSay)
    if isinstance(found, Dif):
        for item in found.items:
            assert isinstance(item, CannotSay) or item.interval.low <= item.effect <= item.interval.high


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_changing_sides_turns_the_sign(seed):
    table, side, _ = rasch(seed=seed, n=200, k=6)
    for ask in (mantel_haenszel,):
        here = ask(table, in_group=side, group="g", purify="no")
        there = ask(table, in_group=~side, group="o", purify="no")
        for one, other in zip(here.items, there.items, strict=True):
            if isinstance(one, ItemDif) and isinstance(other, ItemDif):
                assert one.effect == pytest.approx(-other.effect, abs=1e-9)


def test_what_the_interval_cannot_rule_out_is_not_denied():
    few, side, _ = rasch(seed=9, n=150)
    many, sides, _ = rasch(seed=9, n=30_000, k=10)
    assert (
        "none that matters can be ruled out"
        in mantel_haenszel(few, in_group=side, group="g").items[3].sentence
    )
    assert "is small" in mantel_haenszel(many, in_group=sides, group="g").items[3].sentence


def test_callers_mistakes():
    table, side, _ = rasch(seed=1, n=60)
    with pytest.raises(ValueError, match="other than 0 and 1"):
        mantel_haenszel(table / 2, in_group=side, group="g")
    with pytest.raises(ValueError, match="yes or no for each"):
        mantel_haenszel(table, in_group=side.astype(int), group="g")
    with pytest.raises(ValueError, match="'total', 'share'"):
        mantel_haenszel(table, in_group=side, group="g", match="score")
    with pytest.raises(ValueError, match="found a match of shape"):
        mantel_haenszel(table, in_group=side, group="g", match=[1, 2])
    with pytest.raises(ValueError, match="found strata of shape"):
        mantel_haenszel(table, in_group=side, group="g", within=[1, 2])
