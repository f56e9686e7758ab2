"""Words in a picture: how wide they are about, and where they hide nothing.

In:   words, places that they would like, curves and words that are there already.
Out:  places where no two meet; words cut to the room there is.
Not here: which words.

A picture is made without a browser, so widths are estimates on the wide side: a word never turns out
wider than the room that was kept for it in the common sans-serif faces.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.charts.chart import dot, label, line
from plainview.core.charts.plane import TEXT

NARROW, WIDE = set("ijl.,:;'|!I()[] ft"), set("mwMW@%\N{HORIZONTAL ELLIPSIS}\N{MINUS SIGN}")
Floats = NDArray[np.float64]
Points = Sequence[tuple[float, float]]


def text_width(text: str, size: float = TEXT) -> float:
    """About how wide, in the picture's units."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if ord(letter) > 0x2E7F:  # Chinese, Japanese, Korean, pictures
        return 1.05
    if letter in NARROW:
        return 0.34
    if letter in WIDE:
        return 0.98
    return 0.72 if letter.isupper() else 0.58


def shorten(text: str, room: float, size: float = TEXT) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept, size) + size > room:
        kept = kept[:-1]
    return kept.rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def wrapped(text: str, room: float, most: int = 2) -> list[str]:
    """The text in at most so many lines, broken between words; what still does not fit is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and (text_width(f"{lines[-1]} {word}") <= room or len(lines) == most):
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [shorten(one, room) for one in lines]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least ``gap`` apart between low and high, as near to the wanted ones as can be.

    Least squares under an order (pool adjacent violators). Where the room is too small for all, they stand
    as far apart as it allows.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    places = _rising([wanted[k] - n * gap for n, k in enumerate(order)])
    end = high - (len(wanted) - 1) * gap
    out = [0.0] * len(wanted)
    for n, k in enumerate(order):
        out[k] = min(max(places[n], low), end) + n * gap
    return out


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest sequence that never falls."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (b, m), (a, n) = pools.pop(), pools.pop()
            pools.append(((a * n + b * m) / (n + m), n + m))
    return [value for value, n in pools for _ in range(n)]


def key(role: str, text: str, right: float, y: float, *, dotted: bool = False) -> tuple[list[str], float]:
    """A name that ends at ``right``, with a sample of its line or dot before it; and where it begins.

    For curves that lie on each other, where a name beside one would name both.
    """
    left = right - text_width(text) - 6
    middle = y - 4
    sample = dot(role, left - 6, middle, 3) if dotted else line(role, left - 22, middle, left, middle)
    return [sample, label(text, right, y, "end", "label halo")], left - (9 if dotted else 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where words may stand."""

    left: float
    top: float
    right: float
    bottom: float


def beside_curves(curves: Sequence[Points], names: Sequence[str], room: Room) -> list[str]:
    """Each curve's name on a free spot beside it, away from the other curves and names."""
    near = [_fine(curve) for curve in curves]
    marks: list[str] = []
    taken: list[tuple[float, float, float, float]] = []
    for k, name in enumerate(names):
        text = shorten(name, (room.right - room.left) / 2)
        boxes = _boxes(near[k][::3], text_width(text))
        cost = _costs(boxes, near, k, taken, room)
        best = boxes[int(np.argmin(cost))]
        taken.append((float(best[0]), float(best[1]), float(best[2]), float(best[3])))
        marks.append(label(text, float(best[0]), float(best[3]) - 3, role="label halo"))
    return marks


def _fine(curve: Points) -> Floats:
    """Points of the curve no further apart than a letter."""
    points = np.asarray(curve, dtype=float).reshape(-1, 2)
    if len(points) < 2:
        return points
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    at = np.linspace(0, along[-1], max(2, min(400, int(along[-1] / 3) + 1)))
    return np.column_stack([np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])])


def _boxes(points: Floats, width: float) -> Floats:
    """(n, 4) boxes for a word around points: above and below, to the left, to the right, in the middle."""
    found = []
    for dx in (6.0, -width - 6, -width / 2):
        for dy in (-TEXT - 8, 6.0, -TEXT / 2):
            left, top = points[:, 0] + dx, points[:, 1] + dy
            found.append(np.column_stack([left, top, left + width, top + TEXT + 2]))
    return np.concatenate(found)


def _costs(
    boxes: Floats,
    curves: Sequence[Floats],
    own: int,
    taken: Sequence[tuple[float, float, float, float]],
    room: Room,
) -> Floats:
    cost = np.zeros(len(boxes))
    outside = (boxes[:, 0] < room.left) | (boxes[:, 2] > room.right)
    outside |= (boxes[:, 1] < room.top) | (boxes[:, 3] > room.bottom)
    cost += 1e6 * outside
    for box in taken:
        meets = (boxes[:, 0] < box[2] + 4) & (boxes[:, 2] > box[0] - 4)
        meets &= (boxes[:, 1] < box[3] + 1) & (boxes[:, 3] > box[1] - 1)
        cost += 1e5 * meets
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]) / 2
    for k, curve in enumerate(curves):
        away = np.abs(curve[None] - middle[:, None]) - half[:, None]
        far = np.hypot(*np.maximum(away, 0).transpose(2, 0, 1)).min(axis=1, initial=99.0)
        # Over a line is bad; beside another's line is worse than beside one's own.
        cost += 300 * (far <= 1) + (0 if k == own else 1) * np.maximum(0, 30 - far)
        cost += 2 * far if k == own else 0
    return cost
