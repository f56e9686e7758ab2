"""The stated rules, one by one: what carries a competency from state to state, and what does not."""

from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from plainview.core.learner.estimate import estimate
from plainview.core.learner.piece import Helped, Kind, Medium, Piece
from plainview.core.learner.states import ORDER, Rules, State, further

MONDAY = date(2025, 9, 1)


def showings(*days: int, **how) -> list[Piece]:
    how = {"kind": Kind.ANSWER, "shown": 1.0} | how
    return [
        Piece(ref=f"e{how.get('shown'):g}{i}", on=MONDAY + timedelta(days=day), **how)
        for i, day in enumerate(days)
    ]


STEADY = [*showings(0, 2, 4, 8), *showings(9, kind=Kind.TALK, medium=Medium.TALK)]


def test_one_showing_is_met_once_and_one_not_yet_is_not_enough():
    assert estimate(showings(0)).state is State.MET_ONCE
    assert estimate(showings(0, shown=0.0)).state is State.NOT_ENOUGH
    assert estimate(showings(0, shown=0.5)).state is State.NOT_ENOUGH


@pytest.mark.parametrize(
    ("helped", "state"),
    [(Helped.ADULT, State.NOT_ENOUGH), (Helped.PEER, State.MET_ONCE), (Helped.TOOL, State.MET_ONCE)],
)
def test_with_an_adult_it_is_shown_together_with_a_friend_or_a_tool_it_is_met(helped, state):
    assert estimate(showings(0, helped=helped)).state is state


def test_a_childs_own_word_moves_the_estimate_and_no_state():
    said = estimate(showings(0, 2, 9, kind=Kind.SELF_ASSESSMENT))
    assert said.p_known > 0.6
    assert (said.state, said.enough, said.n_pieces) == (State.NOT_ENOUGH, False, 3)


@pytest.mark.parametrize(
    ("days", "enough", "state"),
    [
        ((0, 2), False, State.MET_ONCE),
        ((0, 0, 0), False, State.MET_ONCE),
        ((0, 0, 2), True, State.GETTING_STEADY),
    ],
)
def test_getting_steady_needs_three_pieces_on_two_days(days, enough, state):
    found = estimate(showings(*days))
    assert (found.enough, found.state) == (enough, state)


def test_enough_pieces_with_a_doubtful_estimate_stay_met_once():
    found = estimate([*showings(0), *showings(2, 4, 6, shown=0.0)])
    assert found.p_known < 0.6
    assert (found.enough, found.state) == (True, State.MET_ONCE)


def test_steady_is_five_pieces_two_ways_a_week_apart_and_a_low_end_that_holds():
    found = estimate(STEADY)
    assert found.state is found.earned is State.STEADY
    assert found.low >= Rules().steady_low


@pytest.mark.parametrize(
    "seen",
    [
        [*showings(0, 2, 8), *showings(9, kind=Kind.TALK)],
        showings(0, 2, 4, 8, 9),
        [*showings(0, 2, 4, 5), *showings(6, kind=Kind.TALK)],
    ],
    ids=["four pieces", "one kind on one medium", "within a week"],
)
def test_without_one_of_these_it_is_getting_steady(seen):
    assert estimate(seen).state is State.GETTING_STEADY


def test_paper_beside_the_screen_is_a_second_way():
    seen = [*showings(0, 2, 4, 8), *showings(9, medium=Medium.PAPER)]
    assert estimate(seen).state is State.STEADY


def test_every_second_time_is_not_steady_however_long_it_goes_on():
    seen = [
        Piece(
            ref=f"e{i}", kind=(Kind.ANSWER, Kind.WORK)[i // 2 % 2], shown=i % 2, on=MONDAY + timedelta(days=i)
        )
        for i in range(30)
    ]
    assert estimate(seen).earned is State.GETTING_STEADY


def test_a_state_may_fall_and_what_was_earned_stays():
    later = [
        Piece(ref=f"e99{i}", kind=Kind.ANSWER, shown=0, on=MONDAY + timedelta(days=20 + i)) for i in range(4)
    ]
    found = estimate([*STEADY, *later])
    assert found.state is not State.STEADY
    assert found.earned is State.STEADY


def test_a_school_may_set_other_rules():
    assert estimate(STEADY, rules=Rules(steady_pieces=6)).state is State.GETTING_STEADY


def test_states_have_an_order_and_the_further_one_wins():
    assert ORDER[0] is State.NOT_LOOKED and ORDER[-1] is State.STEADY
    assert further(State.MET_ONCE, State.NOT_ENOUGH) is State.MET_ONCE


def test_every_threshold_stands_in_the_method_page():
    page = (Path(__file__).parents[3] / "docs/methods/bkt.md").read_text()
    for field in fields(Rules):
        assert f"`{field.name}` {getattr(Rules(), field.name):g}" in page, field.name
