"""What a fold has cost is kept, so that an interrupted comparison goes on where it stood.

In:   a folder, and what the comparison is about.
Out:  the predictions of folds that are done; nothing where the folder is about something else.
Not here: when to ask (compare).

One file a model and fold: predictions as they were made, and how the fit ended. A file is written
beside its place and moved there, so that what can be read is whole.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded
from plainview.core.mendable import Mendable


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One model's predictions of every row, each by a fit that had not seen the student."""

    name: str
    predicted: NDArray[np.float64]  # (n_rows,)
    converged: bool
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One model, one fold."""

    predicted: NDArray[np.float64]
    converged: bool
    said: str


def fingerprint(log: Coded, *, n_folds: int, seed: int) -> str:
    """Changes with any answer, order, fold or seed."""
    sums = hashlib.sha256(f"{n_folds} {seed}".encode())
    for column in (log.student, log.item, log.correct, log.skill, log.skill_from):
        sums.update(np.ascontiguousarray(column).data)
    return sums.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A folder of finished folds of one comparison."""

    folder: Path
    about: str  # fingerprint

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        label = self.folder / "about.json"
        if not label.exists():
            label.write_text(json.dumps({"fingerprint": self.about}))
        elif json.loads(label.read_text()).get("fingerprint") != self.about:
            raise Mendable(
                f"{self.folder}: found folds of another log, seed or number of folds; "
                "expected those of this comparison. Name another folder, or remove this one."
            )

    def find(self, model: str, fold: int) -> Done | None:
        place = self._place(model, fold)
        if not place.exists():
            return None
        with np.load(place) as stored:
            said = str(stored["said"])
            predicted = stored["predicted"].astype(np.float64)
            return Done(predicted=predicted, converged=bool(stored["converged"]), said=said)

    def put(self, model: str, fold: int, done: Done) -> None:
        place = self._place(model, fold)
        beside = place.with_suffix(".part.npz")
        np.savez(beside, predicted=done.predicted, converged=done.converged, said=done.said)
        beside.replace(place)

    def _place(self, model: str, fold: int) -> Path:
        return self.folder / f"{model}-{fold}.npz"
