"""How well does a model foresee students it never saw? Every student is held out once.

In:   a coded log, the fold of each student.
Out:  a prediction of every row by a model that was fitted without that student's fold.
Not here: which folds (whoever asks draws them, with a seed), what the predictions are worth (choosing).

Nothing of a held-out student reaches the model: what the population says of items is summed anew without her
fold, and the search ends only when another step would win next to nothing, wherever it started from.
What folds may share is work: sums are subtracted, a fold's search starts where the last one ended, and where
a row's numbers rest on nothing but the same student's earlier rows, they are made once for all folds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.logistic import fit as fits
from plainview.core.learner.logistic import layout as shapes
from plainview.core.learner.logistic import population as people
from plainview.core.learner.logistic import unseen
from plainview.core.learner.logistic.design import ROWS_KEPT, Chunk, Design, places
from plainview.core.learner.logistic.population import Sums
from plainview.core.learner.logistic.search import search
from plainview.core.learner.logistic.solve import log_odds, probabilities
from plainview.core.logs.coded import Coded
from plainview.core.stats.ended import Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """A prediction of every row, by a model that never saw its student."""

    predicted: NDArray[np.float64]  # (n_rows,)
    ended: tuple[Ended, ...]  # one a fold
    n_students: int
    n_rows: int


def predict(
    log: Coded,
    *,
    fold: NDArray[np.integer],
    model: str = "extended",
    penalty: Mapping[str, float] | None = None,
    without: Collection[str] = (),
) -> HeldOut | CannotSay:
    """Predict every row of the log by a model fitted to the other folds' students.

    Parameters
    ----------
    log : Coded
    fold : (n_students,) whole numbers, 0 to n_folds - 1
        The fold of each student, by her code.
    model, penalty, without
        As in ``fit``.

    Returns
    -------
    HeldOut
    CannotSay
        If the students outside some fold carry no fit.

    Raises
    ------
    ValueError
        If ``fold`` does not name one fold for each student, at least two folds in all.
    """
    fold = np.asarray(fold)
    if fold.shape != (log.n_students,) or len(np.unique(fold)) < 2:
        raise ValueError(
            f"fold of shape {fold.shape}: expected a fold for each of {log.n_students} students."
        )
    layout = shapes.of(model, with_times=log.at_ms is not None, without=without, penalty=penalty)
    for one in np.unique(fold):
        refusal = fits.cannot_say(log.take(fold != one)) if log.n_rows < 10_000 else fits.cannot_say(log)
        if refusal is not None:
            return refusal
    total = people.sums(log)
    return _folds(fits.training_design(log, layout, people.population(log, total)), fold, total)


def _folds(everyone: Design, fold: NDArray[np.integer], total: Sums) -> HeldOut:
    log = everyone.log
    predicted, ended, made = np.empty(log.n_rows), [], _made_once(everyone, fold)
    before: tuple[NDArray[np.float64], Design] | None = None
    for one in np.unique(fold).tolist():
        left = total.without(_sums_of(everyone, np.flatnonzero(fold == one)))
        others = fits.with_followed(_without(everyone, np.flatnonzero(fold != one), left))
        kept = _of_others(made, one) if made else _kept(others)
        found = search(others, kept, before=_carried(*before, others) if before else None)
        weights = np.where(_seen(others, left), found.solution.weights, 0)
        before = (weights, others)
        ended.append(found.solution.ended)
        hers = made[one] if made else replace(others, students=np.flatnonzero(fold == one)).chunks()
        nobody = np.zeros(1, dtype=np.bool_)
        drawn = float(unseen.drawn_in(others.layout.blocks, found.strengths, nobody)[0])
        _predict(hers, weights, drawn, predicted)
    return HeldOut(predicted=predicted, ended=tuple(ended), n_students=log.n_students, n_rows=log.n_rows)


def _without(everyone: Design, others: NDArray[np.int64], left: Sums) -> Design:
    """The design of the others, with what they alone say of items, where anything rests on that."""
    if not everyone.layout.asks_others:
        return replace(everyone, students=others)
    usual = people.population(everyone.log, left).usual(everyone.log)
    return replace(everyone, students=others, usual=usual)


def _made_once(everyone: Design, fold: NDArray[np.integer]) -> dict[int, tuple[Chunk, ...]]:
    """The chunks of each fold's students; none where folds differ in them, or the log is too long to keep."""
    if everyone.layout.asks_others or everyone.n_rows > ROWS_KEPT:
        return {}
    return {
        one: tuple(replace(everyone, students=np.flatnonzero(fold == one)).chunks())
        for one in np.unique(fold).tolist()
    }


def _of_others(made: dict[int, tuple[Chunk, ...]], one: int) -> tuple[Chunk, ...]:
    return tuple(chunk for other, chunks in made.items() if other != one for chunk in chunks)


def _kept(design: Design) -> tuple[Chunk, ...] | None:
    return tuple(design.chunks()) if design.n_rows <= ROWS_KEPT else None


def _carried(weights: NDArray[np.float64], of: Design, to: Design) -> NDArray[np.float64]:
    """The weights of one fold as another's: folds differ in which items often follow which."""
    n_dense, blocks = 1 + len(of.layout.columns), []
    for block, begin, end in places(of.layout, of.names):
        own = weights[n_dense + begin : n_dense + end]
        blocks.append(_refollowed(own, of, to) if block == shapes.AFTER else own)
    return np.concatenate([weights[:n_dense], *blocks])


def _refollowed(own: NDArray[np.float64], of: Design, to: Design) -> NDArray[np.float64]:
    known, place, _ = np.intersect1d(to.names.followed, of.names.followed, return_indices=True)
    carried = np.zeros(len(to.names.followed))
    carried[place] = own[np.searchsorted(of.names.followed, known)]
    return carried


def _sums_of(design: Design, students: NDArray[np.int64]) -> Sums:
    rows = np.concatenate([design.groups.of(student) for student in students.tolist()])
    return people.sums(design.log, rows)


def _seen(design: Design, sums: Sums) -> NDArray[np.bool_]:
    """Which weights some row of these students bears on; the others are 0."""
    by = {shapes.STUDENT: _chosen(design), shapes.ITEM: sums.item_n > 0, shapes.SKILL: sums.skill_n > 0}
    by[shapes.AFTER] = np.ones(len(design.names.followed), dtype=np.bool_)
    blocks = [by[block] if block in by else by[block.partition(" x ")[0]] for block in design.layout.blocks]
    return np.concatenate([np.ones(1 + len(design.layout.columns), dtype=np.bool_), *blocks])


def _chosen(design: Design) -> NDArray[np.bool_]:
    chosen = np.zeros(design.log.n_students, dtype=np.bool_)
    chosen[design.students] = True
    return chosen


def _predict(
    chunks: Iterable[Chunk], weights: NDArray[np.float64], drawn_in: float, predicted: NDArray[np.float64]
) -> None:
    """Weights of students outside the training folds are 0, and AFM is less sure of them by ``drawn_in``."""
    for chunk in chunks:
        predicted[chunk.rows] = probabilities(drawn_in * log_odds(chunk, weights))
