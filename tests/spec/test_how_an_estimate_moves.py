"""How an estimate moves. (This page of the manual is made from these tests.)

An estimate says how likely it is that a child knows a competency, and how sure we are. It moves with every
piece of evidence, and each step can be looked at.
"""

from datetime import date, timedelta

import pytest

from plainview.core.learner.estimate import aged, estimate, explain
from plainview.core.learner.piece import Helped, Kind, Medium, Piece

MONDAY = date(2025, 9, 1)
SHOWN = {"right": 1.0, "partly": 0.5, "wrong": 0.0}


def seen(
    words: str, *, kind: Kind = Kind.ANSWER, helped: Helped = Helped.NONE, every: int = 2
) -> list[Piece]:
    return [
        Piece(ref=f"e{i}", kind=kind, shown=SHOWN[word], on=MONDAY + timedelta(days=every * i), helped=helped)
        for i, word in enumerate(words.split())
    ]


@pytest.mark.parametrize(
    ("answers", "p_known"),
    [
        ("right", [0.82]),
        ("wrong", [0.46]),
        ("right right wrong", [0.82, 0.94, 0.86]),
        ("wrong wrong wrong", [0.46, 0.42, 0.38]),
        ("wrong wrong right right", [0.46, 0.42, 0.76, 0.91]),
    ],
)
def test_each_answer_moves_the_estimate(answers, p_known):
    """A right answer raises it, a wrong one lowers it; one answer never settles it. Every answer is also a
    chance to learn, so a run of wrong answers never brings it to nothing."""
    assert [step.p_after for step in explain(seen(answers))] == pytest.approx(p_known, abs=0.005)


@pytest.mark.parametrize(
    ("answers", "low", "high"),
    [
        ("right", 0.51, 0.98),
        ("right right", 0.77, 1.0),
        ("right wrong right", 0.61, 1.0),
        ("wrong", 0.16, 0.79),
    ],
)
def test_the_range_says_how_sure_we_are(answers, low, high):
    """Nobody knows how easily this task is guessed or slipped on. The range holds the estimate for nearly all
    that is likely: wide after one answer, narrower with each."""
    found = estimate(seen(answers))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.01)


@pytest.mark.parametrize(
    ("how", "p_known"),
    [
        ({}, 0.82),
        ({"kind": Kind.OBSERVATION}, 0.82),
        ({"kind": Kind.TALK}, 0.82),
        ({"helped": Helped.TOOL}, 0.75),
        ({"helped": Helped.PEER}, 0.72),
        ({"helped": Helped.ADULT}, 0.63),
        ({"kind": Kind.SELF_ASSESSMENT}, 0.63),
    ],
)
def test_what_an_adult_saw_counts_like_an_answer_and_help_makes_it_count_less(how, p_known):
    """One showing. The teacher sets what each kind counts; these are the stated values. Help is evidence too:
    it counts for less, never for nothing."""
    assert estimate(seen("right", **how)).p_known == pytest.approx(p_known, abs=0.005)


@pytest.mark.parametrize(("answer", "p_known"), [("right", 0.82), ("partly", 0.63), ("wrong", 0.46)])
def test_partly_lies_between(answer, p_known):
    """Partly says little either way. What is left is the chance that she learned while doing it."""
    assert estimate(seen(answer)).p_known == pytest.approx(p_known, abs=0.005)


@pytest.mark.parametrize(
    ("answers", "every", "state", "enough"),
    [
        ("", 2, "not_looked", False),
        ("wrong wrong", 2, "not_enough", False),
        ("right", 2, "met_once", False),
        ("right right right", 0, "met_once", False),
        ("right wrong right", 2, "getting_steady", True),
        ("right right right right right right", 2, "getting_steady", True),
    ],
)
def test_a_state_needs_more_than_a_number(answers, every, state, enough):
    """Three pieces on two days are enough to say something. Six right answers of one kind on one medium are
    still not steady: a skill that lives in one format has not been looked at from another side."""
    found = estimate(seen(answers, every=every))
    assert (found.state, found.enough) == (state, enough)


def test_steady_is_another_way_and_a_week_later():
    """Four right answers, then she explains it to you nine days after the first."""
    told = Piece(ref="e9", kind=Kind.TALK, shown=1, on=MONDAY + timedelta(days=9), medium=Medium.TALK)
    assert estimate([*seen("right right right right"), told]).state == "steady"


def test_an_estimate_may_fall_and_what_was_earned_stays():
    """Four wrong answers later it is not steady now. That it was steady once is not taken away."""
    told = Piece(ref="e9", kind=Kind.TALK, shown=1, on=MONDAY + timedelta(days=9), medium=Medium.TALK)
    later = [
        Piece(ref=f"e{20 + i}", kind=Kind.ANSWER, shown=0, on=MONDAY + timedelta(days=20 + i))
        for i in range(4)
    ]
    found = estimate([*seen("right right right right"), told, *later])
    assert (found.state, found.earned) == ("getting_steady", "steady")


@pytest.mark.parametrize(
    ("weeks", "low", "high", "is_old"), [(0, 0.77, 1.0, False), (6, 0.52, 1.0, False), (12, 0.39, 1.0, True)]
)
def test_age_widens_the_range_and_leaves_the_state(weeks, low, high, is_old):
    """Two right answers, read weeks later. Nothing is taken off; we are less sure, and it says how old."""
    found = estimate(seen("right right", every=0))
    then = aged(found, on=MONDAY + timedelta(weeks=weeks))
    assert (then.low, then.high) == pytest.approx((low, high), abs=0.01)
    assert then.is_old is is_old
