"""A virtual comparison group: who may be a match, and what comes out where the truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.audit.efficacy.compared import usage_finding, virtual
from plainview.core.audit.efficacy.match import virtual_group
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Kind, Rating
from plainview.core.audit.efficacy.study import Asked, Design, Rows
from plainview.core.audit.efficacy.usage import usage
from plainview.core.cannot_say import CannotSay

ASKED = Asked(outcome=Outcome(name="test", is_standardised=True), after="post", before=("pre",))
DESIGN = Design(title="t", kind=Kind.VIRTUAL)


def _matched(start, treated, **rest):
    start = np.array(start, float)
    rest = {"exact": {}, "caliper": 1.0, "fewest": 1} | rest
    return virtual_group(treated=np.array(treated, bool), start=start, **rest)


def test_the_nearest_are_taken_and_share_one_weight():
    found = _matched([0.0, 0.1, -0.2, 0.3, 5.0], [1, 0, 0, 0, 0], most=2, caliper=0.5)
    assert found.record.tolist() == [1, 2]
    assert found.weight.tolist() == [1, 0.5, 0.5, 0, 0]


def test_what_must_be_equal_is():
    found = _matched([0, 0, 0], [1, 0, 0], exact={"grade": np.array(["4", "4", "5"])})
    assert found.record.tolist() == [1]


def test_schools_of_those_who_got_it_lend_no_records():
    found = _matched([0, 0, 0], [1, 0, 0], school=np.array(["a", "a", "b"]))
    assert found.record.tolist() == [2]


def test_with_too_few_matches_a_student_is_lost():
    found = _matched([0, 0, 0, 0, 9], [1, 0, 0, 0, 1], fewest=3, caliper=0.1)
    assert (found.n_students, found.n_lost) == (2, 1)
    assert found.weight[4] == 0


def test_unknown_starts_are_neither_matched_nor_matches():
    found = _matched([0, np.nan, 0, np.nan], [1, 1, 0, 0])
    assert (found.n_students, found.record.tolist()) == (1, [2])


@settings(deadline=None)
@given(seed=st.integers(0, 1000), n=st.integers(10, 80))
def test_weights_of_the_records_sum_to_the_matched_students(seed, n):
    chance = np.random.default_rng(seed)
    found = _matched(chance.normal(0, 1, n), chance.random(n) < 0.3, fewest=2)
    treated = np.isin(np.arange(n), found.student)
    assert found.weight[~treated].sum() == pytest.approx(treated.sum())


def _world(effect, *, unseen=0.0, seed=1, n=3000):
    """Schools that took the product up: students with higher starts are more often in them."""
    chance = np.random.default_rng(seed)
    school = chance.integers(0, 60, n)
    got = (school < 12) & (chance.random(n) < 0.9)
    got = np.where(school < 12, got, False)
    pre = chance.normal(0, 1, n) + 0.3 * (school < 12)
    post = 0.7 * pre + chance.normal(0, 0.2, 60)[school] + chance.normal(0, 0.7, n)
    post = post + got * (effect + unseen)
    return Rows(
        treated=got,
        cluster=None,
        site=school.astype(str),
        strata=None,
        numbers={"pre": pre, "post": post},
    )


def test_a_known_effect_is_found():
    contrast, matched, unseen, gamma = virtual(ASKED, _world(0.4), DESIGN)
    assert contrast.regression.interval.holds(0.4)
    assert contrast.rated.rating == Rating.WITH
    assert matched.n_lost < 0.05 * matched.n_students
    assert unseen.near_end > 1 and gamma.gamma > 1


def test_no_effect_is_seldom_found():
    """30 worlds of 60 schools: at 5 % one or two are expected; 6 or more would come once in 300."""
    n_seen = sum(
        virtual(ASKED, _world(0.0, seed=s, n=1500), DESIGN)[0].effect.p_value <= 0.05 for s in range(30)
    )
    assert n_seen < 6


def test_without_a_start_score_nothing_is_said():
    asked = Asked(outcome=Outcome(name="test"), after="post")
    assert isinstance(virtual(asked, _world(0.1), DESIGN), CannotSay)


def test_use_that_only_keen_students_show_is_called_a_correlation():
    """Nothing works here: who is better before uses it more. The gap before is told first."""
    chance = np.random.default_rng(1)
    pre = chance.normal(0, 1, 400)
    use = pre + chance.normal(0, 1, 400)
    post = 0.7 * pre + chance.normal(0, 0.7, 400)
    rows = Rows(
        treated=np.ones(400, bool),
        cluster=None,
        site=None,
        strata=None,
        numbers={"pre": pre, "post": post},
        use=use,
    )
    found = usage_finding(ASKED, rows, study="t")
    assert found.answer == "usage correlation"
    assert found.sentence.startswith("Before it began, heavy users already stood")
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers["correlation without the pretest"] == pytest.approx(np.corrcoef(use, post)[0, 1])
    assert found.effect.interval.holds(0)
    assert all(one.interval is not None for one in found.numbers if one.name != "p")


def test_correlation_and_gap_of_use_count_classes():
    """Whole classes use it more or less. Ranges that counted students would hold 0 far too seldom."""
    held = {"gap": 0, "correlation": 0}
    for seed in range(80):
        chance = np.random.default_rng(seed)
        school = np.arange(160) % 16
        use, pre, post = (chance.normal(0, 1, 16)[school] + chance.normal(0, 1, 160) for _ in range(3))
        found = usage(use=use, after=post, before=pre, cluster=school.astype(str))
        held["gap"] += found.gap_before.interval.holds(0)
        held["correlation"] += found.slope_alone_interval.holds(0)
    assert min(held.values()) >= 0.88 * 80
