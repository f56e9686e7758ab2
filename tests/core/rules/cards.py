"""What the tests of single rules ask: the cards of one rule, and a card's sentences."""

from plainview.core.rules.card import Card
from plainview.core.rules.catalogue import RULES, written
from plainview.core.rules.recompute import export, recompute
from plainview.core.rules.snapshot import Snapshot


def cards(rule: str, snapshot: Snapshot) -> list[Card]:
    """The rule's cards; each has been exported and recomputed on the way."""
    made = list(written(RULES[rule], snapshot))
    assert all(recompute(export(card, snapshot)).same for card in made)
    return made


def the_card(rule: str, snapshot: Snapshot) -> Card:
    (card,) = cards(rule, snapshot)
    return card


def said(lines) -> str:
    return "\n".join(line.in_refs for line in lines)
