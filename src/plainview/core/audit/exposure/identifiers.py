"""Cookies that name a child's browser for months: the same for her, another for the next child.

In:   captures, each with whose it is.
Out:  each cookie that lives longer than 90 days, is 8 to 100 signs long, keeps its value for a student and
      differs between students; to whom its value went.
Not here: what else may name a browser (scripts), the light (light).

Source: Englehardt & Narayanan (2016), CCS '16, and Acar et al. (2014), CCS '14, section 4.1.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from plainview.core.audit.exposure.parties import host_of, leaves, registrable
from plainview.core.formats.har import Capture, Cookie, Entry

LEAST_DAYS = 90.0
SHORTEST, LONGEST = 8, 100
FEWEST_STUDENTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """A capture and the student who was signed in."""

    capture: Capture
    person: str
    number: int  # pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    name: str
    domain: str  # registrable
    days: float  # how long it lives at most
    n_signs: int
    lasts: bool  # the same value after reset and repeat; False: the same within each pass only
    n_students: int
    sent_to: tuple[str, ...]  # registrable domains, other than its own, that its value reached
    entry: int  # the request that set it, in the first capture
    file: str


@dataclass(slots=True)
class _Seen:
    values: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    days: float = 0.0
    entry: int = 0
    file: str = ""


def identifiers(captures: Sequence[Whose], *, least_days: float = LEAST_DAYS) -> tuple[Identifier, ...]:
    """Cookies by name and domain that meet all four conditions.

    Parameters
    ----------
    captures : sequence of Whose
        Of at least two students, better each twice.
    """
    seen: dict[tuple[str, str], _Seen] = defaultdict(_Seen)
    for whose in captures:
        for entry, name, domain, value, days in _set(whose.capture):
            one = seen[(domain, name)]
            one.values[(whose.person, whose.number)].append(value)
            if days > one.days:
                one.days, one.entry, one.file = days, entry, whose.capture.file
    found = []
    for (domain, name), one in sorted(seen.items()):
        if one.days > least_days and (told := _tells(one)) is not None:
            lasts, example = told
            found.append(
                Identifier(
                    name=name,
                    domain=domain,
                    days=one.days,
                    n_signs=len(example),
                    lasts=lasts,
                    n_students=len({person for person, _ in one.values}),
                    sent_to=_reached(one, domain, captures),
                    entry=one.entry,
                    file=one.file,
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class CookiesSeen:
    """What there was to look at: cookies are often taken out of a capture before it is passed on."""

    n: int  # by name and domain
    n_only_sent: int  # nobody was seen to set them: how long they live is not known
    n_students: int  # with any cookie in their captures
    store_was_read: bool  # the recorder noted what the browser kept, in the captures of every student

    @property
    def lacking(self) -> str:
        """Why these cookies tell nothing; "" where they tell something."""
        if self.store_was_read:
            return ""
        if not self.n:
            return "the captures hold no cookies: none were there, or they were taken out"
        if self.n_students < FEWEST_STUDENTS:
            return "cookies stand in the captures of one student only"
        if self.n_only_sent == self.n:
            return "cookies were only sent: nothing in the captures says how long they live"
        return ""


def cookies_seen(captures: Sequence[Whose]) -> CookiesSeen:
    told: dict[tuple[str, str], bool] = {}
    students, noted = set(), set()
    for whose in captures:
        for _, name, domain, _, _ in _given(whose.capture):
            told[(domain, name)] = True
        for _, name, domain, _, days in _set(whose.capture):
            told[(domain, name)] = told.get((domain, name), False) or days > 0
            students.add(whose.person)
        if "cookies" in whose.capture.extra:
            noted.add(whose.person)
    return CookiesSeen(
        n=len(told),
        n_only_sent=sum(not was_set for was_set in told.values()),
        n_students=len(students),
        store_was_read=bool(captures) and noted == {whose.person for whose in captures},
    )


def _tells(one: _Seen) -> tuple[bool, str] | None:
    """Whether it keeps its value for each student and differs between them; and one value."""
    by_student: dict[str, set[str]] = defaultdict(set)
    for (person, _), values in one.values.items():
        if len(set(values)) != 1 or not SHORTEST <= len(values[0]) <= LONGEST:
            return None
        by_student[person].add(values[0])
    if len(by_student) < FEWEST_STUDENTS:
        return None
    everybody = [value for values in by_student.values() for value in values]
    if len(set(everybody)) != len(everybody):
        return None
    n_passes = {person: len([1 for who, _ in one.values if who == person]) for person in by_student}
    lasts = all(len(values) == 1 for values in by_student.values())
    changed_each_time = all(len(by_student[person]) == n for person, n in n_passes.items())
    return (lasts, everybody[0]) if lasts or changed_each_time else None


def _set(capture: Capture) -> Iterator[tuple[int, str, str, str, float]]:
    """(entry, name, registrable domain, value, days) of every cookie that was set or sent."""
    yield from _given(capture)
    for entry in capture.entries:
        if leaves(entry.url):
            yield from (_of_cookie(cookie, entry) for cookie in entry.cookies)


def _of_cookie(cookie: Cookie, entry: Entry) -> tuple[int, str, str, str, float]:
    domain = registrable((cookie.domain or host_of(entry.url)).lstrip("."))
    return entry.number, cookie.name, domain, cookie.value, _days(cookie.expires, entry)


def _given(capture: Capture) -> Iterator[tuple[int, str, str, str, float]]:
    """Those of which it is told how long they live: set by an answer, or found in the browser's store."""
    for entry in capture.entries:
        if not leaves(entry.url):
            continue
        for one in entry.response.headers:
            if one.name.lower() == "set-cookie":
                for line in one.value.split("\n"):
                    yield from _of_line(line, entry, host_of(entry.url))
        yield from (_of_cookie(cookie, entry) for cookie in entry.response.cookies)
    for said in capture.extra.get("cookies", ()):
        if isinstance(said, dict):
            days = _days(str(said.get("expires", "")), capture.entries[0])
            domain = registrable(str(said.get("domain", "")).lstrip("."))
            yield 0, str(said.get("name", "")), domain, str(said.get("value", "")), days


def _of_line(line: str, entry: Entry, here: str) -> Iterator[tuple[int, str, str, str, float]]:
    pair, *attributes = line.split(";")
    name, _, value = pair.strip().partition("=")
    said = {key.strip().lower(): text.strip() for key, _, text in (one.partition("=") for one in attributes)}
    days = _days(said.get("expires", ""), entry)
    if said.get("max-age", "").lstrip("-").isdigit():
        days = int(said["max-age"]) / 86400
    yield entry.number, name, registrable(said.get("domain", here).lstrip(".") or here), value, days


def _days(expires: str, entry: Entry) -> float:
    """From the request to the day on which it ends; 0 where it ends with the browser."""
    end, start = _moment(expires), _moment(entry.started_at)
    return max(0.0, (end - start).total_seconds() / 86400) if end and start else 0.0


def _moment(said: str) -> datetime | None:
    """As ISO 8601, as HTTP writes it, or in seconds since 1970."""
    if not said or said.startswith("-1"):
        return None
    try:
        if said.replace(".", "", 1).isdigit():
            return datetime.fromtimestamp(float(said), UTC)
        found = datetime.fromisoformat(said) if said[:4].isdigit() else parsedate_to_datetime(said)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _reached(one: _Seen, domain: str, captures: Sequence[Whose]) -> tuple[str, ...]:
    """Who else was sent its value in an address or a body: that is how two sites agree on a name."""
    wanted = {part for values in one.values.values() for value in values for part in _parts(value)}
    found = set()
    for whose in captures:
        for entry in whose.capture.entries:
            there = registrable(host_of(entry.url))
            if there != domain and leaves(entry.url):
                text = entry.url + entry.body[:65536].decode("utf-8", "replace")
                if any(part in text for part in wanted):
                    found.add(there)
    return tuple(sorted(found))


def _parts(value: str) -> Iterator[str]:
    """The value; and its tail, which is what some cookies wrap in a version: GA1.1.<name>.<time>."""
    yield value
    parts = value.split(".")
    if len(parts) >= 4 and len(tail := ".".join(parts[2:])) >= SHORTEST:
        yield tail
