"""A fitted model of knowledge: every skill's numbers with their doubt, and how the fit ended.

In:   what the fit found.
Out:  the numbers of a skill; what to expect of every row of a log, one step ahead; the steps of a student;
      what moved an expectation.
Not here: the fit (fitting).

Decided aloud:
- A row with several skills is expected to be right as often as its skills say on average, and each skill is
  then told the answer. (A product would ask that every skill say "right" by itself, and skills learn from
  whole rows.)
- A skill that the fit has not seen has the numbers that the log's skills have in the middle. An unseen item
  has its skill's guess and slip. A row that names no skill has the log's share of right answers.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.bkt import Beta, Step
from plainview.core.learner.explanation import SHARE, Explanation, Part
from plainview.core.learner.tracing import forecast
from plainview.core.learner.tracing.alike import STEPS_OF_CREDIT
from plainview.core.learner.tracing.arrange import Form, Variant
from plainview.core.learner.tracing.items import ItemSpread
from plainview.core.learner.tracing.numbers import Layout
from plainview.core.learner.tracing.steps import Asked, p_right, steps
from plainview.core.learner.tracing.tops import OtherTop
from plainview.core.logs.coded import Coded, codes_in
from plainview.core.plural import counted
from plainview.core.stats.ended import Ended
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of a skill, 0..1. Where there is no standard error, ``said`` says why."""

    value: float
    se: float | None
    interval: Interval | None
    said: str  # "" or "at its cap of 0.5: no standard error, the interval is one-sided"


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedSkill:
    """The numbers of one skill."""

    name: str
    known: Number  # these are the skill's, all its items and students together
    learn: Number
    guess: Number
    slip: Number
    forget: Number | None
    n_students: int
    n_answers: int
    ended: Ended
    other_tops: tuple[OtherTop, ...]  # lower tops that other stated starts led to
    said: str  # "" or what a reader must know: "all 12 answers are right: rests on the priors"


@dataclass(frozen=True, kw_only=True)
class Own:
    """What items and students have of their own, drawn in to their skill's: expectations rest on it."""

    ended: Ended
    layout: Layout
    p: Floats  # (layout.n,)
    cell_item: NDArray[np.int32] | None  # (n_cells,) which item
    form: Form | None


@dataclass(frozen=True, kw_only=True)
class TracingFit:
    """What ``fit`` found. Read ``ended`` first: it has converged where ``own``, if there is one, has too."""

    ended: Ended
    variant: Variant
    n_students: int
    n_rows: int
    skills: tuple[str, ...]
    items: tuple[str, ...]
    stated_priors: dict[str, Beta]
    priors: dict[str, Beta]  # those used: pooled over the log's skills, unless ``pooled`` was off
    pooled: bool
    starts: tuple[str, ...]
    layout: Layout
    p: Floats  # (layout.n,) every number of the skills, all items and students of a skill together
    se: Floats  # (layout.n,) NaN where there is none
    low: Floats
    high: Floats
    at_cap: NDArray[np.bool_]
    own: Own | None  # where items or students differ
    item_spread: ItemSpread | None  # None: the log was not asked
    share_right: float
    students_of: NDArray[np.int64]  # (n_skills,)
    answers_of: NDArray[np.int64]
    right_of: Floats
    log_likelihood_of: Floats
    objective_of: Floats
    converged_of: NDArray[np.bool_]
    steps_of: NDArray[np.int64]
    lacks_of: Floats  # (n_skills,) log-likelihood that a skill's top can still lack
    other_tops: dict[str, tuple[OtherTop, ...]]

    def skill(self, name: str) -> FittedSkill:
        """The numbers of one skill, by its name."""
        if name not in self._place:
            raise ValueError(f"no skill {name!r}: the fit knows {len(self.skills)} skills.")
        s = self._place[name]
        return FittedSkill(
            name=name,
            known=self._number("known", s),
            learn=self._number("learn", s),
            guess=self._number("guess", s),
            slip=self._number("slip", s),
            forget=self._number("forget", s) if self.variant.forgets else None,
            n_students=int(self.students_of[s]),
            n_answers=int(self.answers_of[s]),
            ended=self._ended(s),
            other_tops=self.other_tops.get(name, ()),
            said=self._said(s),
        )

    def predict(self, log: Coded) -> Floats:
        """How likely each answer is right, one step ahead: from the same student's earlier rows alone.

        Parameters
        ----------
        log : Coded
            Any log; skills and items are found by name.

        Returns
        -------
        (n_rows,) 0..1
        """
        return forecast.predict(self, log)

    def trace(self, log: Coded, *, student: str, skill: str) -> tuple[Step, ...]:
        """What each answer of one student at one skill did, as core.learner.bkt tells it."""
        who, what = log.students.index(student), log.skills.index(skill)
        rows = [r for r in np.flatnonzero(log.student == who).tolist() if what in _skills(log, r)]
        return self._steps(log, rows, what)

    def explain(self, log: Coded, row: int) -> Explanation:
        """What moved the expectation of a row: on the scale of shares, base and parts add up to it exactly.

        The base is what is expected of a student's first answer; each earlier answer to a skill of the row
        moves it by what it says and by the chance to learn that it gave.
        """
        if not 0 <= row < log.n_rows:
            raise ValueError(f"row {row}: the log has rows 0 to {log.n_rows - 1}.")
        skills = _skills(log, row)
        if not skills:
            return Explanation(row=row, p=self.share_right, base=self.share_right, parts=(), scale=SHARE)
        base, parts = 0.0, []
        earlier = np.flatnonzero(log.student[:row] == log.student[row]).tolist()
        for skill in skills:
            rows = [r for r in earlier if skill in _skills(log, r)]
            first, moves = self._moves(log, row, rows, skill)
            base += first / len(skills)
            parts += [
                self._part(log, r, skill, move / len(skills)) for r, move in zip(rows, moves, strict=True)
            ]
        p = base + sum(part.moved for part in parts)
        return Explanation(row=row, p=p, base=base, parts=tuple(parts), scale=SHARE)

    def _moves(self, log: Coded, row: int, rows: list[int], skill: int) -> tuple[float, list[float]]:
        asked = self._asked(log, [*rows, row], skill)
        told = steps(asked, self._known(log, [*rows, row], skill), *self._changes(log, skill))
        expected = [p_right(step.p_before, asked[-1]) for step in told]
        return expected[0], [after - before for before, after in pairwise(expected)]

    def _part(self, log: Coded, row: int, skill: int, moved: float) -> Part:
        shown = float(log.correct[row])
        word = "right" if shown == 1 else "wrong" if shown == 0 else "partly right"
        what = f"{word} answer to {log.items[log.item[row]]} ({log.skills[skill]})"
        return Part(what=what, value=shown, moved=moved)

    def _steps(self, log: Coded, rows: list[int], skill: int) -> tuple[Step, ...]:
        if not rows:
            return ()
        return steps(self._asked(log, rows, skill), self._known(log, rows, skill), *self._changes(log, skill))

    def _asked(self, log: Coded, rows: list[int], skill: int) -> list[Asked]:
        guess, slip = forecast.guess_and_slip(self, log, rows, skill)
        worth = np.rint(log.correct[rows].astype(np.float64) * STEPS_OF_CREDIT) / STEPS_OF_CREDIT
        return [
            Asked(shown=float(w), p_guess=float(g), p_slip=float(s))
            for w, g, s in zip(worth, guess, slip, strict=True)
        ]

    def _known(self, log: Coded, rows: list[int], skill: int) -> float:
        return forecast.known_at_start(self, log, rows[0], skill)

    def _changes(self, log: Coded, skill: int) -> tuple[float, float]:
        s = int(codes_in(self.skills, (log.skills[skill],))[0])
        by_kind = [self.traced_with(kind) for kind in ("learn", "forget")]
        return float(by_kind[0][s]), float(by_kind[1][s])

    def of_skills(self, kind: str) -> Floats:
        """(n_skills + 1,) a kind of number by skill; the last is a skill that nobody has seen."""
        if kind == "forget" and not self.variant.forgets:
            return np.zeros(len(self.skills) + 1)
        prior = self.priors[kind]
        return np.append(self.p[self.layout.of[kind]], (prior.a - 1) / (prior.a + prior.b - 2))

    def traced_with(self, kind: str) -> Floats:
        """As ``of_skills``; learn and forget as they are beside what items and students have of their own."""
        row = self.of_skills(kind)
        if self.own is not None and kind in ("learn", "forget") and kind in self.own.layout.kinds:
            row[:-1] = self.own.p[self.own.layout.of[kind]]
        return row

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.skills)}

    def _number(self, kind: str, s: int) -> Number:
        at = self.layout.of[kind].start + s
        cap, se = self.priors[kind].cap, float(self.se[at])
        if not self.at_cap[at] and np.isnan(se):
            return Number(value=float(self.p[at]), se=None, interval=None, said="no top was found here")
        said = (
            f"at its cap of {cap:g}: no standard error, the interval is one-sided" if self.at_cap[at] else ""
        )
        low, high = float(self.low[at]), float(self.high[at])
        interval = None if np.isnan(low) else Interval(low=low, high=high, level=0.95)
        return Number(
            value=float(self.p[at]), se=None if self.at_cap[at] else se, interval=interval, said=said
        )

    def _ended(self, s: int) -> Ended:
        n, done = int(self.steps_of[s]), bool(self.converged_of[s])
        lacks = float(self.lacks_of[s])
        if done:
            said = f"converged after {n} steps"
        elif np.isinf(lacks):
            said = f"NOT converged: after {n} steps it stands on no top"
        else:
            said = f"NOT converged: stopped at {n} steps, {lacks:.2g} of log-likelihood may be missing"
        return Ended(
            converged=done,
            n_steps=n,
            log_likelihood=float(self.log_likelihood_of[s]),
            objective=float(self.objective_of[s]),
            said=said,
        )

    def _said(self, s: int) -> str:
        n, right = int(self.answers_of[s]), float(self.right_of[s])
        if n == 0:
            return "no answer: the numbers are those of the log's other skills"
        if right in (0.0, float(n)):
            word = "right" if right else "wrong"
            return f"all {counted(n, 'answer')} are {word}: guess, slip and learning rest on the priors"
        return ""


def _skills(log: Coded, row: int) -> list[int]:
    return [int(s) for s in log.skill[log.skill_from[row] : log.skill_from[row + 1]]]
