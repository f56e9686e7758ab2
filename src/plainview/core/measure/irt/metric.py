"""How far a step should go: the information of the complete data, less what doubt takes from it.

In:   a Place.
Out:  the step that a slope asks for; each item's covariance.
Not here: the exact second derivatives (sure).

D is the complete data's information, block by block (an arrow where the slope is shared). What not knowing
the abilities takes away is U U', one column a node; D - U U' is solved by a matrix of the nodes' size
(Woodbury's identity).
"""

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import cross_information, shift_information
from plainview.core.measure.irt.hill import Place, counts_of

Floats = NDArray[np.float64]


class Metric:
    """Solves (D - U U') x = g, where D is block-diagonal by item (and an arrow where the slope is shared)."""

    def __init__(self, place: Place, *, doubt: bool) -> None:
        self.model = place.model
        self.blocks = [_information(place, i) for i in range(len(place.curves))]
        self.inverse = [np.linalg.inv(block) for block in self.blocks] if not self.model.one_slope else []
        if self.model.one_slope:
            self._make_arrow()
        self.u = _lost(place) if doubt else None
        if self.u is not None:
            self.du = self._solve_complete(self.u)
            inner = np.eye(self.u.shape[1]) - self.u.T @ self.du
            self.inner = np.linalg.inv(inner)

    def _make_arrow(self) -> None:
        self.rest = [np.linalg.inv(block[:, 1:, 1:]) for block in self.blocks]
        self.edge = [block[:, 1:, 0] for block in self.blocks]
        self.bent = [np.matmul(r, e[:, :, None])[:, :, 0] for r, e in zip(self.rest, self.edge, strict=True)]
        corner = sum(float(block[:, 0, 0].sum()) for block in self.blocks)
        bends = sum(float((e * b).sum()) for e, b in zip(self.edge, self.bent, strict=True))
        self.corner = corner - bends

    def covariances(self) -> list[Floats]:
        """(n, n_parameters, n_parameters) by block: the inverse's own corner for each item."""
        out, start = [], int(self.model.one_slope)
        for i, block in enumerate(self.model.blocks):
            n, width = block.values.shape
            width -= int(self.model.one_slope)
            lost = np.zeros((n, width, 1)) if self.u is None else self.du[start : start + n * width]
            lost = lost.reshape(n, width, -1)
            if self.model.one_slope:
                top = np.zeros((1, lost.shape[2])) if self.u is None else self.du[:1]
                lost = np.concatenate([np.broadcast_to(top, (n, *top.shape)), lost], axis=1)
            inner = self.inner if self.u is not None else np.zeros((1, 1))
            out.append(self._complete_covariance(i) + lost @ inner @ lost.transpose(0, 2, 1))
            start += n * width
        return out

    def _complete_covariance(self, i: int) -> Floats:
        if not self.model.one_slope:
            return np.asarray(self.inverse[i])
        rest, bent = self.rest[i], self.bent[i]
        n, width = bent.shape
        out = np.empty((n, width + 1, width + 1))
        out[:, 0, 0] = 1 / self.corner
        out[:, 0, 1:] = out[:, 1:, 0] = -bent / self.corner
        out[:, 1:, 1:] = rest + bent[:, :, None] * bent[:, None, :] / self.corner
        return out

    def solve(self, gradient: Floats) -> Floats:
        step = self._solve_complete(gradient[:, None])
        if self.u is not None:
            step = step + self.du @ (self.inner @ (self.du.T @ gradient[:, None]))
        return np.asarray(step[:, 0])

    def _solve_complete(self, right: Floats) -> Floats:
        if self.model.one_slope:
            return self._solve_arrow(right)
        out, start = np.empty_like(right), 0
        for inverse in self.inverse:
            n, width = inverse.shape[:2]
            part = right[start : start + n * width].reshape(n, width, -1)
            out[start : start + n * width] = np.matmul(inverse, part).reshape(n * width, -1)
            start += n * width
        return out

    def _solve_arrow(self, right: Floats) -> Floats:
        out, start, top = np.empty_like(right), 1, right[0].copy()
        for bent in self.bent:
            part = right[start : start + bent.size]
            top -= bent.ravel() @ part
            start += bent.size
        out[0], start = top / self.corner, 1
        for inverse, bent in zip(self.rest, self.bent, strict=True):
            n, width = bent.shape
            part = right[start : start + bent.size].reshape(n, width, -1)
            solved = np.matmul(inverse, part).reshape(n * width, -1)
            out[start : start + bent.size] = solved - bent.reshape(-1, 1) * out[0]
            start += bent.size
        return out


def _information(place: Place, i: int) -> Floats:
    """(n, n_parameters, n_parameters): expected information of the complete data, with the prior's."""
    block, found = place.model.blocks[i], place.curves[i]
    answered = counts_of(block, place.expected).sum(axis=1)  # (n, n_nodes)
    n, k, p, q = found.score.shape
    weighted = found.score * (found.p * answered[:, None])[:, :, None]
    flat = found.score.transpose(0, 2, 1, 3).reshape(n, p, k * q)
    information: Floats = flat @ weighted.transpose(0, 2, 1, 3).reshape(n, p, k * q).transpose(0, 2, 1)
    prior = place.model.guess_prior
    if block.kind == "3pl" and prior is not None:
        c = block.values[:, 2]
        information[:, 2, 2] += (prior.right - 1) / c**2 + (prior.wrong - 1) / (1 - c) ** 2
    held = place.held[i]
    information[held[:, :, None] | held[:, None, :]] = 0.0
    scale = np.einsum("jpp->jp", information).max(axis=1, initial=1e-6)
    diagonal = np.einsum("jpp->jp", information)
    diagonal += 1e-9 * scale[:, None] + np.where(held, 1.0, 0.0)
    return information


def _lost(place: Place) -> Floats:
    """U (n_free, n_nodes): what doubt about the abilities takes away, each ability taken near one node."""
    model, mass = place.model, np.maximum(place.expected.mass, 1e-300)
    crossed, known = [], np.zeros_like(mass)
    for block, found, held in zip(model.blocks, place.curves, place.held, strict=True):
        answered = counts_of(block, place.expected).sum(axis=1)
        slope = block.values[:, 0, None]
        part = cross_information(found) * (answered * slope)[:, None]
        part[held] = 0.0
        crossed.append(part)
        known += (answered * slope**2 * shift_information(found)).sum(axis=0)
    use = np.flatnonzero(place.expected.mass > 1e-8 * place.expected.mass.max())
    # 1 from the normal distribution itself: with it D - U U' is never less than positive.
    weight = 1 / np.sqrt(mass * (1 + known / mass))
    rows = [part[:, :, use].reshape(-1, len(use)) for part in crossed]
    if model.one_slope:
        slopes = sum(part[:, 0, use].sum(axis=0) for part in crossed)
        rows = [np.asarray(slopes)[None], *(p[:, 1:, use].reshape(-1, len(use)) for p in crossed)]
    return np.asarray(np.concatenate(rows) * weight[use])
