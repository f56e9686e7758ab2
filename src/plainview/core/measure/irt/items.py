"""What a fit says: items as people read them, and the whole that they belong to.

In:   (made by fit).
Out:  frozen results; curves and information at any ability, in the fit's own terms.
Not here: how they were found (climb), do the items follow the model (residuals, score_groups).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import Block, curves, log_p, shift_information
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemParameters:
    """One item. NaN where these answers cannot say; then ``remark`` says why.

    ``slope``/``intercepts``: logit = slope * theta + intercept. ``difficulties``: the ability at which the
    logit is 0 ("2pl"), P(at least k) is one half ("grm"), categories k-1 and k are equally likely ("gpcm").
    """

    item: int  # the column, from 0
    model: str
    n_answers: int
    slope: float
    slope_se: float
    intercepts: tuple[float, ...]
    intercept_ses: tuple[float, ...]
    difficulties: tuple[float, ...]
    difficulty_ses: tuple[float, ...]
    guess: float  # the lower asymptote; 0 unless the model is "3pl"
    guess_se: float
    categories: tuple[int, ...]  # the answers that were given, in the order in which the model counts them
    remark: str  # "" where nothing is to be said

    @property
    def a(self) -> float:
        return self.slope

    @property
    def b(self) -> float:
        """The difficulty; of an item with several, their mean."""
        return sum(self.difficulties) / len(self.difficulties) if self.difficulties else NAN

    @property
    def c(self) -> float:
        return self.guess

    @property
    def thresholds(self) -> tuple[float, ...]:
        return self.difficulties

    @property
    def is_fitted(self) -> bool:
        return bool(self.difficulties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrature:
    """On which abilities the likelihood was summed, and whether a finer sum says the same."""

    n_nodes: int
    spacing: float  # standard deviations of ability
    span: float  # to either side
    moved: float  # log-likelihood per student, when the grid was doubled once more
    said: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IrtFit:
    """Read ``ended`` first. Ability is N(0, latent_sd^2): latent_sd is 1 but for "rasch" and "pcm"."""

    model: str
    items: tuple[ItemParameters, ...]
    ended: Ended
    n_students: int  # with at least one answer to a fitted item
    n_left_out: int
    n_answers: int
    n_parameters: int
    gradient_norm: float  # the largest slope of the objective by a free parameter, at the end
    left: float  # log-likelihood that a further step promises
    standard_errors: str  # how they were computed
    quadrature: Quadrature
    latent_sd: float
    latent_sd_se: float
    eap: Floats  # (n_students_in,) each student's mean ability given her answers; NaN where she gave none
    eap_sd: Floats

    @property
    def log_likelihood(self) -> float:
        return self.ended.log_likelihood

    @property
    def aic(self) -> float:
        return 2 * self.n_parameters - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        return float(np.log(self.n_students)) * self.n_parameters - 2 * self.log_likelihood

    @property
    def a(self) -> Floats:
        return np.array([item.a for item in self.items])

    @property
    def b(self) -> Floats:
        return np.array([item.b for item in self.items])

    @property
    def c(self) -> Floats:
        return np.array([item.c for item in self.items])

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(f"Item {item.item}: {item.remark}" for item in self.items if item.remark)

    def p(self, theta: Floats | float) -> Floats:
        """(n_theta, n_items): the expected share of the most that an item gives; P(right) for 0/1."""
        at = np.atleast_1d(np.asarray(theta, dtype=float))
        out = np.full((len(at), len(self.items)), np.nan)
        for block in blocks_of(self):
            expected = (np.exp(log_p(block, at)) * np.arange(block.n_categories)[:, None]).sum(axis=1)
            out[:, block.items] = expected.T / (block.n_categories - 1)
        return out

    def category_p(self, theta: Floats | float, *, item: int) -> Floats:
        """(n_theta, n_categories) of one item."""
        at = np.atleast_1d(np.asarray(theta, dtype=float))
        for block in blocks_of(self):
            if item in block.items:
                where = int(np.flatnonzero(block.items == item)[0])
                return np.asarray(np.exp(log_p(block, at))[where].T)
        return np.full((len(at), 0), np.nan)

    def item_information(self, theta: Floats | float) -> Floats:
        """(n_theta, n_items), Fisher's, in units of 1 / theta^2; 0 for an item that could not be fitted."""
        at = np.atleast_1d(np.asarray(theta, dtype=float))
        out = np.zeros((len(at), len(self.items)))
        for block in blocks_of(self):
            told = block.values[:, 0, None] ** 2 * shift_information(curves(block, at))
            out[:, block.items] = told.T
        return out

    def information(self, theta: Floats | float) -> Floats:
        """(n_theta,) of the whole test, without the population's own."""
        total: Floats = self.item_information(theta).sum(axis=1)
        return total

    def standard_error(self, theta: Floats | float) -> Floats:
        """(n_theta,) of a maximum-likelihood ability from all items: 1 / sqrt(information)."""
        with np.errstate(divide="ignore"):
            return np.asarray(1 / np.sqrt(self.information(theta)))


KIND_OF = {
    "rasch": "steps",
    "1pl": "steps",
    "2pl": "steps",
    "pcm": "steps",
    "gpcm": "steps",
    "grm": "graded",
    "3pl": "3pl",
}


def kind_of(model: str, n_categories: int) -> str:
    """With two categories the graded model and the partial-credit model are the 2PL."""
    return "steps" if n_categories == 2 and model == "grm" else KIND_OF[model]


def blocks_of(fit: IrtFit, *, standard: bool = False) -> tuple[Block, ...]:
    """The fitted items' curves; ``items`` are columns. ``standard``: for abilities with deviation 1."""
    groups: dict[tuple[str, int], list[ItemParameters]] = {}
    for item in fit.items:
        if item.is_fitted:
            n_categories = len(item.categories)
            groups.setdefault((kind_of(item.model, n_categories), n_categories), []).append(item)
    unit = fit.latent_sd if standard else 1.0
    return tuple(_block(kind, n, members, unit) for (kind, n), members in groups.items())


def _block(kind: str, n_categories: int, members: list[ItemParameters], unit: float) -> Block:
    guess = [[item.guess] if kind == "3pl" else [] for item in members]
    values = [[item.slope * unit, *item.intercepts, *g] for item, g in zip(members, guess, strict=True)]
    return Block(
        kind=kind,
        items=np.array([item.item for item in members], dtype=np.intp),
        n_categories=n_categories,
        values=np.array(values),
    )
