"""A comparison in words: a table for the eye, a sentence for the ear.

In:   a comparison.
Out:  text, and the same as plain values for a program.
Not here: colours, files, exit codes (cli.fit).
"""

from dataclasses import is_dataclass
from enum import Enum
from math import isfinite
from typing import Any

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.compare import Comparison
from plainview.core.learner.choose.judge import Result
from plainview.core.plural import counted
from plainview.core.stats.clustered import Score
from plainview.core.stats.interval import Interval

FEW_STUDENTS = 30
HEAD = ("model", "log loss", "above the best (SE)", "AUC", "calibration slope", "gap (by chance)")


def table(found: Comparison) -> str:
    """One line a model, from the simplest to the richest; the chosen marked."""
    lines = [HEAD, *(_line(result, found) for result in found.results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(row.rstrip() for row in rows)


def _line(result: Result, found: Comparison) -> tuple[str, ...]:
    mark = {found.best: " (best)"}.get(result.name, "")
    mark = f"{mark} <- chosen" if result.name == found.chosen else mark
    worse = "-" if result.name == found.best else _with_error(result.worse_by)
    gap = f"{result.calibration.gap:.3f} ({result.calibration.gap_by_chance:.3f})"
    return (
        result.name + mark + ("" if result.converged else " [not converged]"),
        _number(result.log_loss, 4),
        worse,
        _number(result.auc, 3),
        _number(result.calibration.slope, 2),
        gap,
    )


def _number(score: Score | CannotSay, digits: int) -> str:
    if isinstance(score, CannotSay):
        return "cannot say"
    low, high = score.interval.low, score.interval.high
    return f"{score.value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def _with_error(score: Score) -> str:
    return f"{score.value:.4f} ({score.standard_error:.4f})"


def sentence(found: Comparison) -> str:
    """The choice, what it rests on, and how good it is."""
    return " ".join((_choice(found), _how_good(found), _how_done(found)))


def _choice(found: Comparison) -> str:
    chosen = found.of(found.chosen)
    if len(found.results) == 1:
        return f"Only {chosen.name} was judged ({chosen.words})."
    if chosen.name == found.best:
        return f"{chosen.name} predicts best ({chosen.words}), and no simpler model comes as near."
    worse, best = chosen.worse_by, found.of(found.best)
    return (
        f"{chosen.name} is the simplest model within one standard error of the best ({chosen.words}): "
        f"its log loss is {worse.value:.4f} above that of {best.name}, with a standard error of "
        f"{worse.standard_error:.4f}."
    )


def _how_good(found: Comparison) -> str:
    chosen = found.of(found.chosen)
    parts = []
    if isinstance(chosen.auc, Score):
        parts.append(
            f"A right answer was given the higher chance in {100 * chosen.auc.value:.1f} of 100 pairs "
            f"({_percent(chosen.auc.interval)})."
        )
    parts.append(_its_word(chosen))
    if not chosen.converged:
        parts.append("Its fit did not converge in every fold: read it with care.")
    return " ".join(parts)


def _its_word(chosen: Result) -> str:
    gap, chance = chosen.calibration.gap, chosen.calibration.gap_by_chance
    points = f"{100 * gap:.1f} points from what came, where chance alone makes {100 * chance:.1f}"
    off = f"Its chances are off by more than chance: on average {points}."
    if not chosen.calibration.beyond_chance:
        off = f"Nothing says that its chances are off: on average {points}."
    return off + _how_sure(chosen.calibration.slope)


def _how_sure(slope: Score | CannotSay) -> str:
    """Only where the interval leaves no doubt which way."""
    if isinstance(slope, CannotSay) or slope.interval.holds(1):
        return ""
    said = "sure" if slope.value < 1 else "timid"
    return f" It is too {said}: its calibration slope is {_number(slope, 2)}, where 1 would be right."


def _percent(interval: Interval) -> str:
    return f"{100 * interval.low:.1f} to {100 * interval.high:.1f}, {interval.level:.0%}"


def _how_done(found: Comparison) -> str:
    drawn = ""
    if found.n_students < found.n_students_of_log:
        drawn = f", drawn from {found.n_students_of_log:,}"
    few = ""
    if found.n_students < FEW_STUDENTS:
        few = f" Other {counted(found.n_students, 'student')} might choose otherwise."
    return (
        f"Each of {counted(found.n_students, 'student')}{drawn} ({counted(found.n_rows, 'answer')}) "
        "was predicted by models "
        f"that had not seen her: {counted(found.n_folds, 'fold')}, seed {found.seed}.{few}"
    )


def plain(thing: Any) -> Any:
    """Any result as what JSON can hold: no NaN, no arrays, the same fields always."""
    if is_dataclass(thing) and not isinstance(thing, type):
        kind = {"cannot_say": True} if isinstance(thing, CannotSay) else {}
        return kind | {name: plain(value) for name, value in _fields(thing).items()}
    if isinstance(thing, dict):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, np.ndarray):
        return plain(thing.tolist())
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [plain(one) for one in thing]
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, np.generic):
        return plain(thing.item())
    if isinstance(thing, float):
        return thing if isfinite(thing) else None
    return thing if thing is None or isinstance(thing, (str, int, bool)) else str(thing)


def _fields(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}
