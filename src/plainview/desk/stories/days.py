"""Two days a month: the only days that a story knows.

In:   a day.
Out:  the fixed day before it, or the one after.
Not here: the hour. It is read nowhere in this room on a page for the public.
"""

from datetime import date, timedelta

FIXED_DAYS = (1, 15)


def period_of(day: date) -> date:
    """The fixed day on which the half of a month began."""
    return day.replace(day=max(fixed for fixed in FIXED_DAYS if fixed <= day.day))


def next_fixed_day(day: date) -> date:
    """The first fixed day after ``day``."""
    later = [fixed for fixed in FIXED_DAYS if fixed > day.day]
    if later:
        return day.replace(day=later[0])
    return (day.replace(day=28) + timedelta(days=4)).replace(day=FIXED_DAYS[0])
