"""Three records held against each other: what was declared, what was agreed, what was seen.

In:   recipients seen; declared sub-processors; data elements seen to leave; the contract's schedule of data;
      statements of the policy, as a person coded them.
Out:  every mismatch, numbered, with the request that shows it.
Not here: reading a contract. A person coded it; the quotation can be held against the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from plainview.core.audit.exposure.parties import RED, Party, Role, Side, registrable
from plainview.core.plural import counted


class Kind(StrEnum):
    UNDECLARED = "a recipient that nobody declared"
    NOT_IN_SCHEDULE = "data that the contract does not list"
    NOT_FOR_THEM = "data that a declared recipient was not to have"
    AGAINST_POLICY = "traffic that the policy says there is not"
    NOT_QUOTED = "a statement that the policy's text does not hold"
    PLAIN = "a request that was not encrypted"


# What a statement of a policy may deny, and what would contradict it.
DENIES = (
    "advertising", "analytics", "trackers", "session recording", "brokers", "third parties",
    "undeclared recipients", "personal data to third parties", "cross-site identifiers", "unencrypted",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A data element that reached a recipient."""

    element: str
    domain: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    name: str
    domains: tuple[str, ...]
    elements: tuple[str, ...]  # empty: nothing was said of elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    number: int
    kind: Kind
    says: str  # in plain words
    recipient: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    parties: Sequence[Party]
    evidence: Mapping[str, str]  # by domain, one request
    sent: Sequence[Sent]
    declared: Sequence[Declared] | None  # None: no list was handed over
    schedule: Sequence[str] | None  # elements of the contract; None: there is no schedule
    statements: Sequence[Mapping[str, Any]] = ()
    policy: str = ""  # the texts of policy exhibits, joined
    cross_site: Sequence[tuple[str, str]] = ()  # (cookie, evidence)
    recorded: Sequence[tuple[str, str]] = ()  # (domain, evidence)


def mismatches(records: Records) -> tuple[Mismatch, ...]:
    """Every mismatch, in a fixed order, numbered from 1."""
    found = [
        *_undeclared(records),
        *_not_in_schedule(records),
        *_not_for_them(records),
        *_against_policy(records),
        *_plain(records),
    ]
    return tuple(
        Mismatch(number=number, kind=kind, says=says, recipient=recipient, evidence=evidence)
        for number, (kind, says, recipient, evidence) in enumerate(found, start=1)
    )


Found = tuple[Kind, str, str, str]


def declared_by(domain: str, declared: Sequence[Declared]) -> Declared | None:
    return next((one for one in declared if domain in {registrable(name) for name in one.domains}), None)


def _third(records: Records) -> Iterator[Party]:
    return (party for party in records.parties if party.side is Side.THIRD)


def _undeclared(records: Records) -> Iterator[Found]:
    if records.declared is None:
        return
    for party in _third(records):
        if declared_by(party.domain, records.declared) is None and not _named(party, records.declared):
            who = f"{party.domain} ({party.owner})" if party.owner else party.domain
            sent = counted(len(party.entries), "request")
            says = f"{who} was sent {sent} and is in no list of sub-processors."
            yield Kind.UNDECLARED, says, party.domain, records.evidence.get(party.domain, "")


def _named(party: Party, declared: Sequence[Declared]) -> bool:
    """A line without domains counts by its name, where the owner is known."""
    owner = party.owner.lower()
    return any(
        not one.domains and owner and (one.name.lower() in owner or owner.split(" ")[0] in one.name.lower())
        for one in declared
    )


def _not_in_schedule(records: Records) -> Iterator[Found]:
    if records.schedule is None:
        return
    listed = {_plain_name(name) for name in records.schedule}
    seen: set[tuple[str, str]] = set()
    for one in records.sent:
        if _plain_name(one.element) not in listed and (one.element, one.domain) not in seen:
            seen.add((one.element, one.domain))
            says = f"'{one.element}' reached {one.domain}, and the contract's schedule does not list it."
            yield Kind.NOT_IN_SCHEDULE, says, one.domain, one.evidence


def _not_for_them(records: Records) -> Iterator[Found]:
    seen: set[tuple[str, str]] = set()
    for one in records.sent:
        line = declared_by(one.domain, records.declared or ())
        if line is None or not line.elements or (one.element, one.domain) in seen:
            continue
        if _plain_name(one.element) not in {_plain_name(name) for name in line.elements}:
            seen.add((one.element, one.domain))
            says = f"'{one.element}' reached {one.domain}; {line.name} was declared for other data."
            yield Kind.NOT_FOR_THEM, says, one.domain, one.evidence


def _plain_name(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _against_policy(records: Records) -> Iterator[Found]:
    for statement in records.statements:
        says, quote = str(statement.get("says", "")), str(statement.get("quote", ""))
        if quote and records.policy and _even(quote) not in _even(records.policy):
            yield Kind.NOT_QUOTED, f"The policy does not hold the words '{quote}'.", "", says
            continue
        denied = statement.get("denies", ())
        for what in (denied,) if isinstance(denied, str) else denied:
            for recipient, evidence in _contradicted(str(what), records):
                told = quote or says or f"no {what}"
                yield (
                    Kind.AGAINST_POLICY,
                    f"The policy says '{told}'; {recipient} shows {what}.",
                    recipient,
                    evidence,
                )


def _even(text: str) -> str:
    return " ".join(text.lower().split())


def _contradicted(what: str, records: Records) -> Iterator[tuple[str, str]]:
    by_role = {
        "advertising": {Role.ADVERTISING},
        "analytics": {Role.ANALYTICS},
        "session recording": {Role.RECORDING},
        "brokers": {Role.BROKER},
        "trackers": set(RED),
        "third parties": set(Role),
    }
    evidence = records.evidence
    if what in by_role:
        yield from (
            (p.domain, evidence.get(p.domain, "")) for p in _third(records) if p.role in by_role[what]
        )
    if what == "session recording":
        named = {party.domain for party in _third(records) if party.role is Role.RECORDING}
        yield from (one for one in records.recorded if one[0] not in named)
    elif what == "undeclared recipients":
        yield from ((recipient, shown) for _, _, recipient, shown in _undeclared(records))
    elif what == "personal data to third parties":
        third = {party.domain for party in _third(records)}
        yield from {one.domain: one.evidence for one in records.sent if one.domain in third}.items()
    elif what == "cross-site identifiers":
        yield from records.cross_site
    elif what == "unencrypted":
        yield from ((p.domain, evidence.get(p.domain, "")) for p in records.parties if p.n_plain)


def _plain(records: Records) -> Iterator[Found]:
    for party in records.parties:
        if party.n_plain:
            says = (
                f"{counted(party.n_plain, 'request')} to {party.domain} could be read by anybody on the way."
            )
            yield Kind.PLAIN, says, party.domain, records.evidence.get(party.domain, "")
