"""`plainview predict MODEL LOG`: what a saved model says of every answer of a log, before each came.

In:   a model that `plainview fit --save` has written; a learning log of any format that is read here.
Out:  how good its chances were, in words or as JSON; with -o, a row an answer.
      0 said, 2 something to mend.
Not here: the models (core.learner), the file (core.learner.choose.saved).

One step ahead: each answer is foreseen from the same student's earlier answers in this log and from what the
model was fitted to. Students whom the model was fitted to are no proof of it; the sentence cannot tell.
"""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.saved import Saved, read
from plainview.core.learner.choose.say import plain
from plainview.core.logs.coded import Coded
from plainview.core.logs.door import Opened, open_log
from plainview.core.mendable import Mendable
from plainview.core.plural import counted
from plainview.core.stats.calibration import calibration
from plainview.core.stats.clustered import Score
from plainview.core.stats.discrimination import auc
from plainview.core.stats.losses import log_loss

SAID = 0


def answer(asked: Namespace) -> int:
    """Read both, predict, say, write."""
    saved = read(asked.model)
    opened = open_log(asked.log, format=asked.format, mapping=asked.mapping)
    log = opened.coded
    predicted = saved.fit.predict(log)
    figures = _figures(log, predicted)
    known = _known(saved, log)
    if asked.out:
        _write(Path(asked.out), log, predicted)
    print(
        _for_programs(saved, opened, known, figures)
        if asked.json
        else _for_people(saved, opened, known, figures)
    )
    if asked.out and not asked.json:
        print(f"{counted(log.n_rows, 'answer')} with their chances are in {asked.out}.")
    return SAID


def _figures(log: Coded, predicted: NDArray[np.float64]) -> dict[str, Any]:
    came: dict[str, Any] = {"correct": log.correct, "predicted": predicted, "student": log.student}
    return {"auc": auc(**came), "log_loss": log_loss(**came), "calibration": calibration(**came)}


def _known(saved: Saved, log: Coded) -> dict[str, int]:
    """How many of the log's items and skills the model has met; of the rest it knows the middle only."""
    fit: Any = saved.fit
    names = getattr(fit, "names", fit)
    return {
        what: len(set(getattr(names, what, ())) & set(getattr(log, what))) for what in ("items", "skills")
    }


def _for_people(saved: Saved, opened: Opened, known: dict[str, int], figures: dict[str, Any]) -> str:
    log = opened.coded
    met = f"It has met {known['items']:,} of {counted(log.n_items, 'item')} and "
    met += f"{known['skills']:,} of {counted(log.n_skills, 'skill')}."
    head = [*opened.sentences(), *opened.faults.lines(), ""]
    return "\n".join([*head, f"{saved.model}, made by {saved.made_by}. {met}", *_said(figures)])


def _said(figures: dict[str, Any]) -> list[str]:
    lines = []
    for name, words in (("auc", "AUC"), ("log_loss", "Log loss")):
        lines.append(f"{words}: {_score(figures[name])}.")
    found = figures["calibration"]
    if isinstance(found, CannotSay):
        return lines
    points = (
        f"{100 * found.gap:.1f} points on average, where chance alone makes {100 * found.gap_by_chance:.1f}"
    )
    return [*lines, f"Calibration slope: {_score(found.slope)}; said and came differ by {points}."]


def _score(found: Score | CannotSay) -> str:
    if isinstance(found, CannotSay):
        return f"cannot say, {found.reason}"
    return f"{found.value:.4f} ({found.interval.low:.4f} to {found.interval.high:.4f})"


def _for_programs(saved: Saved, opened: Opened, known: dict[str, int], figures: dict[str, Any]) -> str:
    log = {
        "format": opened.format,
        "n_rows": opened.coded.n_rows,
        "n_students": opened.coded.n_students,
        "n_faults": opened.faults.n,
        "n_items": opened.coded.n_items,
        "n_skills": opened.coded.n_skills,
    }
    told = {"log": log, "model": saved.model, "made_by": saved.made_by, "has_met": known} | plain(figures)
    return json.dumps(told, ensure_ascii=False, indent=1)


def _write(path: Path, log: Coded, predicted: NDArray[np.float64]) -> None:
    """A row an answer, in the order of the log; ``place`` counts each student's own answers, from 0."""
    kinds = (".csv", ".parquet")
    if path.suffix not in kinds:
        raise Mendable(f"-o: found {path.name}, expected a name that ends in {' or '.join(kinds)}.")
    table = pa.table(
        {
            "student": pa.array(log.students, pa.string()).take(pa.array(log.student)),
            "place": pa.array(log.by_student().place()),
            "item": pa.array(log.items, pa.string()).take(pa.array(log.item)),
            "correct": pa.array(log.correct),
            "p_right": pa.array(predicted),
        }
    )
    try:
        _put(table, path)
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be written ({fault.strerror or fault}).") from None


def _put(table: pa.Table, path: Path) -> None:
    if path.suffix == ".csv":
        from pyarrow import csv

        csv.write_csv(table, str(path))
    else:
        import pyarrow.parquet as pq

        pq.write_table(table, str(path), compression="zstd")
