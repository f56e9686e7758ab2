"""The Rasch model without abilities: difficulties from who got which items right among equal scores.

In:   right or wrong, students x items, NaN where nobody answered.
Out:  difficulties (they sum to 0) with standard errors, and how the search ended.
Not here: abilities and their distribution, which this likelihood does not need (fit, model="rasch").

Given a student's score, her ability cancels: P(x | sum x = r) = exp(-sum x_j b_j) / gamma_r(b). So nothing is
assumed of how abilities are distributed. Answers may be missing: each set of items is conditioned on alone.

Sources: Rasch (1960); Andersen (1972), Journal of the Royal Statistical Society B 34, 42-54; Fischer (1974).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.answers import Answers, coded
from plainview.core.measure.irt.sum_scores import of_all, without_each
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]

CHECK = "measure.irt.conditional/1"
QUESTION = "How hard is each item, whoever answers it?"
FEWEST_STUDENTS = 20
MOST_EXACT = 40  # items; up to here the second derivatives are exact, beyond they are those of a long test
MOST_STEPS = 200
TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConditionalFit:
    """Difficulties in logits; NaN for an item that nobody answered, or everybody answered alike."""

    difficulties: Floats  # (n_items,), summing to 0
    standard_errors: Floats  # (n_items,)
    ended: Ended  # log_likelihood is the conditional one
    n_students: int  # with at least one right and one wrong answer: the others say nothing here
    n_left_out: int
    gradient_norm: float
    is_exact: bool  # are the standard errors from the exact second derivatives?


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Group:
    """Students who answered the same items."""

    items: NDArray[np.intp]
    n_of_score: Floats  # (len(items) + 1,)
    right: Floats  # (len(items),) how many got each right


def fit_conditional(answers: NDArray[np.generic]) -> ConditionalFit | CannotSay:
    """How hard is each item, whoever answers it?

    Parameters
    ----------
    answers : (n_students, n_items)
        0, 1, or NaN where nobody answered.

    Returns
    -------
    ConditionalFit
    CannotSay
        With fewer than 20 students whose answers differ among themselves, or when the items fall into parts
        that no student links (or that only point one way): then no difficulty compares across them.

    Raises
    ------
    ValueError
        For anything but 0, 1 and NaN.

    Source
    ------
    Andersen (1972), Journal of the Royal Statistical Society B 34, 42-54.
    """
    table = coded(np.asarray(answers))
    if max((max(seen, default=0) for seen in table.categories), default=0) > 1:
        raise ValueError("answers: found numbers above 1, expected 0 and 1 under the Rasch model.")
    groups = _groups(table)
    n_students = int(sum(group.n_of_score.sum() for group in groups))
    if len(table.kept) < 2 or n_students < FEWEST_STUDENTS:
        reason = f"{n_students} students have both right and wrong answers, to {len(table.kept)} usable items"
        return _no(reason, f"at least {FEWEST_STUDENTS} such students and 2 such items")
    if not _is_linked(table):
        reason = "the items fall into parts, and nobody who failed in one part succeeded in the other"
        return _no(reason, "students whose answers link all items, both ways")
    return _climb(table, groups, n_students)


def _no(reason: str, would_need: str) -> CannotSay:
    return CannotSay(question=QUESTION, reason=reason, would_need=would_need, check=CHECK)


def _groups(table: Answers) -> list[_Group]:
    given = table.codes >= 0
    sets, which = np.unique(given, axis=0, return_inverse=True) if given.size else (given, np.array([]))
    out = []
    for number, items in enumerate(sets):
        rows = np.flatnonzero(np.asarray(which).reshape(-1) == number)
        columns = np.flatnonzero(items)
        codes, times = table.codes[rows][:, columns], table.times[rows]
        scores = codes.sum(axis=1, dtype=np.int64)
        says = (scores > 0) & (scores < len(columns))
        if says.any():
            n_of_score = np.zeros(len(columns) + 1)
            np.add.at(n_of_score, scores[says], times[says])
            right = (times[says] @ codes[says].astype(float)).astype(float)
            out.append(_Group(items=columns, n_of_score=n_of_score, right=right))
    return out


def _is_linked(table: Answers) -> bool:
    """Fischer's condition: from each item to each other leads a chain of "right there, wrong here"."""
    from scipy.sparse.csgraph import connected_components  # only here

    right, wrong = (table.codes == 1).astype(float), (table.codes == 0).astype(float)
    beats = (right.T @ wrong) > 0
    n_parts, _ = connected_components(beats, directed=True, connection="strong")
    return int(n_parts) == 1


def _climb(table: Answers, groups: list[_Group], n_students: int) -> ConditionalFit:
    n = len(table.kept)
    b, is_exact = np.zeros(n), n <= MOST_EXACT
    value, gradient, information = _look(groups, b, exact=is_exact)
    left, n_steps = np.inf, 0
    while n_steps < MOST_STEPS:
        step = _inverse(information) @ gradient
        left = float(step @ gradient) / 2
        if left < TOLERANCE:
            break
        n_steps += 1
        b, (value, gradient, information) = _uphill(groups, b, step, value, exact=is_exact)
    covariance = _inverse(information)
    places = len(table.categories)
    difficulties, errors = np.full(places, np.nan), np.full(places, np.nan)
    variance = np.diag(covariance)
    difficulties[table.kept] = b - b.mean()
    errors[table.kept] = np.sqrt(np.where(variance > 0, variance, np.nan))
    return ConditionalFit(
        difficulties=difficulties,
        standard_errors=errors,
        ended=_ended(value, n_steps, left),
        n_students=n_students,
        n_left_out=len(table.of_row) - n_students,
        gradient_norm=float(np.abs(gradient).max()),
        is_exact=is_exact,
    )


def _inverse(information: Floats) -> Floats:
    """Among difficulties that sum to 0: moving all of them together changes nothing, and is taken out."""
    n = len(information)
    together = float(np.trace(information)) / n**2
    return np.asarray(np.linalg.inv(information + together) - 1 / (together * n**2))


def _uphill(
    groups: list[_Group], b: Floats, step: Floats, value: float, *, exact: bool
) -> tuple[Floats, tuple[float, Floats, Floats]]:
    length = min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-12))
    for _ in range(30):
        after = _look(groups, b + length * step, exact=exact)
        if after[0] >= value - 1e-12 * abs(value):
            break
        length /= 2
    return b + length * step, after


def _ended(value: float, n_steps: int, left: float) -> Ended:
    converged = left < TOLERANCE
    word = "converged" if converged else "NOT converged: stopped"
    said = f"{word} after {n_steps} steps; a further step promises {left:.1e} of conditional log-likelihood"
    return Ended(converged=converged, n_steps=n_steps, log_likelihood=value, objective=value, said=said)


def _look(groups: list[_Group], b: Floats, *, exact: bool) -> tuple[float, Floats, Floats]:
    """The conditional log-likelihood, its gradient by b, and minus its second derivatives."""
    value, gradient, information = 0.0, np.zeros(len(b)), np.zeros((len(b), len(b)))
    for group in groups:
        v, g, i = _look_at(group, b[group.items], exact=exact)
        value += v
        gradient[group.items] += g
        information[np.ix_(group.items, group.items)] += i
    return value, gradient, information


def _look_at(group: _Group, b: Floats, *, exact: bool) -> tuple[float, Floats, Floats]:
    scores = np.flatnonzero(group.n_of_score)
    n = group.n_of_score[scores]
    theta = _abilities_that_expect(scores, b)
    right = expit(theta - b[:, None])  # (n_items, n_scores): any ability will do, for it cancels; this one
    items = [np.stack([1 - p, p]) for p in right]  # keeps the score likely, and so the arithmetic in range
    at = np.arange(len(scores))
    of_score = of_all(items)[scores, at]
    shares = np.stack([w[scores - 1, at] for w in without_each(items)]) * right / of_score
    value = float(n @ (theta * scores - np.log(of_score) - _log_none(theta, b))) - float(group.right @ b)
    gradient = shares @ n - group.right
    if not exact:
        return value, gradient, _spread_of_long_test(shares, n)
    pairs = _pairs(items, right, scores, of_score, n) + np.diag(shares @ n)
    return value, gradient, pairs - (shares * n) @ shares.T


def _log_none(theta: Floats, b: Floats) -> Floats:
    """So that value is -sum x b - log gamma_r: P(score r | theta) = gamma_r exp(theta r) prod (1 - p)."""
    return np.asarray(np.logaddexp(0, theta - b[:, None]).sum(axis=0))


def _abilities_that_expect(scores: NDArray[np.intp], b: Floats) -> Floats:
    low, high = np.full(len(scores), b.min() - 30.0), np.full(len(scores), b.max() + 30.0)
    for _ in range(40):
        middle = (low + high) / 2
        above = expit(middle - b[:, None]).sum(axis=0) > scores
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray((low + high) / 2)


def _pairs(
    items: list[Floats], right: Floats, scores: NDArray[np.intp], of_score: Floats, n: Floats
) -> Floats:
    """Sum over students of P(both right | score)."""
    n_items, at = len(items), np.arange(len(scores))
    out = np.zeros((n_items, n_items))
    for j in range(n_items):
        others = items[:j] + items[j + 1 :]
        rows = [k for k in range(n_items) if k != j]
        for k, without in zip(rows, without_each(others) if others else [], strict=True):
            both = np.where(scores >= 2, without[np.maximum(scores - 2, 0), at], 0.0)
            out[j, k] = float((both * right[j] * right[k] / of_score) @ n)
    return out


def _spread_of_long_test(shares: Floats, n: Floats) -> Floats:
    """Covariances given the score, as if the answers were normal: W - w w' / sum w, w = p (1 - p)."""
    w = shares * (1 - shares)
    total = w.sum(axis=0)
    return np.asarray(np.diag(w @ n) - (w * (n / total)) @ w.T)
