"""Other tops: where other stated starts lead.

In:   the trees, the starts, what is held of each number, the top that the first start led to.
Out:  for every skill the highest top found; and the lower ones, so that nobody takes a top for the only one.
Not here: a single climb (climb).

The starts are stated and fixed, so the same log gives the same answer everywhere. One skill in six of real
logs has more than one top.
"""

from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.climb import Climbed, climb, farther
from plainview.core.learner.tracing.numbers import Held, Layout, log_odds

Floats = NDArray[np.float64]
# What each start stands for, in the order in which they are tried after the first.
STARTS: dict[str, dict[str, float]] = {
    "few know it, few learn it": {"known": 0.1, "learn": 0.05, "guess": 0.3, "slip": 0.1, "forget": 0.02},
    "few know it, it is learned fast": {"known": 0.1, "learn": 0.5, "guess": 0.1, "slip": 0.2, "forget": 0.1},
    "most know it and slip": {"known": 0.85, "learn": 0.1, "guess": 0.1, "slip": 0.35, "forget": 0.05},
    "most know it, the rest guess": {"known": 0.7, "learn": 0.1, "guess": 0.45, "slip": 0.05, "forget": 0.02},
}
ROUGH_GAIN = 1e-3
APART = 0.3  # log-odds: tops nearer than this in every number are one top
# A number whose 95 % reaches over most of 0..1 differs by this much without telling another story.
_HIGHER_BY = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTop:
    """A top that lies lower than the reported one."""

    start: str
    known: float
    learn: float
    guess: float
    slip: float
    forget: float | None
    below: (
        float  # log-likelihood plus log prior, below the reported top; small: the log cannot tell them apart
    )


def climb_from_all(
    tree: Tree, layout: Layout, held: Held, first: Climbed, names: tuple[str, ...]
) -> tuple[Climbed, list[tuple[str, Climbed, NDArray[np.bool_]]]]:
    """The highest top of every skill; and what each start found, where it was another."""
    best, found = first, []
    seen = tree.n_answers > 0
    for name in names:
        rough = climb(tree, layout, held, layout.filled(STARTS[name]), gain=ROUGH_GAIN, known_top=best.p)
        other = seen & _elsewhere(layout, best.p, rough.p)
        if not other.any():
            continue
        fine = climb(tree.only(other), layout, held, rough.p)
        other &= _elsewhere(layout, best.p, fine.p)
        higher = other & (fine.objective > best.objective + _HIGHER_BY)
        found.append((name, _swapped(layout, fine, best, higher), other))
        best = _swapped(layout, best, fine, higher)
    return best, found


def _elsewhere(layout: Layout, one: Floats, other: Floats) -> NDArray[np.bool_]:
    """(n_skills,) whether any number of the skill is another."""
    return farther(layout, log_odds(one), log_odds(other), APART)


def _swapped(layout: Layout, mine: Climbed, its: Climbed, where: NDArray[np.bool_]) -> Climbed:
    """``mine``, with ``its`` skills where said."""
    numbers = where[layout.owner]
    return replace(
        mine,
        p=np.where(numbers, its.p, mine.p),
        objective=np.where(where, its.objective, mine.objective),
        log_likelihood=np.where(where, its.log_likelihood, mine.log_likelihood),
        arrived=np.where(where, its.arrived, mine.arrived),
        n_steps=mine.n_steps + np.where(where, its.n_steps, 0),
        gain_left=np.where(where, its.gain_left, mine.gain_left),
    )


def told(
    layout: Layout, names: tuple[str, ...], best: Climbed, found: list[tuple[str, Climbed, NDArray[np.bool_]]]
) -> dict[str, tuple[OtherTop, ...]]:
    """By the skill's name; skills with one top are left out. Only for one number of each kind a skill."""
    by_skill: dict[str, list[OtherTop]] = {}
    for start, climbed, where in found:
        for s in np.flatnonzero(where & climbed.arrived & _elsewhere(layout, best.p, climbed.p)).tolist():
            by_skill.setdefault(names[s], []).append(_other(layout, s, start, best, climbed))
    return {name: _distinct(tops) for name, tops in by_skill.items()}


def _other(layout: Layout, s: int, start: str, best: Climbed, climbed: Climbed) -> OtherTop:
    at = {kind: float(climbed.p[layout.of[kind].start + s]) for kind in layout.kinds}
    below = float(best.objective[s] - climbed.objective[s])
    return OtherTop(start=start, forget=at.pop("forget", None), below=below, **at)


def _distinct(tops: list[OtherTop]) -> tuple[OtherTop, ...]:
    kept: list[OtherTop] = []
    for top in sorted(tops, key=lambda one: one.below):
        if not any(_same(top, other) for other in kept):
            kept.append(top)
    return tuple(kept)


def _same(one: OtherTop, other: OtherTop) -> bool:
    pairs = [(getattr(one, kind), getattr(other, kind)) for kind in ("known", "learn", "guess", "slip")]
    return all(abs(log(a / (1 - a)) - log(b / (1 - b))) <= APART for a, b in pairs)
