"""Students and items on one scale: who stands where, beside how hard each item is.

In:   abilities and difficulties on one scale, each with its standard error.
Out:  a Chart: students at the left, items at the right, doubt on both sides, zero across.
Not here: the scale (core.measure.irt, core.learner.ability). No student is named.

Source: Wright & Stone (1979), Best Test Design (the map of persons and items).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.charts.chart import Chart, box, dot, label, line
from plainview.core.charts.labels import shorten, spread
from plainview.core.charts.plane import TEXT, WIDTH, Rows, Scale, finished, round_numbers, said, wide_enough

Floats = NDArray[np.float64]
MOST_ITEMS = 24  # by name; more are drawn as a heap, as the students are
TOP, AREA, FOOT = 32.0, 320.0, 10.0
AXIS, COLUMN, MOST_COLUMNS = 170.0, 9.0, 5
FAR = 1.5  # beyond the outermost place, where a range may still be seen to its end
EXAMPLES = (0.1, 0.5, 0.9)  # of a heap: how sure we are of a member at the low end, in the middle, at the top


@dataclass(frozen=True, slots=True, kw_only=True)
class WrightWords:
    title: str = "Students and items"
    sentence: str = (
        "{n_students} students, half of them between {low} and {high}; {n_items} items from {easiest} to "
        "{hardest}. {above} students stand above the hardest item, {below} below the easiest. Three students "
        "have their range drawn: one at the low end, one in the middle, one at the top."
    )
    none: str = "There are no students or no items to draw."
    left_out: str = " Left out, without a place: {students} students, {items} items."
    students: str = "students"
    items: str = "items"
    of_items: str = "{n} items"
    what: str = "what"
    stands: str = "stands at"
    low: str = "low end"
    high: str = "high end"
    n: str = "how many"
    between: str = "students from {low} to {high}"
    items_between: str = "items from {low} to {high}"


WRIGHT_WORDS = WrightWords()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Places:
    """Numbers on the scale, each with its range; NaN ends where it is not known."""

    at: Floats
    half: Floats

    @property
    def low(self) -> Floats:
        return self.at - self.half

    @property
    def high(self) -> Floats:
        return self.at + self.half


def wright_map(
    *,
    abilities: ArrayLike,
    ability_ses: ArrayLike,
    items: Sequence[str],
    difficulties: ArrayLike,
    difficulty_ses: ArrayLike,
    level: float = 0.95,
    words: WrightWords = WRIGHT_WORDS,
    width: float = WIDTH,
) -> Chart:
    """Students' abilities and items' difficulties on one scale.

    From ``core.measure.irt``: ``abilities=fit.eap, ability_ses=fit.eap_sd, difficulties=fit.b`` and the
    items' ``difficulty_ses``; an item with several difficulties is best given as several items.

    Parameters
    ----------
    abilities, ability_ses : (n_students,) NaN where a student has no place
    items : n_items names
    difficulties, difficulty_ses : (n_items,) NaN where an item has no place
        An error of NaN is a place whose doubt is not known: it is drawn without a range, and listed with "?".
    level : float
        Of the ranges.

    Raises
    ------
    ValueError
        If lengths differ.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    students, _ = _places(abilities, ability_ses, z, "abilities")
    tasks, there = _places(difficulties, difficulty_ses, z, "difficulties")
    if len(there) != len(items):
        raise ValueError(f"found {len(items)} names for {len(there)} difficulties.")
    names = [name for name, stays in zip(items, there, strict=True) if stays]
    scale = _scale(students, tasks)
    bars = _bars(students.at, scale)
    marks = _frame(scale, words)
    marks += [*_heap(bars, scale, -1, AXIS - 34, AXIS - 50), *_examples(students, scale, AXIS - 30)]
    if len(names) <= MOST_ITEMS:
        named, across = _named(names, tasks, scale, width)
        marks += named
    else:
        across = width - 4
        item_bars = _bars(tasks.at, scale)
        marks += _heap(item_bars, scale, 1, AXIS + 34, width - AXIS - 50)
        marks += _examples(tasks, scale, AXIS + 8)
    marks.append(line("zero", 4, scale(0), across, scale(0)))
    lost = (np.size(abilities) - len(students.at), len(items) - len(names))
    told = _told(students, tasks, lost, words)
    rows = _rows(students, bars, names, tasks, words)
    return finished("wright-map", words.title, told, (width, TOP + AREA + FOOT), marks, rows)


def _places(at: ArrayLike, ses: ArrayLike, z: float, what: str) -> tuple[_Places, NDArray[np.bool_]]:
    values, errors = np.asarray(at, dtype=float), np.asarray(ses, dtype=float)
    if values.ndim != 1 or values.shape != errors.shape:
        raise ValueError(f"{what}: found {values.shape} places and {errors.shape} errors.")
    there = np.isfinite(values)
    half = np.where(np.isfinite(errors), z * np.abs(errors), np.nan)
    return _Places(at=values[there], half=half[there]), there


def _scale(students: _Places, items: _Places) -> Scale:
    """All places are on it; of ranges that run far beyond them, the beginning."""
    places = [*_ends(students.at), *_ends(items.at)]
    ranges = [*_ends(items.low), *_ends(items.high)]
    beyond = [min(max(end, min(places) - FAR), max(places) + FAR) for end in ranges]
    low, high = wide_enough([*places, *beyond], least=4.0)
    step = _step(low, high)
    low, high = step * np.floor(low / step), step * np.ceil(high / step)
    return Scale(low=float(low), high=float(high), start=TOP + AREA, end=TOP)


def _step(low: float, high: float) -> float:
    """How high a bar is: a quarter of the way between ticks."""
    ticks = round_numbers(low, high, 8)
    return (ticks[1] - ticks[0]) / 4


def _ends(values: Floats) -> list[float]:
    finite = values[np.isfinite(values)]
    return [float(finite.min()), float(finite.max())] if len(finite) else []


def _bars(at: Floats, scale: Scale) -> list[tuple[float, float, int]]:
    """(from, to, how many) at round numbers, or at equal steps between."""
    step = _step(scale.low, scale.high)
    edges = scale.low + step * np.arange(int(np.ceil((scale.high - scale.low) / step - 1e-9)) + 1)
    n, _ = np.histogram(at, bins=edges)
    return [(float(edges[k]), float(edges[k + 1]), int(n[k])) for k in np.flatnonzero(n)]


def _frame(scale: Scale, words: WrightWords) -> list[str]:
    marks = [line("axis", AXIS, TOP, AXIS, TOP + AREA)]
    for tick in scale.ticks(8):
        marks.append(
            label(said(tick), 4, scale(tick) - 3 if tick == 0 else scale(tick) + 4, role="label soft")
        )
    marks.append(label(words.students, AXIS - 8, TEXT + 4, "end"))
    return [*marks, label(words.items, AXIS + 8, TEXT + 4)]


def _heap(
    bars: Sequence[tuple[float, float, int]], scale: Scale, way: int, base: float, room: float
) -> list[str]:
    """Bars that grow away from the axis."""
    most = max((n for _, _, n in bars), default=1)
    room = min(room, 110.0)
    marks = []
    for low, high, n in bars:
        long, top = room * n / most, scale.held(high)
        left = base - long if way < 0 else base
        marks.append(box("count", left, top + 0.5, long, max(1.0, scale.held(low) - top - 1)))
    return marks


def _examples(places: _Places, scale: Scale, left: float) -> list[str]:
    """How sure we are of three members of a heap."""
    if not len(places.at):
        return []
    order = np.argsort(places.at)
    picked = sorted({int(order[int(share * (len(order) - 1))]) for share in EXAMPLES})
    picked.sort(key=lambda k: places.at[k])
    marks = []
    for n, k in enumerate(picked):
        marks += _whisker(left + n * COLUMN + 4, float(places.at[k]), float(places.half[k]), scale)
    return marks


def _whisker(x: float, at: float, half: float, scale: Scale) -> list[str]:
    mark = dot("estimate", x, scale.held(at), 3)
    if not np.isfinite(half):
        return [mark]
    top, foot = scale.held(at + half), scale.held(at - half)
    return [box("doubt", x - 3, top, 6, max(1.0, foot - top)), mark]


def _named(names: Sequence[str], items: _Places, scale: Scale, width: float) -> tuple[list[str], float]:
    """Every item with its range and its name; names that would meet move apart, on a thin line.

    And where the ranges end: the line of zero goes as far, and through no name.
    """
    columns = _columns(items)
    end = AXIS + 8 + (max(columns, default=0) + 1) * COLUMN
    wanted = [scale(float(at)) for at in items.at]
    places = spread(wanted, TEXT + 2, TOP + 4, TOP + AREA - 4)
    marks, dots = [], []
    for k, name in enumerate(names):
        x = AXIS + 8 + columns[k] * COLUMN + 3
        marks.append(line("leader thin", x, wanted[k], end, wanted[k]))
        marks.append(line("leader thin", end, wanted[k], end + 14, places[k]))
        marks.append(label(shorten(name, width - end - 22), end + 18, places[k] + 4))
        dots += _whisker(x, float(items.at[k]), float(items.half[k]), scale)
    return [*marks, *dots], end


def _columns(items: _Places) -> list[int]:
    """Side by side where ranges would cover one another; the last column takes what is left."""
    tops = [float("-inf")] * MOST_COLUMNS
    column = [0] * len(items.at)
    half = np.nan_to_num(items.half, nan=0.1)
    for k in np.argsort(items.at - half).tolist():
        low, high = float(items.at[k] - half[k]), float(items.at[k] + half[k])
        free = next((c for c in range(MOST_COLUMNS) if tops[c] < low), int(np.argmin(tops)))
        column[k], tops[free] = free, max(tops[free], high)
    return column


def _told(students: _Places, items: _Places, lost: tuple[int, int], words: WrightWords) -> str:
    text = words.none
    if len(students.at) and len(items.at):
        low, high = np.quantile(students.at, (0.25, 0.75))
        easiest, hardest = float(items.at.min()), float(items.at.max())
        text = words.sentence.format(
            n_students=len(students.at),
            n_items=len(items.at),
            above=int((students.at > hardest).sum()),
            below=int((students.at < easiest).sum()),
            **{k: said(round(float(v), 2)) for k, v in (("low", low), ("high", high))},
            **{k: said(round(v, 2)) for k, v in (("easiest", easiest), ("hardest", hardest))},
        )
    return text + (words.left_out.format(students=lost[0], items=lost[1]) if any(lost) else "")


def _rows(
    students: _Places,
    bars: Sequence[tuple[float, float, int]],
    names: Sequence[str],
    items: _Places,
    words: WrightWords,
) -> Rows:
    rows = [(words.what, words.stands, words.low, words.high, words.n)]
    for low, high, n in bars:
        last = high == bars[-1][1]
        here = (students.at >= low) & ((students.at <= high) if last else (students.at < high))
        ends = [_cell(np.array(values)[here].mean()) for values in (students.at, students.low, students.high)]
        what = words.between.format(low=said(round(low, 3)), high=said(round(high, 3)))
        rows.append((what, ends[0], ends[1], ends[2], str(n)))
    for k in np.argsort(items.at).tolist():
        rows.append((names[k], _cell(items.at[k]), _cell(items.low[k]), _cell(items.high[k]), "1"))
    return tuple(rows)


def _cell(value: float) -> str:
    return said(round(float(value), 3)) if np.isfinite(value) else "?"
