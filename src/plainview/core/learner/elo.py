"""Elo: each answer is a match between a student and an item, and moves both by the surprise.

In:   a log as numbers (core.logs.coded).
Out:  how hard items and skills are, the steps that did best, a prediction before each answer, its parts.
Not here: how sure one can be of an ability (ability_tracing), the walk itself (elo_walk).

    P(right) = floor + (1 - floor) x logistic(middle + ability_s + strength - difficulty_i)
    strength = the mean over the item's skills of (ease_k + own_sk)

Two levels move for a student: her ability in general, and her own strength at each skill. After an answer
each moves by  step / (1 + fading x answers so far) x (right - P),  so that what rests on many answers moves
less (Pelanek 2016). An item moves the other way. An answer of several skills shares out its surprise.

Source: Pelanek (2016), Computers & Education 98, 169-179; the two levels after Pelanek, Papousek, Rihak,
Stanislav & Niznan (2017), User Modeling and User-Adapted Interaction 27, 89-118.
"""

from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.elo_rows import Known, Rows, stretches
from plainview.core.learner.elo_walk import fast
from plainview.core.learner.explanation import LOG_ODDS, Explanation, Part
from plainview.core.logs.coded import Coded, codes_in
from plainview.core.logs.spaced import some
from plainview.core.plural import counted
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]
CHECK = "learner.elo/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How far an answer moves what took part, and how that fades. In log-odds."""

    student: float = 0.4
    student_fades: float = 0.1
    skill: float = 0.2
    skill_fades: float = 0.05
    item: float = 0.4
    item_fades: float = 0.1


# One number after another is moved along its row, up or down while that predicts better, until a round of
# all six changes none. Trying every value of every row finds the same steps at twice the cost.
GRID: dict[str, tuple[float, ...]] = {
    "student": (0.05, 0.1, 0.2, 0.4, 0.8, 1.6),
    "student_fades": (0.0, 0.01, 0.03, 0.1, 0.3),
    "skill": (0.0, 0.05, 0.1, 0.2, 0.4, 0.8),
    "skill_fades": (0.0, 0.03, 0.1, 0.3),
    "item": (0.1, 0.2, 0.4, 0.8, 1.6),
    "item_fades": (0.02, 0.05, 0.1, 0.2, 0.5),
}
EVERY = 5  # of five students one is held out while steps are chosen
MOST_ROUNDS = 5
# With fewer students a grid would fit noise. With more rows it would only cost time: on five kinds of
# simulated logs, steps chosen by 60,000 rows predict within .0001 a row of those chosen by 400,000.
FEWEST_TO_CHOOSE = 20
MOST_ROWS_TO_CHOOSE = 60_000
N_TRIALS = 25  # about as many combinations are walked; a compiler may pay


@dataclass(frozen=True, slots=True, kw_only=True)
class EloFit:
    """What one walk through a log has taught."""

    ended: Ended
    n_students: int
    n_rows: int
    steps: Steps
    floor: float  # chance of a right answer by luck
    middle: float  # log-odds of the log as a whole, beyond the floor
    items: tuple[str, ...]
    difficulty: Floats  # (n_items,) log-odds; 0 for an item of middling difficulty, and for one never seen
    n_of_item: Floats  # (n_items,) answers behind each
    skills: tuple[str, ...]
    ease: Floats  # (n_skills,) log-odds beyond the middle
    n_of_skill: Floats

    def predict(self, log: Coded) -> Floats:
        """(n_rows,) the chance of a right answer, from the same student's earlier rows and the population.

        A student is new to the model at her first row. An item or skill it has not seen counts as middling.
        """
        predicted: Floats = np.empty(log.n_rows)
        _Walk(log, self.items, self.skills, self.floor).go(self, predicted=predicted)
        return predicted

    def explain(self, log: Coded, row: int) -> Explanation:
        """What moved the prediction of one row: exactly additive on the log-odds, before the floor."""
        hers = log.take([int(log.student[row])])
        place = int(np.count_nonzero(log.student[:row] == log.student[row]))
        predicted = self.predict(hers)
        surprise = hers.correct[:place].astype(float) - predicted[:place]
        parts = (
            self._ability(surprise),
            *self._strengths(hers, place, surprise),
            *self._item(hers, place),
        )
        p, scale = float(predicted[place]), _scale(self.floor)
        return Explanation(row=row, p=p, base=self.middle, parts=parts, scale=scale)

    def _ability(self, surprise: Floats) -> Part:
        step = self.steps.student / (1 + self.steps.student_fades * np.arange(len(surprise)))
        return Part(
            what=f"her {counted(len(surprise), 'answer')} before",
            value=float(len(surprise)),
            moved=float(step @ surprise),
        )

    def _strengths(self, hers: Coded, place: int, surprise: Floats) -> list[Part]:
        known = codes_in(self.skills, hers.skills)
        here = [k for k in _skills(hers, place) if known[k] >= 0]
        parts = []
        for k in here:
            ease = float(self.ease[known[k]]) / len(here)
            parts.append(
                Part(what=f"skill {hers.skills[k]}, for everyone", value=ease * len(here), moved=ease)
            )
            n, own = self._own(hers, k, surprise, known)
            what = f"her {counted(n, 'answer')} at skill {hers.skills[k]}"
            parts.append(Part(what=what, value=float(n), moved=own / len(here)))
        return parts

    def _own(self, hers: Coded, k: int, surprise: Floats, known: NDArray[np.int32]) -> tuple[int, float]:
        n, own = 0, 0.0
        for row, by in enumerate(surprise.tolist()):
            skills = _skills(hers, row)
            if k in skills:
                n_known = sum(int(known[other] >= 0) for other in skills)
                own += self.steps.skill / (1 + self.steps.skill_fades * n) * by / n_known
                n += 1
        return n, own

    def _item(self, hers: Coded, place: int) -> list[Part]:
        name = hers.items[hers.item[place]]
        i = int(codes_in(self.items, [name])[0])
        if i < 0:
            return [Part(what=f"item {name}, not seen before", value=0.0, moved=0.0)]
        hard = float(self.difficulty[i])
        return [Part(what=f"item {name}", value=hard, moved=-hard)]


def _skills(log: Coded, row: int) -> list[int]:
    return [int(k) for k in log.skill[log.skill_from[row] : log.skill_from[row + 1]]]


def _scale(floor: float) -> str:
    return LOG_ODDS if not floor else f"log-odds of knowing it, beyond a luck of {floor}"


class _Walk:
    """A log made ready to be walked through: once, or again and again."""

    def __init__(
        self, log: Coded, items: tuple[str, ...], skills: tuple[str, ...], floor: float, n_walks: int = 1
    ) -> None:
        self.log, self.floor, self.known = log, floor, Known.of(log, items, skills)
        self._walk = fast(log.n_rows * n_walks)
        self._rows = tuple(stretches(log, self.known)) if n_walks > 1 else None

    def go(self, fit: EloFit, *, moves: bool = False, predicted: Floats | None = None) -> float:
        """The log-likelihood of the answers, each predicted before it was seen."""
        told, steps = np.empty(0) if predicted is None else predicted, np.array(astuple(fit.steps))
        some = self._rows or stretches(self.log, self.known)
        return sum((self._one(rows, fit, steps, moves, told) for rows in some), 0.0)

    def _one(self, rows: Rows, fit: EloFit, steps: Floats, moves: bool, told: Floats) -> float:
        return self._walk(
            rows.starts,
            rows.item,
            rows.right,
            rows.skill,
            rows.row,
            self.log.skill,
            self.log.skill_from,
            self.known.skill,
            steps,
            fit.middle,
            self.floor,
            fit.difficulty,
            fit.n_of_item,
            fit.ease,
            fit.n_of_skill,
            moves,
            told,
        )


def fit(log: Coded, *, steps: Steps | None = None, floor: float = 0.0) -> EloFit | CannotSay:
    """Walk through a log once, after choosing the steps by held-out likelihood.

    Parameters
    ----------
    log : Coded
        Without skills only the general level moves.
    steps : Steps, optional
        Given, nothing is chosen. Otherwise each number in turn is moved along its row of ``GRID``, up or
        down, while that predicts better: items and skills learn from four students in five, and the answers
        of every fifth student are predicted. Of a long log, students with 60,000 rows take part in the
        choice, evenly spaced: what it costs does not grow with the log.
    floor : float
        The chance of a right answer by luck, 0..1: 0.25 where every item offers four choices.

    Returns
    -------
    EloFit
    CannotSay
        If there are fewer than two students, or all answers are right or wrong.

    Raises
    ------
    ValueError
        If ``floor`` is not from 0 to 1.

    Source
    ------
    Pelanek (2016), Computers & Education 98, 169-179.
    """
    if not 0 <= floor < 1:
        raise ValueError(f"floor is {floor}: expected a chance from 0 to 1.")
    if (cannot := _too_little(log)) is not None:
        return cannot
    tried, settled, held_out = 0, True, float("nan")
    if steps is None:
        steps, tried, settled, held_out = _choose(log, floor)
    found = _once(log, steps, floor)
    said = _said(tried, settled)
    ended = replace(found.ended, converged=settled, n_steps=max(1, tried), objective=held_out, said=said)
    if not tried:
        ended = replace(ended, objective=ended.log_likelihood)
    return replace(found, ended=ended)


def _said(tried: int, settled: bool) -> str:
    if not tried:
        return "one walk through the log; the steps were given, none chosen"
    how = f"steps chosen among {tried} combinations by the answers of every fifth student"
    return f"{how}; a last round changed none" if settled else f"{how}; still changing when it was stopped"


def _too_little(log: Coded) -> CannotSay | None:
    if log.n_students < 2:
        return _cannot(f"the log holds {counted(log.n_students, 'student')}", "at least two students")
    mean = float(log.correct.mean()) if log.n_rows else 0.0
    if not 0 < mean < 1:
        return _cannot(f"all answers are {'right' if mean else 'wrong'}", "right and wrong answers")
    return None


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="How hard are these items, and how able are these students?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )


def _once(log: Coded, steps: Steps, floor: float) -> EloFit:
    blank = _blank(log, steps, floor)
    reached = _Walk(log, blank.items, blank.skills, floor).go(blank, moves=True)
    return replace(blank, ended=replace(blank.ended, log_likelihood=reached))


def _blank(log: Coded, steps: Steps, floor: float) -> EloFit:
    """Before the first answer. The middle is where the log as a whole stands above the floor."""
    mean = float(log.correct.mean(dtype=np.float64))
    known = min(max((mean - floor) / (1 - floor), 0.01), 0.99)
    nothing = Ended(converged=True, n_steps=0, log_likelihood=0.0, objective=0.0, said="")
    return EloFit(
        ended=nothing,
        n_students=log.n_students,
        n_rows=log.n_rows,
        steps=steps,
        floor=floor,
        middle=float(np.log(known / (1 - known))),
        items=tuple(log.items),
        difficulty=np.zeros(log.n_items),
        n_of_item=np.zeros(log.n_items),
        skills=tuple(log.skills),
        ease=np.zeros(log.n_skills),
        n_of_skill=np.zeros(log.n_skills),
    )


def _choose(log: Coded, floor: float) -> tuple[Steps, int, bool, float]:
    """The steps; how many combinations were tried; whether a last round changed none; their likelihood."""
    if log.n_students < FEWEST_TO_CHOOSE:
        return Steps(), 0, True, float("nan")
    few = some(log, MOST_ROWS_TO_CHOOSE, fewest=FEWEST_TO_CHOOSE)
    held = np.arange(few.n_students) % EVERY == EVERY - 1
    learn, test = few.take(~held), few.take(held)
    trial, best = _Trial(learn, test, floor), Steps()
    for _ in range(MOST_ROUNDS):
        before = best
        for name in GRID:
            best = _moved(trial, best, name)
        if best == before:
            return best, len(trial.known), True, trial(best)
    return best, len(trial.known), False, trial(best)


def _moved(trial: "_Trial", best: Steps, name: str) -> Steps:
    """The steps with one number where its neighbours in the grid predict no better."""
    for way in (1, -1):
        moved = best
        while (other := _next(moved, name, way)) is not None and trial(other) > trial(moved):
            moved = other
        if moved != best:
            return moved
    return best


def _next(steps: Steps, name: str, way: int) -> Steps | None:
    now, values = getattr(steps, name), GRID[name]
    beyond = [value for value in values if (value > now if way > 0 else value < now)]
    return replace(steps, **{name: beyond[0] if way > 0 else beyond[-1]}) if beyond else None


class _Trial:
    """The held-out log-likelihood of a choice of steps; each is walked once."""

    def __init__(self, learn: Coded, test: Coded, floor: float) -> None:
        self.learn, self.floor, self.known = learn, floor, dict[Steps, float]()
        self._learn = _Walk(learn, tuple(learn.items), tuple(learn.skills), floor, N_TRIALS)
        self._test = _Walk(test, tuple(learn.items), tuple(learn.skills), floor, N_TRIALS)

    def __call__(self, steps: Steps) -> float:
        if steps not in self.known:
            fit = _blank(self.learn, steps, self.floor)
            self._learn.go(fit, moves=True)
            self.known[steps] = self._test.go(fit)
        return self.known[steps]
