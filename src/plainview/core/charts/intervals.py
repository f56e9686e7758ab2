"""Several numbers of one kind, each with its range: one line each, zero among them.

In:   names, values, ranges, in one unit.
Out:  a Chart: a dot and its range on a line, the line of no difference upright among them.
Not here: what the numbers are (effects of a study, differences between groups, slopes by group).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from plainview.core.charts.chart import Chart, box, dot, label
from plainview.core.charts.labels import shorten
from plainview.core.charts.plane import TEXT, WIDTH, Plane, Scale, finished, numbers_along, wide_enough

ROW, TOP, RIGHT = 34.0, 14.0, 14.0
FEWEST_UNITS = 0.5  # the axis is never narrower, so that a hair does not look like a gulf


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """One line."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalsWords:
    title: str = "Each with its range"
    sentence: str = "{name}: {value} (likely {low} to {high})."
    none: str = "Nothing could be drawn."
    along: str = "standard deviations"
    name: str = "what"
    value: str = "value"
    low: str = "low end"
    high: str = "high end"


INTERVALS_WORDS = IntervalsWords()


def intervals(
    lines: Sequence[Ranged],
    *,
    nothing_at: float = 0.0,
    words: IntervalsWords = INTERVALS_WORDS,
    width: float = WIDTH,
) -> Chart:
    """A dot and a range a line; ``nothing_at`` is where no difference stands (0, or 1 for ratios)."""
    shown = [one for one in lines if isfinite(one.value)]
    ends = [end for one in shown for end in (one.low, one.value, one.high)]
    low, high = wide_enough([*ends, nothing_at], least=FEWEST_UNITS)
    bottom = TOP + ROW * max(1, len(shown))
    plane = Plane(
        x=Scale(low=low, high=high, start=10, end=width - RIGHT),
        y=Scale(low=0, high=1, start=bottom, end=TOP),
    )
    marks = [plane.across("axis", 0), plane.upright("zero", nothing_at)]
    for n, one in enumerate(shown):
        marks += _line(one, TOP + ROW * n, plane, width)
    marks += numbers_along(plane, words.along, plane.x.ticks(6))
    height = bottom + 2 * TEXT + 18
    return finished(
        "intervals", words.title, _told(shown, words), (width, height), marks, _rows(shown, words)
    )


def _line(one: Ranged, top: float, plane: Plane, width: float) -> list[str]:
    y = top + TEXT + 12
    left, right = plane.x.held(one.low), plane.x.held(one.high)
    return [
        box("doubt", left, y - 5, max(1.0, right - left), 10),
        dot("estimate", plane.x.held(one.value), y, 3.5),
        label(shorten(one.name, width - 24), 10, top + TEXT, role="label halo"),
    ]


def _said(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def _told(shown: Sequence[Ranged], words: IntervalsWords) -> str:
    told = [
        words.sentence.format(name=one.name, value=_said(one.value), low=_said(one.low), high=_said(one.high))
        for one in shown
    ]
    return " ".join(told) or words.none


def _rows(shown: Sequence[Ranged], words: IntervalsWords) -> tuple[tuple[str, ...], ...]:
    heading = (words.name, words.value, words.low, words.high)
    return (heading, *((one.name, _said(one.value), _said(one.low), _said(one.high)) for one in shown))
