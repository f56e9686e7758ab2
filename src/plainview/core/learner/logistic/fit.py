"""Fit one of the logistic models to a log, and predict one step ahead with it.

In:   a coded log, a model's name, penalties if the stated ones are not wanted.
Out:  a fit that says how it ended, predicts, explains and tells its weights; or that it cannot be said.
Not here: what the columns hold (past, times), the search (solve), cross-validation (held_out).

Sources: Cen, Koedinger & Junker (2006), ITS, 164-175 (AFM); Pavlik, Cen & Koedinger (2009), AIED, 531-538
(PFA); Gervet, Koedinger, Schneider & Mitchell (2020), JEDM 12(3), 31-54 (Best-LR).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.explanation import Explanation
from plainview.core.learner.logistic import layout as shapes
from plainview.core.learner.logistic import population as people
from plainview.core.learner.logistic import told
from plainview.core.learner.logistic.curvature import Curvature, curvature, diagonal
from plainview.core.learner.logistic.design import ROWS_IN_DOUBLE, ROWS_KEPT, Chunk, Design, Names
from plainview.core.learner.logistic.layout import Layout
from plainview.core.learner.logistic.population import Population
from plainview.core.learner.logistic.solve import MOST_STEPS, Solution, log_odds, minimise, probabilities
from plainview.core.logs.coded import Coded
from plainview.core.stats.ended import Ended

CHECK = "learner.logistic/1"
QUESTION = "How likely is the next answer right?"
FEWEST_ROWS, FEWEST_STUDENTS = 20, 2

# The search ends when another step would win less log-likelihood than this, of all rows together: what
# double and single precision can hold.
TOLERANCE, TOLERANCE_SINGLE = 1e-13, 1e-4
# The curvature that guides the search, and the one that standard errors rest on, need no more rows than this.
ROWS_FOR_STEPS, ROWS_FOR_ERRORS = 100_000, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticFit:
    """A fitted model. Read ``ended`` first."""

    layout: Layout
    names: Names
    population: Population
    coefficients: NDArray[np.float64]  # intercept, columns, then the blocks (design.places)
    covariance: NDArray[np.float64]  # (1 + n_columns, 1 + n_columns), of intercept and columns
    means: NDArray[np.float64]  # (1 + n_columns,) of the training rows: where an explanation starts
    ended: Ended
    gradient_norm: float  # largest component, a row
    n_students: int
    n_rows: int

    @property
    def model(self) -> str:
        return self.layout.model

    def predict(self, log: Coded) -> NDArray[np.float64]:
        """One step ahead: P(right) of each row from the same student's earlier rows and the population.

        Items and skills are known by name. What the fit never saw adds nothing of its own: an unknown item
        is taken for an average one of its skills, an unknown student (AFM) for an average one.

        Returns
        -------
        (n_rows,) float, 0..1
        """
        predicted = np.empty(log.n_rows)
        for chunk in self.design(log).chunks():
            predicted[chunk.rows] = probabilities(log_odds(chunk, self.coefficients))
        return predicted

    def explain(self, log: Coded, row: int) -> Explanation:
        """What moved the prediction of one row: exactly additive on the log-odds.

        The base is what the model says with every column at the training rows' mean and no block.
        """
        if not 0 <= row < log.n_rows:
            raise ValueError(f"row {row}: expected 0 to {log.n_rows - 1}.")
        student = int(log.student[row])
        chunk = self.design(log, np.array([student])).chunk(0)
        return told.explain(self, chunk, int(np.searchsorted(chunk.rows, row)))

    def weights(self) -> tuple[told.Weight, ...]:
        """Every column's weight by name: with its standard error, as an odds ratio, and as a sentence."""
        return told.weights(self)

    def block(self, name: str) -> NDArray[np.float64]:
        """The weights of a block, one for each student, item or skill by the names of the fit."""
        return told.block(self, name)

    def design(self, log: Coded, students: NDArray[np.int64] | None = None) -> Design:
        """The log as this fit sees it, in double precision."""
        return Design(
            log=log,
            layout=self.layout,
            names=self.names,
            usual=self.population.usual(log),
            groups=log.by_student(),
            students=np.arange(log.n_students) if students is None else students,
            double=True,
        )


def fit(
    log: Coded,
    *,
    model: str = "extended",
    penalty: Mapping[str, float] | None = None,
    without: Collection[str] = (),
    most_steps: int = MOST_STEPS,
) -> LogisticFit | CannotSay:
    """Fit a logistic model by penalised maximum likelihood.

    Parameters
    ----------
    log : Coded
        Every row is one first attempt, however many skills it has.
    model : "extended", "pfa", "afm" or "best_lr"
        docs/methods/logistic.md says what each holds.
    penalty : by block, 1 / prior variance of its weights
        Blocks not named keep the stated default (``layout``). The intercept carries none.
    without : families of columns, or blocks, to leave out
        "counts", "rates", "recent", "ability", "row", "times" of the extended model.
    most_steps : where the search gives up; the fit then says that it did not converge

    Returns
    -------
    LogisticFit
    CannotSay
        If there are fewer than 20 answers or 2 students, or all answers are alike.

    Raises
    ------
    ValueError
        If a model, family or block is not known, or a penalty is not above 0.
    """
    layout = shapes.of(model, with_times=log.at_ms is not None, without=without, penalty=penalty)
    refusal = cannot_say(log)
    if refusal is not None:
        return refusal
    sums = people.sums(log)
    design = training_design(log, layout, people.population(log, sums))
    keep = tuple(design.chunks()) if log.n_rows <= ROWS_KEPT else None
    return fit_design(design, people.population(log, sums), keep, most_steps=most_steps)


def cannot_say(log: Coded) -> CannotSay | None:
    """Why this log carries no fit, or None."""
    n_students = len(np.unique(log.student)) if log.n_rows < FEWEST_ROWS * 100 else FEWEST_STUDENTS
    refuse = partial(CannotSay, question=QUESTION, check=CHECK)
    if log.n_rows < FEWEST_ROWS or n_students < FEWEST_STUDENTS:
        return refuse(
            reason=f"the log holds {log.n_rows} answers of {n_students} students",
            would_need=f"at least {FEWEST_ROWS} answers of {FEWEST_STUDENTS} students",
        )
    if float(log.correct.min()) == float(log.correct.max()):
        return refuse(
            reason=f"all {log.n_rows} answers are alike ({float(log.correct[0]):g})",
            would_need="right answers and wrong ones",
        )
    return None


def training_design(log: Coded, layout: Layout, population: Population) -> Design:
    """The log as a model of this layout sees it while its weights are looked for."""
    return Design(
        log=log,
        layout=layout,
        names=Names(students=log.students, items=log.items, skills=log.skills),
        usual=population.usual(log),
        groups=log.by_student(),
        students=np.arange(log.n_students),
        double=log.n_rows <= ROWS_IN_DOUBLE,
    )


def fit_design(
    design: Design, population: Population, kept: tuple[Chunk, ...] | None, *, most_steps: int
) -> LogisticFit:
    """Search, then say how sure each column's weight is."""
    penalty = penalties(design)
    solution = search(design, kept, penalty, np.zeros(len(penalty)), most_steps)
    bend = bent(design, kept, solution.weights, penalty, ROWS_FOR_ERRORS)
    chunks = kept or design.chunks()
    return LogisticFit(
        layout=design.layout,
        names=design.names,
        population=population,
        coefficients=solution.weights,
        covariance=bend.covariance,
        means=sum(c.dense.sum(axis=0, dtype=np.float64) for c in chunks) / design.n_rows,
        ended=solution.ended,
        gradient_norm=solution.gradient_norm,
        n_students=len(design.students),
        n_rows=design.n_rows,
    )


def penalties(design: Design) -> NDArray[np.float64]:
    """One for each weight: none for the intercept, the columns' for each column, each block's for its own."""
    by, layout = design.layout.penalty, design.layout
    columns = np.full(len(layout.columns), by[shapes.COLUMNS])
    blocks = [np.full(design.names.size(block), by[block]) for block in layout.blocks]
    return np.concatenate([[0.0], columns, *blocks])


def search(
    design: Design,
    kept: tuple[Chunk, ...] | None,
    penalty: NDArray[np.float64],
    start: NDArray[np.float64],
    most_steps: int,
) -> Solution:
    """A first search on some students where there are many, then the whole log from there."""
    tolerance = TOLERANCE if design.double else TOLERANCE_SINGLE
    some = _some(design, kept, ROWS_FOR_STEPS)
    if design.n_rows > 3 * ROWS_FOR_STEPS and not start.any():
        few = tuple(some)
        n_few = sum(len(chunk.right) for chunk in few)
        bend = curvature(few, start, penalty)
        first = partial(minimise, lambda: few, start=start, penalty=penalty, curve=bend.step)
        start = first(n_rows=n_few, tolerance=0.1).weights
    bend = bent(design, kept, start, penalty, ROWS_FOR_STEPS)
    return minimise(
        lambda: kept or design.chunks(),
        start=start,
        penalty=penalty,
        curve=bend.step,
        n_rows=design.n_rows,
        tolerance=tolerance,
        most_steps=most_steps,
    )


def bent(
    design: Design,
    kept: tuple[Chunk, ...] | None,
    weights: NDArray[np.float64],
    penalty: NDArray[np.float64],
    n_rows: int,
) -> Curvature:
    """The curvature on about ``n_rows`` of the rows, stretched to all of them."""
    some = _some(design, kept, n_rows)
    if design.n_rows < 2 * n_rows:
        return curvature(some, weights, penalty)
    whole = diagonal(kept or design.chunks(), weights)
    return curvature(some, weights, penalty, whole=whole)


def _some(design: Design, kept: tuple[Chunk, ...] | None, n_rows: int) -> Iterable[Chunk]:
    """Every so-manieth chunk, so that about ``n_rows`` rows are seen from all over the log."""
    every = max(1, design.n_rows // n_rows)
    places = range(0, len(design.stretches), every)
    return (kept[n] if kept else design.chunk(n) for n in places)
