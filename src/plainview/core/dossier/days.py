"""Days as people say them.

In:   a day as a file or a command line has it: 2026-03-09.
Out:  "9 March 2026"; anything else as it stands. Or, where it must be a day, a sentence.
Not here: the clock.
"""

import re
from datetime import date

from plainview.core.mendable import Mendable

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def in_words(day: str) -> str:
    """No locale is asked: a report reads the same everywhere."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def day(said: str, *, called: str) -> str:
    """The same, where it is a day of the calendar.

    Raises
    ------
    Mendable
        Where it is none.
    """
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            return date.fromisoformat(said).isoformat()
    except ValueError:
        pass
    raise Mendable(f"{called}: found '{said}', expected a day of the calendar such as 2026-03-09.")
