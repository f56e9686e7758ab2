"""The model to beat: how often each skill is answered rightly, and nothing about the student.

In:   a log as numbers.
Out:  a share a skill, drawn towards the log's own share where answers are few.
Not here: anything that a student's answers could change.

    rate_k = (right_k + STRENGTH x middle) / (n_k + STRENGTH)

An answer of several skills takes the mean of their rates; one without a skill takes the middle.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.explanation import SHARE, Explanation, Part
from plainview.core.logs.coded import Coded, codes_in
from plainview.core.plural import counted
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]
ROWS_AT_ONCE = 4_000_000
STRENGTH = 10.0  # answers that the middle counts for in every skill


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRateFit:
    """Shares right, by skill."""

    ended: Ended
    n_students: int
    n_rows: int
    middle: float  # of the log as a whole, 0..1
    skills: tuple[str, ...]
    rate: Floats  # (n_skills,) 0..1
    n_of_skill: Floats  # (n_skills,) answers behind each

    def predict(self, log: Coded) -> Floats:
        """(n_rows,) the mean rate of each row's skills; a skill it has not seen counts as the middle."""
        rates = np.append(self.rate, self.middle)  # code -1 finds the last
        return _mean_by_row(log, rates[codes_in(self.skills, log.skills)], self.middle)

    def explain(self, log: Coded, row: int) -> Explanation:
        """Exactly additive on the share: each skill's rate beyond the middle."""
        here = log.skill[log.skill_from[row] : log.skill_from[row + 1]].tolist()
        known = codes_in(self.skills, log.skills)
        rates = [(k, float(self.rate[known[k]]) if known[k] >= 0 else self.middle) for k in here]
        parts = tuple(
            Part(what=f"skill {log.skills[k]}", value=rate, moved=(rate - self.middle) / len(here))
            for k, rate in rates
        )
        p = self.middle + sum(part.moved for part in parts)
        return Explanation(row=row, p=p, base=self.middle, parts=parts, scale=SHARE)


def fit(log: Coded) -> SkillRateFit | CannotSay:
    """Count. There is nothing to search, so nothing can fail to converge.

    Returns
    -------
    SkillRateFit
    CannotSay
        If there are no answers, or all are right or wrong: every rate would be a certainty.
    """
    middle = float(log.correct.mean(dtype=np.float64)) if log.n_rows else 0.0
    if not 0 < middle < 1:
        kind = "right" if middle else "wrong"
        n = counted(log.n_rows, "answer")
        return CannotSay(
            question="How often is each skill answered rightly?",
            reason=f"all {n} are {kind}" if log.n_rows else "the log holds no answers",
            would_need="right and wrong answers",
            check="learner.skill_rate/1",
        )
    n_of, hits = np.zeros(log.n_skills), np.zeros(log.n_skills)
    for rows in _pieces(log):
        right = np.repeat(log.correct[rows], _n_skills(log, rows))
        n_of += np.bincount(_skills(log, rows), minlength=log.n_skills)
        hits += np.bincount(_skills(log, rows), weights=right, minlength=log.n_skills)
    found = SkillRateFit(
        ended=Ended(converged=True, n_steps=1, log_likelihood=0.0, objective=0.0, said="counted"),
        n_students=log.n_students,
        n_rows=log.n_rows,
        middle=middle,
        skills=tuple(log.skills),
        rate=(hits + STRENGTH * middle) / (n_of + STRENGTH),
        n_of_skill=n_of,
    )
    return _ended(found, log)


def _ended(found: SkillRateFit, log: Coded) -> SkillRateFit:
    likely, predicted = 0.0, found.predict(log)
    for rows in _pieces(log):
        p, right = np.clip(predicted[rows], 1e-12, 1 - 1e-12), log.correct[rows]
        likely += float(np.sum(right * np.log(p) + (1 - right) * np.log1p(-p)))
    return replace(found, ended=replace(found.ended, log_likelihood=likely, objective=likely))


def _mean_by_row(log: Coded, of_skill: Floats, otherwise: float) -> Floats:
    mean = np.empty(log.n_rows)
    for rows in _pieces(log):
        n = _n_skills(log, rows)
        row = np.repeat(np.arange(len(n)), n)
        total = np.bincount(row, weights=of_skill[_skills(log, rows)], minlength=len(n))
        mean[rows] = np.where(n > 0, total / np.maximum(n, 1), otherwise)
    return mean


def _pieces(log: Coded) -> Iterator[slice]:
    """Stretches of rows: what is computed of them takes eight bytes a row, more than the log itself."""
    return (slice(at, min(at + ROWS_AT_ONCE, log.n_rows)) for at in range(0, log.n_rows, ROWS_AT_ONCE))


def _n_skills(log: Coded, rows: slice) -> NDArray[np.int64]:
    return np.diff(log.skill_from[rows.start : rows.stop + 1])


def _skills(log: Coded, rows: slice) -> NDArray[np.int32]:
    return log.skill[log.skill_from[rows.start] : log.skill_from[rows.stop]]
