"""Do the answers follow the model? What remains when the model has said what it expects.

In:   a fit and its answers.
Out:  infit and outfit of each item with standard errors; Yen's Q3 of each pair with the pairs that stand out.
Not here: fit within groups of equal score (score_groups).

Infit and outfit are averaged over where each student may stand, given all her answers, rather than taken at
one estimated ability: their expectation under the model is then exactly 1, on short tests too.

Sources: Wright & Masters (1982), Rating Scale Analysis, chapter 5. Yen (1984), Applied Psychological
Measurement 8, 125-145. Christensen, Makransky & Horton (2017), Applied Psychological Measurement 41, 178-194.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import Block, curves, log_p
from plainview.core.measure.irt.expect import Standing
from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.irt.stand import Beside, beside

Floats = NDArray[np.float64]

USUAL = (0.7, 1.3)  # METHODS: infit outside is worth a look; Wright & Linacre (1994)
STANDS_OUT = 0.2  # Q3 this far above the mean of all pairs
FEWEST_TOGETHER = 20  # fewer students on both items, and a correlation says nothing
SMALLEST_VARIANCE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFit:
    """1 is what the model expects; above: noisier than the model; below: more regular than it."""

    item: int
    n_answers: int
    infit: float  # weighted by information: answers near the item's difficulty count most
    infit_se: float
    outfit: float  # unweighted: surprises far from the item's difficulty count most
    outfit_se: float
    is_usual: bool  # infit within .7 to 1.3

    @property
    def infit_z(self) -> float:
        return (self.infit - 1) / self.infit_se

    @property
    def outfit_z(self) -> float:
        return (self.outfit - 1) / self.outfit_se


def item_fit(fit: IrtFit, answers: NDArray[np.generic]) -> tuple[ItemFit, ...]:
    """Infit and outfit mean squares of the fitted items, in the order of the columns.

    Parameters
    ----------
    fit : IrtFit
    answers : (n_students, n_items)
        Those it was fitted to, or others to the same items.

    Source
    ------
    Wright & Masters (1982), chapter 5; averaged over each student's posterior instead of at one estimate. The
    standard errors are those of a mean over students, less what the item's own parameters take from it.
    """
    here = beside(fit, answers)
    own_slope = fit.model not in ("rasch", "1pl", "pcm")
    shapes = [_Squares(block, here.grid.nodes, own_slope=own_slope) for block in here.model.blocks]
    for standing in here.standings():
        codes, times = here.table.codes[standing.rows], here.table.times[standing.rows]
        for shape in shapes:
            shape.add(codes[:, shape.block.items], times, standing)
    found = {}
    for shape in shapes:
        for i, place in enumerate(shape.block.items):
            column = int(here.table.kept[place])
            found[column] = shape.item(i, column)
    return tuple(found[column] for column in sorted(found))


class _Squares:
    """Products, summed over students, of: 1, expected and seen squared residuals, their ratio, the scores.

    The scores (by the item's own parameters) are there for the standard errors: the parameters were fitted to
    these same answers, and take some of the mean squares' chance with them.
    """

    def __init__(self, block: Block, nodes: Floats, *, own_slope: bool) -> None:
        self.block = block
        found = curves(block, nodes)
        k = np.arange(block.n_categories)[:, None]
        mean = (k * found.p).sum(axis=1)
        self.variance = np.maximum((k**2 * found.p).sum(axis=1) - mean**2, SMALLEST_VARIANCE)
        square = (k[None] - mean[:, None]) ** 2
        told = [square / self.variance[:, None], square]
        # Not the guess: with it the scores span nearly all, and under its prior they do not sum to 0.
        told += [found.score[:, :, p] for p in range(0 if own_slope else 1, block.n_categories)]
        self.told = told  # of (n, n_categories, n_nodes)
        size = len(told) + 2
        self.products = np.zeros((len(block.items), size, size))

    def add(self, codes: NDArray[np.int8], times: Floats, standing: Standing) -> None:
        given = codes >= 0
        rows = [given * 1.0, (standing.weight @ self.variance[:, standing.here].T) * given]
        for table in self.told:
            row = np.zeros(codes.shape)
            for k in range(self.block.n_categories):
                row += (codes == k) * (standing.weight @ table[:, k, standing.here].T)
            rows.append(row)
        all_rows = np.stack(rows).transpose(2, 0, 1)  # (n, size, n_rows)
        self.products += (all_rows * times) @ all_rows.transpose(0, 2, 1)

    def item(self, i: int, column: int) -> ItemFit:
        products = self.products[i]
        n, v, z, r = products[0, :4]
        outfit, infit = z / n, r / v
        return ItemFit(
            item=column,
            n_answers=int(n),
            infit=float(infit),
            infit_se=_spread(products, {3: 1.0, 1: -infit}) / float(v),
            outfit=float(outfit),
            outfit_se=_spread(products, {2: 1.0, 0: -outfit}) / float(n),
            is_usual=bool(USUAL[0] <= infit <= USUAL[1]),
        )


def _spread(products: Floats, parts: dict[int, float]) -> float:
    """Root of the sum over students of (the combination, less what the scores explain of it) squared."""
    mix = np.zeros(len(products))
    mix[list(parts)] = list(parts.values())
    scores = slice(4, None)
    crossed = products[scores] @ mix
    explained = float(crossed @ np.linalg.lstsq(products[scores, scores], crossed, rcond=None)[0])
    return float(np.sqrt(max(float(mix @ products @ mix) - explained, 0.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two items that students answer more alike than the one ability explains."""

    first: int
    second: int
    q3: float
    n_students: int  # who answered both


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Q3:
    """``matrix``: (n_items, n_items); NaN on the diagonal, for items left out, below 20 students together."""

    matrix: Floats
    mean: float  # about -1 / (n_items - 1) under the model
    flagged: tuple[Pair, ...]  # above mean + .2, the strongest first


def q3(fit: IrtFit, answers: NDArray[np.generic]) -> Q3:
    """Correlations between items' residuals at each student's mean ability.

    Source
    ------
    Yen (1984); flagged above the mean + .2 (Christensen, Makransky & Horton 2017).
    """
    here = beside(fit, answers)
    together, products, sums, squares = (np.zeros((here.model.n_items,) * 2) for _ in range(4))
    for standing in here.standings():
        left, given = _residuals(here, standing)
        times = here.table.times[standing.rows][:, None]
        together += (times * given).T @ given
        products += (times * left).T @ left
        sums += (times * left).T @ given
        squares += (times * left**2).T @ given
    small = _correlations(together, products, sums, squares)
    matrix = np.full((len(fit.items),) * 2, np.nan)
    matrix[np.ix_(here.table.kept, here.table.kept)] = small
    mean = float(np.nanmean(matrix)) if np.isfinite(matrix).any() else float("nan")
    counts = np.zeros_like(matrix)
    counts[np.ix_(here.table.kept, here.table.kept)] = together
    return Q3(matrix=matrix, mean=mean, flagged=_flagged(matrix, counts, mean))


def _residuals(here: Beside, standing: Standing) -> tuple[Floats, Floats]:
    codes = here.table.codes[standing.rows]
    theta = standing.weight @ here.grid.nodes[standing.here]
    expected = np.zeros(codes.shape)
    for block in here.model.blocks:
        k = np.arange(block.n_categories)[:, None]
        expected[:, block.items] = (k * np.exp(log_p(block, theta))).sum(axis=1).T
    given = codes >= 0
    return np.where(given, codes - expected, 0.0), given.astype(float)


def _correlations(together: Floats, products: Floats, sums: Floats, squares: Floats) -> Floats:
    n = np.where(together >= FEWEST_TOGETHER, together, np.nan)
    covariance = products / n - sums * sums.T / n**2
    variance = squares / n - sums**2 / n**2
    product = variance * variance.T
    out = covariance / np.sqrt(np.where(product > 1e-20, product, np.nan))  # no spread, no correlation
    np.fill_diagonal(out, np.nan)
    return np.asarray(out)


def _flagged(matrix: Floats, counts: Floats, mean: float) -> tuple[Pair, ...]:
    first, second = np.nonzero(np.triu(np.nan_to_num(matrix, nan=-1.0) > mean + STANDS_OUT, k=1))
    pairs = [
        Pair(first=int(i), second=int(j), q3=float(matrix[i, j]), n_students=int(counts[i, j]))
        for i, j in zip(first, second, strict=True)
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.q3))
