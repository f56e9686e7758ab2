"""Who receives requests: the registrable domain, then its owner, then what the owner is in business for.

In:   the entries of captures; the product's own domains; lists of trackers.
Out:  each recipient with its requests, and whether it is the product itself, its owner, or somebody else.
Not here: what they were told (leaks), whether they were declared (reconcile).

A registrable domain is a public suffix and one label more (publicsuffix.org, as the package publicsuffixlist
ships it): two addresses below it are one party, two beside it are not, whatever their names suggest.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from ipaddress import ip_address
from typing import Any

from plainview.core.audit.exposure.adblock import Rules
from plainview.core.formats.har import Entry
from plainview.core.mendable import Mendable


class Role(StrEnum):
    """What a recipient is in business for."""

    ADVERTISING = "advertising"
    ANALYTICS = "analytics"
    RECORDING = "session recording"
    BROKER = "broker"
    TRACKER = "tracker"  # a list of trackers names it, and does not say of which kind
    TAG_MANAGER = "tag manager"
    MONITORING = "monitoring"
    SECURITY = "security"
    CDN = "cdn"
    FONTS = "fonts"
    VIDEO = "video"
    SIGN_IN = "sign-in"
    PAYMENT = "payment"
    SUPPORT = "support"
    UNKNOWN = "not known"


RED = frozenset({Role.ADVERTISING, Role.ANALYTICS, Role.RECORDING, Role.BROKER, Role.TRACKER})


class Side(StrEnum):
    FIRST = "the product"
    OWNER = "the same owner"
    THIRD = "somebody else"


@dataclass(slots=True)
class Party:
    """A recipient."""

    domain: str  # registrable
    side: Side
    owner: str = ""
    role: Role = Role.UNKNOWN
    listed: str = ""  # which list names it, and by which rule
    entries: list[int] = field(default_factory=list)  # places in the row of entries
    hosts: dict[str, int] = field(default_factory=dict)
    n_plain: int = 0  # requests that were not encrypted


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One line of trackers.toml."""

    domain: str
    owner: str
    role: Role


@cache
def known() -> Mapping[str, Known]:
    said = tomllib.loads((resources.files(__package__) / "trackers.toml").read_text(encoding="utf-8"))
    return {
        domain: Known(domain=domain, owner=one["name"], role=Role(role))
        for one in said["owner"]
        for domain, role in one["domains"].items()
    }


@cache
def list_said() -> str:
    said = tomllib.loads((resources.files(__package__) / "trackers.toml").read_text(encoding="utf-8"))
    return f"our own short list of {said['as_of']}, {len(known())} domains"


@cache
def _suffixes() -> Any:
    try:
        from publicsuffixlist import PublicSuffixList
    except ModuleNotFoundError:
        raise Mendable(
            "Telling recipients apart needs the list of public suffixes: pip install publicsuffixlist."
        ) from None
    return PublicSuffixList()


@cache
def registrable(host: str) -> str:
    """The domain that somebody registered; an address of numbers, or a name without one, is itself."""
    host = host.lower().rstrip(".")
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        return str(_suffixes().privatesuffix(host) or host)


def registrable_of(said: str) -> str:
    """Of what a person wrote: a domain, a host or a whole address."""
    return registrable(host_of(said) if "://" in said else said.strip().strip("/").removeprefix("*."))


def host_of(url: str) -> str:
    """By hand: an address that a parser refuses went somewhere all the same."""
    rest = url.partition("://")[2]
    host = rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0].rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def is_plain(url: str) -> bool:
    """Whether anybody on the way could read it. What stays on the machine goes no way."""
    return url.lower().startswith(("http://", "ws://")) and host_of(url) not in _OWN_MACHINE


_OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


def leaves(url: str) -> bool:
    """Whether it is a request to anybody: not data: or blob: or the browser's own."""
    return url.lower().startswith(("http://", "https://", "ws://", "wss://"))


def first_party_of(pages: Iterable[str], entries: Sequence[Entry]) -> tuple[str, ...]:
    """Where nobody says it: the domain of the page that was open first, or of the first request."""
    for address in (*pages, *(entry.url for entry in entries)):
        if leaves(address):
            return (registrable(host_of(address)),)
    return ()


def parties(
    entries: Sequence[Entry],
    *,
    first_party: Sequence[str],
    same_owner: Sequence[str] = (),
    lists: Sequence[tuple[str, Rules]] = (),
) -> tuple[Party, ...]:
    """Every recipient, the busiest first.

    Parameters
    ----------
    entries : sequence of Entry
    first_party, same_owner : sequence of str
        Domains of the product, and others that its owner has.
    lists : sequence of (name, Rules)
        Lists of trackers in Adblock syntax. What one of them names is a tracker.
    """
    first = {registrable_of(one) for one in first_party}
    own = {registrable_of(one) for one in same_owner}
    found: dict[str, Party] = {}
    for number, entry in enumerate(entries):
        if not leaves(entry.url):
            continue
        host = host_of(entry.url)
        domain = registrable(host)
        side = Side.FIRST if domain in first else Side.OWNER if domain in own else Side.THIRD
        party = found.setdefault(domain, Party(domain=domain, side=side))
        party.entries.append(number)
        party.hosts[host] = party.hosts.get(host, 0) + 1
        party.n_plain += is_plain(entry.url)
        if side is Side.THIRD:
            _name(party, host)
            _list(party, entry, first, lists)
    return tuple(sorted(found.values(), key=lambda party: (-len(party.entries), party.domain)))


def _name(party: Party, host: str) -> None:
    """By the nearest name on our list; of several hosts the gravest role counts."""
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if line := known().get(".".join(parts[start:])):
            party.owner = line.owner
            if _graver(line.role, party.role):
                party.role, party.listed = line.role, "our own list"
            return


GRAVITY = (Role.BROKER, Role.ADVERTISING, Role.RECORDING, Role.ANALYTICS, Role.TRACKER)


def _graver(one: Role, other: Role) -> bool:
    order = {role: number for number, role in enumerate(GRAVITY)}
    return other is Role.UNKNOWN or order.get(one, 99) < order.get(other, 99)


def _list(party: Party, entry: Entry, first: set[str], lists: Sequence[tuple[str, Rules]]) -> None:
    if party.role in RED:
        return
    for name, rules in lists:
        page = entry.page if leaves(entry.page) else f"https://{min(first, default='')}/"
        if (rule := rules.blocks(entry.url, page=page, resource=entry.resource)) is not None:
            party.role, party.listed = Role.TRACKER, f"{name}: {rule}"
            return
