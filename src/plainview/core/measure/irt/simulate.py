"""Students and items whose truth is known.

In:   parameters, how many students, which share of answers is absent, a seed.
Out:  answers (students x items, NaN where absent) with the truth that made them.
Not here: learning and forgetting (learner.simulate).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import Block, log_p
from plainview.core.measure.irt.items import kind_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Truth:
    """``intercepts``: (n_items, n_categories - 1), logit = slope * theta + intercept."""

    model: str
    slopes: Floats
    intercepts: Floats
    guesses: Floats
    theta: Floats
    answers: Floats  # (n_students, n_items)
    seed: int

    @property
    def difficulties(self) -> Floats:
        """(n_items, n_categories - 1), in the sense of ItemParameters."""
        reached = np.diff(self.intercepts, axis=1, prepend=0) if self.model == "gpcm" else self.intercepts
        return np.asarray(-reached / self.slopes[:, None])


def simulate(
    *,
    n_students: int,
    n_items: int,
    seed: int,
    model: str = "2pl",
    n_categories: int = 2,
    absent: float = 0.0,
    slope_spread: float = 0.3,
    guess: float = 0.2,
) -> Truth:
    """Answers under a known model; ability N(0, 1), slopes log-normal around 1, difficulties N(0, 1).

    Parameters
    ----------
    model : "1pl", "2pl", "3pl", "grm" or "gpcm"
    n_categories : int
        Of every item; 2 unless the model is "grm" or "gpcm".
    absent : float, 0..1
        The share of answers that are left out, completely at random.
    slope_spread : float
        Standard deviation of the slopes' logarithm; "1pl" has none.
    guess : float, 0..1
        The lower asymptote of "3pl" items.
    seed : int
        The same seed gives the same students, items and answers.
    """
    if model not in ("1pl", "2pl", "3pl", "grm", "gpcm"):
        raise ValueError(f"model: found '{model}', expected 1pl, 2pl, 3pl, grm or gpcm.")
    if n_categories != 2 and model not in ("grm", "gpcm"):
        raise ValueError(f"n_categories: found {n_categories}, expected 2 under '{model}'.")
    rng = np.random.default_rng(seed)
    slopes = np.exp(rng.normal(0, 0 if model == "1pl" else slope_spread, n_items))
    middle = rng.normal(0, 1, n_items)
    intercepts = _intercepts(rng, model, slopes, middle, n_categories)
    guesses = np.full(n_items, guess if model == "3pl" else 0.0)
    theta = rng.normal(0, 1, n_students)
    answers = draw(
        rng, model=model, slopes=slopes, intercepts=intercepts, guesses=guesses, theta=theta, absent=absent
    )
    return Truth(
        model=model,
        slopes=slopes,
        intercepts=intercepts,
        guesses=guesses,
        theta=theta,
        answers=answers,
        seed=seed,
    )


def draw(
    rng: np.random.Generator,
    *,
    model: str,
    slopes: Floats,
    intercepts: Floats,
    guesses: Floats,
    theta: Floats,
    absent: float = 0.0,
) -> Floats:
    """(n_students, n_items) answers from these parameters."""
    n_categories = intercepts.shape[1] + 1
    kind = kind_of(model, n_categories)
    parts = [slopes[:, None], intercepts, *([guesses[:, None]] if kind == "3pl" else [])]
    block = Block(
        kind=kind,
        items=np.arange(len(slopes)),
        n_categories=n_categories,
        values=np.concatenate(parts, axis=1),
    )
    answers = np.empty((len(theta), len(slopes)))
    for start in range(0, len(theta), 1000):
        rows = slice(start, start + 1000)
        beyond = np.exp(log_p(block, theta[rows])).cumsum(axis=1)[:, :-1]
        chance = rng.random((len(slopes), 1, len(theta[rows])))
        answers[rows] = (chance > beyond).sum(axis=1).T
        if absent:
            answers[rows][rng.random(answers[rows].shape) < absent] = np.nan
    return answers


def _intercepts(
    rng: np.random.Generator, model: str, slopes: Floats, middle: Floats, n_categories: int
) -> Floats:
    """Difficulties of an item lie 0.7 apart around its middle, give or take a tenth."""
    k = np.arange(n_categories - 1)
    away = 0.7 * (k - k.mean()) + rng.uniform(-0.1, 0.1, (len(middle), n_categories - 1)) * (n_categories > 2)
    steps = -slopes[:, None] * (middle[:, None] + away)
    return np.asarray(steps.cumsum(axis=1) if model == "gpcm" else steps)
