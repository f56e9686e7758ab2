"""The search for the most likely parameters.

In:   a model, answers, a grid.
Out:  the model at the top, and how the search ended.
Not here: standard errors (sure), words (fit).

First a few EM cycles with an ability whose mean and deviation are free (parameter expansion: it removes
the direction in which EM creeps on long tests). Then quasi-Newton steps on the marginal likelihood: its
gradient comes free with every expectation step (Fisher's identity), and the start of the second derivative is
the information of the complete data less what not knowing the abilities takes away.

Sources: Bock & Aitkin (1981), Psychometrika 46, 443-459. Liu, Rubin & Wu (1998), Biometrika 85, 755-770.
Lange (1995), Statistica Sinica 5, 1-18. Nocedal & Wright (2006), Numerical Optimization, section 7.2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.curves import Block, Curves, cross_information, shift_information
from plainview.core.measure.irt.expect import Expected, Tables, Windows, expect
from plainview.core.measure.irt.model import Grid, Model

Floats = NDArray[np.float64]

STEEPEST = 12.0  # a slope beyond it is a step; the likelihood then only says "steeper still"
FARTHEST = 60.0  # an intercept (of each step, where there are several) beyond it: nobody answers otherwise
SLIGHT = 1e-3  # a pull off its bound that is slighter leaves a parameter there: else it would go to and fro
HIGHEST_GUESS = 0.95
LOWEST_GUESS_WITH_PRIOR = 1e-6  # a prior's density may be 0 at 0
MEMORY = 10  # how many former steps a quasi-Newton step remembers
EM_CYCLES = 4
LONGEST_STEP = 1.5  # in one EM cycle no slope or intercept moves farther
LONGEST_GUESS_STEP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """Where the search stands: everything that one pass over the answers tells."""

    model: Model
    nodes: Floats
    expected: Expected
    curves: tuple[Curves, ...]
    objective: float
    gradient: Floats  # of the objective, by the free parameters; 0 where a parameter is held at its bound
    held: list[NDArray[np.bool_]]

    @property
    def log_likelihood(self) -> float:
        return self.expected.log_likelihood


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Climbed:
    place: Place
    n_steps: int
    left: float  # how much objective the last step's model still promised
    settled: bool


class Hill:
    """The marginal likelihood on one grid."""

    def __init__(self, tables: Tables, grid: Grid, *, before: "Hill | None" = None) -> None:
        self.tables, self.grid = tables, grid
        self.windows = Windows(tables.answers, len(grid.nodes))
        if before is not None:
            self.windows.start_from(before.windows, before.grid, grid)

    def expect(self, model: Model) -> Expected:
        return expect(self.tables, model.log_p(self.grid.nodes), self.grid, self.windows)

    def look(self, model: Model) -> Place:
        expected, found = self.expect(model), model.curves(self.grid.nodes)
        slopes = [_gradient(b, c, expected) for b, c in zip(model.blocks, found, strict=True)]
        _add_prior_gradient(model, slopes)
        held = _held_everywhere(model, slopes)
        for part, at_bound in zip(slopes, held, strict=True):
            part[at_bound] = 0.0
        return Place(
            model=model,
            nodes=self.grid.nodes,
            expected=expected,
            curves=found,
            objective=expected.log_likelihood + model.log_prior(),
            gradient=pack_gradient(model, slopes),
            held=held,
        )


def counts_of(block: Block, expected: Expected) -> Floats:
    """(n, n_categories, n_nodes)."""
    counts: Floats = expected.counts[: block.n_categories, block.items].transpose(1, 0, 2)
    return counts


def _gradient(block: Block, found: Curves, expected: Expected) -> Floats:
    counts = counts_of(block, expected)
    out: Floats = np.einsum("jkq,jkpq->jp", counts, found.score, optimize=True)
    return out


def _add_prior_gradient(model: Model, slopes: list[Floats]) -> None:
    if model.guess_prior is None:
        return
    right, wrong = model.guess_prior.right - 1, model.guess_prior.wrong - 1
    for block, slope in zip(model.blocks, slopes, strict=True):
        if block.kind == "3pl":
            c = block.values[:, 2]
            slope[:, 2] += right / c - wrong / (1 - c)


def bounds(model: Model, block: Block) -> tuple[Floats, Floats]:
    lowest_guess = 0.0 if model.guess_prior is None else LOWEST_GUESS_WITH_PRIOR
    farthest = FARTHEST * (block.n_categories - 1)
    low, high = np.full_like(block.values, -farthest), np.full_like(block.values, farthest)
    low[:, 0], high[:, 0] = -STEEPEST, STEEPEST
    if block.kind == "3pl":
        low[:, 2], high[:, 2] = lowest_guess, HIGHEST_GUESS
    return low, high


def _held_everywhere(model: Model, gradients: list[Floats]) -> list[NDArray[np.bool_]]:
    if model.one_slope:  # the pull on a shared slope is that of all items together
        together = sum(float(gradient[:, 0].sum()) for gradient in gradients)
        gradients = [np.column_stack([np.full(len(g), together), g[:, 1:]]) for g in gradients]
    return [_held(model, block, g) for block, g in zip(model.blocks, gradients, strict=True)]


def _held(model: Model, block: Block, gradient: Floats) -> NDArray[np.bool_]:
    """At a bound, and the likelihood pulls outward."""
    low, high = bounds(model, block)
    at_low = (block.values <= low) & (gradient <= SLIGHT)
    at_high = (block.values >= high) & (gradient >= -SLIGHT)
    held: NDArray[np.bool_] = at_low | at_high
    return held


# --- one vector of free parameters: [slope, rest] where the slope is shared, all in order otherwise ---


def pack_gradient(model: Model, parts: list[Floats]) -> Floats:
    if not model.one_slope:
        return np.concatenate([part.ravel() for part in parts])
    rest = [part[:, 1:].ravel() for part in parts]
    return np.concatenate([[sum(part[:, 0].sum() for part in parts)], *rest])


def pack_step(model: Model, parts: list[Floats]) -> Floats:
    if not model.one_slope:
        return np.concatenate([part.ravel() for part in parts])
    return np.concatenate([[parts[0][0, 0]], *(part[:, 1:].ravel() for part in parts)])


def unpack(model: Model, free: Floats) -> list[Floats]:
    parts, start = [], int(model.one_slope)
    for block in model.blocks:
        n, width = block.values.shape
        width -= int(model.one_slope)
        part = free[start : start + n * width].reshape(n, width)
        start += n * width
        parts.append(np.column_stack([np.full(n, free[0]), part]) if model.one_slope else part)
    return parts


# --- the information of the complete data, and what not knowing the abilities takes from it ---


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


# --- the steps ---


def em_cycle(hill: Hill, place: Place, *, free_ability: bool) -> Place:
    """One scoring step of every item on the expected counts; then the ability's own mean and deviation."""
    metric = Metric(place, doubt=False)
    step = unpack(place.model, metric.solve(place.gradient))
    allowed = [_allowed(block) for block in place.model.blocks]
    model = within_bounds(place.model, [_shortened(s, a) for s, a in zip(step, allowed, strict=True)])
    if free_ability:
        mass, nodes = place.expected.mass, hill.grid.nodes
        mean = float(mass @ nodes / mass.sum())
        deviation = float(np.sqrt(mass @ (nodes - mean) ** 2 / mass.sum()))
        rescaled = model.rescaled(mean=mean, deviation=deviation)
        model = within_bounds(rescaled, [np.zeros_like(v) for v in rescaled.values()])
    return hill.look(model)


def _allowed(block: Block) -> Floats:
    farthest = np.full(block.values.shape[1], LONGEST_STEP)
    if block.kind == "3pl":
        farthest[2] = LONGEST_GUESS_STEP
    return farthest


def _shortened(step: Floats, allowed: Floats) -> Floats:
    """``step``: (n, n_parameters) of one block."""
    longest = (np.abs(step) / allowed).max(axis=1, keepdims=True)
    return np.asarray(step / np.maximum(1.0, longest))


def within_bounds(model: Model, step: list[Floats]) -> Model:
    """A step that puts an item's thresholds in disorder is halved for that item until they are in order."""
    values = []
    for block, part in zip(model.blocks, step, strict=True):
        low, high = bounds(model, block)
        halved, new = part, np.clip(block.values + part, low, high)
        for _ in range(30):
            wrong = _in_disorder(block, new)
            if not wrong.any():
                break
            halved = np.where(wrong[:, None], halved / 2, halved)
            new = np.clip(block.values + halved, low, high)
        values.append(new)
    return model.at(values)


def _in_disorder(block: Block, values: Floats) -> NDArray[np.bool_]:
    if block.kind != "graded":
        return np.zeros(len(values), dtype=bool)
    return np.asarray((np.diff(values[:, 1:], axis=1) >= -1e-7).any(axis=1))


class Memory:
    """The last steps and how they changed the gradient (limited-memory BFGS)."""

    def __init__(self) -> None:
        self.pairs: list[tuple[Floats, Floats]] = []

    def add(self, step: Floats, change: Floats) -> None:
        if step @ change > 1e-12 * np.sqrt((step @ step) * (change @ change)):
            self.pairs = [*self.pairs[1 - MEMORY :], (step, change)]

    def direction(self, gradient: Floats, metric: Metric) -> Floats:
        q, used = gradient.copy(), []
        for step, change in reversed(self.pairs):
            share = (step @ q) / (step @ change)
            q -= share * change
            used.append(share)
        q = metric.solve(q)
        for (step, change), share in zip(self.pairs, reversed(used), strict=True):
            q += (share - (change @ q) / (step @ change)) * step
        return q


def climb(hill: Hill, place: Place, *, tolerance: float, most_steps: int) -> Climbed:
    """Up until a step promises less than ``tolerance`` of log-likelihood."""
    memory, left = Memory(), np.inf
    for n in range(most_steps):
        metric = Metric(place, doubt=True)
        direction = memory.direction(place.gradient, metric)
        left = float(place.gradient @ direction) / 2
        if left < tolerance:
            return Climbed(place=place, n_steps=n, left=left, settled=True)
        after = step_up(hill, place, direction, left)
        if after is None:
            memory = Memory()
            after = em_cycle(hill, place, free_ability=False)
            if after.objective <= place.objective:
                return Climbed(place=place, n_steps=n + 1, left=left, settled=False)
        elif any((a != b).any() for a, b in zip(after.held, place.held, strict=True)):
            memory = Memory()  # what was learned with other parameters free no longer holds
        else:
            moved = [a - b for a, b in zip(after.model.values(), place.model.values(), strict=True)]
            memory.add(pack_step(place.model, moved), place.gradient - after.gradient)
        place = after
    return Climbed(place=place, n_steps=most_steps, left=left, settled=False)


def step_up(hill: Hill, place: Place, direction: Floats, left: float) -> Place | None:
    # So near the top the objective's own rounding is larger than the gain: the gradient alone is trusted.
    slack = 1e-11 * abs(place.objective)
    length = 1.0
    for _ in range(12):
        step = unpack(place.model, length * direction)
        after = hill.look(within_bounds(place.model, step))
        if after.objective >= place.objective + 1e-4 * length * left - slack:
            return after
        length /= 2 if length > 0.2 else 4
    return None
