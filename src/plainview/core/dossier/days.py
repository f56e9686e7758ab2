"""Days as people say them.

In:   a day as a file has it: 2026-03-09.
Out:  "9 March 2026"; anything else as it stands.
Not here: the clock.
"""

from datetime import date

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
