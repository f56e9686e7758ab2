"""Which cards there are, and which few are shown."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from string import Formatter

import pytest
from tests.core.rules.story import (
    COMPARE,
    EQUAL,
    SAYS_BIGGER_BOTTOM,
    TODAY,
    a_class,
    child,
    not_yet,
    piece,
    steady,
)

from plainview.core.learner.piece import Kind
from plainview.core.rules.card import Card
from plainview.core.rules.catalogue import KEPT_FOR_ONE, RULES, choose, propose


@pytest.fixture(scope="module")
def a_card() -> Card:
    (card,) = propose(a_class(child("s1", equal=steady())), rules=["move_on"])
    return card


def made_up(card: Card, students: str, *, rule: str = "move_on", about: str = EQUAL) -> Card:
    """A card like ``card`` for other children: choosing looks at nothing else."""
    who = tuple(students.split())
    return replace(
        card,
        key=f"{rule}:{about}:{students}",
        rule=rule,
        students=who,
        competency=about,
        is_group=len(who) > 1,
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_who_wrote_it_when_and_what_it_may_do(rule):
    assert RULES[rule.name] is rule
    assert rule.version >= 1 and rule.title and rule.words and rule.may
    assert rule.written_by.strip(), "whoever wrote it stands behind it by name"
    assert date(2026, 1, 1) < rule.written_on


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_in_plain_words_has_no_word_that_labels_a_child(rule):
    said = f"{rule.title} {rule.words} {rule.may}".lower().split()
    assert not {"behind", "failed", "weak", "struggling", "low", "missing", "user", "users"} & set(said)
    assert not [name for _, name, _, _ in Formatter().parse(rule.words) if name]


def test_only_one_rule_asks_for_less():
    assert [r.name for r in RULES.values() if r.lowers_expectation] == ["prerequisite_first"]


def test_a_rule_that_is_not_in_force_says_nothing():
    snapshot = a_class(child("s1", equal=steady()))
    assert {c.rule for c in propose(snapshot)} == {"move_on"}
    assert propose(snapshot, rules=["pair_up", "look_again"]) == ()


def test_group_cards_come_first():
    one_kind = tuple(piece(1, days_ago=2 + 3 * i, kind=Kind.ANSWER) for i in range(4))
    thinks = {"compare": not_yet(misconception=SAYS_BIGGER_BOTTOM)}
    found = propose(a_class(child("s0", equal=one_kind), *(child(f"s{n}", **thinks) for n in (1, 2, 3))))
    assert [(c.rule, c.is_group) for c in found] == [("reteach_together", True), ("look_another_way", False)]


def test_below_the_threshold_there_is_no_card_at_all():
    two = tuple(piece(0, days_ago=n, misconception=SAYS_BIGGER_BOTTOM) for n in (1, 2))
    same_day = tuple(piece(0, days_ago=1, misconception=SAYS_BIGGER_BOTTOM) for _ in range(6))
    for pieces in (two, same_day):
        students = (child(f"s{n}", equal=pieces, compare=pieces, add=pieces) for n in range(1, 7))
        assert propose(a_class(*students)) == ()


def test_an_empty_class_is_a_class():
    assert propose(a_class()) == ()
    assert choose(()) == ()


def test_eight_are_shown_and_groups_first(a_card):
    groups = [made_up(a_card, f"s{n} s{n + 100}") for n in range(20)]
    singles = [made_up(a_card, f"s{n}") for n in range(200, 220)]
    shown = choose([*singles, *groups])
    assert [c.is_group for c in shown] == [True] * (8 - KEPT_FOR_ONE) + [False] * KEPT_FOR_ONE


def test_places_that_no_single_child_needs_go_to_groups(a_card):
    shown = choose([made_up(a_card, f"s{n} s{n + 100}") for n in range(20)])
    assert len(shown) == 8


def test_nobody_is_on_more_than_two_cards_nor_twice_on_one_thing(a_card):
    things = [f"4.NF.B.4.{letter}" for letter in "abc"]
    shown = choose([made_up(a_card, "s1", about=thing) for thing in things])
    assert len(shown) == 2
    twice = [made_up(a_card, "s1 s2", rule=rule) for rule in ("pair_up", "move_on")]
    assert [c.rule for c in choose(twice)] == ["pair_up"]


def test_every_rule_has_its_turn(a_card):
    many = [made_up(a_card, f"s{n}", rule="look_another_way") for n in range(30)]
    shown = choose([*many, made_up(a_card, "s77", rule="look_again")])
    assert Counter(c.rule for c in shown) == {"look_another_way": 7, "look_again": 1}


def test_what_was_shown_this_week_counts(a_card):
    cards = [made_up(a_card, f"s{n}") for n in range(20)]
    assert len(choose(cards, already=[(COMPARE, ["s90"])] * 5)) == 3
    on_it = [(EQUAL, [f"s{n}"]) for n in range(3)]
    assert not {"s0", "s1", "s2"} & {c.students[0] for c in choose(cards, already=on_it)}


def test_who_comes_first_is_drawn_anew_each_week_and_holds_for_the_week(a_card):
    def first(days: int) -> list[str]:
        later = replace(a_card, as_of=TODAY + timedelta(days=days))  # TODAY is a Monday
        return [c.students[0] for c in choose([made_up(later, f"s{n}") for n in range(40)])]

    assert first(0) == first(4)
    assert first(0) != first(7) != first(14)
