"""Does the model as a whole fit? M2, from how often items, and pairs of items, were answered right.

In:   a fit of right/wrong items and its answers.
Out:  M2 with its degrees of freedom, p, and RMSEA; or CannotSay.
Not here: single items (residuals, score_groups).

With many items most answer patterns occur once or never, and a chi-square over patterns has no known
distribution. M2 looks at single items and pairs only, which are well filled.

Source: Maydeu-Olivares & Joe (2006), Psychometrika 71, 713-732.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.curves import curves
from plainview.core.measure.irt.hill import pack_gradient
from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.irt.stand import Beside, beside
from plainview.core.plural import counted

Floats = NDArray[np.float64]

CHECK = "measure.irt.m2/1"
QUESTION = "Does the model as a whole fit these answers?"
FEWEST_STUDENTS = 100
MOST_ITEMS = 60  # 1,830 margins; their covariances grow with the fourth power of the items


@dataclass(frozen=True, slots=True, kw_only=True)
class M2:
    statistic: float
    df: int
    p: float
    rmsea: float  # root mean square error of approximation; 0 is a perfect fit
    n_students: int  # who answered every fitted item


def m2(fit: IrtFit, answers: NDArray[np.generic]) -> M2 | CannotSay:
    """Limited-information goodness of fit, from students who answered every item.

    Source
    ------
    Maydeu-Olivares & Joe (2006), equations 3.2 to 3.4.
    """
    here = beside(fit, answers)
    complete = (here.table.codes >= 0).all(axis=1)
    times = here.table.times[complete]
    n, n_items = int(times.sum()), here.model.n_items
    no = _cannot(here, n, fit.n_parameters)
    if no is not None:
        return no
    first, second = np.triu_indices(n_items, k=1)
    right = here.table.codes[complete].astype(float)
    seen = np.concatenate([times @ right, ((right * times[:, None]).T @ right)[first, second]]) / n
    margins, covariance = _margins(here, first, second)
    statistic = n * _distance(seen - margins, covariance, _slopes(here, first, second, fit))
    df = len(seen) - fit.n_parameters
    rmsea = float(np.sqrt(max(0.0, (statistic - df) / (df * n))))
    return M2(statistic=statistic, df=df, p=float(chdtrc(df, statistic)), rmsea=rmsea, n_students=n)


def _cannot(here: Beside, n: int, n_parameters: int) -> CannotSay | None:
    n_items = here.model.n_items
    reason, need = "", ""
    if here.table.n_categories.max() > 2:
        reason, need = "some items have more than two categories", "items answered right or wrong"
    elif n < FEWEST_STUDENTS:
        reason, need = f"{counted(n, 'student')} answered every item", f"at least {FEWEST_STUDENTS}"
    elif n_items > MOST_ITEMS:
        reason, need = f"the test has {counted(n_items, 'item')}", f"at most {MOST_ITEMS}"
    elif n_items * (n_items + 1) // 2 <= n_parameters:
        reason, need = "single items and pairs are no more than the parameters", "more items"
    return CannotSay(question=QUESTION, reason=reason, would_need=need, check=CHECK) if reason else None


def _margins(here: Beside, first: NDArray[np.intp], second: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """P(right) of items and pairs, and the covariance of what is seen of them, times n."""
    p = np.exp(here.model.log_p(here.grid.nodes))[1]  # (n_items, n_nodes)
    weight = np.exp(here.grid.log_weight)
    products = np.concatenate([p, p[first] * p[second]])
    margins = products @ weight
    joint = (products * weight) @ products.T
    for i in range(len(p)):
        mine = np.concatenate([[i], len(p) + np.flatnonzero((first == i) | (second == i))])
        shared = products[mine]
        joint[np.ix_(mine, mine)] = (shared * (weight / p[i])) @ shared.T  # item i counts once
    np.fill_diagonal(joint, margins)
    return margins, joint - margins[:, None] * margins


def _slopes(here: Beside, first: NDArray[np.intp], second: NDArray[np.intp], fit: IrtFit) -> Floats:
    """(n_margins, n_parameters): how each margin moves with each free parameter."""
    n_items, weight = here.model.n_items, np.exp(here.grid.log_weight)
    p = np.exp(here.model.log_p(here.grid.nodes))[1]
    model = here.model
    if fit.model in ("rasch", "1pl", "pcm"):
        model = type(model)(blocks=model.blocks, one_slope=True, guess_prior=None)
    by_item = []
    for block in model.blocks:
        found = curves(block, here.grid.nodes)
        by_item.append((found.p[:, 1, None] * found.score[:, 1]) * weight)  # (n, n_parameters, n_nodes)
    rows = []
    for i, j in [*((i, i) for i in range(n_items)), *zip(first, second, strict=True)]:
        parts = []
        for block, slope in zip(model.blocks, by_item, strict=True):
            other = np.where(block.items == i, j, i)
            touched = (block.items == i) | (block.items == j)
            factor = np.ones_like(p[block.items]) if i == j else p[other]
            parts.append((slope * factor[:, None]).sum(axis=2) * touched[:, None])
        rows.append(pack_gradient(model, parts))
    return np.array(rows)


def _distance(residual: Floats, covariance: Floats, slopes: Floats) -> float:
    """Residuals measured across what the parameters could still take up."""
    solved = np.linalg.solve(covariance, np.column_stack([residual, slopes]))
    across, weighted = solved[:, 0], solved[:, 1:]
    taken = slopes.T @ across
    return float(residual @ across - taken @ np.linalg.solve(slopes.T @ weighted, taken))
