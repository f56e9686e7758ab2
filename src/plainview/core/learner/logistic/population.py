"""What everyone's answers say of each item: how often it is right; rare items lean on their skill.

In:   the training rows.
Out:  sums by item and skill, and from them the share right of every item of a log, known or not.
Not here: what one student did (past).

A share of few answers is not to be trusted, so each item's is drawn towards its skills', and each skill's
towards the log's, as if PRIOR_ANSWERS more answers had been given there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded, codes_in

Floats = NDArray[np.float64]
PRIOR_ANSWERS = 5.0
ROWS_AT_ONCE = 4_000_000  # sums are made in stretches, so that a long log needs no copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Answers and right ones, by item and by skill. Sums of two groups of students add and subtract."""

    item_right: Floats
    item_n: Floats
    skill_right: Floats
    skill_n: Floats

    def without(self, other: "Sums") -> "Sums":
        """The sums of everyone but these."""
        return Sums(
            item_right=self.item_right - other.item_right,
            item_n=self.item_n - other.item_n,
            skill_right=self.skill_right - other.skill_right,
            skill_n=self.skill_n - other.skill_n,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """What training rows say of items, by name."""

    share: float  # of all answers, right ones
    skill_share: Floats  # (n_skills,)
    item_share: Floats  # (n_items,) NaN where nobody answered it
    items: Sequence[str]
    skills: Sequence[str]

    def usual(self, log: Coded) -> Floats:
        """(log.n_items,) the share right of each item of ``log``; items never seen get their skills'."""
        codes = codes_in(self.items, log.items)
        known = np.append(self.item_share, np.nan)[codes]
        return np.where((codes >= 0) & ~np.isnan(known), known, self._of_skills(log))

    def _of_skills(self, log: Coded) -> Floats:
        codes = codes_in(self.skills, log.skills)
        by_skill = np.where(codes >= 0, np.append(self.skill_share, np.nan)[codes], self.share)
        return mean_of_skills(log, by_skill, self.share)


def sums(log: Coded, rows: NDArray[np.int64] | None = None) -> Sums:
    """Sums over the whole log, or over some of its rows."""
    total = [np.zeros(log.n_items), np.zeros(log.n_items), np.zeros(log.n_skills), np.zeros(log.n_skills)]
    n = log.n_rows if rows is None else len(rows)
    for start in range(0, n, ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, n)
        some = np.arange(start, stop) if rows is None else rows[start:stop]
        total = [column + more for column, more in zip(total, _sums_of(log, some), strict=True)]
    return Sums(item_right=total[0], item_n=total[1], skill_right=total[2], skill_n=total[3])


def _sums_of(log: Coded, rows: NDArray[np.int64]) -> tuple[Floats, Floats, Floats, Floats]:
    item, right = log.item[rows], log.correct[rows].astype(np.float64)
    lengths = (log.skill_from[rows + 1] - log.skill_from[rows]).astype(np.int64)
    begins = np.cumsum(lengths) - lengths
    pairs = np.repeat(log.skill_from[rows] - begins, lengths) + np.arange(int(lengths.sum()))
    skill = log.skill[pairs]
    return (
        _summed(item, right, log.n_items),
        _summed(item, np.ones(len(item)), log.n_items),
        _summed(skill, np.repeat(right, lengths), log.n_skills),
        _summed(skill, np.ones(len(skill)), log.n_skills),
    )


def _summed(code: NDArray[np.int32], value: Floats, n: int) -> Floats:
    return np.bincount(code, value, n).astype(np.float64, copy=False)


def population(log: Coded, of: Sums) -> Population:
    """Shares from sums: the log's, each skill's drawn towards it, each item's drawn towards its skills'."""
    share = float((of.item_right.sum() + 0.5) / (of.item_n.sum() + 1.0))
    skill_share = (of.skill_right + PRIOR_ANSWERS * share) / (of.skill_n + PRIOR_ANSWERS)
    towards = mean_of_skills(log, skill_share, share)
    item_share = (of.item_right + PRIOR_ANSWERS * towards) / (of.item_n + PRIOR_ANSWERS)
    item_share[of.item_n == 0] = np.nan
    return Population(
        share=share, skill_share=skill_share, item_share=item_share, items=log.items, skills=log.skills
    )


def mean_of_skills(log: Coded, by_skill: Floats, otherwise: float) -> Floats:
    """(n_items,) the mean of ``by_skill`` over each item's skills, as its last row in the log names them."""
    row_of = np.full(log.n_items, -1, dtype=np.int64)
    for start in range(0, log.n_rows, ROWS_AT_ONCE):
        some = log.item[start : start + ROWS_AT_ONCE]
        row_of[some] = np.arange(start, start + len(some))
    known = np.flatnonzero(row_of >= 0)
    lengths = np.zeros(log.n_items, dtype=np.int64)
    lengths[known] = log.skill_from[row_of[known] + 1] - log.skill_from[row_of[known]]
    begins = np.cumsum(lengths) - lengths
    pairs = np.repeat(log.skill_from[np.maximum(row_of, 0)] - begins, lengths) + np.arange(int(lengths.sum()))
    total = np.bincount(np.repeat(np.arange(log.n_items), lengths), by_skill[log.skill[pairs]], log.n_items)
    return np.where(lengths > 0, total / np.maximum(lengths, 1), otherwise)
