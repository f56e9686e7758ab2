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

from plainview.core.measure.irt.curves import Block
from plainview.core.measure.irt.hill import Hill, Place, bounds, pack_step, unpack
from plainview.core.measure.irt.metric import Metric
from plainview.core.measure.irt.model import Model

Floats = NDArray[np.float64]

MEMORY = 10  # how many former steps a quasi-Newton step remembers
EM_CYCLES = 4
LONGEST_STEP = 1.5  # in one EM cycle no slope or intercept moves farther
LONGEST_GUESS_STEP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Climbed:
    place: Place
    n_steps: int
    left: float  # how much objective the last step's model still promised
    settled: bool


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
