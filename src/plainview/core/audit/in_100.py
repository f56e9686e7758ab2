"""A share with its range as people say it: "16 (13 to 18)" of 100.

In:   a share and its interval, 0..1.
Out:  words. As few digits as keep the two ends apart: "0 (0 to 0)" would say more than is known.
Not here: what the share is of.
"""

from plainview.core.stats.interval import Interval

MOST_DIGITS = 2


def in_100(value: float, interval: Interval | None) -> str:
    """Of a share; without an interval the share alone."""
    return with_range(100 * value, interval and _times(interval, 100.0))


def with_range(value: float, interval: Interval | None, *, digits: int = 0) -> str:
    """Of any figure, in its own unit, with so many digits at least."""
    if interval is None:
        return _told(value, digits)
    told = [_told(one, digits) for one in (value, interval.low, interval.high)]
    while told[1] == told[2] and digits < MOST_DIGITS and interval.low != interval.high:
        digits += 1
        told = [_told(one, digits) for one in (value, interval.low, interval.high)]
    return f"{told[0]} ({told[1]} to {told[2]})"


def _told(value: float, digits: int) -> str:
    said = f"{value:.{digits}f}"
    # A hair below 0 is 0, and no reader has met "-0".
    return said.removeprefix("-") if float(said) == 0 else said


def _times(interval: Interval, by: float) -> Interval:
    return Interval(low=by * interval.low, high=by * interval.high, level=interval.level)
