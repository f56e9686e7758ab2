"""Fit one of the logistic models to a log, and predict one step ahead with it.

In:   a coded log, a model's name, penalties if the stated ones are not wanted.
Out:  a fit that says how it ended, predicts, explains and tells its weights; or that it cannot be said.
Not here: what the columns hold (past, times), the search (solve), cross-validation (held_out).

Sources: Cen, Koedinger & Junker (2006), ITS, 164-175 (AFM); Pavlik, Cen & Koedinger (2009), AIED, 531-538
(PFA); Gervet, Koedinger, Schneider & Mitchell (2020), JEDM 12(3), 31-54 (Best-LR).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.explanation import Explanation
from plainview.core.learner.logistic import layout as shapes
from plainview.core.learner.logistic import population as people
from plainview.core.learner.logistic import search, told, unseen
from plainview.core.learner.logistic.design import ROWS_IN_DOUBLE, ROWS_KEPT, Chunk, Design, Names, often
from plainview.core.learner.logistic.layout import Layout
from plainview.core.learner.logistic.population import Population
from plainview.core.learner.logistic.solve import MOST_STEPS, log_odds, probabilities
from plainview.core.logs.coded import Coded
from plainview.core.logs.spaced import some
from plainview.core.plural import counted
from plainview.core.stats.ended import Ended

CHECK = "learner.logistic/1"
QUESTION = "How likely is the next answer right?"
FEWEST_ROWS, FEWEST_STUDENTS = 20, 2
# An item has a weight of its own after another item's answer where so many rows bear on it.
FEWEST_FOLLOWED = 10

# Standard errors rest on the curvature of about so many rows, stretched to all.
ROWS_FOR_ERRORS = 1_000_000


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
        is taken for an average one of its skills; of an unknown student (AFM) only is known how students
        differ, and what is said of her is less sure (unseen).

        Returns
        -------
        (n_rows,) float, 0..1
        """
        predicted = np.empty(log.n_rows)
        design = self.design(log)
        for chunk in design.chunks():
            z = log_odds(chunk, self.coefficients) * self.drawn_in(design, chunk)
            predicted[chunk.rows] = probabilities(z)
        return predicted

    def drawn_in(self, design: Design, chunk: Chunk) -> NDArray[np.float64]:
        """(n_rows,) by how much a row's log-odds are drawn in: 1 but for students whom AFM has not seen."""
        known = design.codes["student"][design.log.student[chunk.rows]] >= 0
        return unseen.drawn_in(self.layout.blocks, self.layout.penalty, known)

    def explain(self, log: Coded, row: int) -> Explanation:
        """What moved the prediction of one row: exactly additive on the log-odds.

        The base is what the model says with every column at the training rows' mean and no block. Of a
        student whom AFM has not seen, base and parts are drawn in alike.
        """
        if not 0 <= row < log.n_rows:
            raise ValueError(f"row {row}: expected 0 to {log.n_rows - 1}.")
        student = int(log.student[row])
        design = self.design(log, np.array([student]))
        chunk = design.chunk(0)
        place = int(np.searchsorted(chunk.rows, row))
        return told.explain(self, chunk, place, drawn_in=float(self.drawn_in(design, chunk)[place]))

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
    most_rows: int | None = None,
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
        Blocks not named are chosen from the log, and ``layout.penalty`` of the fit says what was chosen.
        The intercept carries none.
    without : families of columns, or blocks, to leave out
        "counts", "rates", "recent", "ability", "row", "times" of the extended model.
    most_rows : of a longer log, evenly spaced students with about so many rows; None: all of it
        ``ended`` and ``n_rows`` say how many it was. Each step of the search goes through all of them.
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
    whole, log = log, log if most_rows is None else some(log, most_rows)
    refusal = cannot_say(log)
    if refusal is not None:
        return refusal
    sums = people.sums(log)
    design = training_design(log, layout, people.population(log, sums))
    keep = tuple(design.chunks()) if log.n_rows <= ROWS_KEPT else None
    found = fit_design(design, people.population(log, sums), keep, most_steps=most_steps)
    return found if log is whole else replace(found, ended=_of_some(found.ended, log, whole))


def _of_some(ended: Ended, some: Coded, whole: Coded) -> Ended:
    of = f"{some.n_rows:,} of {whole.n_rows:,} answers, those of evenly spaced students"
    return replace(ended, said=f"{ended.said}; fitted to {of}")


def cannot_say(log: Coded) -> CannotSay | None:
    """Why this log carries no fit, or None."""
    n_students = len(np.unique(log.student)) if log.n_rows < FEWEST_ROWS * 100 else FEWEST_STUDENTS
    refuse = partial(CannotSay, question=QUESTION, check=CHECK)
    if log.n_rows < FEWEST_ROWS or n_students < FEWEST_STUDENTS:
        return refuse(
            reason=f"the log holds {counted(log.n_rows, 'answer')} of {counted(n_students, 'student')}",
            would_need=f"at least {FEWEST_ROWS} answers of {FEWEST_STUDENTS} students",
        )
    if float(log.correct.min()) == float(log.correct.max()):
        return refuse(
            reason=f"all {counted(log.n_rows, 'answer')} are alike ({float(log.correct[0]):g})",
            would_need="right answers and wrong ones",
        )
    return None


def training_design(log: Coded, layout: Layout, population: Population) -> Design:
    """The log as a model of this layout sees it while its weights are looked for."""
    nothing = np.empty(0, dtype=np.int64)
    names = Names(students=log.students, items=log.items, skills=log.skills, followed=nothing)
    design = Design(
        log=log,
        layout=layout,
        names=names,
        usual=population.usual(log),
        groups=log.by_student(),
        students=np.arange(log.n_students),
        double=log.n_rows <= ROWS_IN_DOUBLE,
    )
    return with_followed(design)


def with_followed(design: Design) -> Design:
    """With the pairs of items that its students' rows show often enough, where the layout asks for them."""
    if shapes.AFTER not in design.layout.blocks:
        return design
    return replace(design, names=replace(design.names, followed=often(design, FEWEST_FOLLOWED)))


def fit_design(
    design: Design, population: Population, kept: tuple[Chunk, ...] | None, *, most_steps: int
) -> LogisticFit:
    """Search, then say how sure each column's weight is."""
    found = search.search(design, kept, most_steps=most_steps)
    solution = found.solution
    bend = search.bent(design, kept, solution.weights, found.prior, ROWS_FOR_ERRORS)
    return LogisticFit(
        layout=replace(design.layout, penalty=found.strengths),
        names=design.names,
        population=population,
        coefficients=solution.weights,
        covariance=bend.covariance,
        means=search.means(design, kept, ROWS_FOR_ERRORS),
        ended=solution.ended,
        gradient_norm=solution.gradient_norm,
        n_students=len(design.students),
        n_rows=design.n_rows,
    )
