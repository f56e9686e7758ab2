"""How able is each student, as told by all items but one? What adaptive products are matched on.

In:   a log as numbers.
Out:  students x items: her answer, her ability from her *other* answers; a stratum of how much she met.
Not here: whether an item favours a side (core.measure.dif).

Item difficulties come from a Rasch model fitted to the answers at hand (marginal likelihood over a normal
ability, one Newton step at a time); the ability beside item j is the posterior mean without the answer to j.
First answers only. In an adaptive log each student met other items, so the number right says nothing.

Each group has a normal ability of its own as prior. With one prior for all, few answers draw the abilities of
a weaker group up and those of a stronger one down, and items would seem to favour the stronger one: the same
ability would stand for less.

Source of the correction: Shealy & Stout (1993), Psychometrika 58, 159-194 (expected ability given the match).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NODES = np.linspace(-4.5, 4.5, 37)
MOST_ITEMS, FEWEST_ANSWERS, MOST_STUDENTS = 300, 100, 20_000
MOST_STEPS, CLOSE = 60, 1e-4
N_EXPOSURES = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matchable:
    students: Ints  # codes in the log
    items: Ints
    scores: Floats  # (n_students, n_items) 0 or 1, NaN where not met
    exposure: Ints  # (n_students,) thirds by how many of the items each met
    difficulty: Floats  # (n_items,)

    def without(self, group: Ints) -> Floats:
        """(n_students, n_items) ability from the other items, NaN where not met; ``group`` by code."""
        who, what = np.nonzero(~np.isnan(self.scores))
        right = self.scores[who, what]
        code = np.unique(group, return_inverse=True)[1].reshape(-1)
        made = np.full_like(self.scores, np.nan)
        whole = _log_likelihoods(who, what, right, self.difficulty, len(self.scores))
        prior = _priors(whole, code)[code]
        made[who, what] = _left_out(who, what, right, self.difficulty, whole + prior)
        return made


def matchable(log: Coded, *, seed: int) -> Matchable | None:
    """None where no item has a hundred answers."""
    who, what, right = first_answers(log)
    items = _often(what, log.n_items)
    if len(items) < 2:
        return None
    place = np.full(log.n_items, -1)
    place[items] = np.arange(len(items))
    keep = place[what] >= 0
    who, what, right = who[keep], place[what[keep]], right[keep]
    students = np.unique(who)
    if len(students) > MOST_STUDENTS:
        students = np.sort(np.random.default_rng(seed).choice(students, MOST_STUDENTS, replace=False))
        keep = np.isin(who, students)
        who, what, right = who[keep], what[keep], right[keep]
    who = np.searchsorted(students, who)
    difficulty = _rasch(who, what, right, len(students), len(items))
    scores = np.full((len(students), len(items)), np.nan)
    scores[who, what] = right
    met = np.bincount(who, minlength=len(students))
    cuts = np.quantile(met, np.linspace(0, 1, N_EXPOSURES + 1)[1:-1])
    return Matchable(
        students=students,
        items=items,
        scores=scores,
        exposure=np.searchsorted(cuts, met, side="left").astype(np.int64),
        difficulty=difficulty,
    )


def first_answers(log: Coded) -> tuple[Ints, Ints, Floats]:
    """Each student's first answer to each item, as right or wrong; half and more counts as right."""
    pair = log.student.astype(np.int64) * log.n_items + log.item
    _, first = np.unique(pair, return_index=True)
    return (
        log.student[first].astype(np.int64),
        log.item[first].astype(np.int64),
        (log.correct[first] >= 0.5).astype(np.float64),
    )


def _often(what: Ints, n_items: int) -> Ints:
    met = np.bincount(what, minlength=n_items)
    most = np.argsort(-met, kind="stable")[:MOST_ITEMS]
    return np.sort(most[met[most] >= FEWEST_ANSWERS]).astype(np.int64)


def _rasch(who: Ints, what: Ints, right: Floats, n_students: int, n_items: int) -> Floats:
    """Difficulties by EM with one Newton step a round; a weak prior keeps items that all got right finite."""
    hits, n = np.bincount(what, weights=right, minlength=n_items), np.bincount(what, minlength=n_items)
    b: Floats = -np.log((hits + 0.5) / (n - hits + 0.5))
    spread = 1.0
    for _ in range(MOST_STEPS):
        weight = _posterior(who, _log_likelihoods(who, what, right, b, n_students), spread)
        p = 1 / (1 + np.exp(b[:, None] - NODES))
        expected = np.zeros((n_items, len(NODES)))
        for q in range(len(NODES)):
            expected[:, q] = np.bincount(what, weights=weight[who, q], minlength=n_items)
        slope = (expected * p).sum(axis=1) - hits - 0.05 * b
        bend = (expected * p * (1 - p)).sum(axis=1) + 0.05
        step = np.clip(slope / bend, -1, 1)
        b = b + step
        spread = float(np.sqrt((weight @ NODES**2).mean()))
        if np.abs(step).max() < CLOSE:
            break
    return b


def _log_likelihoods(who: Ints, what: Ints, right: Floats, b: Floats, n_students: int) -> Floats:
    """(n_students, n_nodes)"""
    made = np.zeros((n_students, len(NODES)))
    for q, theta in enumerate(NODES):
        made[:, q] = np.bincount(who, weights=_one(right, theta - b[what]), minlength=n_students)
    return made


def _one(right: Floats, eta: Floats) -> Floats:
    """The log-likelihood of each answer."""
    made: Floats = -np.logaddexp(0, np.where(right > 0, -eta, eta))
    return made


def _posterior(who: Ints, log_likelihood: Floats, spread: float) -> Floats:
    height = log_likelihood - 0.5 * (NODES / spread) ** 2
    height = np.exp(height - height.max(axis=1, keepdims=True))
    made: Floats = height / height.sum(axis=1, keepdims=True)
    return made


def _priors(log_likelihood: Floats, code: Ints) -> Floats:
    """(n_groups, n_nodes) the log of each group's normal ability, by EM."""
    n_groups = int(code.max()) + 1
    mean, spread = np.zeros(n_groups), np.ones(n_groups)
    n = np.bincount(code, minlength=n_groups)
    for _ in range(MOST_STEPS):
        log_prior = -0.5 * ((NODES - mean[:, None]) / spread[:, None]) ** 2
        height = log_likelihood + log_prior[code]
        weight = np.exp(height - height.max(axis=1, keepdims=True))
        weight /= weight.sum(axis=1, keepdims=True)
        first, second = (np.bincount(code, weights=weight @ NODES**k, minlength=n_groups) / n for k in (1, 2))
        moved = float(np.abs(first - mean).max())
        mean, spread = first, np.sqrt(np.maximum(second - first**2, 0.01))
        if moved < CLOSE:
            break
    made: Floats = -0.5 * ((NODES - mean[:, None]) / spread[:, None]) ** 2
    return made


def _left_out(who: Ints, what: Ints, right: Floats, b: Floats, whole: Floats) -> Floats:
    """The posterior mean of each answer's student, that answer taken away; ``whole`` with the prior."""
    top, sums = np.zeros(len(who)), np.zeros(len(who))
    highest = np.full(len(who), -np.inf)
    rest = [whole[who, q] - _one(right, theta - b[what]) for q, theta in enumerate(NODES)]
    for one in rest:
        np.maximum(highest, one, out=highest)
    for theta, one in zip(NODES, rest, strict=True):
        height = np.exp(one - highest)
        top += theta * height
        sums += height
    made: Floats = top / sums
    return made
