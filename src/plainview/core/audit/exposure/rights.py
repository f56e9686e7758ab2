"""Rights, asked as a parent would: was the record shown, handed over, deleted, and within the clock?

In:   what was asked and when, when it was answered and how (a table a person wrote); the day of reading.
Out:  each request: in time, late, refused, unanswered, still running.
Not here: what the law says. The clock is given with each request, with its source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

RIGHTS = ("access", "deletion", "export", "correction")
ANSWERED = ("complete", "incomplete")  # words that nobody can say of what is still open
DEFAULT_DAYS = (
    45  # 34 CFR 99.10(b): a record is shown within 45 days; counsel confirms before a dossier relies on it
)


class Outcome(StrEnum):
    IN_TIME = "in time"
    INCOMPLETE = "incomplete"
    LATE = "late"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    RUNNING = "still running"
    UNCLEAR = "cannot be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    right: str
    asked_on: date | None
    answered_on: date | None
    days_allowed: int
    days_taken: int | None
    outcome: Outcome
    evidence: str
    fault: str = ""


def asked(rows: Sequence[Mapping[str, Any]], *, as_of: date | None) -> tuple[Asked, ...]:
    """Each request with its outcome.

    Parameters
    ----------
    rows : sequence of tables
        ``right`` (access, deletion, export, correction), ``asked_on``, ``answered_on`` where it was,
        ``days_allowed``, ``outcome`` ("complete", "incomplete", "refused"), ``evidence``.
    as_of : date, optional
        The day on which clocks that still run are read. Without it they run.
    """
    return tuple(_asked(row, as_of) for row in rows)


def _asked(row: Mapping[str, Any], as_of: date | None) -> Asked:
    began, ended = _day(row.get("asked_on")), _day(row.get("answered_on"))
    said = row.get("days_allowed", DEFAULT_DAYS)
    allowed = said if isinstance(said, int) and said > 0 else DEFAULT_DAYS
    fault = _fault(row, began, ended)
    return Asked(
        right=str(row.get("right", "not named")),
        asked_on=began,
        answered_on=ended,
        days_allowed=allowed,
        days_taken=(ended - began).days if began and ended else None,
        outcome=Outcome.UNCLEAR if fault else _outcome(row, began, ended, allowed, as_of),
        evidence=str(row.get("evidence", "")),
        fault=fault,
    )


def _fault(row: Mapping[str, Any], began: date | None, ended: date | None) -> str:
    """Why what is written of a request cannot be held against its clock."""
    request = f"the request for {row.get('right', 'a right')}"
    if began is None:
        return f"{request} names no day of the calendar on which it was asked"
    if row.get("answered_on") and ended is None:
        return (
            f"{request}: found '{row['answered_on']}' as the day of the answer, expected one of the calendar"
        )
    if ended is not None and ended < began:
        return f"{request} was answered before it was asked"
    said, days = str(row.get("outcome", "")).lower(), row.get("days_allowed", DEFAULT_DAYS)
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        return f"{request}: found '{days}' days allowed, expected a whole number, 1 or more"
    if ended is None and said in ANSWERED:
        return f"{request} is written down as {said}, and no day on which it was answered: give answered_on"
    return ""


def _outcome(
    row: Mapping[str, Any], began: date | None, ended: date | None, allowed: int, as_of: date | None
) -> Outcome:
    said = str(row.get("outcome", "")).lower()
    if said == "refused":
        return Outcome.REFUSED
    if began is None:
        return Outcome.UNCLEAR
    if ended is None:
        is_over = as_of is not None and as_of > began + timedelta(days=allowed)
        return Outcome.UNANSWERED if is_over else Outcome.RUNNING
    if (ended - began).days > allowed:
        return Outcome.LATE
    return Outcome.INCOMPLETE if said == "incomplete" else Outcome.IN_TIME


def _day(said: Any) -> date | None:
    if isinstance(said, date):
        return said if type(said) is date else date(said.year, said.month, said.day)
    try:
        return date.fromisoformat(str(said)[:10]) if said else None
    except ValueError:
        return None
