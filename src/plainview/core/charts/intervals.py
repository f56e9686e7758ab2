"""Several numbers of one kind with their ranges, against nothing, and against a bound set beforehand.

In:   numbers with their intervals; where "nothing" lies; the bound, if there is one.
Out:  a Chart: each number a tick in a band, zero always drawn, the bound dashed.
Not here: the numbers (core.audit, core.measure), whether they matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from plainview.core.charts.chart import Chart, box, label, line
from plainview.core.charts.labels import shorten, text_width
from plainview.core.charts.plane import TEXT, WIDTH, Rows, Scale, finished, said, wide_enough

LEFT, RIGHT, TOP = 10.0, 10.0, 8.0
EACH, FOOT = 44.0, 44.0
MOST = 40  # rows; beyond it nobody compares
FEW = 4  # numbers that a sentence can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """One number with its range. A number without one is drawn without a band, and the table says so."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalsWords:
    title: str = "Each with its range"
    one: str = "{name}: {value} (likely {low} to {high})."
    without: str = "{name}: {value}."
    many: str = (
        "{n} numbers. {n_above} lie above {zero} with their whole range, {n_below} below it, "
        "{n_both} reach over it."
    )
    bound: str = " {n_within} of {n} lie within the bound of {bound} with their whole range."
    beyond: str = " The first {most} are drawn."
    bound_is: str = "bound {bound}"
    none: str = "Nothing could be drawn."
    along: str = "standard deviations"
    what: str = "what"
    value: str = "value"
    low: str = "low end"
    high: str = "high end"


INTERVALS_WORDS = IntervalsWords()


def intervals(
    numbers: Sequence[Ranged],
    *,
    nothing_at: float = 0.0,
    bound: float | None = None,
    words: IntervalsWords = INTERVALS_WORDS,
    width: float = WIDTH,
) -> Chart:
    """Numbers of one unit, one beneath the other.

    Parameters
    ----------
    numbers : Ranged
        Of one kind: they share the axis. One without a finite value is left out.
    nothing_at : float
        Where no difference stands: 0, or 1 for ratios.
    bound : float or None
        How far from it, to either side, an effect is too small to matter; None where none was set.

    Returns
    -------
    Chart
    """
    numbers = [one for one in numbers if isfinite(one.value)]
    for one in numbers:
        _check(one)
    drawn = numbers[:MOST]
    scale = _scale(drawn, nothing_at, bound, width)
    height = TOP + TEXT + EACH * len(drawn) + FOOT
    ground = height - FOOT
    marks = [line("zero", scale(nothing_at), TOP + TEXT, scale(nothing_at), ground)]
    marks += _bounds(scale, nothing_at, bound, ground, words)
    for n, one in enumerate(drawn):
        marks += _drawn(one, scale, TOP + TEXT + EACH * n, width)
    marks += _axis(scale, ground, words.along)
    told = _told(numbers, nothing_at, bound, words)
    return finished("intervals", words.title, told, (width, height), marks, _rows(numbers, words))


def _check(one: Ranged) -> None:
    ends = [end for end in (one.low, one.value, one.high) if end is not None]
    if not all(map(isfinite, ends)) or ends != sorted(ends):
        raise ValueError(f"{one.name}: found {ends}, expected low <= value <= high, all finite.")


def _scale(numbers: Sequence[Ranged], zero: float, bound: float | None, width: float) -> Scale:
    ends = [end - zero for one in numbers for end in (one.low, one.value, one.high) if end is not None]
    reach = [bound, -bound] if bound is not None else []
    widest = max(map(abs, [*ends, *reach]), default=0.0)
    low, high = wide_enough([*ends, *reach], least=widest or 1.0)
    return Scale(low=low + zero, high=high + zero, start=LEFT, end=width - RIGHT)


def _bounds(
    scale: Scale, zero: float, bound: float | None, ground: float, words: IntervalsWords
) -> list[str]:
    if bound is None:
        return []
    marks = [line("cap", scale(zero + end), TOP + TEXT, scale(zero + end), ground) for end in (-bound, bound)]
    text = words.bound_is.format(bound=said(bound))
    # The name stands inside the picture, whichever side the bound is near.
    at = scale(zero + bound)
    fits = at + text_width(text) < scale.end
    return [
        *marks,
        label(text, at if fits else scale.end, TOP + TEXT - 4, "start" if fits else "end", "label soft"),
    ]


def _drawn(one: Ranged, scale: Scale, top: float, width: float) -> list[str]:
    room = width - LEFT - RIGHT
    value = _number(one.value)
    name = shorten(one.name, room - text_width(value) - 12)
    middle = top + 32
    marks = [
        label(name, LEFT, top + TEXT + 6, role="label halo"),
        label(value, width - RIGHT, top + TEXT + 6, "end", "label halo"),
        line("grid", LEFT, middle, width - RIGHT, middle),
    ]
    if one.low is not None and one.high is not None:
        left, right = scale(one.low), scale(one.high)
        marks.append(box("doubt", left, middle - 7, max(1.0, right - left), 14))
    at = scale(one.value)
    return [*marks, line("estimate", at, middle - 9, at, middle + 9)]


def _axis(scale: Scale, ground: float, along: str) -> list[str]:
    marks = [line("axis", scale.start, ground, scale.end, ground)]
    for tick in scale.ticks(5):
        x = scale(tick)
        marks += [
            line("axis", x, ground, x, ground + 4),
            label(said(tick), x, ground + TEXT + 5, "middle", "label soft"),
        ]
    return [*marks, label(shorten(along, scale.end - scale.start), scale.end, ground + 2 * TEXT + 10, "end")]


def _told(numbers: Sequence[Ranged], zero: float, bound: float | None, words: IntervalsWords) -> str:
    n = len(numbers)
    if n == 0:
        return words.none
    if n <= FEW:
        text = " ".join(_one(one, words) for one in numbers)
    else:
        above = sum(_low(one) > zero for one in numbers)
        below = sum(_high(one) < zero for one in numbers)
        text = words.many.format(n=n, n_above=above, n_below=below, n_both=n - above - below, zero=said(zero))
    if bound is not None:
        within = sum(zero - bound < _low(one) and _high(one) < zero + bound for one in numbers)
        text += words.bound.format(n_within=within, n=n, bound=said(bound))
    return text + (words.beyond.format(most=MOST) if n > MOST else "")


def _one(one: Ranged, words: IntervalsWords) -> str:
    if one.low is None or one.high is None:
        return words.without.format(name=one.name, value=_number(one.value))
    low, high = _number(one.low), _number(one.high)
    return words.one.format(name=one.name, value=_number(one.value), low=low, high=high)


def _low(one: Ranged) -> float:
    return one.value if one.low is None else one.low


def _high(one: Ranged) -> float:
    return one.value if one.high is None else one.high


def _rows(numbers: Sequence[Ranged], words: IntervalsWords) -> Rows:
    heading = (words.what, words.value, words.low, words.high)
    ends = (
        (one, "" if one.low is None else _number(one.low), "" if one.high is None else _number(one.high))
        for one in numbers
    )
    return (heading, *((one.name, _number(one.value), low, high) for one, low, high in ends))


def _number(value: float) -> str:
    return said(float(f"{value:.3g}"))
