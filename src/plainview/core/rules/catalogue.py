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
    cards: Iterable[Card], limit: int = MOST_CARDS, *, already: Collection[Card] = ()
) -> tuple[Card, ...]:
    """The few to show: groups first, the rules in turn, no child on more than two, nor twice on one thing.

    ``already`` are the cards of this week that a teacher has seen; they count towards all limits.
    """
    shown: list[Card] = []
    for card in _in_turn(cards):
        if len(shown) + len(already) >= limit:
            break
        if _has_room(card, [*already, *shown]):
            shown.append(card)
    return tuple(shown)


def _in_turn(cards: Iterable[Card]) -> Iterator[Card]:
    """Group cards first; within them each rule has its turn, so that no rule fills the week."""
    cards = list(cards)
    for is_group in (True, False):
        by_rule: dict[str, list[Card]] = {}
        for card in sorted((c for c in cards if c.is_group is is_group), key=_lot):
            by_rule.setdefault(card.rule, []).append(card)
        turns = zip_longest(*(by_rule[name] for name in RULES if name in by_rule))
        yield from (card for turn in turns for card in turn if card)


def _lot(card: Card) -> str:
    """Drawn anew each week, alike on every machine: else whoever comes first in the alphabet always would."""
    year, week, _ = card.as_of.isocalendar()
    return sha256(f"{year}-{week}:{card.key}".encode()).hexdigest()


def _has_room(card: Card, shown: Collection[Card]) -> bool:
    on_this = {s for c in shown if c.competency == card.competency for s in c.students}
    times = [sum(s in c.students for c in shown) for s in card.students]
    return max(times) < MOST_CARDS_A_CHILD and not on_this & set(card.students)
