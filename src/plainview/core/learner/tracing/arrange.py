"""A log, laid out as a variant of the model sees it.

In:   a coded log; which variant; how the students' form is cut.
Out:  the sequences of answers, and whose guess, slip and start each of them uses.
Not here: the numbers.

Variants. ``forgets``: what is known may be lost between two answers. ``by_item``: guess and slip belong to an
item of a skill, not to the skill (KT-IDEM; Pardos & Heffernan 2011, UMAP, 243-254). ``by_student``: P(known)
at the start belongs to a skill and to how the student did in all her earlier rows (Pardos & Heffernan 2010,
UMAP, 255-266, prior per student, by percent correct; here from earlier rows alone, so that nothing of the
future is used).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import (
    PAYS_TO_COMPILE,
    Grown,
    Sequences,
    Tree,
    grow,
    grow_in_order,
    sequences,
)
from plainview.core.learner.tracing.numbers import Layout
from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
N_FORMS = (
    5  # 0: too few earlier rows to say; 1 to 4: quarters, from those who did worst to those who did best
)
FEWEST_EARLIER = 3
DRAWN_IN_BY = 5.0  # as many average rows are added to a student's earlier rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Which published departures from the plain model are on. None: Corbett & Anderson's."""

    forgets: bool = False
    by_item: bool = False
    by_student: bool = False

    def __str__(self) -> str:
        on = [name for name in ("forgets", "by_item", "by_student") if getattr(self, name)]
        return "plain" if not on else ", ".join(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a student's earlier rows are read: right answers beyond what their skills' shares expect."""

    rates: Floats  # (n_skills,) share right, by the fitted log's codes
    cuts: Floats  # (N_FORMS - 2,) quarters of the fitted log


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    told: Sequences
    layout: Layout
    cell_item: NDArray[np.int32] | None  # (n_cells,) the item of each cell, by the log's codes

    def grow(self, *, places: bool = False) -> Grown:
        return grow(
            self.told,
            cell_skill=self.layout.cell_skill,
            start_skill=self.layout.start_skill,
            n_skills=self.layout.n_skills,
            places=places,
        )


def plain_layout(n_skills: int, *, forgets: bool) -> Layout:
    """One number of each kind a skill."""
    skills = np.arange(max(n_skills, 1), dtype=np.int32)
    return Layout(start_skill=skills, cell_skill=skills, n_skills=len(skills), forgets=forgets)


def plain_tree(log: Coded, layout: Layout) -> Tree:
    """The histories of a log where all items and students of a skill share its numbers."""
    if log.n_pairs >= PAYS_TO_COMPILE:
        return grow_in_order(log)
    return Arranged(told=sequences(log), layout=layout, cell_item=None).grow().tree


def arrange(log: Coded, variant: Variant, form: Form | None = None) -> Arranged:
    """Lay out ``log``; ``form`` is needed where students differ, its rates by this log's skills."""
    told, n_skills = sequences(log), max(log.n_skills, 1)
    cell_skill, cell_item = np.arange(n_skills, dtype=np.int32), None
    start_skill = cell_skill
    if variant.by_item:
        told, cell_skill, cell_item = _by_item(log, told)
    if variant.by_student and form is not None:
        forms = forms_of(log, form)[told.row[told.begins]]
        told = replace(told, start=(told.skill * N_FORMS + forms).astype(np.int32))
        start_skill = np.repeat(np.arange(n_skills, dtype=np.int32), N_FORMS)
    layout = Layout(
        start_skill=start_skill, cell_skill=cell_skill, n_skills=n_skills, forgets=variant.forgets
    )
    return Arranged(told=told, layout=layout, cell_item=cell_item)


def _by_item(log: Coded, told: Sequences) -> tuple[Sequences, NDArray[np.int32], NDArray[np.int32]]:
    skill = np.repeat(told.skill, told.lengths).astype(np.int64)
    pairs, cell = np.unique(skill * log.n_items + log.item[told.row], return_inverse=True)
    item = (pairs % max(log.n_items, 1)).astype(np.int32)
    return replace(told, cell=cell.astype(np.int32)), (pairs // max(log.n_items, 1)).astype(np.int32), item


def how_they_do(log: Coded) -> Form:
    """The shares and quarters of a log that is fitted."""
    rows = log.pair_row()
    hits = np.bincount(log.skill, log.correct[rows], log.n_skills)
    # One row more at the log's own share, so that a skill with one answer is not all or nothing.
    share = float(log.correct.mean()) if log.n_rows else 0.5
    rates = (hits + share) / (np.bincount(log.skill, minlength=log.n_skills) + 1)
    score, n_earlier = _earlier(log, rates)
    told = score[n_earlier >= FEWEST_EARLIER]
    cuts = np.quantile(told, [0.25, 0.5, 0.75]) if len(told) else np.zeros(3)
    return Form(rates=rates, cuts=cuts)


def forms_of(log: Coded, form: Form) -> NDArray[np.int64]:
    """(n_rows,) which form the student was in before each row."""
    score, n_earlier = _earlier(log, form.rates)
    return np.where(n_earlier < FEWEST_EARLIER, 0, 1 + np.searchsorted(form.cuts, score, side="right"))


def _earlier(log: Coded, rates: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Before each row: right answers beyond the expected a row, drawn in; and how many rows there were."""
    n_skills_of = np.diff(log.skill_from)
    expected = np.bincount(log.pair_row(), rates[log.skill], log.n_rows) / np.maximum(n_skills_of, 1)
    beyond = np.where(n_skills_of > 0, log.correct - expected, 0.0)
    groups = log.by_student()
    so_far = np.cumsum(beyond[groups.order]) - beyond[groups.order]
    so_far -= np.repeat(so_far[groups.starts[:-1][groups.sizes > 0]], groups.sizes[groups.sizes > 0])
    score, place = np.empty(log.n_rows), groups.place()
    score[groups.order] = so_far
    return score / (place + DRAWN_IN_BY), place
