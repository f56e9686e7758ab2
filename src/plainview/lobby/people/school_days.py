"""School days: the one place that says which days count when a promise is made in school days.

In:   days.
Out:  whether a day is one; the day that is so many school days later; how many lie between two.
Not here: holidays. There is no calendar yet: Monday to Friday count, and this is where one would be read.
"""

from datetime import date, timedelta

SATURDAY = 5


def is_school_day(on: date) -> bool:
    return on.weekday() < SATURDAY


def next_school_day(on: date) -> date:
    """That day itself, or the first school day after it."""
    while not is_school_day(on):
        on += timedelta(days=1)
    return on


def add_school_days(on: date, n: int) -> date:
    """The day that is ``n`` school days after ``on`` (before it, where ``n`` is below 0)."""
    step = timedelta(days=1 if n >= 0 else -1)
    for _day in range(abs(n)):
        on += step
        while not is_school_day(on):
            on += step
    return on


def school_days_between(first: date, last: date) -> int:
    """How many school days come after ``first``, up to and with ``last``; below 0 when it lies before."""
    if last < first:
        return -school_days_between(last, first)
    weeks, rest = divmod((last - first).days, 7)
    over = sum(is_school_day(last - timedelta(days=n)) for n in range(rest))
    return weeks * 5 + over
