"""What moved an estimate: from where the model starts to what it says, piece by piece.

In:   a base, the pieces and how far each moved it, and the range of the result where there is one.
Out:  a Chart: a bar a piece, each beginning where the last one ended, with zero on the axis.
Not here: the pieces (each model's ``explain``; core.learner.bkt).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, isfinite
from typing import Protocol

from plainview.core.charts.chart import Chart, box, label, line
from plainview.core.charts.labels import wrapped
from plainview.core.charts.plane import (
    TEXT,
    WIDTH,
    Plane,
    Rows,
    Scale,
    finished,
    numbers_along,
    said,
    wide_enough,
)
from plainview.core.stats.interval import Interval

MOST = 8  # pieces drawn by themselves; the others together, so that nothing is lost
LOG_ODDS, SHARE = "log-odds", "share"
LEFT, RIGHT, TOP, ROW, BAR = 6.0, 8.0, 6.0, 32.0, 14.0
NAMES, NUMBERS = 0.44, 58.0  # the share of the width that names have; the room of the numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that the model looked at, and how far it moved the estimate, on the picture's scale."""

    what: str
    moved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedWords:
    title: str = "What moved the estimate"
    sentence: str = "From {start} in 100 to {end} in 100{range}."
    range: str = " (likely {low} to {high})"
    most: str = " It moved most by: {what}."
    nothing: str = " Nothing moved it."
    no_range: str = " How sure this one estimate is, the model does not say."
    start: str = "start"
    end: str = "estimate"
    at: str = "{what}: {n} in 100"
    unsure: str = "(how sure is not said)"
    others: str = "{n} other pieces"
    log_odds: str = "log-odds of a right answer"
    share: str = "likely, in 100"
    what: str = "what"
    moved: str = "moved"
    stands: str = "stands at"
    in_100: str = "in 100"


MOVED_WORDS = MovedWords()


class PartLike(Protocol):
    @property
    def what(self) -> str: ...
    @property
    def moved(self) -> float: ...


class ExplanationLike(Protocol):
    """What ``core.learner.explanation.Explanation`` has."""

    @property
    def base(self) -> float: ...
    @property
    def parts(self) -> Sequence[PartLike]: ...
    @property
    def scale(self) -> str: ...


class StepLike(Protocol):
    """What ``core.learner.bkt.Step`` has."""

    @property
    def shown(self) -> float: ...
    @property
    def p_before(self) -> float: ...
    @property
    def p_after_evidence(self) -> float: ...
    @property
    def p_after(self) -> float: ...


def what_moved(
    *,
    base: float,
    pieces: Sequence[Piece],
    scale: str = LOG_ODDS,
    interval: Interval | None = None,
    in_order: bool = False,
    most: int = MOST,
    words: MovedWords = MOVED_WORDS,
    width: float = WIDTH,
) -> Chart:
    """A waterfall from the base to the estimate.

    Parameters
    ----------
    base : float
        Where the model starts, on ``scale``.
    pieces : Piece
        ``base`` and all ``moved`` add up to the estimate.
    scale : "log-odds" or "share"
    interval : Interval or None
        Of the estimate, on ``scale``. Without one the picture says that it is not known.
    in_order : bool
        The pieces' own order (time), the earliest taken together where there are too many; otherwise the
        strongest first.
    most : int
        Pieces drawn by themselves.

    Raises
    ------
    ValueError
        If a number is absent or without end, or the scale is none of the two.
    """
    _check(base, pieces, scale)
    shown = _shown(pieces, most, in_order, words)
    stops = [base]
    for piece in shown:
        stops.append(fsum((stops[-1], piece.moved)))
    size = (width, TOP + ROW * (len(shown) + 2) + 2 * TEXT + 16)
    plane = _plane(stops, interval, scale, width, size[1] - 2 * TEXT - 16)
    marks = _drawn(stops, shown, interval, plane, scale, words)
    marks += _axis(plane, scale, words)
    text = _told(stops, shown, interval, scale, words)
    return finished("what-moved", words.title, text, size, marks, _rows(stops, shown, scale, words))


def explained(
    explanation: ExplanationLike,
    *,
    interval: Interval | None = None,
    words: MovedWords = MOVED_WORDS,
    width: float = WIDTH,
) -> Chart:
    """The waterfall of any model's ``fit.explain(log, row)``."""
    pieces = [Piece(what=part.what, moved=part.moved) for part in explanation.parts]
    return what_moved(
        base=explanation.base,
        pieces=pieces,
        scale=explanation.scale,
        interval=interval,
        words=words,
        width=width,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsMovedWords:
    right: str = "answer {n}: right"
    wrong: str = "answer {n}: not right"
    partly: str = "answer {n}: partly right"
    learned: str = "chance to learn, after answer {n}"


STEPS_MOVED_WORDS = StepsMovedWords()


def traced(
    steps: Sequence[StepLike],
    *,
    interval: Interval | None = None,
    step_words: StepsMovedWords = STEPS_MOVED_WORDS,
    words: MovedWords = MOVED_WORDS,
    width: float = WIDTH,
) -> Chart:
    """The waterfall of ``core.learner.bkt.trace`` or ``TracingFit.trace``: what each answer said, what each
    chance to learn added. At least one step."""
    if not steps:
        raise ValueError("found no step, expected at least one.")
    pieces = []
    for n, step in enumerate(steps, start=1):
        word = (
            step_words.right
            if step.shown >= 1
            else step_words.wrong
            if step.shown <= 0
            else step_words.partly
        )
        pieces.append(Piece(what=word.format(n=n), moved=step.p_after_evidence - step.p_before))
        pieces.append(Piece(what=step_words.learned.format(n=n), moved=step.p_after - step.p_after_evidence))
    return what_moved(
        base=steps[0].p_before,
        pieces=pieces,
        scale=SHARE,
        interval=interval,
        in_order=True,
        words=words,
        width=width,
    )


def _showed(step: StepLike, words: StepsMovedWords) -> str:
    if 0 < step.shown < 1:
        return words.partly
    return words.right if step.shown else words.wrong


def _check(base: float, pieces: Sequence[Piece], scale: str) -> None:
    if scale not in (LOG_ODDS, SHARE):
        raise ValueError(f"scale: found {scale!r}, expected 'log-odds' or 'share'.")
    for what, number in (("base", base), *((piece.what, piece.moved) for piece in pieces)):
        if not isfinite(number):
            raise ValueError(f"{what}: found {number}, expected a number.")


def _shown(pieces: Sequence[Piece], most: int, in_order: bool, words: MovedWords) -> list[Piece]:
    """The pieces as drawn: what has no row of its own is added up in one."""
    ranked = list(pieces) if in_order else sorted(pieces, key=lambda piece: -abs(piece.moved))
    if len(ranked) <= most:
        return ranked
    n = len(ranked) - most + 1
    rest, own = (ranked[:n], ranked[n:]) if in_order else (ranked[-n:], ranked[:-n])
    others = Piece(what=words.others.format(n=n), moved=fsum(piece.moved for piece in rest))
    return [others, *own] if in_order else [*own, others]


def _plane(
    stops: Sequence[float], interval: Interval | None, scale: str, width: float, bottom: float
) -> Plane:
    ends = [] if interval is None else [interval.low, interval.high]
    low, high = (0.0, 1.0) if scale == SHARE else wide_enough([*stops, *ends], least=1.0)
    x = Scale(low=low, high=high, start=LEFT + NAMES * width, end=width - NUMBERS)
    return Plane(x=x, y=Scale(low=0, high=1, start=bottom, end=TOP))


def _drawn(
    stops: Sequence[float],
    pieces: Sequence[Piece],
    interval: Interval | None,
    plane: Plane,
    scale: str,
    words: MovedWords,
) -> list[str]:
    last = len(pieces) + 1
    marks = [plane.upright("zero", 0)]
    marks += [_leader(n, stops[n], plane) for n in range(last)]
    for n, (piece, before, after) in enumerate(zip(pieces, stops, stops[1:], strict=False), start=1):
        left, right = sorted((plane.x.held(before), plane.x.held(after)))
        role = "towards" if piece.moved >= 0 else "away"
        marks.append(box(role, left, _bar(n), max(1.0, right - left), BAR))
        marks += _words(n, piece.what, _number(piece.moved, scale), plane)
    if interval is not None:
        low, high = plane.x.held(interval.low), plane.x.held(interval.high)
        marks.append(box("doubt", low, _bar(last) - 1, max(1.0, high - low), BAR + 2))
    start, end = (words.at.format(what=what, n=_in_100(at, scale)) for what, at in _both(stops, words))
    unsure = "" if interval is not None else words.unsure
    return [
        *marks,
        *_end(0, start, stops[0], plane, scale),
        *_end(last, " ".join((end, unsure)), stops[-1], plane, scale),
    ]


def _both(stops: Sequence[float], words: MovedWords) -> tuple[tuple[str, float], tuple[str, float]]:
    return (words.start, stops[0]), (words.end, stops[-1])


def _bar(n: int) -> float:
    return TOP + n * ROW + (ROW - BAR) / 2


def _leader(n: int, stands: float, plane: Plane) -> str:
    """From where one row ends down to where the next begins."""
    x = plane.x.held(stands)
    return line("leader", x, _bar(n), x, _bar(n + 1) + BAR)


def _end(n: int, what: str, stands: float, plane: Plane, scale: str) -> list[str]:
    x = plane.x.held(stands)
    tick = line("estimate", x, _bar(n) - 3, x, _bar(n) + BAR + 3)
    return [tick, *_words(n, what, _number(stands, scale).removeprefix("+"), plane)]


def _words(n: int, what: str, number: str, plane: Plane) -> list[str]:
    """What it is at the left, in one line or two; how much at the right."""
    lines = wrapped(what, plane.x.start - LEFT - 10)
    middle = TOP + n * ROW + ROW / 2 + 4
    first = middle - (len(lines) - 1) * (TEXT + 1) / 2
    marks = [label(text, LEFT, first + k * (TEXT + 1)) for k, text in enumerate(lines)]
    return [*marks, label(number, plane.x.end + NUMBERS - RIGHT, middle, "end")]


def _number(value: float, scale: str) -> str:
    text = f"{100 * value:+.0f}" if scale == SHARE else f"{value:+.2f}"
    return text.replace("-", "\N{MINUS SIGN}")


def _axis(plane: Plane, scale: str, words: MovedWords) -> list[str]:
    if scale == LOG_ODDS:
        return [*numbers_along(plane, words.log_odds, plane.x.ticks(4))]
    ground = plane.y.start + TEXT + 6
    marks = [
        label(f"{100 * share:.0f}", plane.x(share), ground, "middle", "label soft") for share in (0, 0.5, 1)
    ]
    return [*marks, label(words.share, plane.x.end, ground + TEXT + 4, "end")]


def _in_100(value: float, scale: str) -> int:
    held = min(max(value, -700.0), 700.0)
    return round(100 * (value if scale == SHARE else 1 / (1 + exp(-held))))


def _told(
    stops: Sequence[float],
    pieces: Sequence[Piece],
    interval: Interval | None,
    scale: str,
    words: MovedWords,
) -> str:
    ends = "" if interval is None else words.range.format(
        low=_in_100(interval.low, scale), high=_in_100(interval.high, scale)
    )  # fmt: skip
    start, end = (_in_100(stop, scale) for stop in (stops[0], stops[-1]))
    text = words.sentence.format(start=start, end=end, range=ends)
    strongest = max(pieces, key=lambda piece: abs(piece.moved), default=None)
    text += words.most.format(what=strongest.what) if strongest else words.nothing
    return text if interval is not None else text + words.no_range


def _rows(stops: Sequence[float], pieces: Sequence[Piece], scale: str, words: MovedWords) -> Rows:
    def cells(what: str, moved: str, stands: float) -> tuple[str, ...]:
        return what, moved, said(round(stands, 3)), str(_in_100(stands, scale))

    steps = zip(pieces, stops[1:], strict=True)
    return (
        (words.what, words.moved, words.stands, words.in_100),
        cells(words.start, "", stops[0]),
        *(cells(piece.what, f"{piece.moved:+.3f}".replace("-", "\N{MINUS SIGN}"), at) for piece, at in steps),
        cells(words.end, "", stops[-1]),
    )
