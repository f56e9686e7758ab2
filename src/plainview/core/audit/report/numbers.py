"""Numbers as people read them.

In:   a number with its unit, its interval and what it rests on.
Out:  words.
Not here: rounding anywhere else. What is stored keeps all its digits.
"""

from plainview.core.finding import Cell, Number

DIGITS = 3
USUAL_LEVEL = 0.95
SHARES = ("share", "probability")


def value_of(one: Number) -> str:
    """The number with its unit: "9.2 in 100", "0.31 standard deviations"."""
    if one.value is None:
        return "no value"
    return f"{_as_told(one.value, one.unit)}{_unit(one.unit)}"


def range_of(one: Number) -> str:
    """ "6.9 to 11.4", and the level where it is not 95 %; or nothing."""
    if one.interval is None:
        return ""
    low, high = (_as_told(end, one.unit) for end in (one.interval.low, one.interval.high))
    level = "" if one.interval.level == USUAL_LEVEL else f" ({100 * one.interval.level:g} %)"
    return f"{low} to {high}{level}"


def resting_on(one: Number) -> str:
    """ "150 students", or nothing."""
    return "" if one.n is None else f"{one.n:,} {one.of}".strip()


def cell(value: Cell) -> str:
    """A cell of a table; None is a dash."""
    if value is None:
        return "–"
    return plain(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def plain(value: float) -> str:
    """Three digits that say something; whole numbers whole; a minus sign that is one."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e15):
        text = f"{int(value):,}"
    elif abs(value) >= 10**DIGITS:
        text = f"{value:,.0f}"
    elif abs(value) < 1e-4:
        text = f"{value:.2g}"
    else:
        text = f"{value:.{DIGITS}g}"
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text


def _as_told(value: float, unit: str) -> str:
    return plain(100 * value if unit in SHARES else value)


def _unit(unit: str) -> str:
    return " in 100" if unit in SHARES else f" {unit}" if unit else ""
