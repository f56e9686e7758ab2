"""Can predictions be taken at their word? Of all that was said to come at .7, did .7 come?

In:   what core.stats.calibration found, or why it cannot say.
Out:  a Chart: what came against what was said, each bin with its range, and how many rows it holds.
Not here: the bins, the slope and their intervals (core.stats.calibration).
"""

from dataclasses import dataclass

from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart, box, dot, label, line, path
from plainview.core.charts.labels import shorten
from plainview.core.charts.plane import SHARES, TEXT, WIDTH, Plane, Rows, Scale, finished, shares_up
from plainview.core.stats.calibration import Bin, Calibration

LEFT, RIGHT, TOP, COUNTS = 40.0, 14.0, 30.0, 34.0
TALLEST = 320.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityWords:
    title: str = "Said and come"
    sentence: str = (
        "What came differs from what was said by {gap} points on average; "
        "chance alone would show {chance}, and rarely more than {chance_95}."
    )
    slope: str = " Slope {slope} (likely {low} to {high}; 1 is right, below 1 is too sure)."
    cannot: str = "Cannot say: {reason}. It would need {need}."
    up: str = "came, in 100"
    along: str = "said, in 100"
    more: str = "more came than was said"
    less: str = "less came than was said"
    rows: str = "answers"
    said: str = "said"
    came: str = "came"
    low: str = "low end"
    high: str = "high end"


RELIABILITY_WORDS = ReliabilityWords()


def reliability(
    found: Calibration | CannotSay, *, words: ReliabilityWords = RELIABILITY_WORDS, width: float = WIDTH
) -> Chart:
    """What came against what was said, bin by bin.

    Parameters
    ----------
    found : Calibration or CannotSay
        ``core.stats.calibration.calibration(correct=..., predicted=..., student=...)``: bins with Wilson
        intervals over as many rows as the students' rows are worth.

    Returns
    -------
    Chart
        Points on the rising line are predictions that can be taken at their word.
    """
    bins = () if isinstance(found, CannotSay) else found.bins
    side = min(TALLEST, width - LEFT - RIGHT)
    plane = Plane(
        x=Scale(low=0, high=1, start=LEFT, end=LEFT + side),
        y=Scale(low=0, high=1, start=TOP + side, end=TOP),
    )
    height = TOP + side + COUNTS + 3 * TEXT + 10
    marks = [*shares_up(plane, words.up), *_drawn(bins, plane, words), *_counts(bins, plane, words)]
    size = (LEFT + side + RIGHT, height)
    return finished("reliability", words.title, _told(found, words), size, marks, _rows(bins, words))


def _drawn(bins: tuple[Bin, ...], plane: Plane, words: ReliabilityWords) -> list[str]:
    marks = [
        plane.across("zero", 0),
        plane.upright("axis", 0),
        line("cap", plane.x(0), plane.y(0), plane.x(1), plane.y(1)),
    ]
    for one in bins:
        x, top = plane.x(one.said), plane.y(one.interval.high)
        marks.append(box("doubt", x - 5, top, 10, max(1.0, plane.y(one.interval.low) - top)))
    if len(bins) > 1:
        marks.append(path("estimate thin", plane.points([b.said for b in bins], [b.came for b in bins])))
    marks += [dot("estimate", plane.x(one.said), plane.y(one.came), 3.5) for one in bins]
    room = 0.75 * (plane.x.end - plane.x.start)
    more, less = shorten(words.more, room), shorten(words.less, room)
    marks.append(label(more, plane.x(0) + 8, plane.y(1) + TEXT + 5, role="label soft halo"))
    marks.append(label(less, plane.x(1), plane.y(0) - 8, "end", "label soft halo"))
    return marks


def _counts(bins: tuple[Bin, ...], plane: Plane, words: ReliabilityWords) -> list[str]:
    """Bars of the bins' rows hang beneath the axis they belong to."""
    ground = plane.y(0) + COUNTS + 2
    most = max((one.n_rows for one in bins), default=1)
    marks = []
    for one in bins:
        tall = (COUNTS - TEXT - 4) * one.n_rows / most
        marks.append(box("count", plane.x(one.said) - 5, ground - tall, 10, tall))
    marks.append(line("axis", plane.x(0), ground, plane.x(1), ground))
    fullest = max(bins, key=lambda one: one.n_rows, default=None)
    if fullest:
        x = min(max(plane.x(fullest.said), plane.x(0) + 16), plane.x(1) - 16)
        marks.append(label(f"{fullest.n_rows:,}", x, ground - (COUNTS - TEXT), "middle", "label soft"))
    marks += [
        label(f"{100 * share:.0f}", plane.x(share), ground + TEXT + 3, "middle", "label soft")
        for share in SHARES
    ]
    marks.append(label(words.along, plane.x(1), ground + 2 * TEXT + 8, "end"))
    marks.append(label(words.rows, 4, ground + 2 * TEXT + 8))
    return marks


def _told(found: Calibration | CannotSay, words: ReliabilityWords) -> str:
    if isinstance(found, CannotSay):
        return words.cannot.format(reason=found.reason, need=found.would_need)
    text = words.sentence.format(
        gap=f"{100 * found.gap:.1f}",
        chance=f"{100 * found.gap_by_chance:.1f}",
        chance_95=f"{100 * found.gap_by_chance_95:.1f}",
    )
    if isinstance(found.slope, CannotSay):
        return text
    ends = found.slope.interval
    return text + words.slope.format(
        slope=f"{found.slope.value:.2f}", low=f"{ends.low:.2f}", high=f"{ends.high:.2f}"
    )


def _rows(bins: tuple[Bin, ...], words: ReliabilityWords) -> Rows:
    heading = (words.said, words.came, words.low, words.high, words.rows)
    return (
        heading,
        *(
            (
                f"{one.said:.3f}",
                f"{one.came:.3f}",
                f"{one.interval.low:.3f}",
                f"{one.interval.high:.3f}",
                str(one.n_rows),
            )
            for one in bins
        ),
    )
