"""What a district must know today: which conditions bind it, which contracts end, what nobody has reviewed.

In:   its contracts, the newest frozen page of each product, what happened since, the day.
Out:  plain values for a page. Everything is reckoned when it is read: the clock needs nobody's deed.
Not here: telling anyone (digest).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from plainview.desk.published import clocks, read
from plainview.desk.published.cards import Card
from plainview.desk.published.clocks import Standing, Status
from plainview.desk.published.models import Event
from plainview.desk.register.keep import name_key
from plainview.desk.register.models import Contract, District

SOON = 90  # days before a contract's end
PRESSES = (Status.BREACHED, Status.OVERDUE, Status.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contract, and what is published of its product."""

    contract: Contract
    card: Card | None  # None: never reviewed here
    standings: tuple[Standing, ...] = ()

    @property
    def binds(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.status in PRESSES)

    @property
    def presses(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.status in (Status.BREACHED, Status.OVERDUE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A condition that binds this district, by a product that it uses."""

    held: Held
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The register at a glance."""

    bindings: Sequence[Binding] = field(default_factory=tuple)
    ending: Sequence[Held] = field(default_factory=tuple)
    unreviewed: Sequence[Held] = field(default_factory=tuple)
    n_contracts: int = 0
    n_children: int = 0  # children are counted once a product they use
    child_minutes: int = 0  # a week
    costs: Sequence[tuple[str, object]] = field(default_factory=tuple)  # by currency

    @property
    def n_pressing(self) -> int:
        return sum(one.standing.status != Status.OPEN for one in self.bindings)

    @property
    def child_hours(self) -> int:
        return round(self.child_minutes / 60)


def glance(district: District, *, on: date) -> Glance:
    """All that is due, from the contracts that are in force."""
    contracts = list(district.contracts.in_force(on).with_totals().order_by("name", "pk"))
    held = hold(contracts, on=on)
    bindings = [Binding(held=one, standing=standing) for one in held for standing in one.binds]
    costs = defaultdict(int)
    for contract in contracts:
        if contract.cost is not None:
            costs[contract.currency] += contract.cost
    return Glance(
        bindings=_in_order(bindings),
        ending=ending(held, on=on),
        unreviewed=_unreviewed(held),
        n_contracts=len(contracts),
        n_children=sum(contract.children for contract in contracts),
        child_minutes=sum(contract.child_minutes for contract in contracts),
        costs=sorted(costs.items()),
    )


def _unreviewed(held: Iterable[Held]) -> list[Held]:
    """Those that most children use first."""
    found = [one for one in held if one.card is None]
    return sorted(found, key=lambda one: (-one.contract.children, one.contract.name))


def _in_order(bindings: Iterable[Binding]) -> list[Binding]:
    """What presses most first; a condition of a product with two contracts is shown once."""
    once = {(one.held.card.slug, one.standing.condition.id): one for one in bindings}
    return sorted(
        once.values(),
        key=lambda one: (PRESSES.index(one.standing.status), one.standing.condition.deadline),
    )


def ending(held: Iterable[Held], *, on: date) -> list[Held]:
    """Contracts whose end, or whose last day to give notice, is within ninety days."""
    soon = [
        one
        for one in held
        if one.contract.ends_on
        and min((one.contract.ends_on - on).days, (one.contract.say_so_by - on).days) <= SOON
    ]
    return sorted(soon, key=lambda one: (one.contract.say_so_by, one.contract.name))


def hold(contracts: Iterable[Contract], *, on: date) -> list[Held]:
    """Each contract with the newest page of its product, by slug or else by name."""
    contracts, newest = list(contracts), _newest()
    by_name = {name_key(card["name"]): slug for slug, card in newest.items()}
    slugs = [_slug_of(contract, newest, by_name) for contract in contracts]
    cards = {slug: Card.model_validate(newest[slug]) for slug in slugs if slug}
    events = events_of(cards)
    return [
        _held(contract, cards.get(slug), events, on) for contract, slug in zip(contracts, slugs, strict=True)
    ]


def _slug_of(contract: Contract, newest: Mapping[str, dict], by_name: Mapping[str, str]) -> str:
    if contract.product in newest:
        return contract.product
    return by_name.get(name_key(contract.name), "")


def _held(contract: Contract, card: Card | None, events: Mapping[str, list[Event]], on: date) -> Held:
    if card is None:
        return Held(contract=contract, card=None)
    standings = clocks.standings(card.conditions, events.get(card.slug, ()), on=on)
    return Held(contract=contract, card=card, standings=standings)


def _newest() -> dict[str, dict]:
    """The newest card of every published product, unopened: a district uses few of them."""
    return dict(read.all_newest().values_list("product", "card"))


def pages() -> list[tuple[str, str]]:
    """Slug and name of every published product, to choose from."""
    return sorted(
        ((slug, card["name"]) for slug, card in _newest().items()), key=lambda pair: pair[1].casefold()
    )


def events_of(slugs: Iterable[str]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(product__in=list(slugs)).order_by("at", "pk"):
        found[event.product].append(event)
    return found


def cards_of(district: District, *, on: date) -> dict[str, Card]:
    """The published products that this district uses."""
    held = hold(district.contracts.in_force(on), on=on)
    return {one.card.slug: one.card for one in held if one.card}
