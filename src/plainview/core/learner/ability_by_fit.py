"""How able is each student, by a test that was fitted: right and wrong, graded, partial credit, or mixed.

In:   answers (students x items, whole numbers, NaN where not answered) and the fit of core.measure.irt.
Out:  EAP, MAP or Warm's weighted likelihood estimate of each student, with its standard error.
Not here: the fit; items whose numbers are simply given (ability).

With L_jk(theta) the logarithm of the chance of category k of item j, and ' the slope by theta:

    score = sum over her answers of L'           information I = sum over her items and all k of P L'^2
    MAP:  score - (theta - mean) / sd^2 = 0      Warm:  score + J / (2 I) = 0,  J = sum of P L' (L'^2 + L'')

which is Warm's J = sum of P' P'' / P over categories, as Samejima wrote it for any number of them. For two
categories it is the J of ``ability``. Each student is as able as the highest point says; beyond -8 and 8
(in deviations of ability) nobody is looked for.

Sources: Warm (1989), Psychometrika 54, 427-450. Samejima (1993), Psychometrika 58, 119-138 (any categories).
Wang & Wang (2001), Applied Psychological Measurement 25, 317-331 (partial credit). Penfield & Bergeron
(2005), Applied Psychological Measurement 29, 218-233 (generalised partial credit).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from plainview.core.learner.ability import (
    FARTHEST,
    FEWEST_NODES,
    MOST_NODES,
    STEADY,
    Abilities,
    eap_on_grid,
    level_between,
)
from plainview.core.measure.irt.answers import Answers, coded
from plainview.core.measure.irt.curves import Block
from plainview.core.measure.irt.items import IrtFit, blocks_of

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

N_NODES = 129  # where the highest point is looked for first
A_CHUNK = 1_000_000  # numbers of students x items x categories that are looked at together
_TINY = 1e-300


def eap(
    answers: NDArray[np.generic], *, fit: IrtFit, prior_mean: float = 0.0, prior_sd: float | None = None
) -> Abilities:
    """The mean ability that answers and a normal prior leave possible.

    Parameters
    ----------
    answers : (n_students, n_items) whole numbers, NaN where not answered
        Of the items of the fit, in its order; students may be new.
    fit : IrtFit
        Items that could not be fitted count for nothing.
    prior_mean, prior_sd : float
        Of ability in the population; ``prior_sd`` is the fit's own unless it is given.

    Returns
    -------
    Abilities
        ``standard_error`` is the posterior standard deviation. Without an answer: the prior itself.

    Raises
    ------
    ValueError
        If the shapes differ, or an answer is one that nobody gave when the items were fitted.

    Source
    ------
    Bock & Mislevy (1982), Applied Psychological Measurement 6, 431-444.
    """
    test = _Test.of(answers, fit, prior_mean, prior_sd)
    n_nodes, found = FEWEST_NODES, test.eap(FEWEST_NODES)
    while n_nodes < MOST_NODES:
        n_nodes = 2 * n_nodes - 1
        before, found = found, test.eap(n_nodes)
        if not found[0].size or np.abs(found[0] - before[0]).max() < STEADY:
            break
    said = f"{n_nodes} equally spaced points; twice as many would move no estimate by {STEADY:g}"
    return test.abilities(*found, method="EAP", said=said, without=(test.mean, test.sd))


def ability_map(
    answers: NDArray[np.generic], *, fit: IrtFit, prior_mean: float = 0.0, prior_sd: float | None = None
) -> Abilities:
    """The likeliest ability, given answers and a normal prior. Parameters and errors as in ``eap``.

    ``standard_error`` is 1 / sqrt(information at theta + 1 / prior_sd^2).

    Source
    ------
    Baker & Kim (2004), Item Response Theory, 2nd ed., section 7.3.
    """
    test = _Test.of(answers, fit, prior_mean, prior_sd)

    def slope(theta: Floats, rows: Codes) -> Floats:
        return test.looked(theta, rows).score - (theta - test.mean) / test.sd**2

    def height(rows: Codes) -> Floats:
        falls: Floats = 0.5 * ((test.nodes - test.mean) / test.sd) ** 2
        return test.likely(test.nodes, rows) - falls

    theta = test.highest(height, slope)
    error = 1 / np.sqrt(test.information(theta) + 1 / test.sd**2)
    said = "the highest point of the posterior"
    return test.abilities(theta, error, method="MAP", said=said, without=(test.mean, test.sd))


def wle(answers: NDArray[np.generic], *, fit: IrtFit) -> Abilities:
    """Warm's weighted likelihood estimate: no prior, little bias. Parameters and errors as in ``eap``.

    ``standard_error`` is 1 / sqrt(information at theta). Without an answer there is no estimate: NaN.

    Source
    ------
    Warm (1989), Psychometrika 54, 427-450; Penfield & Bergeron (2005), Applied Psychological Measurement 29,
    218-233.
    """
    test = _Test.of(answers, fit, 0.0, None)

    def slope(theta: Floats, rows: Codes) -> Floats:
        at = test.looked(theta, rows)
        return at.score + at.j / np.maximum(2 * at.information, _TINY)

    theta = test.highest(lambda rows: test.likely(test.nodes, rows) + test.warm_sum(rows), slope)
    with np.errstate(divide="ignore"):
        error = 1 / np.sqrt(test.information(theta))
    said = f"the likeliest root of Warm's equation between {test.nodes[0]:g} and {test.nodes[-1]:g}"
    return test.abilities(theta, error, method="WLE", said=said, without=(np.nan, np.nan))


# --- curves ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Curves:
    """Of one block at some abilities, each (n_items, n_categories, n_theta)."""

    log_p: Floats
    first: Floats  # d log P / d theta
    second: Floats


def _curves(block: Block, theta: Floats) -> _Curves:
    return {"steps": _steps, "graded": _graded, "3pl": _three}[block.kind](block, theta)


def _steps(block: Block, theta: Floats) -> _Curves:
    a, k = block.values[:, 0, None, None], block.steps[None, :, None]
    d = np.concatenate([np.zeros((len(block.values), 1)), block.values[:, 1:]], axis=1)
    z = a * k * theta + d[:, :, None]
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    p = np.exp(log_p)
    mean = (k * p).sum(axis=1, keepdims=True)
    spread = ((k - mean) ** 2 * p).sum(axis=1, keepdims=True)
    return _Curves(log_p=log_p, first=a * (k - mean), second=np.broadcast_to(-(a**2) * spread, log_p.shape))


def _graded(block: Block, theta: Floats) -> _Curves:
    """P(k) = F(z_k) - F(z_k+1), written so that it keeps its digits where both are nearly 0 or 1."""
    a = block.values[:, 0, None, None]
    z = a * theta + block.values[:, 1:, None]
    log_above = np.pad(-np.logaddexp(0, -z), ((0, 0), (1, 0), (0, 0)))
    log_below = np.pad(-np.logaddexp(0, z), ((0, 0), (0, 1), (0, 0)))
    apart = np.diff(block.values[:, 1:], axis=1)  # the intercepts fall
    both = np.pad(np.log(-np.expm1(apart)), ((0, 0), (1, 1)))[:, :, None]
    above = np.pad(expit(z), ((0, 0), (1, 0), (0, 0)), constant_values=1.0)
    below = np.pad(expit(z), ((0, 0), (0, 1), (0, 0)))
    bends = above * (1 - above) + below * (1 - below)
    return _Curves(log_p=log_above + log_below + both, first=a * (1 - above - below), second=-(a**2) * bends)


def _three(block: Block, theta: Floats) -> _Curves:
    a, c = block.values[:, 0, None], block.values[:, 2, None]
    z = a * theta + block.values[:, 1, None]
    f, wrong = expit(z), np.log1p(-c) - np.logaddexp(0, z)
    right = c + (1 - c) * f
    rises = a * (1 - c) * f * (1 - f) / np.maximum(right, _TINY)
    first = np.stack([-a * f, rises], axis=1)
    second = np.stack([-(a**2) * f * (1 - f), rises * a * (1 - 2 * f) - rises**2], axis=1)
    log_p = np.stack([wrong, np.log(np.maximum(right, _TINY))], axis=1)
    return _Curves(log_p=log_p, first=first, second=second)


def _told(found: _Curves) -> tuple[Floats, Floats]:
    """Information and Warm's J of each item, (n_items, n_theta)."""
    p = np.exp(found.log_p)
    square = found.first**2
    return (p * square).sum(axis=1), (p * found.first * (square + found.second)).sum(axis=1)


# --- a test ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Of each student at an ability of her own, over the items she answered; each (n_students,)."""

    score: Floats
    information: Floats
    j: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Test:
    """Answers as codes of the fit's categories, and the fitted items' curves."""

    blocks: tuple[Block, ...]
    table: Answers
    codes: Codes  # (n_rows, n_items of the fit), -1 where not answered or not fitted
    mean: float
    sd: float

    @classmethod
    def of(cls, answers: NDArray[np.generic], fit: IrtFit, mean: float, sd: float | None) -> "_Test":
        table = coded(np.asarray(answers), categories=tuple(item.categories for item in fit.items))
        codes = np.full((len(table.codes), len(fit.items)), -1, dtype=np.int8)
        fitted = np.array([item.is_fitted for item in fit.items])
        codes[:, table.kept] = np.where(fitted[table.kept], table.codes, -1)
        unit = fit.latent_sd if sd is None else sd
        return cls(blocks=blocks_of(fit), table=table, codes=codes, mean=mean, sd=unit)

    @property
    def nodes(self) -> Floats:
        return self.mean + self.sd * np.linspace(-FARTHEST, FARTHEST, N_NODES)

    def likely(self, nodes: Floats, rows: Codes) -> Floats:
        """(n_rows, n_nodes) the log-likelihood of these rows at each node."""
        total = np.zeros((len(rows), len(nodes)))
        for block in self.blocks:
            log_p, mine = _curves(block, nodes).log_p, rows[:, block.items]
            for k in range(block.n_categories):
                total += (mine == k).astype(float) @ log_p[:, k]
        return total

    def warm_sum(self, rows: Codes) -> Floats:
        """(n_rows, n_nodes) the integral of Warm's term from the first node on, by trapezoids."""
        information, j = (np.zeros((len(rows), N_NODES)) for _ in range(2))
        for block in self.blocks:
            answered = (rows[:, block.items] >= 0).astype(float)
            of_items = _told(_curves(block, self.nodes))
            information += answered @ of_items[0]
            j += answered @ of_items[1]
        term = j / np.maximum(2 * information, _TINY)
        steps = np.diff(self.nodes) * (term[:, 1:] + term[:, :-1]) / 2
        return np.concatenate([np.zeros((len(rows), 1)), np.cumsum(steps, axis=1)], axis=1)

    def looked(self, theta: Floats, rows: Codes) -> _Sums:
        score, information, j = (np.zeros(len(rows)) for _ in range(3))
        for block in self.blocks:
            found, mine = _curves(block, theta), rows[:, block.items].T
            chosen = np.take_along_axis(found.first, np.maximum(mine, 0)[:, None].astype(np.intp), axis=1)
            of_items = _told(found)
            score += (chosen[:, 0] * (mine >= 0)).sum(axis=0)
            information += (of_items[0] * (mine >= 0)).sum(axis=0)
            j += (of_items[1] * (mine >= 0)).sum(axis=0)
        return _Sums(score=score, information=information, j=j)

    def information(self, theta: Floats) -> Floats:
        told = [self.looked(theta[here], self.codes[here]).information for here in self.chunks()]
        return np.concatenate([np.zeros(0), *told])

    def highest(self, height: Callable[[Codes], Floats], slope: Callable[..., Floats]) -> Floats:
        """(n_rows,) the highest node, then where the slope is 0 between its neighbours."""
        theta, nodes = np.empty(len(self.codes)), self.nodes
        for here in self.chunks():
            rows = self.codes[here]
            top = height(rows).argmax(axis=1)
            low, high = nodes[np.maximum(top - 1, 0)], nodes[np.minimum(top + 1, len(nodes) - 1)]
            theta[here] = level_between(low, high, partial(slope, rows=rows))
        return theta

    def eap(self, n_nodes: int) -> tuple[Floats, Floats]:
        nodes = self.mean + self.sd * np.linspace(-FARTHEST, FARTHEST, n_nodes)
        means, deviations = np.empty((2, len(self.codes)))
        for here in self.chunks():
            likely = self.likely(nodes, self.codes[here])
            means[here], deviations[here] = eap_on_grid(
                likely, nodes=nodes, prior_mean=self.mean, prior_sd=self.sd
            )
        return means, deviations

    def chunks(self) -> list[slice]:
        width = sum(len(block.items) * block.n_categories for block in self.blocks)
        size = max(1, A_CHUNK // max(1, width))
        return [slice(at, min(at + size, len(self.codes))) for at in range(0, len(self.codes), size)]

    def abilities(
        self, theta: Floats, error: Floats, *, method: str, said: str, without: tuple[float, float]
    ) -> Abilities:
        """Each student's; ``without`` an answer to a fitted item."""
        place = self.table.of_row
        n_answered = np.append((self.codes >= 0).sum(axis=1), 0)[place]
        there = n_answered > 0
        ends = self.nodes[[0, -1]]
        of_all = np.where(there, np.append(theta, np.nan)[place], without[0])
        return Abilities(
            theta=of_all,
            standard_error=np.where(there, np.append(error, np.nan)[place], without[1]),
            n_answered=n_answered.astype(np.int64),
            at_the_end=(of_all <= ends[0]) | (of_all >= ends[1]),
            method=method,
            said=said,
        )
