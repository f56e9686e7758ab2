"""Every rule there is, and the cards they make of a class.

In:   a snapshot, and which rules are in force.
Out:  cards: those for a group first, then rule by rule; and the few that a teacher is shown.
Not here: a rule's thought (a file each), what every card must have (write).
"""

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest

from plainview.core.rules import (
    check_again,
    look_again,
    look_another_way,
    move_on,
    pair_up,
    prerequisite_first,
    reteach_together,
)
from plainview.core.rules.card import Card
from plainview.core.rules.rule import Rule
from plainview.core.rules.snapshot import Snapshot
from plainview.core.rules.write import write

# To add a rule: one file, one line here, a test. See docs/rules.md.
RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        reteach_together.RULE,
        pair_up.RULE,
        move_on.RULE,
        check_again.RULE,
        look_another_way.RULE,
        look_again.RULE,
        prerequisite_first.RULE,
    )
}

# What a teacher can decide in a week beside teaching: eight cards of thirty seconds.
MOST_CARDS = 8
# Groups come first, and would fill the week: these places are for children whom no group holds.
KEPT_FOR_ONE = 2
# A child who is on every card is no longer being looked at but watched.
MOST_CARDS_A_CHILD = 2


def propose(snapshot: Snapshot, *, rules: Iterable[str] | None = None) -> tuple[Card, ...]:
    """All cards of the rules in force (all, unless named), group cards first, then in the rules' order."""
    cards = [c for name in (RULES if rules is None else rules) for c in written(RULES[name], snapshot)]
    order = {name: place for place, name in enumerate(RULES)}
    return tuple(sorted(cards, key=lambda card: (not card.is_group, order[card.rule])))


def written(rule: Rule, snapshot: Snapshot) -> Iterator[Card]:
    """One rule's cards: its drafts, without those that must not be shown."""
    for draft in rule.propose(snapshot):
        if card := write(draft, rule, snapshot):
            yield card


def choose(
    cards: Iterable[Card], limit: int = MOST_CARDS, *, already: Collection[tuple[str, Collection[str]]] = ()
) -> tuple[Card, ...]:
    """The few to show: groups first, the rules in turn, no child on more than two, nor twice on one thing.

    ``already`` are this week's cards that were shown before, each as (competency, students); they count too.
    """
    cards = list(cards)
    groups, singles = list(_in_turn(cards, is_group=True)), list(_in_turn(cards, is_group=False))
    shown: list[Card] = []
    for_groups = limit - min(KEPT_FOR_ONE, limit // 4)
    for some, up_to in ((groups, for_groups), (singles, limit), (groups, limit)):
        _fill(shown, some, up_to=up_to, already=already)
    return tuple(sorted(shown, key=lambda card: not card.is_group))


def _fill(
    shown: list[Card], some: list[Card], *, up_to: int, already: Collection[tuple[str, Collection[str]]]
) -> None:
    for card in some:
        # A card that is shown already has no room: its children are on that very thing.
        if len(shown) + len(already) < up_to and _has_room(card, shown, already):
            shown.append(card)


def _in_turn(cards: list[Card], *, is_group: bool) -> Iterator[Card]:
    """Each rule has its turn, so that no rule fills the week."""
    by_rule: dict[str, list[Card]] = {}
    for card in sorted((c for c in cards if c.is_group is is_group), key=_lot):
        by_rule.setdefault(card.rule, []).append(card)
    turns = zip_longest(*(by_rule[name] for name in RULES if name in by_rule))
    return (card for turn in turns for card in turn if card)


def _lot(card: Card) -> str:
    """Drawn anew each week, alike on every machine: else whoever comes first in the alphabet always would."""
    year, week, _ = card.as_of.isocalendar()
    return sha256(f"{year}-{week}:{card.key}".encode()).hexdigest()


def _has_room(card: Card, shown: list[Card], already: Collection[tuple[str, Collection[str]]]) -> bool:
    so_far = [*already, *((c.competency, c.students) for c in shown)]
    times = [sum(s in students for _, students in so_far) for s in card.students]
    on_this = {s for competency, students in so_far if competency == card.competency for s in students}
    return max(times) < MOST_CARDS_A_CHILD and not on_this & set(card.students)
