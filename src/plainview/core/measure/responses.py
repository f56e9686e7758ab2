"""From a learning log to a table of responses: each student's first attempt at each item.

In:   a log as numbers.
Out:  students x items, NaN where a student did not meet the item; and what was collapsed, in words.
Not here: what the table says (items, classical, irt, dif).

A log is not a test. Students meet items in their own order and learn on the way, so one ability for a whole
log is a coarse picture: items that come late look easier than they are. And in a product that chooses items
by answers, who met an item is no accident; the response models allow for that (what was not met says nothing
beyond the answers that led there), sums of scores do not.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.logs.coded import Coded
from plainview.core.plural import counted

CHECK = "measure.responses/1"
FEWEST_ANSWERS = 20  # of an item; below it its numbers would only be its model's
MOST_CELLS = 200_000_000  # students x items, four bytes each


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Responses:
    """A table that response models and test theory read, and how it came about."""

    answers: NDArray[np.float32]  # (n_students, n_items) whole numbers from 0; NaN where not met
    students: tuple[str, ...]
    items: tuple[str, ...]
    n_categories: int
    n_rows: int  # of the log, or of the students that were taken from it
    n_repeats: int  # later attempts of a student at an item: left out
    n_rounded: int  # answers that were partly right, and stand at the nearest category
    n_items_left_out: int
    n_students_left_out: int  # of a log too large for one table, or without an answer to an item that stayed
    said: tuple[str, ...]

    @property
    def share_given(self) -> float:
        return float((~np.isnan(self.answers)).mean()) if self.answers.size else 0.0


def responses(
    log: Coded,
    *,
    n_categories: int = 2,
    fewest_answers: int = FEWEST_ANSWERS,
    most_cells: int = MOST_CELLS,
) -> Responses | CannotSay:
    """Each student's first attempt at each item.

    Parameters
    ----------
    log : Coded
    n_categories : int
        2 for right and wrong: an answer that is half right or more counts as right. With more, shares are
        put at the nearest of so many equal steps from 0 to 1.
    fewest_answers : int
        Items that fewer students met are left out.
    most_cells : int
        Of a larger table only evenly spaced students are taken, and ``said`` tells how many.

    Returns
    -------
    Responses
    CannotSay
        If no item was met by ``fewest_answers`` students.

    Raises
    ------
    ValueError
        If ``n_categories`` is not from 2 to 31, or ``fewest_answers`` is below 1.
    """
    if not 2 <= n_categories <= 31 or fewest_answers < 1:
        raise ValueError(
            f"found {n_categories} categories and at least {fewest_answers} answers an item, "
            "expected 2 to 31 and at least 1."
        )
    most = max(1, most_cells // max(log.n_items, 1))
    taken = log if log.n_students <= most else _spaced(log, most)
    first = _first(taken)
    n_met = np.bincount(taken.item[first], minlength=taken.n_items)
    kept = np.flatnonzero(n_met >= fewest_answers)
    if not len(kept):
        return CannotSay(
            question="Which responses does this log hold?",
            reason=f"none of {counted(log.n_items, 'item')} was met by {counted(fewest_answers, 'student')}",
            would_need=f"items that at least {counted(fewest_answers, 'student')} met",
            check=CHECK,
        )
    return _told(_laid(taken, first, kept, n_categories), log, fewest_answers)


def _spaced(log: Coded, n_students: int) -> Coded:
    which = np.unique(np.linspace(0, log.n_students - 1, n_students).astype(np.int64))
    return log.take(which)


def _first(log: Coded) -> NDArray[np.int64]:
    """The rows that are a student's first at their item, in the order of the log."""
    pairs = log.student.astype(np.int64) * max(log.n_items, 1) + log.item
    return np.sort(np.unique(pairs, return_index=True)[1])


def _laid(log: Coded, first: NDArray[np.int64], kept: NDArray[np.int64], n_categories: int) -> Responses:
    """The table; students without an answer to a kept item fall away."""
    column = np.full(log.n_items, -1)
    column[kept] = np.arange(len(kept))
    rows = first[column[log.item[first]] >= 0]
    there = np.unique(log.student[rows])
    line = np.full(log.n_students, -1)
    line[there] = np.arange(len(there))
    shown = log.correct[rows].astype(np.float64) * (n_categories - 1)
    # A half is nearer to right: np.rint would send it to the even side.
    code = np.floor(shown + 0.5)
    answers = np.full((len(there), len(kept)), np.nan, dtype=np.float32)
    answers[line[log.student[rows]], column[log.item[rows]]] = code
    return Responses(
        answers=answers,
        students=tuple(log.students[s] for s in there.tolist()),
        items=tuple(log.items[i] for i in kept.tolist()),
        n_categories=n_categories,
        n_rows=log.n_rows,
        n_repeats=log.n_rows - len(first),
        n_rounded=int((np.abs(code - shown) > 1e-6).sum()),
        n_items_left_out=log.n_items - len(kept),
        n_students_left_out=log.n_students - len(there),
        said=(),
    )


def _told(found: Responses, log: Coded, fewest: int) -> Responses:
    """What was collapsed, each in a sentence."""
    n_left = log.n_students - len(found.students)
    table = f"{counted(len(found.students), 'student')} x {counted(len(found.items), 'item')}"
    said = [
        f"{table}, {100 * found.share_given:.0f} % of it answered: "
        "the first attempt of each student at each item"
    ]
    if found.n_repeats:
        said.append(f"{counted(found.n_repeats, 'later attempt', 'are')} left out")
    if found.n_rounded:
        steps = "right or wrong" if found.n_categories == 2 else f"one of {found.n_categories} steps"
        said.append(
            f"{counted(found.n_rounded, 'partly right answer', 'are')} taken for the nearest: {steps}"
        )
    if found.n_items_left_out:
        said.append(
            f"{counted(found.n_items_left_out, 'item', 'are')} left out that fewer than {fewest} students met"
        )
    if n_left:
        said.append(
            f"{counted(n_left, 'student', 'are')} left out: too many for one table, or without an answer"
        )
    said.append("one ability a student is taken for the whole log, though she may have learned on the way")
    return replace(found, n_students_left_out=n_left, said=tuple(said))
