"""Two models, or two groups under one model: who puts the right answers above the wrong ones?

In:   what came, what was said, whose row it is.
Out:  a Chart: hit rate against false alarms with ranges, each AUC with its interval, and their difference.
Not here: AUC and its interval (core.stats.discrimination); whether a number can be taken at its word
(reliability).

Ranges of the curves: Wilson's for hits and for false alarms at each threshold, over as many rows as the
students' rows are worth. The band holds both, so it is on the wide side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart, area, label, line, path
from plainview.core.charts.counted import same_length, shares, wilson_of
from plainview.core.charts.labels import key, shorten
from plainview.core.charts.plane import SHARES, TEXT, WIDTH, Plane, Rows, Scale, finished, shares_up
from plainview.core.stats.clustered import Score
from plainview.core.stats.discrimination import auc, auc_difference
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
MOST_POINTS = 40  # thresholds drawn, at equal steps of the rows; a million rows are no finer to the eye
ROLES = ("estimate", "other")
LEFT, RIGHT, TOP, TALLEST = 40.0, 14.0, 30.0, 320.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RocWords:
    title: str = "Right above wrong"
    sentence: str = "{name}: AUC {auc} (likely {low} to {high}, {n} answers of {students} students)."
    difference: str = " {one} less {other}: {value} (likely {low} to {high})."
    cannot: str = "{name}: cannot say, {reason}."
    up: str = "right answers found, in 100"
    along: str = "wrong ones taken for right, in 100"
    coin: str = "a coin"
    figure: str = "{name} {auc} ({low} to {high})"
    apart: str = "apart {value} ({low} to {high})"
    name: str = "curve"
    found: str = "found"
    false: str = "false alarms"
    low: str = "low end"
    high: str = "high end"


ROC_WORDS = RocWords()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    """One curve's rows."""

    name: str
    correct: Floats
    predicted: Floats
    student: Codes | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rates:
    """A rate at each threshold, with its range."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Curve:
    name: str
    found: _Rates
    false: _Rates


def roc(
    *,
    correct: ArrayLike,
    predicted: Mapping[str, ArrayLike],
    student: ArrayLike | None,
    level: float = 0.95,
    words: RocWords = ROC_WORDS,
    width: float = WIDTH,
) -> Chart:
    """One or two predictions of the same rows.

    Parameters
    ----------
    correct : (n_rows,) 0..1
    predicted : name -> (n_rows,) 0..1
        One or two models, each with its name.
    student : (n_rows,) codes, or None
        Whose row it is; with None every row stands for itself.

    Raises
    ------
    ValueError
        If lengths differ, a number is outside 0..1, or there are more than two predictions.

    Source
    ------
    Obuchowski (1997), Biometrics 53, 567-578 (AUC of rows that hang together).
    """
    if len(predicted) not in (1, 2):
        raise ValueError(f"predicted: found {len(predicted)} predictions, expected one or two.")
    right, who = shares(correct, "correct"), _codes(student)
    sides = [
        _Side(name=name, correct=right, predicted=shares(p, name), student=who)
        for name, p in predicted.items()
    ]
    _check(sides)
    apart: Score | CannotSay | None = None
    if len(sides) == 2:
        one, other = sides
        apart = auc_difference(
            correct=right, predicted=one.predicted, other=other.predicted, student=who, level=level
        )
    return _chart(sides, apart, level, words, width)


def roc_of_groups(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    in_group: ArrayLike,
    student: ArrayLike | None,
    group: str,
    others: str,
    level: float = 0.95,
    words: RocWords = ROC_WORDS,
    width: float = WIDTH,
) -> Chart:
    """One prediction, for the rows of a group and for the others.

    Parameters
    ----------
    in_group : (n_rows,) bool
        A student belongs with all her rows or with none: the two curves are held to be of different students.
    group, others : str
        Their names, in the reader's language.
    """
    right, said, member = shares(correct, "correct"), shares(predicted, "predicted"), np.asarray(in_group)
    if member.dtype != np.bool_:
        raise ValueError(f"in_group: found {member.dtype}, expected yes or no a row.")
    same_length(correct=right, predicted=said, in_group=member)
    who = _codes(student)
    sides = [
        _Side(
            name=name, correct=right[rows], predicted=said[rows], student=None if who is None else who[rows]
        )
        for name, rows in ((group, member), (others, ~member))
    ]
    _check(sides)
    return _chart(sides, _apart(sides, level), level, words, width)


def _codes(student: ArrayLike | None) -> Codes | None:
    if student is None:
        return None
    return np.unique(np.asarray(student), return_inverse=True)[1].astype(np.int64)


def _check(sides: Sequence[_Side]) -> None:
    for side in sides:
        same_length(correct=side.correct, predicted=side.predicted)
        if side.student is not None:
            same_length(correct=side.correct, student=side.student)


def _auc(side: _Side, level: float) -> Score | CannotSay:
    return auc(correct=side.correct, predicted=side.predicted, student=side.student, level=level)


def _apart(sides: Sequence[_Side], level: float) -> Score | CannotSay:
    """The difference of two AUCs of different students: their variances add up."""
    one, other = (_auc(side, level) for side in sides)
    if isinstance(one, CannotSay):
        return one
    if isinstance(other, CannotSay):
        return other
    error = sqrt(one.standard_error**2 + other.standard_error**2)
    value, half = one.value - other.value, NormalDist().inv_cdf((1 + level) / 2) * error
    return Score(
        value=value,
        standard_error=error,
        interval=Interval(low=value - half, high=value + half, level=level),
        n_rows=one.n_rows + other.n_rows,
        n_students=one.n_students + other.n_students,
    )


def _chart(
    sides: Sequence[_Side], apart: Score | CannotSay | None, level: float, words: RocWords, width: float
) -> Chart:
    figures = [_auc(side, level) for side in sides]
    curves = [_curve(side, level) for side in sides]
    square = min(TALLEST, width - LEFT - RIGHT)
    plane = Plane(
        x=Scale(low=0, high=1, start=LEFT, end=LEFT + square),
        y=Scale(low=0, high=1, start=TOP + square, end=TOP),
    )
    marks = [*_frame(plane, words), *_drawn([c for c in curves if c], plane)]
    marks += _figures(sides, figures, apart, plane, words)
    size = (LEFT + square + RIGHT, TOP + square + 2 * TEXT + 16)
    told = _told(sides, figures, apart, words)
    rows = _rows([c for c in curves if c], words)
    return finished("roc", words.title, told, size, marks, rows)


def _curve(side: _Side, level: float) -> _Curve | None:
    """Rates at up to 40 thresholds; None where all answers are right or all are wrong."""
    n_right, n_wrong = float(side.correct.sum()), float((1 - side.correct).sum())
    if not n_right or not n_wrong:
        return None
    thresholds = _thresholds(side.predicted)
    rates = [_rates(side, kind, thresholds, level) for kind in (side.correct, 1 - side.correct)]
    return _Curve(name=side.name, found=rates[0], false=rates[1])


def _thresholds(predicted: Floats) -> Floats:
    distinct = np.unique(predicted)
    if len(distinct) > MOST_POINTS:
        distinct = np.unique(np.quantile(predicted, np.linspace(0, 1, MOST_POINTS), method="lower"))
    thresholds: Floats = np.r_[np.inf, distinct[::-1]]
    return thresholds


def _rates(side: _Side, kind: Floats, thresholds: Floats, level: float) -> _Rates:
    """The share of ``kind`` (so much of a right, or of a wrong answer) at or above each threshold."""
    who = side.student
    of_student = kind if who is None else np.bincount(who, weights=kind)
    n, n_students = float(kind.sum()), int((of_student > 0).sum())
    value, worth = np.zeros(len(thresholds)), np.zeros(len(thresholds))
    for k, threshold in enumerate(thresholds):
        above = kind * (side.predicted >= threshold)
        value[k] = min(1.0, float(above.sum()) / n)
        counted = above if who is None else np.bincount(who, weights=above)
        worth[k] = n if who is None else _worth(counted - value[k] * of_student, value[k], n, n_students)
    low, high = wilson_of(value, worth, level)
    # Nothing lies above the first threshold and everything above the last, whatever the rows.
    low[0], high[0], low[-1], high[-1] = 0.0, 0.0, 1.0, 1.0
    return _Rates(value=value, low=low, high=high)


def _worth(beyond: Floats, share: float, n: float, n_students: int) -> float:
    """As many independent rows would say as much; where nothing varies, as many as there are students."""
    if n_students < 2:
        return 1.0
    variance = n_students / (n_students - 1) * float((beyond**2).sum()) / n**2
    varies = share * (1 - share)
    return min(n, varies / variance) if variance > 0 and varies > 0 else float(n_students)


def _frame(plane: Plane, words: RocWords) -> list[str]:
    marks = [*shares_up(plane, words.up), plane.across("zero", 0), plane.upright("zero", 0)]
    marks.append(line("cap", plane.x(0), plane.y(0), plane.x(1), plane.y(1)))
    ground = plane.y.start
    marks += [
        label(f"{100 * share:.0f}", plane.x(share), ground + TEXT + 6, "middle", "label soft")
        for share in SHARES
    ]
    return [*marks, label(words.along, plane.x.end, ground + 2 * TEXT + 10, "end")]


def _drawn(curves: Sequence[_Curve], plane: Plane) -> list[str]:
    marks = []
    for curve, role in zip(curves, ("doubt", "doubt-other"), strict=False):
        above = plane.points(curve.false.low, curve.found.high)
        below = plane.points(curve.false.high, curve.found.low)
        marks.append(area(role, [*above, *reversed(below)]))
    lines = [plane.points(curve.false.value, curve.found.value) for curve in curves]
    return marks + [path(role, points) for role, points in zip(ROLES, lines, strict=False)]


def _figures(
    sides: Sequence[_Side],
    figures: Sequence[Score | CannotSay],
    apart: Score | CannotSay | None,
    plane: Plane,
    words: RocWords,
) -> list[str]:
    """In the corner that a curve better than a coin leaves free."""
    lines = [
        (role, words.figure.format(name=shorten(side.name, 90), **_ends(figure)))
        for role, side, figure in zip(ROLES, sides, figures, strict=False)
        if isinstance(figure, Score)
    ]
    right, foot = plane.x.end - 4, plane.y.start - 10
    marks = []
    if isinstance(apart, Score):
        marks.append(label(words.apart.format(**_ends(apart)), right, foot, "end", "label halo"))
        foot -= TEXT + 5
    for n, (role, text) in enumerate(reversed(lines)):
        marks += key(role, text, right, foot - n * (TEXT + 5))[0]
    return marks


def _ends(score: Score) -> dict[str, str]:
    value, low, high = (
        f"{number:.3f}".replace("-", "\N{MINUS SIGN}")
        for number in (score.value, score.interval.low, score.interval.high)
    )
    return {"auc": value, "value": value, "low": low, "high": high}


def _told(
    sides: Sequence[_Side],
    figures: Sequence[Score | CannotSay],
    apart: Score | CannotSay | None,
    words: RocWords,
) -> str:
    told = []
    for side, figure in zip(sides, figures, strict=True):
        if isinstance(figure, CannotSay):
            told.append(words.cannot.format(name=side.name, reason=figure.reason))
        else:
            students = figure.n_students
            told.append(
                words.sentence.format(name=side.name, n=figure.n_rows, students=students, **_ends(figure))
            )
    text = " ".join(told)
    if isinstance(apart, Score):
        text += words.difference.format(one=sides[0].name, other=sides[1].name, **_ends(apart))
    return text


def _rows(curves: Sequence[_Curve], words: RocWords) -> Rows:
    heading = (
        words.name, words.false, words.low, words.high, words.found, words.low, words.high,
    )  # fmt: skip
    rows = [heading]
    for curve in curves:
        for k in range(len(curve.found.value)):
            cells = [
                f"{rates[k]:.3f}"
                for side in (curve.false, curve.found)
                for rates in (side.value, side.low, side.high)
            ]
            rows.append((curve.name, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]))
    return tuple(rows)
