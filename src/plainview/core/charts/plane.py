"""The plane that a picture of numbers is drawn on: two scales, few ticks, zero where there is one.

In:   the range of the numbers and the room for them.
Out:  places for numbers, ticks at round numbers, the marks of the axes.
Not here: what is drawn on it (learning, reliability, items, wright, roc, moved), where words fit (labels).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from plainview.core.charts.chart import Chart, label, line, picture

TEXT = 12.0  # a picture is never set smaller than it can be read
WIDTH = 360.0  # as wide as a phone, so that nothing shrinks there; a page may ask for more
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From numbers to places. ``start`` may lie right of ``end``, or below."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return self.start + (self.end - self.start) * (value - self.low) / span

    def held(self, value: float) -> float:
        """The place of a number, or of the end that it lies beyond."""
        return self(min(max(value, self.low), self.high))

    def ticks(self, most: int = 6) -> tuple[float, ...]:
        return round_numbers(self.low, self.high, most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    x: Scale
    y: Scale

    def points(self, xs: Iterable[float], ys: Iterable[float]) -> list[tuple[float, float]]:
        return [(self.x(a), self.y(b)) for a, b in zip(xs, ys, strict=True)]

    def band(self, xs: list[float], low: list[float], high: list[float]) -> list[tuple[float, float]]:
        """Out along the high side, back along the low one."""
        return self.points([*xs, *reversed(xs)], [*high, *reversed(low)])

    def across(self, role: str, value: float) -> str:
        return line(role, self.x.start, self.y(value), self.x.end, self.y(value))

    def upright(self, role: str, value: float) -> str:
        return line(role, self.x(value), self.y.start, self.x(value), self.y.end)


def round_numbers(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """At most ``most`` numbers from low to high, 1, 2 or 5 times a power of ten apart."""
    if not (isfinite(low) and isfinite(high) and high > low):
        return (low,)
    step = _step((high - low) / max(1, most - 1))
    while floor(high / step + 1e-9) - ceil(low / step - 1e-9) + 1 > most:
        step = _step(step * 1.5)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(float(f"{n * step:.12g}") for n in range(first, last + 1))


def _step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))


def wide_enough(values: Iterable[float], *, least: float = 1.0) -> tuple[float, float]:
    """From the least to the largest that is finite, zero held in, never narrower than ``least``."""
    finite = [value for value in values if isfinite(value)] + [0.0]
    low, high = min(finite), max(finite)
    lacks = max(0.0, least - (high - low)) / 2
    air = 0.04 * max(high - low, least)
    return low - lacks - air, high + lacks + air


def said(value: float) -> str:
    """As short as the number allows, with a minus sign that is one."""
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def shares_up(plane: Plane, title: str) -> list[str]:
    """The upright axis of shares: 0 to 100, its name above it, a hairline where half and all are."""
    marks = [plane.across("grid", share) for share in (0.5, 1.0)]
    marks += [
        label(f"{100 * share:.0f}", plane.x.start - 8, plane.y(share) + 4, "end", "label soft")
        for share in SHARES
    ]
    return [*marks, label(title, 4, TEXT + 2)]


def numbers_along(plane: Plane, title: str, ticks: Iterable[float], *, beneath: float = 0.0) -> list[str]:
    """Ticks and the name of the lying axis; ``beneath`` leaves room between axis and words."""
    ground = plane.y.start + beneath
    marks = [label(said(tick), plane.x(tick), ground + TEXT + 6, "middle", "label soft") for tick in ticks]
    return [*marks, label(title, plane.x.end, ground + 2 * TEXT + 10, "end")]


def finished(
    name: str, title: str, sentence: str, size: tuple[float, float], marks: list[str], rows: "Rows"
) -> Chart:
    svg = picture(name, title, sentence, *size, marks, text_size=TEXT)
    return Chart(svg=svg, sentence=sentence, rows=rows)


Rows = tuple[tuple[str, ...], ...]
