"""How sure the parameters are: the observed information of the marginal likelihood.

In:   the top of the hill.
Out:  a covariance for each item's parameters, and how it was computed.
Not here: the a/b form (items).

Exact, where the tables are small enough: Louis' identity, the complete data's information less the variance
of the complete data's score given the answers. On long tests that would cost too much; there the same
difference is taken with the score's variance at each node from its slope in the ability, which is the
better the more sharply a student is placed (measured: docs/methods/irt.md).

Source: Louis (1982), Journal of the Royal Statistical Society B 44, 226-233.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from plainview.core.measure.irt.curves import Block, curves
from plainview.core.measure.irt.expect import Pass
from plainview.core.measure.irt.hill import Hill, Place, counts_of, pack_gradient, unpack
from plainview.core.measure.irt.metric import Metric

Floats = NDArray[np.float64]

MOST_WORK = 1.5e10  # multiplications; some tenths of a second
MOST_PARAMETERS = 2500  # the matrix of their covariances is held as a whole
NUDGE = 1e-5
SMALLEST_PIVOT = 1e-5  # of a matrix with ones on its diagonal


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sure:
    covariances: list[Floats]  # by block, (n, n_parameters, n_parameters); NaN where nothing can be said
    how: str
    is_exact: bool
    newton: Floats | None  # where a Newton step would lead from here; None on long tests
    left: float  # the log-likelihood that this step promises; NaN when it cannot be said


def sure(hill: Hill, place: Place) -> Sure:
    """Exact where it costs little, by whichever of two ways costs less; else from the nodes."""
    n_free, answers = place.model.n_parameters, hill.tables.answers
    width = float(np.mean(hill.windows.high - hill.windows.low))
    whole = len(answers.codes) * width * float(n_free) ** 2
    per_item = n_free / place.model.n_items
    scattered = 6 * width * float(((np.count_nonzero(answers.codes >= 0, axis=1) * per_item) ** 2).sum())
    if min(whole, scattered) > MOST_WORK or n_free > MOST_PARAMETERS:
        return _long(place)
    information = _complete(place)
    if whole < scattered:
        _take_doubt(hill, place, information)
    else:
        _take_doubt_by_student(hill, place, information)
    return _exact(place, information)


def observed_information(hill: Hill, place: Place) -> Floats:
    """(n_free, n_free) of the objective, by Louis' identity."""
    information = _complete(place)
    _take_doubt(hill, place, information)
    return information


def _long(place: Place) -> Sure:
    covariances = Metric(place, doubt=True).covariances()
    how = "observed information, the abilities' doubt taken at each node (long test)"
    return Sure(
        covariances=_without_held(place, covariances),
        how=how,
        is_exact=False,
        newton=None,
        left=float("nan"),
    )


def _exact(place: Place, information: Floats) -> Sure:
    free = ~_held(place)
    inverse = _inverse(information if free.all() else information[np.ix_(free, free)])
    newton, left = None, float("nan")
    if inverse is None:
        inverse = np.full_like(information, np.nan)
    else:
        newton = np.zeros(len(free))
        newton[free] = inverse @ place.gradient[free]
        left = float(newton @ place.gradient) / 2
        inverse = inverse if free.all() else _widened(inverse, free)
    return Sure(
        covariances=_without_held(place, _by_item(place, inverse)),
        how="observed information, exact (Louis)",
        is_exact=True,
        newton=newton,
        left=left,
    )


def _widened(inverse: Floats, free: NDArray[np.bool_]) -> Floats:
    full = np.full((len(free), len(free)), np.nan)
    full[np.ix_(free, free)] = inverse
    return full


def _inverse(information: Floats) -> Floats | None:
    """None where the matrix is not positive: then the answers do not determine every parameter.

    The matrix is overwritten: of 2,500 parameters it holds 50 MB, and copies would double the fit's memory.
    """
    if not len(information):
        return information
    scale = 1 / np.sqrt(np.maximum(np.diag(information), 1e-300))
    information *= scale
    information *= scale[:, None]
    factor, failed = lapack.dpotrf(information.T, lower=1, overwrite_a=1)
    if failed or np.diag(factor).min() < SMALLEST_PIVOT:
        return None
    inverse, failed = lapack.dpotri(factor, lower=1, overwrite_c=1)
    if failed:
        return None
    for i in range(len(inverse)):
        inverse[i, i + 1 :] = inverse[i + 1 :, i]  # only the lower half is computed
    inverse *= scale
    inverse *= scale[:, None]
    return np.asarray(inverse)


def _held(place: Place) -> NDArray[np.bool_]:
    held = pack_gradient(place.model, [part.astype(float) for part in place.held]) > 0
    if place.model.one_slope:
        held[0] = all(part[:, 0].all() for part in place.held)
    return np.asarray(held)


def _without_held(place: Place, covariances: list[Floats]) -> list[Floats]:
    for covariance, held in zip(covariances, place.held, strict=True):
        covariance[held[:, :, None] | held[:, None, :]] = np.nan
    return covariances


def _by_item(place: Place, inverse: Floats) -> list[Floats]:
    """Each item's own corner of the whole inverse."""
    numbers = unpack(place.model, np.arange(len(inverse), dtype=float))
    return [inverse[i[:, :, None], i[:, None, :]] for i in (n.astype(np.intp) for n in numbers)]


def _take_doubt(hill: Hill, place: Place, information: Floats) -> None:
    """Less the variance of every student's complete-data score, given her answers."""
    answers = hill.tables.answers
    for standing in Pass(hill.tables, place.model.log_p(place.nodes), hill.grid, hill.windows):
        codes, times = answers.codes[standing.rows], answers.times[standing.rows]
        mean = np.zeros((len(codes), len(information)))
        for q, weight in zip(range(standing.here.start, standing.here.stop), standing.weight.T, strict=True):
            score = _scores(place, codes, q)
            mean += weight[:, None] * score
            score *= np.sqrt(weight * times)[:, None]
            information -= score.T @ score
        mean *= np.sqrt(times)[:, None]
        information += mean.T @ mean


def _take_doubt_by_student(hill: Hill, place: Place, information: Floats) -> None:
    """The same, touching only the parameters of the items that each student answered."""
    answers, (score, number) = hill.tables.answers, _score_table(place)
    for standing in Pass(hill.tables, place.model.log_p(place.nodes), hill.grid, hill.windows):
        codes, times = answers.codes[standing.rows], answers.times[standing.rows]
        for mine, n_alike, weight in zip(codes, times, standing.weight, strict=True):
            items = np.flatnonzero(mine >= 0)
            told = score[items, mine[items], :, standing.here]
            index = number[items]
            if place.model.one_slope:
                told = np.concatenate([told[:, 0].sum(axis=0)[None], told[:, 1:].reshape(-1, len(weight))])
                index = np.concatenate([[0], index[:, 1:].ravel()])
            told, index = told.reshape(-1, len(weight)), index.ravel()
            there = index >= 0
            told, index = told[there], index[there]
            mean = told @ weight
            doubt = (told * weight) @ told.T - mean[:, None] * mean
            information[np.ix_(index, index)] -= n_alike * doubt


def _score_table(place: Place) -> tuple[Floats, NDArray[np.intp]]:
    """All items' scores in one table, and the free parameter that each row belongs to (-1: none)."""
    shapes = [found.score.shape for found in place.curves]
    n, k, p = place.model.n_items, max(s[1] for s in shapes), max(s[2] for s in shapes)
    score, number = np.zeros((n, k, p, len(place.nodes))), np.full((n, p), -1, dtype=np.intp)
    numbers = unpack(place.model, np.arange(place.model.n_parameters, dtype=float))
    for block, found, its in zip(place.model.blocks, place.curves, numbers, strict=True):
        score[block.items, : found.score.shape[1], : found.score.shape[2]] = found.score
        number[block.items, : its.shape[1]] = its
    return score, number


def _scores(place: Place, codes: NDArray[np.int8], q: int) -> Floats:
    """(n_rows, n_free): each student's complete-data score, stood she at node q."""
    parts = []
    for block, found in zip(place.model.blocks, place.curves, strict=True):
        mine = codes[:, block.items]
        part = found.score[np.arange(len(block.items)), np.maximum(mine, 0), :, q]
        part[mine < 0] = 0.0
        parts.append(part)
    if not place.model.one_slope:
        return np.concatenate([part.reshape(len(codes), -1) for part in parts], axis=1)
    slope = sum(part[:, :, 0].sum(axis=1) for part in parts)
    rest = [part[:, :, 1:].reshape(len(codes), -1) for part in parts]
    return np.concatenate([np.asarray(slope)[:, None], *rest], axis=1)


def _complete(place: Place) -> Floats:
    """Minus the second derivatives of the complete data's objective: blocks on the diagonal (or an arrow)."""
    n_free = place.model.n_parameters
    out = np.zeros((n_free, n_free))
    numbers = unpack(place.model, np.arange(n_free, dtype=float))
    for i, number in enumerate(numbers):
        index = number.astype(np.intp)
        np.add.at(out, (index[:, :, None], index[:, None, :]), _curvature(place, i))
    return out


def _curvature(place: Place, i: int) -> Floats:
    """(n, n_parameters, n_parameters), by differences of the exact gradient with the counts held."""
    block, counts = place.model.blocks[i], counts_of(place.model.blocks[i], place.expected)
    n_parameters = block.values.shape[1]
    out = np.empty((len(block.items), n_parameters, n_parameters))
    for p in range(n_parameters):
        up, down = (_nudged(place, block, counts, p, way) for way in (NUDGE, -NUDGE))
        out[:, :, p] = (down - up) / (2 * NUDGE)
    symmetric: Floats = (out + out.transpose(0, 2, 1)) / 2
    return symmetric


def _nudged(place: Place, block: Block, counts: Floats, p: int, by: float) -> Floats:
    values = block.values.copy()
    values[:, p] += by
    found = curves(block.at(values), place.nodes)
    gradient: Floats = np.einsum("jkq,jkpq->jp", counts, found.score, optimize=True)
    prior = place.model.guess_prior
    if block.kind == "3pl" and prior is not None:
        c = values[:, 2]
        gradient[:, 2] += (prior.right - 1) / c - (prior.wrong - 1) / (1 - c)
    return gradient
