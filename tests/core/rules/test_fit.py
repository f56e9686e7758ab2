"""Which activities fit, and what stands in at the cap."""

from dataclasses import replace

from tests.core.rules.story import (
    ADD,
    COMPARE,
    EQUAL,
    GAME,
    PRACTICE,
    SAYS_BIGGER_BOTTOM,
    STEPS,
    TABLE,
    a_class,
    child,
)

from plainview.core.learner.piece import Medium
from plainview.core.rules.fit import fitting

ALONE = replace(PRACTICE, ref="fold-alone", medium=Medium.PAPER, screen_minutes=0)


def fits(snapshot, students, **wanted):
    return [t.activity for t in fitting(snapshot, students, **wanted)]


def test_an_activity_fits_by_what_it_is_about_and_how_many_it_holds():
    snapshot = a_class(child("s1"), child("s2"), child("s3"))
    assert fits(snapshot, ("s1", "s2"), about=(COMPARE,)) == ["fold-and-compare", "fraction-war"]
    assert fits(snapshot, ("s1", "s2", "s3"), about=(COMPARE,)) == ["fold-and-compare"]
    assert fits(snapshot, ("s1",), about=(ADD,)) == ["add-steps"]


def test_the_lesson_on_the_very_misconception_comes_first():
    first = replace(TABLE, ref="about-something-else", misconceptions=())
    snapshot = a_class(child("s1"), child("s2"), child("s3"), activities=(first, TABLE))
    found = fits(snapshot, ("s1", "s2", "s3"), about=(COMPARE,), misconception=SAYS_BIGGER_BOTTOM)
    assert found == ["fold-and-compare", "about-something-else"]


def test_what_takes_longer_than_a_lesson_is_not_suggested_unless_it_is_asked_for():
    project = replace(STEPS, ref="fraction-museum", kind="project", minutes=120)
    snapshot = a_class(child("s1"), activities=(project, STEPS))
    assert fits(snapshot, ("s1",), about=(ADD,)) == ["add-steps"]
    assert fits(snapshot, ("s1",), about=(ADD,), kinds=("project",), most_minutes=600) == ["fraction-museum"]


def test_kinds_come_in_the_order_in_which_they_are_liked():
    reading = replace(STEPS, ref="zzz", kind="reading")
    snapshot = a_class(child("s1"), activities=(STEPS, reading))
    assert fits(snapshot, ("s1",), about=(ADD,), kinds=("reading", "practice")) == ["zzz", "add-steps"]


def test_paper_comes_before_the_screen():
    snapshot = a_class(child("s1"), activities=(PRACTICE, replace(ALONE, ref="zzz")))
    assert fits(snapshot, ("s1",), about=(EQUAL,)) == ["zzz", "same-size"]


def test_at_the_cap_the_paper_twin_stands_in():
    snapshot = a_class(child("s1", screen_minutes_left=9), activities=(PRACTICE,))
    (task,) = fitting(snapshot, ("s1",), about=(EQUAL,))
    assert (task.medium, task.screen_minutes, task.is_twin) == (Medium.PAPER, 0, True)


def test_below_the_cap_the_screen_minutes_are_said():
    snapshot = a_class(child("s1", screen_minutes_left=10), activities=(PRACTICE,))
    (task,) = fitting(snapshot, ("s1",), about=(EQUAL,))
    assert (task.medium, task.screen_minutes, task.is_twin) == (Medium.SCREEN, 10, False)


def test_the_child_with_the_fewest_minutes_left_decides_for_the_group():
    both = replace(PRACTICE, group_max=2)
    snapshot = a_class(child("s1"), child("s2", screen_minutes_left=0), activities=(both,))
    assert fitting(snapshot, ("s1", "s2"), about=(EQUAL,))[0].is_twin


def test_what_clashes_with_a_support_does_not_fit():
    clashing = replace(GAME, blocked_by=("no-partner",))
    snapshot = a_class(child("s1", supports=("no-partner",)), child("s2"), activities=(clashing,))
    assert fits(snapshot, ("s1", "s2"), about=(ADD,)) == []


def test_what_a_child_already_holds_is_not_offered_again():
    snapshot = a_class(child("s1", holds=("add-steps",)), activities=(STEPS,))
    assert fits(snapshot, ("s1",), about=(ADD,)) == []
