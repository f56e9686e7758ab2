import random
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from math import log
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.learner.estimate import Estimate, State, aged, estimate, explain
from plainview.core.learner.piece import Helped, Kind, Medium, Piece, in_order
from plainview.core.learner.weights import Weights

MONDAY = date(2025, 9, 1)
ALL = tuple(State)


def piece(i: int, shown: float = 1.0, *, day: int | None = None, **how) -> Piece:
    on = MONDAY + timedelta(days=2 * i if day is None else day)
    return Piece(ref=f"e{i}", kind=how.pop("kind", Kind.ANSWER), shown=shown, on=on, **how)


def answers(word: str) -> list[Piece]:
    return [piece(i, float(a)) for i, a in enumerate(word)]


pieces = st.lists(
    st.builds(
        Piece,
        ref=st.integers(0, 999).map("e{}".format),
        kind=st.sampled_from(Kind),
        shown=st.sampled_from([0.0, 0.5, 1.0]),
        on=st.integers(0, 40).map(lambda d: MONDAY + timedelta(days=d)),
        helped=st.sampled_from(Helped),
        medium=st.sampled_from(Medium),
    ),
    max_size=10,
    unique_by=lambda p: p.ref,
)
some = settings(max_examples=60, deadline=None)


def test_nothing_seen_is_we_have_not_looked():
    nothing = estimate([])
    assert (nothing.state, nothing.earned, nothing.enough) == (State.NOT_LOOKED, State.NOT_LOOKED, False)
    assert (nothing.n_pieces, nothing.newest_on, nothing.kinds) == (0, None, ())
    assert nothing.p_known == pytest.approx(0.5)


def test_the_estimate_carries_its_n_its_variety_and_its_age():
    found = estimate([piece(1), piece(2, kind=Kind.TALK, day=9), piece(3, kind=Kind.ANSWER, day=9)])
    assert (found.n_pieces, found.n_kinds, found.n_days) == (3, 2, 2)
    assert found.kinds == (Kind.ANSWER, Kind.TALK)
    assert found.newest_on == MONDAY + timedelta(days=9)
    assert found.model == "bkt/1"


@some
@given(seen=pieces, seed=st.integers(0, 99))
def test_the_order_in_which_pieces_arrive_does_not_matter(seen, seed):
    shuffled = random.Random(seed).sample(seen, len(seen))
    assert estimate(shuffled) == estimate(seen)


def test_pieces_of_one_day_go_by_their_number_not_their_spelling():
    assert [p.ref for p in in_order([piece(10, day=0), piece(9, day=0), piece(1, day=1)])] == [
        "e9",
        "e10",
        "e1",
    ]


@some
@given(seen=pieces)
def test_the_range_holds_the_estimate_and_both_are_probabilities(seen):
    found = estimate(seen)
    assert 0 <= found.low <= found.p_known <= found.high <= 1


@some
@given(seen=pieces)
def test_one_more_showing_never_lowers_it_against_one_more_not_yet(seen):
    later = [piece(1000, shown, day=60) for shown in (0.0, 0.5, 1.0)]
    p_not, p_partly, p_shown = (estimate([*seen, one]).p_known for one in later)
    assert p_not <= p_partly + 1e-9 <= p_shown + 2e-9


@some
@given(seen=pieces, more=pieces)
def test_what_was_earned_stays_whatever_comes_later(seen, more):
    moved = [
        Piece(ref=f"e{2000 + i}", kind=p.kind, shown=p.shown, on=p.on + timedelta(days=60), helped=p.helped)
        for i, p in enumerate(more)
    ]
    before, after = estimate(seen).earned, estimate([*seen, *moved]).earned
    assert ALL.index(after) >= ALL.index(before)


@some
@given(seen=pieces)
def test_earned_is_the_furthest_state_of_any_beginning(seen):
    ordered = in_order(seen)
    states = [estimate(ordered[:n]).state for n in range(len(ordered) + 1)]
    assert estimate(seen).earned == max(states, key=ALL.index)
    assert estimate(seen).state == states[-1]


@some
@given(seen=pieces)
def test_the_steps_lead_exactly_to_the_estimate(seen):
    steps, found = explain(seen), estimate(seen)
    assert [step.piece for step in steps] == list(in_order(seen))
    p = 0.5
    for step in steps:
        assert step.p_before == pytest.approx(p, abs=1e-12)
        assert step.p_after >= step.p_after_evidence - 1e-12
        p = step.p_after
    if steps:
        last = steps[-1]
        asked_once = (found.p_known, found.low, found.high)
        assert asked_once == pytest.approx((last.p_after, last.low, last.high), abs=1e-12)


def test_a_step_adds_to_the_log_odds_what_it_says():
    step = explain(answers("110"))[2]
    odds = [log(p / (1 - p)) for p in (step.p_before, step.p_after_evidence)]
    assert step.log_odds == pytest.approx(odds[1] - odds[0])
    assert step.log_odds < 0


def test_partly_hardly_moves_it_and_help_makes_a_showing_count_less():
    shown, helped, partly = (
        explain([one])[0] for one in (piece(1), piece(1, helped=Helped.ADULT), piece(1, 0.5))
    )
    assert shown.log_odds > helped.log_odds > 0
    assert abs(partly.log_odds) < helped.log_odds
    assert helped.weight == pytest.approx(0.3)


def test_the_teacher_sets_what_a_kind_counts():
    talk = [piece(1, kind=Kind.TALK)]
    heard, half, unheard = (estimate(talk, weights=Weights(talk=w)).p_known for w in (1.0, 0.5, 0.0))
    assert heard > half > unheard == pytest.approx(0.5)


@pytest.mark.parametrize("weight", [-0.1, 1.2])
def test_a_weight_outside_0_to_1_is_refused(weight):
    with pytest.raises(ValueError, match=r"Weights, work: found .* expected a number from 0 to 1"):
        Weights(work=weight)


def test_a_help_without_a_factor_is_refused():
    with pytest.raises(ValueError, match="'tool' has no factor"):
        Weights(with_help={Helped.NONE: 1, Helped.PEER: 0.5, Helped.ADULT: 0.3})


def test_what_was_shown_lies_between_0_and_1():
    with pytest.raises(ValueError, match=r"e7: found shown=3"):
        piece(7, 3)


def test_an_estimate_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        estimate([]).p_known = 1.0


def some_estimate(**changed) -> Estimate:
    stated = {"p_known": 0.8, "low": 0.6, "high": 0.9, "n_pieces": 4, "n_kinds": 1, "n_days": 3}
    stated |= {"newest_on": MONDAY, "kinds": (Kind.ANSWER,), "enough": True, "model": "bkt/1"}
    stated |= {"state": State.GETTING_STEADY, "earned": State.STEADY}
    return Estimate(**stated | changed)


@pytest.mark.parametrize(
    ("days", "low", "high", "is_old"),
    [(0, 0.6, 0.9, False), (42, 0.4, 0.9 + 0.1 / 3, False), (43, None, None, True), (84, 0.3, 0.95, True)],
)
def test_age_widens_the_range_and_is_said(days, low, high, is_old):
    then = aged(some_estimate(), on=MONDAY + timedelta(days=days))
    assert (then.days, then.is_old) == (days, is_old)
    if low is not None:
        assert (then.low, then.high) == pytest.approx((low, high))


@given(days=st.integers(0, 4000), more=st.integers(0, 400))
def test_age_only_widens(days, more):
    one, other = (aged(some_estimate(), on=MONDAY + timedelta(days=d)) for d in (days, days + more))
    assert 0 <= other.low <= one.low <= 0.6
    assert 0.9 <= one.high <= other.high <= 1


def test_nothing_seen_has_no_age_and_a_day_before_the_newest_piece_is_not_negative():
    assert aged(estimate([]), on=MONDAY).days == 0
    assert aged(some_estimate(), on=MONDAY - timedelta(days=3)).days == 0


def test_a_demonstration_class_is_estimated_quickly():
    """28 x 13 with ten pieces each. About 0.25 CPU-seconds on the machine of docs/methods/bkt.md."""
    chance = random.Random(1)
    cells = [answers("".join(chance.choice("0111") for _ in range(10))) for _ in range(28 * 13)]
    began = process_time()
    for cell in cells:
        estimate(cell)
    assert process_time() - began < 1.5  # generous: a busy machine must not break the suite
