"""Curves of items from their parameters, with the doubt that the parameters carry.

In:   slope, difficulties, guess as people read them, each with its standard error.
Out:  at each ability: how likely a right answer or a category is, what the item tells, and their ranges.
Not here: fitting (core.measure.irt), pictures (items).

    2PL    P(right) = 1 / (1 + exp(-a (theta - b)))                    (1PL: one slope for all)
    3PL    P(right) = c + (1 - c) / (1 + exp(-a (theta - b)))
    graded P(at least k) = 1 / (1 + exp(-a (theta - b_k)))
    steps  log P(k) / P(k - 1) = a (theta - b_k)                       (generalised partial credit)

Ranges are by the delta method on log-odds (curves) and logarithms (information), with the parameters'
errors taken as independent: slopes and difficulties in this form hang together little.

Sources: Birnbaum (1968) in Lord & Novick, Statistical Theories of Mental Test Scores. Samejima (1969),
Psychometrika Monograph 17. Muraki (1992), Applied Psychological Measurement 16, 159-176.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
A_STEP = 1e-4  # of parameters and abilities, for the slopes of the delta method
ALMOST_NOTHING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item as people read it. With NaN for an error, no range is drawn and the picture says so."""

    name: str
    slope: float
    difficulties: tuple[float, ...]  # one for right and wrong; one fewer than categories otherwise
    guess: float = 0.0
    slope_se: float = float("nan")
    difficulty_ses: tuple[float, ...] = ()
    guess_se: float = 0.0
    graded: bool = True  # several difficulties are Samejima's (True) or partial credit's steps (False)

    def __post_init__(self) -> None:
        if not self.difficulties or len(self.difficulty_ses) not in (0, len(self.difficulties)):
            raise ValueError(f"{self.name}: expected difficulties, and an error for each of them or none.")
        if not 0 <= self.guess < 1:
            raise ValueError(f"{self.name}: found a guess of {self.guess}, expected 0 to 1.")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """A value with its range at each ability. Without a range, low and high are NaN."""

    name: str
    value: Floats  # (n_theta,)
    low: Floats
    high: Floats


def right_curve(item: Item, theta: ArrayLike, *, level: float = 0.95) -> Curve:
    """The share of the most that the item gives; P(right) for an item of right and wrong.

    Parameters
    ----------
    item : Item
        From ``core.measure.irt``: ``Item(name=..., slope=i.slope, slope_se=i.slope_se,
        difficulties=i.difficulties, difficulty_ses=i.difficulty_ses, guess=i.guess, guess_se=i.guess_se,
        graded=i.model == "grm")`` for ``i`` in ``fit.items`` where ``i.is_fitted``.
    theta : (n_theta,) abilities
    """
    at = np.atleast_1d(np.asarray(theta, dtype=float))

    def share(values: Floats) -> Floats:
        p = _categories(item, values, at)
        return np.asarray(p @ np.arange(p.shape[1]) / (p.shape[1] - 1))

    return _on_log_odds(item.name, share, item, level)


def category_curves(item: Item, theta: ArrayLike, *, level: float = 0.95) -> tuple[Curve, ...]:
    """How likely each category is; named "0", "1", ... in the order in which the model counts them."""
    at = np.atleast_1d(np.asarray(theta, dtype=float))

    def category(k: int) -> Callable[[Floats], Floats]:
        return lambda values: _categories(item, values, at)[:, k]

    return tuple(_on_log_odds(str(k), category(k), item, level) for k in range(len(item.difficulties) + 1))


def information(items: Sequence[Item], theta: ArrayLike, *, name: str = "", level: float = 0.95) -> Curve:
    """Fisher's information of all the items together, in 1 / theta^2.

    Source
    ------
    Samejima (1969): sum over categories of (dP/dtheta)^2 / P.
    """
    at, z = np.atleast_1d(np.asarray(theta, dtype=float)), NormalDist().inv_cdf((1 + level) / 2)
    total, variance = np.zeros(len(at)), np.zeros(len(at))
    for item in items:
        value, error = _delta(partial(_told, item, at), item)
        total += value
        variance += error**2
    wide: Floats = np.exp(z * np.sqrt(variance) / np.maximum(total, ALMOST_NOTHING))
    return Curve(name=name, value=total, low=total / wide, high=total * wide)


def _told(item: Item, theta: Floats, values: Floats) -> Floats:
    p = _categories(item, values, theta)
    up, down = (_categories(item, values, theta + side * A_STEP) for side in (1, -1))
    told: Floats = (((up - down) / (2 * A_STEP)) ** 2 / np.maximum(p, ALMOST_NOTHING)).sum(axis=1)
    return told


def _categories(item: Item, values: Floats, theta: Floats) -> Floats:
    """(n_theta, n_categories) with the parameters ``values``: slope, difficulties, guess."""
    slope, difficulties, guess = values[0], values[1:-1], values[-1]
    z = slope * (theta[:, None] - difficulties)
    if len(difficulties) == 1:
        right = guess + (1 - guess) * _expit(z)
        return np.concatenate([1 - right, right], axis=1)
    if item.graded:
        at_least = np.concatenate([np.ones((len(z), 1)), _expit(z), np.zeros((len(z), 1))], axis=1)
        graded: Floats = np.maximum(at_least[:, :-1] - at_least[:, 1:], 0)
        return graded
    logs = np.concatenate([np.zeros((len(z), 1)), z.cumsum(axis=1)], axis=1)
    likely = np.exp(logs - logs.max(axis=1, keepdims=True))
    steps: Floats = likely / likely.sum(axis=1, keepdims=True)
    return steps


def _expit(z: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh(z / 2)))


def _delta(of: Callable[[Floats], Floats], item: Item) -> tuple[Floats, Floats]:
    """The value and its standard error, the parameters' errors independent."""
    ses = item.difficulty_ses or (float("nan"),) * len(item.difficulties)
    values = np.array([item.slope, *item.difficulties, item.guess])
    errors = np.array([item.slope_se, *ses, item.guess_se if item.guess else 0.0])
    value = of(values)
    variance: Floats = np.zeros(len(value))
    for k, error in enumerate(errors):
        if error == 0:
            continue
        step = np.zeros(len(values))
        step[k] = A_STEP
        variance += ((of(values + step) - of(values - step)) / (2 * A_STEP) * error) ** 2
    return value, np.sqrt(variance)


def _on_log_odds(name: str, of: Callable[[Floats], Floats], item: Item, level: float) -> Curve:
    """The range is symmetric in log-odds, so that it stays between 0 and 1."""
    value, error = _delta(of, item)
    p = np.clip(value, ALMOST_NOTHING, 1 - ALMOST_NOTHING)
    half = NormalDist().inv_cdf((1 + level) / 2) * error / (p * (1 - p))
    odds = np.log(p / (1 - p))
    low, high = _expit(odds - half), _expit(odds + half)
    return Curve(name=name, value=value, low=np.minimum(low, value), high=np.maximum(high, value))
