"""Every model on students it has not seen, and the simplest within one standard error of the best.

In:   a log as numbers, models by name, how many folds, a seed.
Out:  figures with intervals, the best and the chosen, and what was left out and why.
Not here: words for a screen (say), files (cli.fit).

The best is the one of least log loss. Each other's log loss is held against the best's student by student,
so that a hard fold or a long student weighs on both alike; the chosen is the simplest whose loss is above
the best's by no more than one standard error of that difference.

Sources: Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees, 3.4.3 (the rule of one
standard error). Pelanek (2015), Journal of Educational Data Mining 7(2), 1-19 (which figures).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.folds import Fold, fold_of, some_students, split
from plainview.core.learner.choose.judge import Result, judge, log_loss_of
from plainview.core.learner.choose.keep import Done, Held, Keep, fingerprint
from plainview.core.learner.choose.models import MODELS, Contender
from plainview.core.logs.coded import Coded
from plainview.core.plural import counted

CHECK = "learner.choose/1"
FEWEST_STUDENTS = 10  # below it an interval by student says next to nothing
MOST_ROWS = 2_000_000  # with more, students are drawn: figures are sharp enough, and the wait is not longer

Progress = Callable[[int, int, str], None]  # folds done, folds in all, what is under way


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What each model could do, and which may speak."""

    results: tuple[Result, ...]  # from the simplest to the richest
    left_out: tuple[LeftOut, ...]
    best: str
    chosen: str
    n_rows: int
    n_students: int
    n_students_of_log: int  # more than ``n_students`` where students were drawn
    n_folds: int
    seed: int
    level: float

    def of(self, name: str) -> Result:
        return next(result for result in self.results if result.name == name)


def compare(
    log: Coded,
    *,
    models: Sequence[Contender] = MODELS,
    n_folds: int = 5,
    level: float = 0.95,
    most_rows: int = MOST_ROWS,
    folder: Path | None = None,
    progress: Progress | None = None,
    seed: int,
) -> Comparison | CannotSay:
    """Cross-validate by student.

    Parameters
    ----------
    log : Coded
    models : contenders, from the simplest to the richest
    n_folds : int
    level : float
        Of every interval.
    most_rows : int
        Of a longer log students are drawn, about so many rows of theirs.
    folder : Path, optional
        Where finished folds are kept; what is there already is not computed again.
    progress : callable, optional
        Told (folds done, folds in all, what is under way).
    seed : int
        Draws the students and deals them into folds.

    Returns
    -------
    Comparison
    CannotSay
        If there are fewer than ten students, if all answers are right or wrong, or no model could run.

    Raises
    ------
    ValueError
        If ``n_folds`` is below 2 or above the number of students.
    Mendable
        If ``folder`` holds another comparison.

    Source
    ------
    Breiman et al. (1984), Classification and Regression Trees, section 3.4.3.
    """
    if (cannot := _too_little(log)) is not None:
        return cannot
    some = some_students(log, most_rows, seed=seed)
    which = fold_of(some.n_students, n_folds, seed=seed)
    keep = None
    if folder is not None:
        keep = Keep(folder=folder, about=fingerprint(some, n_folds=n_folds, seed=seed))
    run = _Run(some, n_folds, len(models), keep, progress)
    for fold in split(some, which):
        run.fold(fold, models)
    if not run.held():
        whys = "; ".join(f"{name}: {why}" for name, why in run.left_out.items())
        return _cannot(f"no model could run ({whys})", "what each of them needs")
    return _compared(run, which, models, log.n_students, n_folds, level, seed)


def _too_little(log: Coded) -> CannotSay | None:
    if log.n_students < FEWEST_STUDENTS:
        return _cannot(
            f"the log holds {counted(log.n_students, 'student')}", f"at least {FEWEST_STUDENTS} students"
        )
    mean = float(log.correct.mean(dtype=np.float64)) if log.n_rows else 0.0
    if not 0 < mean < 1:
        return _cannot(f"all answers are {'right' if mean else 'wrong'}", "right and wrong answers")
    return None


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="Which model may speak for this log?", reason=reason, would_need=would_need, check=CHECK
    )


class _Run:
    """Predictions, filled in fold by fold; a model that cannot run in one fold is left out of all."""

    def __init__(
        self, log: Coded, n_folds: int, n_models: int, keep: Keep | None, progress: Progress | None
    ) -> None:
        self.log, self.keep, self.progress = log, keep, progress
        self.done, self.all = 0, n_folds * n_models
        self.predicted: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
        self.endings: dict[str, list[Done]] = {}
        self.left_out: dict[str, str] = {}

    def fold(self, fold: Fold, models: Sequence[Contender]) -> None:
        for model in models:
            self._tell(f"{model.name}, fold {fold.number + 1}")
            if model.name not in self.left_out:
                self._one(model, fold)
            self.done += 1
        self._tell("")

    def _one(self, model: Contender, fold: Fold) -> None:
        done = self.keep.find(model.name, fold.number) if self.keep else None
        if done is None:
            found = _predict(model, fold)
            if isinstance(found, str):
                self.left_out[model.name] = found
                return
            done = found
            if self.keep:
                self.keep.put(model.name, fold.number, done)
        if model.name not in self.predicted:
            self.predicted[model.name] = np.full(self.log.n_rows, np.nan)
        self.predicted[model.name][fold.rows] = done.predicted
        self.endings.setdefault(model.name, []).append(done)

    def _tell(self, what: str) -> None:
        if self.progress is not None:
            self.progress(self.done, self.all, what)

    def held(self) -> dict[str, Held]:
        """What could be predicted throughout."""
        return {
            name: Held(
                name=name,
                predicted=predicted,
                converged=all(done.converged for done in self.endings[name]),
                said=tuple(done.said for done in self.endings[name]),
            )
            for name, predicted in self.predicted.items()
            if name not in self.left_out
        }


# What a log may do to arithmetic. Anything else is our bug and keeps its traceback.
_CANNOT_RUN = (ModuleNotFoundError, ValueError, ArithmeticError, MemoryError, np.linalg.LinAlgError)


def _predict(model: Contender, fold: Fold) -> Done | str:
    """The fold's predictions, or why there are none."""
    try:
        fit = model.load()(fold.learn)
        if isinstance(fit, CannotSay):
            return f"{fit.reason}; it would need {fit.would_need}"
        predicted = fit.predict(fold.test)
    except _CANNOT_RUN as fault:
        return f"it cannot run here ({fault})"
    if not np.all((predicted >= 0) & (predicted <= 1)):
        return "it said what is no chance between 0 and 1"
    return Done(predicted=predicted, converged=fit.ended.converged, said=fit.ended.said)


def _compared(
    run: _Run,
    which: np.ndarray[tuple[int], np.dtype[np.int64]],
    models: Sequence[Contender],
    n_students_of_log: int,
    n_folds: int,
    level: float,
    seed: int,
) -> Comparison:
    held = run.held()
    losses = {name: log_loss_of(run.log, one) for name, one in held.items()}
    best = min(losses, key=lambda name: losses[name].value)
    results = tuple(
        judge(run.log, which, held[model.name], words=model.words, best=losses[best], level=level)
        for model in models
        if model.name in held
    )
    return Comparison(
        results=results,
        left_out=tuple(LeftOut(name=name, why=why) for name, why in run.left_out.items()),
        best=best,
        chosen=simplest_as_good(results),
        n_rows=run.log.n_rows,
        n_students=run.log.n_students,
        n_students_of_log=n_students_of_log,
        n_folds=n_folds,
        seed=seed,
        level=level,
    )


def simplest_as_good(results: Sequence[Result]) -> str:
    """The first, from the simplest on, within one standard error of the best."""
    return next(one.name for one in results if one.worse_by.value <= one.worse_by.standard_error)
