"""How sure are we? A soft band from 0 to 1 with a tick; and how it came to be, piece by piece.

In:   an estimate with its range; or the estimate with its range after each piece.
Out:  a Chart. Doubt is always drawn, zero is always on the axis.
Not here: what the numbers come from (core.learner).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.charts.chart import Chart, area, box, dot, label, line, path, picture

WIDTH, BAND_HEIGHT, STEPS_HEIGHT = 240.0, 40.0, 140.0
LEFT, RIGHT, TOP, BOTTOM = 12.0, 12.0, 8.0, 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BandWords:
    """What the band says, in the reader's language. Numbers come as whole hundredths."""

    title: str = "How sure we are"
    sentence: str = "About {best} in 100, likely between {low} and {high}."
    best: str = "most likely"
    low: str = "low end"
    high: str = "high end"
    value: str = "{n} in 100"
    what: str = "what"
    how_much: str = "how likely"


BAND_WORDS = BandWords()


def doubt_band(*, p_known: float, low: float, high: float, words: BandWords = BAND_WORDS) -> Chart:
    """The range as a band, the estimate as a tick."""
    _check(low, p_known, high)
    best, at_low, at_high = (round(100 * p) for p in (p_known, low, high))
    sentence = words.sentence.format(best=best, low=at_low, high=at_high)
    inner = WIDTH - LEFT - RIGHT
    left, tick, right = (LEFT + inner * p for p in (low, p_known, high))
    marks = [
        line("axis", LEFT, 20, LEFT + inner, 20),
        line("zero", LEFT, 13, LEFT, 27),
        line("axis", LEFT + inner, 15, LEFT + inner, 25),
        # A range of no width is still a range: a hair of it stays visible.
        box("doubt", left, 11, max(1.0, right - left), 18),
        line("estimate", tick, 8, tick, 32),
        label("0", LEFT, 39, "middle"),
        label("100", LEFT + inner, 39, "middle"),
    ]
    return Chart(
        svg=picture("doubt-band", words.title, sentence, WIDTH, BAND_HEIGHT, marks),
        sentence=sentence,
        rows=(
            (words.what, words.how_much),
            (words.low, words.value.format(n=at_low)),
            (words.best, words.value.format(n=best)),
            (words.high, words.value.format(n=at_high)),
        ),
    )


def _check(low: float, p_known: float, high: float) -> None:
    if not 0 <= low <= p_known <= high <= 1:
        raise ValueError(f"found {low}, {p_known}, {high}: expected 0 <= low <= estimate <= high <= 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """The estimate after one piece."""

    what: str  # "Tue 3 Sep, answer, showed it", in the reader's language
    p_known: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsWords:
    title: str = "How the estimate moved"
    sentence: str = "After {n} pieces: from {first} in 100 to {last}, likely between {low} and {high}."
    one: str = "After one piece: {last} in 100, likely between {low} and {high}."
    none: str = "We haven't looked yet."
    piece: str = "piece"
    estimate: str = "estimate"
    range: str = "likely between"
    between: str = "{low} and {high} in 100"
    value: str = "{n} in 100"


STEPS_WORDS = StepsWords()


def estimate_steps(steps: Sequence[StepShown], *, words: StepsWords = STEPS_WORDS) -> Chart:
    """The estimate after each piece, oldest first, with the range around it."""
    for step in steps:
        _check(step.low, step.p_known, step.high)
    sentence = _said(steps, words)
    bottom = STEPS_HEIGHT - BOTTOM
    marks = [
        line("axis", LEFT, TOP, LEFT, bottom),
        line("zero", LEFT, bottom, WIDTH - RIGHT, bottom),
        label("0", LEFT, STEPS_HEIGHT - 8, "middle"),
        label("100", LEFT + 4, TOP + 8),
        *_drawn(steps),
    ]
    return Chart(
        svg=picture("estimate-steps", words.title, sentence, WIDTH, STEPS_HEIGHT, marks),
        sentence=sentence,
        rows=((words.piece, words.estimate, words.range), *(_row(step, words) for step in steps)),
    )


def _drawn(steps: Sequence[StepShown]) -> list[str]:
    if not steps:
        return []
    inner = WIDTH - LEFT - RIGHT - 16
    # One piece stands in the middle; more are spread evenly, whatever the days between them.
    xs = [LEFT + 8 + inner * (i / (len(steps) - 1) if len(steps) > 1 else 0.5) for i in range(len(steps))]
    upper = [(x, _y(step.high)) for x, step in zip(xs, steps, strict=True)]
    lower = [(x, _y(step.low)) for x, step in zip(xs, steps, strict=True)]
    middle = [(x, _y(step.p_known)) for x, step in zip(xs, steps, strict=True)]
    if len(steps) == 1:
        band = box("doubt", xs[0] - 6, upper[0][1], 12, lower[0][1] - upper[0][1])
    else:
        band = area("doubt", [*upper, *reversed(lower)])
    return [band, path("axis path", middle), *(dot("estimate", x, y, 3) for x, y in middle)]


def _y(p: float) -> float:
    return TOP + (STEPS_HEIGHT - TOP - BOTTOM) * (1 - p)


def _said(steps: Sequence[StepShown], words: StepsWords) -> str:
    if not steps:
        return words.none
    last = steps[-1]
    return (words.sentence if len(steps) > 1 else words.one).format(
        n=len(steps),
        first=round(100 * steps[0].p_known),
        last=round(100 * last.p_known),
        low=round(100 * last.low),
        high=round(100 * last.high),
    )


def _row(step: StepShown, words: StepsWords) -> tuple[str, str, str]:
    between = words.between.format(low=round(100 * step.low), high=round(100 * step.high))
    return step.what, words.value.format(n=round(100 * step.p_known)), between
