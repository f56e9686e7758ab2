"""Do answers come right more often from one opportunity to the next?

In:   which opportunity each answer was, whether it was right, and what a model expected.
Out:  a Chart: the share right with its range at each opportunity, the model's curve, how many answers.
Not here: the model; why fewer students reach later opportunities. A curve that rises while students leave
may only say who stayed: the counts beneath are part of the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.charts.chart import Chart, box, dot, label, line, path
from plainview.core.charts.counted import same_length, shares, wilson_of
from plainview.core.charts.labels import key, text_width
from plainview.core.charts.plane import TEXT, WIDTH, Plane, Rows, Scale, finished, said, shares_up
from plainview.core.logs.coded import Coded

MOST = 20  # opportunities drawn; the answers after them are told, not drawn
LEFT, RIGHT, TOP, AREA, COUNTS = 40.0, 14.0, 30.0, 170.0, 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningWords:
    """What the picture says, in the reader's language."""

    title: str = "Learning curve"
    sentence: str = (
        "Right at opportunity {first}: {a} in 100 (likely {a_low} to {a_high}, {n_first} answers); "
        "at opportunity {last}: {b} in 100 (likely {b_low} to {b_high}, {n_last} answers)."
    )
    one: str = "Right at opportunity {first}: {a} in 100 (likely {a_low} to {a_high}, {n_first} answers)."
    model: str = " The model is off by {off} points on average."
    beyond: str = " Not drawn: {n} answers after opportunity {last}."
    none: str = "There are no answers yet."
    up: str = "right, in 100"
    along: str = "opportunity"
    counts: str = "answers"
    seen: str = "seen"
    expected: str = "model"
    low: str = "low end"
    high: str = "high end"


LEARNING_WORDS = LearningWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """The answers at one opportunity."""

    number: int  # from 1
    share: float  # right, 0..1
    low: float
    high: float
    n: int
    expected: float | None  # the model's mean over the same answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """Rows of a log at one skill, and which of the student's opportunities each of them was, from 1."""

    row: NDArray[np.int64]
    opportunity: NDArray[np.int64]


def practised(log: Coded, skill: str) -> Practised:
    """Which opportunity each answer at a skill was.

    With a model's expectations of the whole log::

        at = practised(log, "fractions")
        learning_curve(
            opportunity=at.opportunity, correct=log.correct[at.row], predicted=fit.predict(log)[at.row]
        )

    Parameters
    ----------
    log : Coded
    skill : str
        One of ``log.skills``; a row with several skills is an opportunity at each of them.

    Raises
    ------
    ValueError
        If the log has no such skill.
    """
    if skill not in log.skills:
        raise ValueError(f"no skill {skill!r}: the log has {len(log.skills)} skills.")
    pairs, code = log.by_skill(), list(log.skills).index(skill)
    here = slice(int(pairs.starts[code]), int(pairs.starts[code + 1]))
    begins, place = pairs.begins[here], np.arange(here.stop - here.start)
    first = np.maximum.accumulate(np.where(begins, place, 0)) if len(place) else place
    return Practised(row=pairs.row[here], opportunity=place - first + 1)


def at_opportunities(
    *, opportunity: ArrayLike, correct: ArrayLike, predicted: ArrayLike | None = None, level: float = 0.95
) -> tuple[Opportunity, ...]:
    """Answers counted by opportunity, whatever their number. Parameters as in ``learning_curve``."""
    number, right = np.asarray(opportunity), shares(correct, "correct")
    said_before = None if predicted is None else shares(predicted, "predicted")
    same_length(opportunity=number, correct=right)
    if said_before is not None:
        same_length(correct=right, predicted=said_before)
    if len(number) and (number.dtype.kind not in "iu" or number.min() < 1):
        raise ValueError("opportunity: expected whole numbers from 1.")
    there, place, n = np.unique(number, return_inverse=True, return_counts=True)
    share = np.bincount(place, weights=right, minlength=len(there)) / np.maximum(n, 1)
    low, high = wilson_of(share, n, level)
    model = None if said_before is None else np.bincount(place, weights=said_before, minlength=len(there)) / n
    return tuple(
        Opportunity(
            number=int(there[k]),
            share=float(share[k]),
            low=float(low[k]),
            high=float(high[k]),
            n=int(n[k]),
            expected=None if model is None else float(model[k]),
        )
        for k in range(len(there))
    )


def learning_curve(
    *,
    opportunity: ArrayLike,
    correct: ArrayLike,
    predicted: ArrayLike | None = None,
    most: int = MOST,
    level: float = 0.95,
    words: LearningWords = LEARNING_WORDS,
    width: float = WIDTH,
) -> Chart:
    """The share right at each opportunity, with Wilson intervals and counts, and the model's curve.

    Parameters
    ----------
    opportunity : (n_rows,) whole numbers from 1
        Which of her opportunities at the skill each answer was. ``practised`` finds them in a log.
    correct : (n_rows,) 0..1
    predicted : (n_rows,) 0..1, or None
        What a model expected of the same rows.
    most : int
        So many opportunities are drawn, from the first; later ones are counted in the sentence: few students
        reach them.

    Raises
    ------
    ValueError
        If lengths differ or numbers are outside what is said above.

    Source
    ------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    found = at_opportunities(opportunity=opportunity, correct=correct, predicted=predicted, level=level)
    drawn = [point for point in found if point.number < found[0].number + most]
    n_beyond = sum(point.n for point in found) - sum(point.n for point in drawn)
    sentence = _said(drawn, n_beyond, words)
    marks = _drawn(drawn, width, words)
    height = TOP + AREA + COUNTS + 3 * TEXT + 14
    return finished("learning-curve", words.title, sentence, (width, height), marks, _rows(drawn, words))


def _drawn(points: Sequence[Opportunity], width: float, words: LearningWords) -> list[str]:
    first = points[0].number if points else 1
    last = max([first + 1, *(point.number for point in points)])
    plane = Plane(
        x=Scale(low=first - 0.5, high=last + 0.5, start=LEFT, end=width - RIGHT),
        y=Scale(low=0, high=1, start=TOP + AREA, end=TOP),
    )
    bar = min(12.0, 0.6 * (plane.x(1) - plane.x(0)))
    marks = shares_up(plane, words.up)
    for point in points:
        x, top = plane.x(point.number), plane.y(point.high)
        marks.append(box("doubt", x - bar / 2, top, bar, max(1.0, plane.y(point.low) - top)))
    marks += _curves(points, plane, words)
    return [*marks, plane.across("zero", 0), *_counts(points, plane, bar, words)]


def _curves(points: Sequence[Opportunity], plane: Plane, words: LearningWords) -> list[str]:
    seen = [(plane.x(point.number), plane.y(point.share)) for point in points]
    model = [(plane.x(p.number), plane.y(p.expected)) for p in points if p.expected is not None]
    marks = [dot("estimate", x, y, 3) for x, y in seen]
    if not model:
        return marks
    marks.append(path("other", model) if len(model) > 1 else dot("other", *model[0], 4))
    named, left = key("other", words.expected, plane.x.end, TEXT + 2)
    return [*marks, *named, *key("estimate", words.seen, left - 14, TEXT + 2, dotted=True)[0]]


def _counts(points: Sequence[Opportunity], plane: Plane, bar: float, words: LearningWords) -> list[str]:
    """How many answers each share rests on, on a scale of their own that starts at zero too."""
    ground = TOP + AREA + COUNTS + 4
    most = max((point.n for point in points), default=1)
    marks = []
    for point in points:
        tall = (COUNTS - TEXT - 4) * point.n / most
        marks.append(box("count", plane.x(point.number) - bar / 2, ground - tall, bar, tall))
    marks.append(line("axis", plane.x.start, ground, plane.x.end, ground))
    marks.append(label(words.along, plane.x.end, ground + 2 * TEXT + 10, "end"))
    marks.append(label(words.counts, 4, ground + 2 * TEXT + 10))
    if not points:
        return marks
    for point in {points[0].number: points[0], points[-1].number: points[-1]}.values():
        x = min(plane.x(point.number), plane.x.end - 4 * len(f"{point.n:,}"))
        tall = (COUNTS - TEXT - 4) * point.n / most
        marks.append(label(f"{point.n:,}", x, ground - tall - 3, "middle", "label soft"))
    return marks + _numbers(points, plane, ground)


def _numbers(points: Sequence[Opportunity], plane: Plane, ground: float) -> list[str]:
    widest = text_width(str(points[-1].number)) + 9
    every = ceil(widest / (plane.x(1) - plane.x(0)))
    shown = [p.number for p in points if (p.number - points[0].number) % every == 0]
    return [label(said(n), plane.x(n), ground + TEXT + 3, "middle", "label soft") for n in shown]


def _said(points: Sequence[Opportunity], n_beyond: int, words: LearningWords) -> str:
    if not points:
        return words.none
    first, last = points[0], points[-1]
    a, a_low, a_high, b, b_low, b_high = (
        round(100 * share) for share in (first.share, first.low, first.high, last.share, last.low, last.high)
    )
    text = (words.sentence if len(points) > 1 else words.one).format(
        first=first.number, a=a, a_low=a_low, a_high=a_high, n_first=first.n,
        last=last.number, b=b, b_low=b_low, b_high=b_high, n_last=last.n,
    )  # fmt: skip
    told = [(p.n, abs(p.expected - p.share)) for p in points if p.expected is not None]
    if told:
        off = sum(n * gap for n, gap in told) / sum(n for n, _ in told)
        text += words.model.format(off=f"{100 * off:.1f}")
    return text + (words.beyond.format(n=n_beyond, last=last.number) if n_beyond else "")


def _rows(points: Sequence[Opportunity], words: LearningWords) -> Rows:
    with_model = any(point.expected is not None for point in points)
    heading = (words.along, words.seen, words.low, words.high, words.counts)
    rows = [(*heading, words.expected) if with_model else heading]
    for point in points:
        cells = (
            str(point.number), f"{point.share:.3f}", f"{point.low:.3f}", f"{point.high:.3f}", str(point.n)
        )  # fmt: skip
        rows.append((*cells, f"{point.expected:.3f}") if point.expected is not None else cells)
    return tuple(rows)
