"""How able is each student, given what her answers were and how the items are? With how much doubt?

In:   answers (students x items, NaN where not answered) and items whose numbers are known.
Out:  EAP, MAP or Warm's weighted likelihood estimate of each student, with its standard error.
Not here: the items' numbers (core.measure), ability that moves while she learns (ability_tracing).

    P(right) = c + (1 - c) x logistic(a (theta - b))

EAP is the mean of what the answers and a normal prior leave possible, MAP its highest point; both stay
finite when all answers are right or wrong. WLE (Warm) has no prior: it adds to the score the term
J / (2 I) that takes out the likelihood's bias, and stays finite too. MAP and WLE need item numbers; EAP can
also be had from the log-likelihood of any model on a grid of abilities (``eap_on_grid``).

Sources: Bock & Mislevy (1982), Applied Psychological Measurement 6, 431-444 (EAP). Warm (1989),
Psychometrika 54, 427-450 (WLE). Baker & Kim (2004), Item Response Theory, 2nd ed., chapters 3 and 7.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FARTHEST = 8.0  # abilities are looked for between -8 and 8
A_CHUNK = 2_000_000  # numbers of students x items that are looked at together
FEWEST_NODES, MOST_NODES = 61, 1921
STEADY = 1e-8  # EAP: the grid is doubled until no estimate moves by more
SMALL_STEP = 1e-10
MOST_STEPS = 100
_TINY = 1e-300
GRID = np.linspace(-FARTHEST, FARTHEST, 129)
_Height = Callable[[Floats, Floats, Floats], Floats]
_Slope = Callable[..., Floats]  # of theta, u and was, each with a row a student


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What is known of the items; the arrays are of one length."""

    a: Floats  # (n_items,) discrimination, above 0
    b: Floats  # (n_items,) difficulty, on the scale of ability
    c: Floats  # (n_items,) chance of a right answer by luck, 0 to below 1

    @classmethod
    def of(cls, *, b: ArrayLike, a: ArrayLike | None = None, c: ArrayLike | None = None) -> "Items":
        """Without ``a`` every item discriminates by 1 (1PL); without ``c`` there is no luck (2PL).

        Raises
        ------
        ValueError
            If lengths differ, a discrimination is not above 0, or a luck is not from 0 to below 1.
        """
        hard = np.atleast_1d(np.asarray(b, dtype=float))
        sharp = np.ones_like(hard) if a is None else np.atleast_1d(np.asarray(a, dtype=float))
        luck = np.zeros_like(hard) if c is None else np.atleast_1d(np.asarray(c, dtype=float))
        if not hard.shape == sharp.shape == luck.shape or hard.ndim != 1:
            raise ValueError(
                f"a, b and c have shapes {sharp.shape}, {hard.shape} and {luck.shape}: expected one."
            )
        if not (np.isfinite(hard).all() and (sharp > 0).all() and (luck >= 0).all() and (luck < 1).all()):
            raise ValueError("items need finite b, a above 0, and c from 0 to below 1.")
        return cls(a=sharp, b=hard, c=luck)

    @property
    def n(self) -> int:
        return len(self.b)

    def p(self, theta: Floats) -> Floats:
        """(..., n_items) the chance of a right answer at each ability."""
        known = 1 / (1 + np.exp(-np.clip(self.a * (theta[..., None] - self.b), -700, 700)))
        return self.c + (1 - self.c) * known

    def information(self, theta: ArrayLike) -> Floats:
        """(..., n_items) Fisher's information of each item at each ability."""
        p = self.p(np.asarray(theta, dtype=float))
        return self.a**2 * (1 - p) / np.maximum(p, _TINY) * ((p - self.c) / (1 - self.c)) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """One estimate a student, in the order of the rows."""

    theta: Floats  # (n_students,) NaN where there is no answer and no prior
    standard_error: Floats  # (n_students,) posterior deviation (EAP), or by the information at theta
    n_answered: NDArray[np.int64]  # (n_students,)
    at_the_end: NDArray[np.bool_]  # (n_students,) the estimate stands at -8 or 8: read it as "beyond"
    method: str  # "EAP", "MAP", "WLE"
    said: str


def eap(answers: ArrayLike, *, items: Items, prior_mean: float = 0.0, prior_sd: float = 1.0) -> Abilities:
    """The mean ability that answers and a normal prior leave possible.

    Parameters
    ----------
    answers : (n_students, n_items) 0..1, NaN where not answered
        A half counts as half a right and half a wrong answer.
    items : Items
    prior_mean, prior_sd : float
        Of ability in the population, on the items' scale.

    Returns
    -------
    Abilities
        ``standard_error`` is the posterior standard deviation. Without an answer: the prior itself.

    Raises
    ------
    ValueError
        If the shapes differ, or an answer is outside 0..1.

    Source
    ------
    Bock & Mislevy (1982), Applied Psychological Measurement 6, 431-444.
    """
    given = _checked(answers, items)
    n_nodes, found = FEWEST_NODES, _eap_with(given, items, FEWEST_NODES, prior_mean, prior_sd)
    while n_nodes < MOST_NODES:
        n_nodes = 2 * n_nodes - 1
        before, found = found, _eap_with(given, items, n_nodes, prior_mean, prior_sd)
        if len(given) == 0 or np.abs(found[0] - before[0]).max() < STEADY:
            break
    said = f"{n_nodes} equally spaced points; twice as many would move no estimate by {STEADY:g}"
    return _abilities(given, found, "EAP", said)


def eap_on_grid(
    log_likelihood: ArrayLike, *, nodes: ArrayLike, prior_mean: float = 0.0, prior_sd: float = 1.0
) -> tuple[Floats, Floats]:
    """EAP and posterior deviation of each student, from any model's log-likelihood on a grid.

    Parameters
    ----------
    log_likelihood : (n_students, n_nodes)
        Of each student's answers at each ability: graded and partial credit models come in here.
    nodes : (n_nodes,) equally spaced abilities

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    at, likely = np.asarray(nodes, dtype=float), np.asarray(log_likelihood, dtype=float)
    if likely.ndim != 2 or likely.shape[1] != len(at):
        raise ValueError(
            f"log_likelihood has shape {likely.shape}: expected a column for each of {len(at)} nodes."
        )
    height = likely - 0.5 * ((at - prior_mean) / prior_sd) ** 2
    weight = np.exp(height - height.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    mean = weight @ at
    return mean, np.sqrt(np.maximum((weight * (at - mean[:, None]) ** 2).sum(axis=1), 0))


def _eap_with(given: Floats, items: Items, n: int, mean: float, sd: float) -> tuple[Floats, Floats]:
    nodes = mean + sd * np.linspace(-FARTHEST, FARTHEST, n)
    p = items.p(nodes)
    right, wrong = np.log(np.maximum(p, _TINY)).T, np.log(np.maximum(1 - p, _TINY)).T
    means, deviations = np.empty(len(given)), np.empty(len(given))
    for here in _chunks(len(given), max(n, items.n)):
        was, u = ~np.isnan(given[here]), np.nan_to_num(given[here])
        likely = u @ (right - wrong) + was.astype(float) @ wrong
        means[here], deviations[here] = eap_on_grid(likely, nodes=nodes, prior_mean=mean, prior_sd=sd)
    return means, deviations


def ability_map(
    answers: ArrayLike, *, items: Items, prior_mean: float = 0.0, prior_sd: float = 1.0
) -> Abilities:
    """The likeliest ability, given answers and a normal prior. Shapes and errors as in ``eap``.

    ``standard_error`` is 1 / sqrt(information at theta + 1 / prior_sd^2).

    Source
    ------
    Baker & Kim (2004), Item Response Theory, 2nd ed., section 7.3.
    """
    given = _checked(answers, items)

    def slope(theta: Floats, u: Floats, was: Floats) -> Floats:
        return _score(theta, u, was, items) - (theta - prior_mean) / prior_sd**2

    def height(nodes: Floats, u: Floats, was: Floats) -> Floats:
        falls: Floats = 0.5 * ((nodes - prior_mean) / prior_sd) ** 2
        return _log_likelihood(nodes, u, was, items) - falls

    theta = _highest(given, items, prior_mean + prior_sd * GRID, height, slope)
    information = _information(theta, given, items) + 1 / prior_sd**2
    return _abilities(given, (theta, 1 / np.sqrt(information)), "MAP", "the highest point of the posterior")


def wle(answers: ArrayLike, *, items: Items) -> Abilities:
    """Warm's weighted likelihood estimate: no prior, little bias. Shapes and errors as in ``eap``.

    Where several abilities solve the equation (possible with luck in the items), the likeliest is taken. An
    estimate that reaches -8 or 8 is marked. Without an answer there is none: NaN.
    ``standard_error`` is 1 / sqrt(information at theta).

    Source
    ------
    Warm (1989), Psychometrika 54, 427-450, equations 10 to 12.
    """
    given = _checked(answers, items)

    def slope(theta: Floats, u: Floats, was: Floats) -> Floats:
        return _score(theta, u, was, items) + _warm(theta, was, items)

    def height(nodes: Floats, u: Floats, was: Floats) -> Floats:
        return _log_likelihood(nodes, u, was, items) + _warm_sum(nodes, was, items)

    theta = _highest(given, items, GRID, height, slope)
    theta[np.isnan(given).all(axis=1)] = np.nan
    information = _information(theta, given, items)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.where(information > 0, 1 / np.sqrt(information), np.inf)
    error[np.isnan(theta)] = np.nan
    return _abilities(given, (theta, error), "WLE", "the likeliest root of Warm's equation between -8 and 8")


# --- pieces of the likelihood, one ability a student; each (n_students,) --------------------------------


def _score(theta: Floats, u: Floats, was: Floats, items: Items) -> Floats:
    """The slope of the log-likelihood."""
    p = items.p(theta)
    weight = items.a * (p - items.c) / (np.maximum(p, _TINY) * (1 - items.c))
    score: Floats = (weight * (u - was * p)).sum(axis=-1)
    return score


def _warm(theta: Floats, was: Floats, items: Items) -> Floats:
    """J / (2 I), Warm's equation 11."""
    j, information = _warm_parts(theta, items)
    term: Floats = (was * j).sum(axis=-1) / np.maximum(2 * (was * information).sum(axis=-1), _TINY)
    return term


def _warm_parts(theta: Floats, items: Items) -> tuple[Floats, Floats]:
    """P' P'' / (P Q) and P'^2 / (P Q), (..., n_items); P' = a (1 - c) z (1 - z), P'' = P' a (1 - 2 z)."""
    p = items.p(theta)
    z = (p - items.c) / (1 - items.c)
    first = items.a * (1 - items.c) * z * (1 - z)
    information = first**2 / np.maximum(p * (1 - p), _TINY)
    return information * items.a * (1 - 2 * z), information


def _warm_sum(nodes: Floats, was: Floats, items: Items) -> Floats:
    """(n_students, n_nodes) the integral of Warm's term from the first node on, by trapezoids."""
    j, information = _warm_parts(nodes, items)
    term = (was @ j.T) / np.maximum(2 * (was @ information.T), _TINY)
    steps = np.diff(nodes) * (term[:, 1:] + term[:, :-1]) / 2
    return np.concatenate((np.zeros((len(was), 1)), np.cumsum(steps, axis=1)), axis=1)


def _log_likelihood(nodes: Floats, u: Floats, was: Floats, items: Items) -> Floats:
    """(n_students, n_nodes)"""
    p = items.p(nodes)
    right, wrong = np.log(np.maximum(p, _TINY)).T, np.log(np.maximum(1 - p, _TINY)).T
    likely: Floats = u @ (right - wrong) + was @ wrong
    return likely


def _information(theta: Floats, given: Floats, items: Items) -> Floats:
    found = np.empty(len(given))
    for here in _chunks(len(given), items.n):
        found[here] = (items.information(theta[here]) * ~np.isnan(given[here])).sum(axis=1)
    return found


# --- the highest point ----------------------------------------------------------------------------------


def _highest(given: Floats, items: Items, grid: Floats, height: _Height, slope: _Slope) -> Floats:
    """(n_students,) the highest node, then where the slope is 0 between its neighbours."""
    theta = np.empty(len(given))
    for here in _chunks(len(given), max(items.n, len(grid))):
        u, was = np.nan_to_num(given[here]), (~np.isnan(given[here])).astype(float)
        top = height(grid, u, was).argmax(axis=1)
        low, high = grid[np.maximum(top - 1, 0)], grid[np.minimum(top + 1, len(grid) - 1)]
        theta[here] = level_between(low, high, partial(slope, u=u, was=was))
    return theta


def level_between(low: Floats, high: Floats, slope: Callable[[Floats], Floats]) -> Floats:
    """Where ``slope`` falls through 0 between ``low`` and ``high``, by the Illinois rule; else the end."""
    low, high = low.copy(), high.copy()
    at_low, at_high = slope(low), slope(high)
    beyond = np.where(at_high > 0, high, np.where(at_low < 0, low, np.nan))
    for _ in range(MOST_STEPS):
        down = at_low - at_high
        at = np.where(down > 0, low + (high - low) * at_low / np.where(down > 0, down, 1), (low + high) / 2)
        here = slope(at)
        rises = here > 0
        # The end that stays twice counts half, or it would stay for ever.
        at_low, at_high = np.where(rises, here, at_low / 2), np.where(rises, at_high / 2, here)
        step = np.where(rises, at - low, high - at)
        low, high = np.where(rises, at, low), np.where(rises, high, at)
        if np.nanmax(np.minimum(step, high - low), initial=0.0) < SMALL_STEP:
            break
    return np.where(np.isnan(beyond), at, beyond)


def _checked(answers: ArrayLike, items: Items) -> Floats:
    given = np.asarray(answers, dtype=float)
    if given.ndim != 2 or given.shape[1] != items.n:
        raise ValueError(f"answers have shape {given.shape}: expected a column for each of {items.n} items.")
    if ((given < 0) | (given > 1)).any():
        raise ValueError("an answer is outside 0 to 1; write NaN where there is none.")
    return given


def _chunks(n_students: int, width: int) -> Iterator[slice]:
    size = max(1, A_CHUNK // max(1, width))
    for at in range(0, n_students, size):
        yield slice(at, min(at + size, n_students))


def _abilities(given: Floats, found: tuple[Floats, Floats], method: str, said: str) -> Abilities:
    theta, error = found
    return Abilities(
        theta=theta,
        standard_error=error,
        n_answered=(~np.isnan(given)).sum(axis=1),
        at_the_end=np.abs(theta) >= FARTHEST,
        method=method,
        said=said,
    )
