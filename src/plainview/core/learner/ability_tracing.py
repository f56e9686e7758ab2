"""How able is a student so far, and how sure is that? From her first answer on, items of unequal difficulty.

In:   a log as numbers (core.logs.coded).
Out:  difficulties with their doubt; a prediction before each answer; after each, the ability with its
      standard deviation; what moved it.
Not here: ability when nothing is learned on the way (ability), the walk itself (ability_walk).

This is item response theory kept up to date answer by answer, for a cold start. In words: before her first
answer a student is held to be average, with the spread that students of this log have. Each answer is held
against what was expected of that item. A surprise moves her general ability, her strength at the skill and
the item, each by how unsure it was; and whatever was told becomes surer. So the first answers move much, the
fortieth moves little, and an item nobody has met counts for less than one that thousands have. At each answer
a skill may also grow by a stated gain, and its doubt widens a little, since children change.

    x = middle + ability + the mean over skills of (ease_k + strength_k) - difficulty_i
        each of these a mean and a variance
    P(right) = logistic(k x),  k = 1 / sqrt(1 + pi V / 8),  V the variance of x
    after it:  mean += variance x k (right - P),  variance -= variance^2 x k^2 P (1 - P)

Sources: Glickman (1999), Applied Statistics 48, 377-394 (ratings with their doubt). MacKay (1992), Neural
Computation 4, 720-736 (k). Opper (1998) and Minka (2001) (assumed-density filtering). Rasch (1960).
"""

from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.ability_walk import fast
from plainview.core.learner.explanation import Explanation, Part, additive
from plainview.core.logs.coded import Coded, codes_in
from plainview.core.plural import counted
from plainview.core.stats.calibration import calibration
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]
CHECK = "learner.ability_tracing/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How much things differ before anything is known of them, in log-odds; and how skills move."""

    students: float = 1.0  # standard deviation of general ability
    skills: float = 0.5  # of one student between skills
    items: float = 1.0
    gain: float = 0.0  # that an answer adds to a strength
    drift: float = 0.0  # standard deviation that it adds


# What is tried, one number after another, until a round changes none.
GRID: dict[str, tuple[float, ...]] = {
    "students": (0.3, 0.5, 0.7, 1.0, 1.4, 2.0),
    "skills": (0.0, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4),
    "items": (0.3, 0.5, 0.7, 1.0, 1.4, 2.0),
    "gain": (-0.02, 0.0, 0.02, 0.05, 0.1, 0.2),
    "drift": (0.0, 0.05, 0.1, 0.2, 0.4),
}
SD_EASE = 1.0  # of skills, before their first answer
# How far from 1 its sureness is held to lie beforehand, and what it is held between.
SD_SURENESS, SURENESS = 0.1, (0.7, 1.3)
EVERY, MOST_ROUNDS = 5, 5
FEWEST_TO_CHOOSE, MOST_ROWS_TO_CHOOSE = 20, 500_000
N_TRIALS = 50
A_CHUNK = 1 << 20
MOST_SURE = 1e-12  # what is said with more certainty is held to this


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One student's ability after each of her answers."""

    rows: NDArray[np.int64]  # where her answers stand in the log
    ability: Floats  # (n,) log-odds beyond the average student of the log that was fitted
    sd: Floats  # (n,) posterior standard deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityFit:
    """What one walk through a log has taught about its items and skills."""

    ended: Ended
    n_students: int
    n_rows: int
    spread: Spread
    middle: float
    items: tuple[str, ...]
    difficulty: Floats  # (n_items,) log-odds
    difficulty_sd: Floats
    skills: tuple[str, ...]
    ease: Floats  # (n_skills,) log-odds
    ease_sd: Floats
    sureness: float = 1.0  # what is said beyond the middle, times this: below 1 where it was found too sure

    def predict(self, log: Coded) -> Floats:
        """(n_rows,) from the same student's earlier rows and the population; unknown names are average."""
        return self._as_sure(_Walk(log, self).go())

    def _as_sure(self, p: Floats) -> Floats:
        """What was said, drawn towards the middle or away from it, as students held out have shown."""
        if self.sureness == 1:
            return p
        for at in range(0, len(p), A_CHUNK):
            held = np.clip(p[at : at + A_CHUNK], MOST_SURE, 1 - MOST_SURE)
            beyond = np.log(held / (1 - held)) - self.middle
            p[at : at + A_CHUNK] = 1 / (1 + np.exp(-(self.middle + self.sureness * beyond)))
        return p

    def trace(self, log: Coded, student: int) -> Trace:
        """The ability of one student (her code in ``log``) after each answer, with its doubt."""
        walk = _Walk(log.take([student]), self, keeps=True)
        walk.go()
        rows = np.flatnonzero(log.student == student)
        return Trace(rows=rows, ability=walk.ability, sd=np.sqrt(walk.ability_var))

    def explain(self, log: Coded, row: int) -> Explanation:
        """What moved the prediction of one row: exactly additive on the log-odds, the doubt taken off."""
        place = int(np.count_nonzero(log.student[:row] == log.student[row]))
        walk = _Walk(log.take([int(log.student[row])]), self)
        walk.upto(place)
        parts, variance = walk.parts(place, self)
        k = 1 / float(np.sqrt(1 + np.pi * variance / 8))
        base = self.middle + self.sureness * (k - 1) * self.middle
        shrunk = tuple(replace(part, moved=self.sureness * k * part.moved) for part in parts)
        return additive(row=row, base=base, parts=shrunk)


class _Walk:
    """A log made ready to be walked through with a fit's beliefs, which move only if told to."""

    def __init__(self, log: Coded, fit: AbilityFit, *, keeps: bool = False, n_walks: int = 1) -> None:
        self.log, groups, n = log, log.by_student(), len(fit.skills)
        self.order, self.starts = groups.order, groups.starts
        self.item, self.skill = (
            _known(log.item, fit.items, log.items),
            _known(log.skill, fit.skills, log.skills),
        )
        self.predicted: Floats = np.empty(log.n_rows)
        self.ability: Floats = np.empty(log.n_rows if keeps else 0)
        self.ability_var: Floats = np.empty(log.n_rows if keeps else 0)
        self.general: Floats = np.array([0.0, fit.spread.students**2])
        self.own, self.own_var = np.zeros(n), np.zeros(n)
        self.of_whom = np.full(n, -1, dtype=np.int32)
        self._walk = fast(log.n_rows * n_walks)
        self.believe(fit)

    def believe(self, fit: AbilityFit) -> None:
        """Start again from what a fit holds."""
        self.middle, spread = fit.middle, fit.spread
        self.spreads = np.array(astuple(spread)) ** np.array([2, 2, 2, 1, 2])
        self.difficulty, self.difficulty_var = fit.difficulty.copy(), fit.difficulty_sd**2
        self.ease, self.ease_var = fit.ease.copy(), fit.ease_sd**2

    def go(self, *, moves: bool = False) -> Floats:
        self._call(self.starts, moves)
        return self.predicted

    def upto(self, place: int) -> None:
        """Only the first answers of a log of one student."""
        self._call(np.array([0, place]), False)

    def _call(self, starts: NDArray[np.int64], moves: bool) -> None:
        self.of_whom[:] = -1
        log = self.log
        self._walk(
            self.order, starts, self.item, log.correct, self.skill, log.skill_from, self.spreads, self.middle,
            self.difficulty, self.difficulty_var, self.ease, self.ease_var, moves, self.general, self.own,
            self.own_var, self.of_whom, self.predicted, self.ability, self.ability_var,
        )  # fmt: skip

    def log_likelihood(self) -> float:
        """Of the answers, each predicted before it was seen. A part right counts in part."""
        total = 0.0
        for at in range(0, len(self.predicted), A_CHUNK):
            p = np.clip(self.predicted[at : at + A_CHUNK], MOST_SURE, 1 - MOST_SURE)
            right = self.log.correct[at : at + A_CHUNK]
            total += float(np.sum(right * np.log(p) + (1 - right) * np.log1p(-p)))
        return total

    def parts(self, place: int, fit: AbilityFit) -> tuple[list[Part], float]:
        """What takes part in one answer, and the variance of its sum."""
        mean, variance = (float(number) for number in self.general)
        parts = [Part(what=f"her {counted(place, 'answer')} before", value=float(place), moved=mean)]
        at = slice(self.log.skill_from[place], self.log.skill_from[place + 1])
        here = [int(k) for k in self.skill[at] if k >= 0]
        for k in here:
            fresh = self.of_whom[k] < 0
            own = 0.0 if fresh else float(self.own[k])
            own_var = fit.spread.skills**2 if fresh else float(self.own_var[k])
            ease, share = float(fit.ease[k]), 1 / len(here)
            name = fit.skills[k]
            parts.append(Part(what=f"skill {name}, for everyone", value=ease, moved=ease * share))
            parts.append(Part(what=f"her own strength at skill {name}", value=own, moved=own * share))
            variance += share**2 * (own_var + float(fit.ease_sd[k]) ** 2)
        i = int(self.item[place])
        hard, sd = (
            (float(fit.difficulty[i]), float(fit.difficulty_sd[i])) if i >= 0 else (0.0, fit.spread.items)
        )
        name = self.log.items[self.log.item[place]]
        parts.append(Part(what=f"item {name}", value=hard, moved=-hard))
        return parts, variance + sd**2


def _known(codes: NDArray[np.int32], known: tuple[str, ...], names: object) -> NDArray[np.int32]:
    if known is names or known == names or not len(codes):
        return codes
    mapped: NDArray[np.int32] = codes_in(known, names)[codes]  # type: ignore[arg-type]
    return mapped


def fit(log: Coded, *, spread: Spread | None = None) -> AbilityFit | CannotSay:
    """Walk through a log once, after choosing the spreads by held-out likelihood.

    Parameters
    ----------
    log : Coded
    spread : Spread, optional
        Given, nothing is chosen. Otherwise each number of ``GRID`` is tried in turn: items and skills learn
        from four students in five, and the answers of every fifth student are predicted. Of a long log,
        students with 500,000 rows take part in the choice, evenly spaced.

    Returns
    -------
    AbilityFit
    CannotSay
        If there are fewer than two students, or all answers are right or wrong.
    """
    mean = float(log.correct.mean(dtype=np.float64)) if log.n_rows else 0.0
    if log.n_students < 2 or not 0 < mean < 1:
        few = f"the log holds {counted(log.n_students, 'student')}"
        alike = f"all answers are {'right' if mean else 'wrong'}"
        return CannotSay(
            question="How able are these students, and how hard are these items?",
            reason=few if log.n_students < 2 else alike,
            would_need="right and wrong answers of at least two students",
            check=CHECK,
        )
    tried, settled, held_out, sureness = 0, True, float("nan"), 1.0
    if spread is None:
        spread, tried, settled, held_out, sureness = _choose(log)
    found, likely = _once(log, spread)
    ended = Ended(
        converged=settled,
        n_steps=max(1, tried),
        log_likelihood=likely,
        objective=held_out if tried else likely,
        said=_said(tried, settled),
    )
    return replace(found, ended=ended, sureness=sureness)


def _said(tried: int, settled: bool) -> str:
    if not tried:
        return "one walk through the log; the spreads were given, none chosen"
    how = f"spreads chosen among {tried} combinations by the answers of every fifth student"
    return f"{how}; a last round changed none" if settled else f"{how}; still changing when it was stopped"


def _once(log: Coded, spread: Spread) -> tuple[AbilityFit, float]:
    blank = _blank(log, spread)
    walk = _Walk(log, blank)
    walk.go(moves=True)
    return _learned(blank, walk), walk.log_likelihood()


def _learned(blank: AbilityFit, walk: _Walk) -> AbilityFit:
    return replace(
        blank,
        difficulty=walk.difficulty,
        difficulty_sd=np.sqrt(walk.difficulty_var),
        ease=walk.ease,
        ease_sd=np.sqrt(walk.ease_var),
    )


def _blank(log: Coded, spread: Spread) -> AbilityFit:
    mean = min(max(float(log.correct.mean(dtype=np.float64)), 0.01), 0.99)
    # A share is an average over students and items that differ, so its log-odds lie nearer to 0 than theirs.
    differ = spread.students**2 + spread.skills**2 + spread.items**2
    return AbilityFit(
        ended=Ended(converged=True, n_steps=0, log_likelihood=0.0, objective=0.0, said=""),
        n_students=log.n_students,
        n_rows=log.n_rows,
        spread=spread,
        middle=float(np.log(mean / (1 - mean)) * np.sqrt(1 + np.pi * differ / 8)),
        items=tuple(log.items),
        difficulty=np.zeros(log.n_items),
        difficulty_sd=np.full(log.n_items, spread.items),
        skills=tuple(log.skills),
        ease=np.zeros(log.n_skills),
        ease_sd=np.full(log.n_skills, SD_EASE),
    )


def _choose(log: Coded) -> tuple[Spread, int, bool, float, float]:
    """The spreads; how many were tried; whether a last round changed none; their likelihood; the sureness."""
    if log.n_students < FEWEST_TO_CHOOSE:
        return Spread(), 0, True, float("nan"), 1.0
    some = _some(log)
    held = np.arange(some.n_students) % EVERY == EVERY - 1
    trial = _Trial(some.take(~held), some.take(held))
    best, reached = Spread(), trial(Spread())
    for _ in range(MOST_ROUNDS):
        before = best
        for name, values in GRID.items():
            for value in values:
                other = replace(best, **{name: value})
                if trial(other) > reached:
                    best, reached = other, trial(other)
        if best == before:
            return best, len(trial.known), True, reached, trial.sureness(best)
    return best, len(trial.known), False, reached, trial.sureness(best)


class _Trial:
    """The held-out log-likelihood of a choice of spreads; each is walked once."""

    def __init__(self, learn: Coded, test: Coded) -> None:
        self.learn, self.known = learn, dict[Spread, float]()
        blank = _blank(learn, Spread())
        self._learn, self._test = _Walk(learn, blank, n_walks=N_TRIALS), _Walk(test, blank, n_walks=N_TRIALS)

    def __call__(self, spread: Spread) -> float:
        if spread not in self.known:
            self._foresee(spread)
            self.known[spread] = self._test.log_likelihood()
        return self.known[spread]

    def _foresee(self, spread: Spread) -> Floats:
        blank = _blank(self.learn, spread)
        self._learn.believe(blank)
        self._learn.go(moves=True)
        self._test.believe(_learned(blank, self._learn))
        return self._test.go()

    def sureness(self, spread: Spread) -> float:
        """The calibration slope of the students held out, drawn towards 1 as far as it is unsure itself."""
        test = self._test.log
        found = calibration(correct=test.correct, predicted=self._foresee(spread), student=test.student)
        if isinstance(found, CannotSay) or isinstance(found.slope, CannotSay):
            return 1.0
        doubt = (found.slope.standard_error / SD_SURENESS) ** 2
        return float(np.clip(1 + (found.slope.value - 1) / (1 + doubt), *SURENESS))


def _some(log: Coded) -> Coded:
    """The log, or evenly spaced students of a long one."""
    if log.n_rows <= MOST_ROWS_TO_CHOOSE:
        return log
    n = max(FEWEST_TO_CHOOSE, round(log.n_students * MOST_ROWS_TO_CHOOSE / log.n_rows))
    return log.take(np.unique(np.linspace(0, log.n_students - 1, n).astype(np.int64)))
