"""capture.toml: who was signed in, which canaries were typed where, which file is whose.

In:   the text of capture.toml, the folder it lies in.
Out:  persons with their canaries and captures; first party; what was exercised; every fault by its place.
Not here: reading the captures (core.formats.har).

    first_party = ["lessons.example"]        # the product's own domains
    owner = "Lessons Inc."
    same_owner = ["lessons-cdn.example"]     # other domains of the same owner
    exercised = ["signed in", "answered five questions"]
    not_exercised = ["messages to a teacher"]

    [[person]]
    name = "student 1"
    role = "student"
    [[person.canary]]
    field = "e-mail"
    element = "e-mail address"               # as the contract's schedule of data calls it
    value = "zofia.q7f3@canary.example"
    [[person.capture]]
    file = "student-1-pass-1.har"
    pass = 1
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plainview.core.audit.exposure.canary import Canary, too_plain
from plainview.core.mendable import Mendable
from plainview.core.toml import toml_of

ROLES = ("student", "teacher", "parent")
MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One capture: whose, and which pass of reset-and-repeat."""

    file: str
    person: str
    role: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What capture.toml says."""

    canaries: tuple[Canary, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    first_party: tuple[str, ...] = ()
    same_owner: tuple[str, ...] = ()
    owner: str = ""
    exercised: tuple[str, ...] = ()
    not_exercised: tuple[str, ...] = ()
    statements: tuple[Mapping[str, Any], ...] = ()  # of the policy, as coded by a person
    rights: tuple[Mapping[str, Any], ...] = ()  # what was asked for, and when it was answered
    as_of: str = ""  # the day on which the clocks are read
    faults: tuple[str, ...] = field(default_factory=tuple)

    @property
    def persons(self) -> tuple[str, ...]:
        typed = [one.person for one in self.canaries]
        return tuple(dict.fromkeys([*typed, *(one.person for one in self.recorded)]))


def read_capture(path: Path, *, name: str = "") -> Plan:
    """Read capture.toml.

    Raises
    ------
    Mendable
        If it is no TOML at all. What is wrong with one canary is a fault; the others stand.
    """
    called = name or path.name
    if path.stat().st_size > MOST_BYTES:
        raise Mendable(f"{called}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}.")
    try:
        return planned(toml_of(path.read_text(encoding="utf-8-sig"), file=called), name=called)
    except UnicodeDecodeError:
        raise Mendable(f"{called}: found bytes that are not UTF-8, expected a file in UTF-8.") from None


def planned(said: Mapping[str, Any], *, name: str) -> Plan:
    faults: list[str] = []
    persons = [one for one in _row(said.get("person") or said.get("persons")) if isinstance(one, dict)]
    if loose := said.get("canary") or said.get("canaries"):  # of nobody in particular
        persons.append({"name": "somebody", "canary": loose})
    if not persons:
        faults.append(f"{name}: found no [[person]], expected one for each account that was signed in.")
    return Plan(
        canaries=tuple(_canaries(persons, name, faults)),
        recorded=tuple(_recorded(persons, name, faults)),
        first_party=_words(said.get("first_party")),
        same_owner=_words(said.get("same_owner")),
        owner=str(said.get("owner", "")),
        exercised=_words(said.get("exercised")),
        not_exercised=_words(said.get("not_exercised")),
        statements=tuple(one for one in _row(said.get("statement")) if isinstance(one, dict)),
        rights=tuple(one for one in _row(said.get("rights") or said.get("right")) if isinstance(one, dict)),
        as_of=str(said.get("as_of", "")),
        faults=tuple(faults),
    )


def _canaries(persons: list[dict[str, Any]], name: str, faults: list[str]) -> Iterator[Canary]:
    owner_of: dict[str, str] = {}
    for number, person in enumerate(persons, start=1):
        who, role = _who(person, number), _role(person)
        for field_name, element, value in _fields(person.get("canary") or person.get("canaries")):
            canary = Canary(
                name=f"{who}, {field_name}",
                person=who,
                role=role,
                field=field_name,
                element=element or field_name,
                value=value,
            )
            if why := too_plain(canary):
                faults.append(f"{name}: {why}; it is not searched for.")
            elif owner_of.setdefault(value, who) != who:
                faults.append(
                    f"{name}: found the same canary '{field_name}' for {owner_of[value]} and {who}, "
                    "expected one of her own for each."
                )
            yield canary


def _fields(said: Any) -> Iterator[tuple[str, str, str]]:
    """(field, element, value), from a list of tables or from one table."""
    if isinstance(said, dict):
        for key, value in said.items():
            if isinstance(value, dict):
                yield key, str(value.get("element", "")), str(value.get("value", ""))
            else:
                yield key, "", str(value)
    for one in _row(said):
        if isinstance(one, dict):
            called = str(one.get("field") or one.get("name") or one.get("element") or "canary")
            yield called, str(one.get("element", "")), str(one.get("value", ""))


def _recorded(persons: list[dict[str, Any]], name: str, faults: list[str]) -> Iterator[Recorded]:
    for number, person in enumerate(persons, start=1):
        said = person.get("capture") or person.get("captures") or person.get("har") or person.get("files")
        files = [said] if isinstance(said, str) else _row(said)
        for n, one in enumerate(files, start=1):
            table = one if isinstance(one, dict) else {"file": one}
            if not isinstance(table.get("file"), str):
                faults.append(f"{name}, person {number}, capture {n}: found no 'file', expected a HAR file.")
                continue
            which = table.get("pass", n)
            yield Recorded(
                file=table["file"],
                person=_who(person, number),
                role=_role(person),
                number=which if isinstance(which, int) else n,
            )


def _who(person: Mapping[str, Any], number: int) -> str:
    return str(person.get("name") or f"person {number}")


def _role(person: Mapping[str, Any]) -> str:
    role = str(person.get("role", "")).lower()
    return role if role in ROLES else "student"


def _row(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _words(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(str(one) for one in _row(said))
