"""Who was lost on the way, against the boundary between little and much.

In:   overall and differential attrition, each with its name; the boundary by overall attrition.
Out:  a Chart: what lies under the line counts as low.
Not here: the boundary (core.audit.efficacy.attrition).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plainview.core.charts.chart import Chart, area, dot, label, path
from plainview.core.charts.labels import shorten
from plainview.core.charts.plane import TEXT, WIDTH, Plane, Scale, finished, numbers_along

LEFT, RIGHT, TOP, TALL = 40.0, 14.0, 30.0, 220.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """One level, in per cent and percentage points."""

    name: str
    overall: float
    differential: float
    is_low: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttritionWords:
    title: str = "Who was lost on the way"
    sentence: str = (
        "{name}: {overall} in 100 were lost, {apart} points more of one arm; that counts as {kind}."
    )
    low: str = "low"
    high: str = "high"
    up: str = "more of one arm, points"
    along: str = "lost of all, in 100"
    boundary: str = "below the line: low"
    name: str = "who"
    overall: str = "lost of all, in 100"
    apart: str = "more of one arm, points"
    counts_as: str = "counts as"


ATTRITION_WORDS = AttritionWords()


def attrition(
    lost: Sequence[Lost],
    *,
    boundary: Mapping[int, float],
    words: AttritionWords = ATTRITION_WORDS,
    width: float = WIDTH,
) -> Chart:
    """Each level as a dot, the boundary as a line."""
    most = max([12.0, *(one.differential * 1.1 for one in lost)])
    furthest = max([65.0, *(one.overall for one in lost)])
    plane = Plane(
        x=Scale(low=0, high=furthest, start=LEFT, end=width - RIGHT),
        y=Scale(low=0, high=most, start=TOP + TALL, end=TOP),
    )
    xs, ys = list(boundary), list(boundary.values())
    marks = [
        area("doubt", plane.points([*xs, xs[-1], xs[0]], [*ys, 0, 0])),
        path("axis path", plane.points(xs, ys)),
        plane.across("zero", 0),
        plane.upright("zero", 0),
        *(label(f"{t:g}", LEFT - 8, plane.y(t) + 4, "end", "label soft") for t in plane.y.ticks(6)),
        label(words.up, 4, TEXT + 2),
        label(words.boundary, plane.x(2), plane.y(0) - 8, role="label soft halo"),
    ]
    for one in lost:
        x, y = plane.x(one.overall), plane.y(one.differential)
        marks.append(dot("estimate", x, y, 4))
        side = "end" if x > width / 2 else "start"
        marks.append(
            label(shorten(one.name, width / 2), x + (-8 if side == "end" else 8), y - 6, side, "label halo")
        )
    marks += numbers_along(plane, words.along, plane.x.ticks(6))
    size = (width, TOP + TALL + 2 * TEXT + 18)
    return finished("attrition", words.title, _told(lost, words), size, marks, _rows(lost, words))


def _told(lost: Sequence[Lost], words: AttritionWords) -> str:
    return " ".join(
        words.sentence.format(
            name=one.name,
            overall=f"{one.overall:.1f}",
            apart=f"{one.differential:.1f}",
            kind=words.low if one.is_low else words.high,
        )
        for one in lost
    )


def _rows(lost: Sequence[Lost], words: AttritionWords) -> tuple[tuple[str, ...], ...]:
    heading = (words.name, words.overall, words.apart, words.counts_as)
    return (
        heading,
        *(
            (
                one.name,
                f"{one.overall:.1f}",
                f"{one.differential:.1f}",
                words.low if one.is_low else words.high,
            )
            for one in lost
        ),
    )
