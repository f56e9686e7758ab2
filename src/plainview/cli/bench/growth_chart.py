"""CPU seconds by rows, both in powers of ten: a straight line of slope 1 is linear cost.

In:   rows, and for each model the seconds they took.
Out:  a Chart.
Not here: measuring (growth).
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from plainview.core.charts.chart import Chart, dot, label, line, path, picture

WIDTH, HEIGHT = 480.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 130.0, 34.0, 44.0
TEXT = 12.0
APART = 15.0  # of two names


def chart(rows: Sequence[int], medians: Mapping[str, Sequence[float]]) -> Chart:
    """Every model's line, named at its end; dashed, what linear cost would be from the first point on."""
    every = [took for seconds in medians.values() for took in seconds]
    low, high = floor(log10(min(every))), ceil(log10(max(every)))
    first, last = log10(rows[0]), log10(rows[-1])

    def x(n: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (log10(n) - first) / (last - first)

    def y(seconds: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (log10(seconds) - low) / max(1, high - low)

    marks = _axes(rows, range(low, high + 1), x, y)
    for seconds in medians.values():
        marks.append(path("cap", [(x(rows[0]), y(seconds[0])), (x(rows[-1]), y(_linear(rows, seconds)))]))
        marks.append(path("estimate", [(x(n), y(took)) for n, took in zip(rows, seconds, strict=True)]))
        marks += [dot("estimate", x(n), y(took), 3) for n, took in zip(rows, seconds, strict=True)]
    marks += _names({name: y(seconds[-1]) for name, seconds in medians.items()})
    sentence = _sentence(rows, medians)
    svg = picture("growth", "Cost of growth", sentence, WIDTH, HEIGHT, marks, text_size=TEXT)
    return Chart(svg=svg, sentence=sentence, rows=_rows(rows, medians))


def _linear(rows: Sequence[int], seconds: Sequence[float]) -> float:
    return seconds[0] * rows[-1] / rows[0]


def _axes(rows: Sequence[int], powers: range, x: object, y: object) -> list[str]:
    marks = [label("CPU seconds", 4, TEXT + 2)]
    for power in powers:
        marks.append(line("grid", LEFT, y(10.0**power), WIDTH - RIGHT, y(10.0**power)))  # type: ignore[operator]
        marks.append(label(f"{10.0**power:g}", LEFT - 8, y(10.0**power) + 4, "end", "label soft"))  # type: ignore[operator]
    for n in rows:
        marks.append(label(_short(n), x(n), HEIGHT - BOTTOM + TEXT + 6, "middle", "label soft"))  # type: ignore[operator]
    return [*marks, label("rows (dashed: linear cost)", WIDTH - RIGHT, HEIGHT - 8, "end")]


def _short(n: int) -> str:
    return f"{n / 1e6:.2g} million" if n >= 950_000 else f"{round(n, -3):,}"


def _names(ends: Mapping[str, float]) -> list[str]:
    """At each line's end; those that would overlap move down."""
    marks, taken = [], -APART
    for name, at in sorted(ends.items(), key=lambda end: end[1]):
        taken = max(at + 4, taken + APART)
        marks.append(label(name, WIDTH - RIGHT + 10, taken))
    return marks


def _sentence(rows: Sequence[int], medians: Mapping[str, Sequence[float]]) -> str:
    told = [f"{name} from {took[0]:.2g} to {took[-1]:.2g}" for name, took in medians.items()]
    return f"CPU seconds of a fit, from {rows[0]:,} to {rows[-1]:,} rows: {'; '.join(told)}."


def _rows(rows: Sequence[int], medians: Mapping[str, Sequence[float]]) -> tuple[tuple[str, ...], ...]:
    lines = [(f"{n:,}", *(f"{took[i]:.3g}" for took in medians.values())) for i, n in enumerate(rows)]
    return (("rows", *medians), *lines)
