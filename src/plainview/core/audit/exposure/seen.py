"""The captures of a dossier, opened once for all checks: entries, recipients, what was found in them.

In:   a dossier with HAR files, and capture.toml where there is one.
Out:  everything that the checks of this question go by.
Not here: what it means (ask, told).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from plainview.core.audit.exposure.adblock import Rules, read_rules
from plainview.core.audit.exposure.canary import Canary, texts
from plainview.core.audit.exposure.capture import Plan, Recorded, read_capture
from plainview.core.audit.exposure.identifiers import (
    CookiesSeen,
    Identifier,
    Whose,
    cookies_seen,
    identifiers,
)
from plainview.core.audit.exposure.leaks import Leak, Leaks, Search
from plainview.core.audit.exposure.parties import (
    Party,
    Side,
    first_party_of,
    host_of,
    parties,
    registrable,
    registrable_of,
)
from plainview.core.audit.exposure.pixels import Event, events_of
from plainview.core.audit.exposure.scripts import Ability, able_in_all
from plainview.core.dossier import unread
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.unread import each_read
from plainview.core.formats.har import Capture, Entry, read_har
from plainview.core.mendable import Mendable
from plainview.core.toml import toml_of

MOST_LIST_BYTES = 64 << 20
LISTS = ("trackers", "easylist", "easyprivacy", "fanboy", "adguard", "peterlowe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A capture with whose it is."""

    capture: Capture
    person: str
    role: str
    number: int
    is_named: bool  # capture.toml or exhibits.toml says whose it is


@dataclass
class Seen:
    """All captures as one row of entries."""

    sheets: tuple[Sheet, ...]
    plan: Plan
    first_party: tuple[str, ...]
    is_guessed: bool  # nobody said which domains are the product's own
    lists: tuple[tuple[str, Rules], ...]
    faults: tuple[str, ...]
    entries: tuple[Entry, ...] = field(init=False)
    sheet_of: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = tuple(entry for sheet in self.sheets for entry in sheet.capture.entries)
        self.sheet_of = tuple(n for n, sheet in enumerate(self.sheets) for _ in sheet.capture.entries)

    @property
    def canaries(self) -> tuple[Canary, ...]:
        return self.plan.canaries

    @property
    def who(self) -> str:
        """Whose traffic it is. Nobody's child was recorded: captures with canaries are of made-up people."""
        return "the made-up student" if self.canaries else "the visitor"

    @property
    def students(self) -> tuple[str, ...]:
        """Those of whom it is said which captures are theirs."""
        named = (sheet.person for sheet in self.sheets if sheet.role == "student" and sheet.is_named)
        return tuple(dict.fromkeys(named))

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        return parties(
            self.entries, first_party=self.first_party, same_owner=self.plan.same_owner, lists=self.lists
        )

    @cached_property
    def party_of(self) -> dict[int, Party]:
        return {number: party for party in self.parties for number in party.entries}

    @cached_property
    def third(self) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.side is Side.THIRD)

    @cached_property
    def _search(self) -> Search:
        return Search(self.canaries)

    @cached_property
    def leaks(self) -> Leaks:
        """What was typed, wherever it was sent."""
        return self._search.sent(enumerate(self.entries))

    @cached_property
    def reached(self) -> tuple[tuple[Leak, Party], ...]:
        """What was typed and reached somebody else."""
        found = ((leak, self.party_of.get(leak.entry)) for leak in self.leaks.found)
        return tuple((leak, party) for leak, party in found if party is not None and party.side is Side.THIRD)

    @cached_property
    def came_back(self) -> Leaks:
        """What others answered with: they know it."""
        third = {number for party in self.third for number in party.entries}
        return self._search.received((n, entry) for n, entry in enumerate(self.entries) if n in third)

    @cached_property
    def exercised(self) -> frozenset[int]:
        """Canaries that were seen to leave the browser at all: the others were perhaps never typed."""
        return frozenset(leak.canary for leak in self.leaks.found)

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        return identifiers(self._students_captures)

    @cached_property
    def cross_site(self) -> tuple[Identifier, ...]:
        """Those that others hold, or were sent."""
        own = {party.domain for party in self.parties if party.side is not Side.THIRD}
        return tuple(
            one
            for one in self.identifiers
            if one.domain not in own or any(to not in own for to in one.sent_to)
        )

    @cached_property
    def abilities(self) -> tuple[Ability, ...]:
        return able_in_all([sheet.capture for sheet in self.sheets])

    @cached_property
    def events(self) -> tuple[tuple[int, Event], ...]:
        """What pixels were told, each with the place of its request."""
        return tuple(
            (n, event)
            for n, (entry, sheet) in enumerate(zip(self.entries, self.sheet_of, strict=True))
            for event in events_of(entry, self.sheets[sheet].capture.file)
        )

    @cached_property
    def cookies(self) -> CookiesSeen:
        """Of the captures of students: whether there is anything to tell a name from."""
        return cookies_seen(self._students_captures)

    @property
    def _students_captures(self) -> list[Whose]:
        return [
            Whose(capture=sheet.capture, person=sheet.person, number=sheet.number)
            for sheet in self.sheets
            if sheet.role == "student" and sheet.is_named
        ]

    def is_others(self, domain: str) -> bool:
        own = {registrable_of(one) for one in (*self.first_party, *self.plan.same_owner)}
        return domain not in own

    def evidence(self, number: int) -> str:
        """A request, told without anything that a child typed: file, entry, method, host, path."""
        entry = self.entries[number]
        path = entry.url.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
        host, file = host_of(entry.url), self.sheets[self.sheet_of[number]].capture.file
        if any(leak.entry == number and leak.place in ("path", "host name") for leak in self.leaks_known()):
            path, host = "...", registrable(host)
        shown = path if len(path) <= 48 else f"{path[:45]}..."
        return f"{file}, request {entry.number}: {entry.method} {host}/{self.veiled(shown)}"

    def leaks_known(self) -> Sequence[Leak]:
        return self.leaks.found if self.canaries else ()

    def veiled(self, text: str) -> str:
        """A text from a capture with every canary in it named instead of shown."""
        for canary in self.canaries:
            for form in {form for _, form in texts(canary.value) if len(form) >= 5}:
                at = text.lower().find(form.lower())
                while at >= 0:
                    text = f"{text[:at]}[{canary.field}]{text[at + len(form) :]}"
                    at = text.lower().find(form.lower(), at + len(canary.field) + 2)
        return text


_KEPT: dict[tuple[str, ...], Seen] = {}


def seen(dossier: Dossier) -> Seen | None:
    """Everything at once; None where there is no capture that can be read. The last one is kept."""
    key = (
        str(dossier.folder),
        str(dossier.aside),
        json.dumps(dossier.product.said, default=str, sort_keys=True),
        *(f"{one.file} {one.sha256} {one.path}" for one in dossier.exhibits),
    )
    if key not in _KEPT:
        _KEPT.clear()
        found = _opened(dossier)
        if found is None:
            return None
        _KEPT[key] = found
    return _KEPT[key]


def plan_of(dossier: Dossier) -> tuple[Plan, tuple[str, ...]]:
    """All capture.toml of a dossier as one; and what is wrong with them."""
    plans, faults = [], []
    for exhibit in _of_kind(dossier, Kind.CAPTURE):
        if fault := _fault(exhibit):
            faults.append(fault)
            continue
        try:
            plans.append(read_capture(exhibit.path, name=exhibit.file))
        except Mendable as found:
            faults += found.faults
    faults += [fault for plan in plans for fault in plan.faults]
    return _joined(plans), tuple(faults)


def _joined(plans: Sequence[Plan]) -> Plan:
    if not plans:
        return Plan()
    rows = {
        name: tuple(one for plan in plans for one in getattr(plan, name))
        for name in (
            "canaries", "recorded", "first_party", "same_owner", "exercised", "not_exercised", "statements",
            "rights",
        )
    }  # fmt: skip
    owner = next((plan.owner for plan in plans if plan.owner), "")
    as_of = next((plan.as_of for plan in plans if plan.as_of), "")
    return Plan(owner=owner, as_of=as_of, **rows)


def _opened(dossier: Dossier) -> Seen | None:
    plan, told = plan_of(dossier)
    faults = list(told)
    sheets = []
    for exhibit, capture in each_read(dossier, Kind.HAR, lambda one: _read(dossier, one)):
        faults += capture.faults
        sheets.append(_sheet(capture, exhibit, plan))
    if not sheets:
        return None
    said = tuple(str(one) for one in dossier.product.said.get("domains", ()))
    pages = [page for sheet in sheets for page in sheet.capture.pages]
    entries = [entry for sheet in sheets for entry in sheet.capture.entries]
    first = plan.first_party or said
    return Seen(
        sheets=tuple(sheets),
        plan=plan,
        first_party=first or first_party_of(pages, entries),
        is_guessed=not first,
        lists=tuple(_lists(dossier, faults)),
        faults=tuple(faults),
    )


def _read(dossier: Dossier, exhibit: Exhibit) -> Capture:
    """What is broken inside a capture is told too; what makes sense around it stands."""
    try:
        capture = read_har(exhibit.path, name=exhibit.file)
    except Mendable as fault:
        unread.note(dossier, exhibit, fault.faults)
        raise
    unread.tell(dossier, exhibit, capture.faults)
    return capture


def _of_kind(dossier: Dossier, kind: Kind) -> list[Exhibit]:
    """Those that cannot be opened among them: each is told, and the captures are answered all the same."""
    return [one for one in dossier.exhibits if one.kind is kind]


def _fault(exhibit: Exhibit) -> str:
    return str(getattr(exhibit, "fault", "") or "")


def _sheet(capture: Capture, exhibit: Exhibit, plan: Plan) -> Sheet:
    """Whose it is, by its file in capture.toml, or by what exhibits.toml says of it."""
    name = PurePosixPath(exhibit.file).name
    said: Recorded | None = next((r for r in plan.recorded if PurePosixPath(r.file).name == name), None)
    settings = exhibit.settings
    role = said.role if said else str(settings.get("role", "student"))
    which: Any = said.number if said else settings.get("pass", 1)
    return Sheet(
        capture=capture,
        person=said.person if said else str(settings.get("person", name)),
        role=role,
        number=which if isinstance(which, int) else 1,
        is_named=said is not None or "person" in settings,
    )


def _lists(dossier: Dossier, faults: list[str]) -> list[tuple[str, Rules]]:
    """Lists of trackers among the exhibits, by their name or by ``is = "trackers"``."""
    found = []
    for exhibit in _of_kind(dossier, Kind.OTHER):
        name = PurePosixPath(exhibit.file).name
        is_list = name.lower().startswith(LISTS) and name.lower().endswith((".txt", ".list"))
        if not is_list and exhibit.settings.get("is") != "trackers":
            continue
        if exhibit.n_bytes > MOST_LIST_BYTES or _fault(exhibit):
            faults.append(_fault(exhibit) or f"{exhibit.file}: found {exhibit.n_bytes:,} bytes of rules.")
            continue
        rules = read_rules(exhibit.path.read_text(encoding="utf-8", errors="replace"))
        found.append((name, rules))
    return found


def texts_of(dossier: Dossier, kind: Kind) -> str:
    """The texts of exhibits, joined."""
    paths = [exhibit.path for exhibit in dossier.of_kind(kind) if not _fault(exhibit)]
    return "\n".join(_text(path) for path in paths if path.is_file())


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(4 << 20).decode("utf-8", "replace")


def rights_rows(dossier: Dossier) -> tuple[tuple[dict[str, Any], ...], str]:
    """Requests that were made, from capture.toml and from rights*.toml; and the day of reading."""
    plan, _ = plan_of(dossier)
    rows, as_of = [dict(row) for row in plan.rights], plan.as_of
    for exhibit in _of_kind(dossier, Kind.OTHER):
        name = PurePosixPath(exhibit.file).name.lower()
        if not (name.startswith("rights") and name.endswith(".toml")) or _fault(exhibit):
            continue
        said = toml_of(_text(exhibit.path), file=exhibit.file)
        found = said.get("right") or said.get("rights") or []
        rows += [dict(one) for one in found if isinstance(one, dict)]
        as_of = as_of or str(said.get("as_of", ""))
    return tuple(rows), as_of
