"""The pictures of `plainview fit LOG --charts FOLDER`: calibration, and learning curves.

In:   what the comparison said of the chosen model; the log; what that model, fitted to all of it, expects.
Out:  calibration.svg, learning.svg and one learning curve for each of the most practised skills.
Not here: how a chart is drawn (core.charts).
"""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plainview.core.charts.chart import Chart
from plainview.core.charts.learning import LearningWords, learning_curve, practised
from plainview.core.charts.reliability import ReliabilityWords, reliability
from plainview.core.charts.standalone import standalone
from plainview.core.learner.choose.judge import Result
from plainview.core.logs.coded import Coded
from plainview.core.mendable import Mendable

MOST_SKILLS = 12


def draw(folder: str, chosen: Result, log: Coded, expected: NDArray[np.float64]) -> list[Path]:
    """Write all pictures; where they are."""
    place = Path(folder)
    words = ReliabilityWords(title=f"Said and come: {chosen.name}, students not seen before")
    charts = {"calibration.svg": reliability(chosen.calibration, words=words)}
    charts |= _curves(log, expected, chosen.name)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, chart in charts.items():
            (place / name).write_text(standalone(chart), encoding="utf-8")
    except OSError as fault:
        raise Mendable(f"{place}: no pictures can be written here ({fault.strerror or fault}).") from None
    return [place / name for name in charts]


def _curves(log: Coded, expected: NDArray[np.float64], model: str) -> dict[str, Chart]:
    """All answers by their place in a student's own order; then skill by skill, the most practised first."""
    place = log.by_student().place() + 1
    curves = {
        "learning.svg": _curve(place, np.arange(log.n_rows), log, expected, f"all answers, and {model}")
    }
    n_of = np.bincount(log.skill, minlength=log.n_skills)
    for k in np.argsort(-n_of, kind="stable")[:MOST_SKILLS].tolist():
        at = practised(log, log.skills[k])
        name = f"learning-{len(curves):02}-{_safe(log.skills[k])}.svg"
        curves[name] = _curve(at.opportunity, at.row, log, expected, f"{log.skills[k]}, and {model}")
    return curves


def _curve(
    opportunity: NDArray[np.int64],
    row: NDArray[np.int64],
    log: Coded,
    expected: NDArray[np.float64],
    what: str,
) -> Chart:
    return learning_curve(
        opportunity=opportunity,
        correct=log.correct[row].astype(np.float64),
        predicted=np.clip(expected[row], 0, 1),
        words=LearningWords(title=f"Share right: {what}"),
    )


def _safe(name: str) -> str:
    """A skill's name as a part of a file's."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "skill"
