"""How sharply the penalised likelihood bends at some weights: for long steps, and for standard errors.

In:   chunks of a design, weights, penalties.
Out:  the curvature as a dense part, a sparse part and what they share; steps and covariances from it.
Not here: the search (solve).

The sparse part (items, skills, students) is factorised by itself, then eliminated from the dense part
(Schur complement). Nothing of the size n_items x n_items is ever made full.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.sparse.linalg import splu

from plainview.core.learner.logistic.design import Chunk
from plainview.core.learner.logistic.solve import log_odds, probabilities

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curvature:
    """The matrix of second derivatives in three parts, ready to be divided by."""

    factor: Any  # of the sparse part; None where there is none
    shared: Floats  # (n_sparse, n_dense)
    eliminated: Floats  # (n_sparse, n_dense): the sparse part's inverse times what is shared
    dense: Any  # Cholesky factor of the dense part once the sparse one is eliminated
    covariance: Floats  # (n_dense, n_dense) its inverse

    def step(self, gradient: Floats) -> Floats:
        """The inverse of the curvature times a gradient."""
        n = len(self.covariance)
        dense = linalg.cho_solve(self.dense, gradient[:n] - self.eliminated.T @ gradient[n:])
        if self.factor is None:
            return np.asarray(dense)
        rest = self.factor.solve(gradient[n:]) - self.eliminated @ dense
        return np.concatenate([dense, rest])


def diagonal(chunks: Iterable[Chunk], weights: Floats) -> Floats:
    """(n_weights,) second derivatives of the loss, each weight by itself: one light pass."""
    found = np.zeros(len(weights))
    for chunk in chunks:
        n, p = chunk.dense.shape[1], probabilities(log_odds(chunk, weights))
        told = p * (1 - p)
        found[:n] += told @ (chunk.dense * chunk.dense)
        if chunk.sparse.shape[1]:
            found[n:] += chunk.sparse.power(2).T @ told
    return found


def curvature(
    chunks: Iterable[Chunk], weights: Floats, penalty: Floats, *, whole: Floats | None = None
) -> Curvature:
    """At these weights; ``whole``, the diagonal over all rows, stretches some chunks to stand for them.

    Each weight is stretched by its own share, so that an item seen ten times as often elsewhere counts so.
    """
    dense, shared, rest = np.zeros((1, 1)), np.zeros((1, 1)), sparse.csr_matrix((1, 1))
    for chunk in chunks:
        p = probabilities(log_odds(chunk, weights))
        told = p * (1 - p)
        weighted = told[:, None] * chunk.dense
        dense = _plus(dense, weighted.T @ chunk.dense)
        if chunk.sparse.shape[1]:
            across = chunk.sparse.T.tocsr()
            shared = _plus(shared, across @ weighted)
            rest = _plus(rest, across @ _scaled(chunk.sparse, told))
    n = len(dense)
    if whole is not None:
        dense, shared, rest = _stretched(dense, shared, rest, whole)
    return _factorised(dense + np.diag(penalty[:n]), shared, rest, penalty[n:])


def _plus(total: Any, more: Any) -> Any:
    """A sum in double precision that starts with whatever comes first."""
    more = more.astype(np.float64)
    return more if total.shape != more.shape else total + more


def _stretched(dense: Floats, shared: Floats, rest: Any, whole: Floats) -> tuple[Floats, Floats, Any]:
    """Rows and columns times a number each, so that the diagonal becomes the whole's."""
    n = len(dense)
    by = np.sqrt(whole[:n] / np.maximum(np.diag(dense), 1e-300))
    dense = dense * by[:, None] * by
    if len(whole) == n:
        return dense, shared, rest
    seen = rest.diagonal()
    of_rest = np.sqrt(np.where(seen > 0, whole[n:] / np.where(seen > 0, seen, 1), 0))
    across = sparse.diags(of_rest)
    unseen = sparse.diags(np.where(seen > 0, 0, whole[n:]))  # known from its diagonal alone
    return dense, shared * of_rest[:, None] * by, across @ rest @ across + unseen


def _scaled(matrix: Any, by: NDArray[np.floating]) -> Any:
    """Each row of a CSR matrix times a number."""
    values = matrix.data * np.repeat(by, np.diff(matrix.indptr))
    return sparse.csr_matrix((values, matrix.indices, matrix.indptr), shape=matrix.shape)


def _factorised(dense: Floats, shared: Floats, rest: Any, penalty: Floats) -> Curvature:
    factor, eliminated = None, np.zeros((0, len(dense)))
    if len(penalty):
        full = (rest + sparse.diags(penalty)).tocsc()
        symmetric = {"SymmetricMode": True}
        factor = splu(full, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=symmetric)
        eliminated = factor.solve(shared)
        dense = dense - shared.T @ eliminated
    else:
        shared = eliminated
    # A column that never varies beside the intercept would leave nothing to divide by.
    dense = 0.5 * (dense + dense.T) + 1e-9 * np.diag(np.maximum(np.diag(dense), 1e-9))
    root = linalg.cho_factor(dense, lower=True)
    return Curvature(
        factor=factor,
        shared=shared,
        eliminated=eliminated,
        dense=root,
        covariance=linalg.cho_solve(root, np.eye(len(dense))),
    )
