"""How an item answers to ability: its curve, its categories, what it tells.

In:   curves with their ranges on a row of abilities (response makes them from parameters).
Out:  Charts.
Not here: fitting (core.measure.irt), the curves' formulas (response).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.charts.chart import Chart, area, label, path
from plainview.core.charts.labels import Room, beside_curves
from plainview.core.charts.plane import (
    TEXT,
    WIDTH,
    Plane,
    Rows,
    Scale,
    finished,
    numbers_along,
    said,
    shares_up,
)
from plainview.core.charts.response import Curve

Floats = NDArray[np.float64]
LEFT, RIGHT, TOP, AREA = 40.0, 14.0, 30.0, 200.0
MOST_POINTS = 121  # of a curve: finer is not seen, and heavy
MOST_CURVES = 8  # beyond it a name finds no room; then the middle and the span of all are drawn
LISTED = 9  # abilities in the table


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """``sentence`` is told of each curve, or once of all of them."""

    title: str = "Item curves"
    sentence: str = "{name}: {at_low} in 100 at ability {low}, {at_middle} at {middle}, {at_high} at {high}."
    many: str = "{n} curves: at ability {middle} from {least} to {most} in 100, the middle one {half}."
    none: str = "There are no curves to draw."
    no_range: str = " How sure the curves are is not known."
    up: str = "likely, in 100"
    along: str = "ability"
    all_of_them: str = "all {n}"
    middle: str = "the middle one"
    name: str = "curve"
    value: str = "likely"
    low: str = "low end"
    high: str = "high end"


ITEM_WORDS = ItemWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationWords:
    title: str = "What the test tells"
    sentence: str = (
        "It tells most at ability {best}, where a student's standard error is {se} "
        "(likely {se_low} to {se_high}); at {low} it is {se_at_low}, at {high} {se_at_high}."
    )
    none: str = "There is no information to draw."
    no_range: str = " How sure the curve is is not known."
    up: str = "information"
    right: str = "standard error"
    along: str = "ability"
    low: str = "low end"
    high: str = "high end"


INFORMATION_WORDS = InformationWords()


def item_curves(
    theta: ArrayLike, curves: Sequence[Curve], *, words: ItemWords = ITEM_WORDS, width: float = WIDTH
) -> Chart:
    """How likely a right answer (or each category) is, over ability, with ranges.

    Parameters
    ----------
    theta : (n_theta,) rising abilities
    curves : Curve, each with values at every ability
        ``response.right_curve`` of several items, or ``response.category_curves`` of one.

    Returns
    -------
    Chart
        Up to 8 curves are drawn and named; of more, the middle and the span of all.

    Raises
    ------
    ValueError
        If a curve has not one value for each ability, or abilities do not rise.
    """
    at = _abilities(theta, curves)
    thin = _thinned(len(at))
    plane = Plane(
        x=Scale(low=float(at[0]), high=float(at[-1]), start=LEFT, end=width - RIGHT),
        y=Scale(low=0, high=1, start=TOP + AREA, end=TOP),
    )
    marks = shares_up(plane, words.up)
    if curves:
        drawn = _each if len(curves) <= MOST_CURVES else _together
        marks += drawn(at[thin], [_cut(curve, thin) for curve in curves], plane, words)
    marks += [plane.across("zero", 0), *numbers_along(plane, words.along, plane.x.ticks(7))]
    size = (width, TOP + AREA + 2 * TEXT + 16)
    told = _said(at, curves, words)
    return finished("item-curves", words.title, told, size, marks, _rows(at, curves, words))


def information_curve(
    theta: ArrayLike, curve: Curve, *, words: InformationWords = INFORMATION_WORDS, width: float = WIDTH
) -> Chart:
    """What a test or an item tells over ability; at the right the standard error that this amounts to.

    Parameters
    ----------
    theta : (n_theta,) rising abilities
    curve : Curve
        ``response.information(items, theta)``, in 1 / theta^2.
    """
    at = _abilities(theta, [curve])
    thin = _thinned(len(at))
    finite = [*curve.value, *curve.high[np.isfinite(curve.high)]]
    most = max(float(v) for v in finite) or 1.0
    plane = Plane(
        x=Scale(low=float(at[0]), high=float(at[-1]), start=LEFT, end=width - 52),
        y=Scale(low=0, high=1.05 * most, start=TOP + AREA, end=TOP),
    )
    shown = _cut(curve, thin)
    marks = _two_sided(plane, words, width)
    marks += [*_band("doubt", at[thin], shown, plane), path("estimate", plane.points(at[thin], shown.value))]
    marks += [plane.across("zero", 0), *numbers_along(plane, words.along, plane.x.ticks(7))]
    size = (width, TOP + AREA + 2 * TEXT + 16)
    told = _informed(at, curve, words)
    return finished("information-curve", words.title, told, size, marks, _listed(at, curve, words))


def _two_sided(plane: Plane, words: InformationWords, width: float) -> list[str]:
    """One axis, named twice: information at the left, the standard error it amounts to at the right."""
    marks = [label(words.up, 4, TEXT + 2), label(words.right, width - 4, TEXT + 2, "end")]
    for tick in plane.y.ticks(5):
        y = plane.y(tick) + 4
        marks.append(label(said(tick), plane.x.start - 8, y, "end", "label soft"))
        if tick > 0:
            marks.append(plane.across("grid", tick))
            marks.append(label(f"{tick**-0.5:.2f}", plane.x.end + 8, y, "start", "label soft"))
    return marks


def _each(at: Floats, curves: Sequence[Curve], plane: Plane, words: ItemWords) -> list[str]:
    lines = [plane.points(at, curve.value) for curve in curves]
    marks = [mark for curve in curves for mark in _band("doubt", at, curve, plane)]
    marks += [path("estimate", points) for points in lines]
    return [*marks, *beside_curves(lines, [curve.name for curve in curves], _room(plane))]


def _together(at: Floats, curves: Sequence[Curve], plane: Plane, words: ItemWords) -> list[str]:
    least, middle, most = _span(np.array([curve.value for curve in curves]))
    lines = [plane.points(at, middle), plane.points(at, most)]
    names = [words.middle, words.all_of_them.format(n=len(curves))]
    whole = area("doubt", plane.band(at.tolist(), least.tolist(), most.tolist()))
    return [whole, path("estimate", lines[0]), *beside_curves(lines, names, _room(plane))]


def _span(values: Floats) -> tuple[Floats, Floats, Floats]:
    return np.nanmin(values, axis=0), np.nanmedian(values, axis=0), np.nanmax(values, axis=0)


def _room(plane: Plane) -> Room:
    return Room(left=plane.x.start + 2, top=plane.y.end - 4, right=plane.x.end, bottom=plane.y.start - 3)


def _band(role: str, at: Floats, curve: Curve, plane: Plane) -> list[str]:
    known = np.isfinite(curve.low) & np.isfinite(curve.high)
    if known.sum() < 2:
        return []
    low, high = curve.low[known].tolist(), curve.high[known].tolist()
    return [area(role, plane.band(at[known].tolist(), low, high))]


def _abilities(theta: ArrayLike, curves: Sequence[Curve]) -> Floats:
    at = np.atleast_1d(np.asarray(theta, dtype=float))
    if at.ndim != 1 or len(at) < 2 or not np.isfinite(at).all() or not (np.diff(at) > 0).all():
        raise ValueError("theta: expected at least two abilities, rising.")
    for curve in curves:
        if not curve.value.shape == curve.low.shape == curve.high.shape == at.shape:
            raise ValueError(f"{curve.name}: found {curve.value.shape} values for {at.shape} abilities.")
        if not np.isfinite(curve.value).all():
            raise ValueError(f"{curve.name}: holds a value that is absent; leave the curve out.")
    return at


def _thinned(n: int, most: int = MOST_POINTS) -> NDArray[np.intp]:
    return np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(np.intp))


def _cut(curve: Curve, thin: NDArray[np.intp]) -> Curve:
    return Curve(name=curve.name, value=curve.value[thin], low=curve.low[thin], high=curve.high[thin])


def _said(at: Floats, curves: Sequence[Curve], words: ItemWords) -> str:
    if not curves:
        return words.none
    places = _thinned(len(at), 3)
    first, middle, last = int(places[0]), int(places[len(places) // 2]), int(places[-1])
    if len(curves) > MOST_CURVES:
        least, half, most = _span(np.array([curve.value[middle : middle + 1] for curve in curves]))
        shares = {"least": round(100 * least[0]), "half": round(100 * half[0]), "most": round(100 * most[0])}
        return words.many.format(n=len(curves), middle=said(round(at[middle], 2)), **shares)
    told = [
        words.sentence.format(
            name=curve.name,
            low=said(round(at[first], 2)), at_low=round(100 * curve.value[first]),
            middle=said(round(at[middle], 2)), at_middle=round(100 * curve.value[middle]),
            high=said(round(at[last], 2)), at_high=round(100 * curve.value[last]),
        )
        for curve in curves
    ]  # fmt: skip
    unsure = all(np.isfinite(curve.low).any() for curve in curves)
    return " ".join(told) + ("" if unsure else words.no_range)


def _rows(at: Floats, curves: Sequence[Curve], words: ItemWords) -> Rows:
    places = _thinned(len(at), LISTED)
    heading = (words.name, words.along, words.value, words.low, words.high)
    return (heading, *((c.name, *_cells(at, c, int(k))) for c in curves for k in places))


def _cells(at: Floats, curve: Curve, k: int) -> tuple[str, str, str, str]:
    low, high = (f"{v:.3f}" if np.isfinite(v) else "?" for v in (curve.low[k], curve.high[k]))
    return said(round(float(at[k]), 3)), f"{curve.value[k]:.3f}", low, high


def _listed(at: Floats, curve: Curve, words: InformationWords) -> Rows:
    heading = (words.along, words.up, words.low, words.high, words.right)
    return (
        heading,
        *((*_cells(at, curve, int(k)), _error(float(curve.value[k]))) for k in _thinned(len(at), LISTED)),
    )


def _error(told: float) -> str:
    return f"{told**-0.5:.2f}" if told > 0 else "\N{INFINITY}"


def _informed(at: Floats, curve: Curve, words: InformationWords) -> str:
    best = int(np.argmax(curve.value))
    if not curve.value[best] > 0:
        return words.none
    ranges = [float(v[best]) for v in (curve.high, curve.low)]
    text = words.sentence.format(
        best=said(round(float(at[best]), 2)), se=_error(float(curve.value[best])),
        se_low=_error(ranges[0]), se_high=_error(ranges[1]),
        low=said(round(float(at[0]), 2)), se_at_low=_error(float(curve.value[0])),
        high=said(round(float(at[-1]), 2)), se_at_high=_error(float(curve.value[-1])),
    )  # fmt: skip
    return text if np.isfinite(ranges).all() else text + words.no_range
