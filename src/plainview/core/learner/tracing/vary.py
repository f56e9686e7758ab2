"""Items and students that differ: numbers drawn in to their skill's.

In:   the trees of a variant, the plain fit, how far items lie apart.
Out:  what is held of each item's guess and slip and of each kind of student's start, and the climb.
Not here: the plain fit (fitting); whether items differ (items).

An item's guess and slip are held to lie about its skill's, with the spread in log-odds that the log's items
show: with no answers an item is its skill, with many it is itself, and where items do not differ the variant
is nearly the plain model. A start is held to lie about its skill's start, moved by what the student's form
does to starts over all skills, with a spread of .5.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.arrange import N_FORMS
from plainview.core.learner.tracing.climb import Climbed, climb
from plainview.core.learner.tracing.expect import expect
from plainview.core.learner.tracing.items import LEAST_SPREAD, ItemSpread, held_about, item_spread, touching
from plainview.core.learner.tracing.numbers import Held, Layout, from_log_odds, log_odds

Floats = NDArray[np.float64]
SPREAD_OF_STARTS = 0.5
_ROUNDS = 8
_ROUGH = 1e-2
_NEWTON_STEPS = 8


def by_item_and_student(
    tree: Tree,
    layout: Layout,
    plain: Floats,
    plain_held: Held,
    most_steps: int,
    items: ItemSpread | None,
) -> tuple[Held, Climbed]:
    """``plain`` and ``plain_held`` have one number of each kind a skill, in the plain fit's layout.

    ``items``: how far items lie apart, where they may; at least a little, for whoever asked for it.
    """
    at, hold = spread_out(layout, plain), _held_out(layout, plain_held)
    if items is not None:
        variance = max(items.drawn_in, LEAST_SPREAD**2)
        guess, slip = (_of(layout, plain, kind) for kind in ("guess", "slip"))
        hold = held_about(layout, hold, guess, slip, variance)
    if len(layout.start_skill) > layout.n_skills:
        known = log_odds(plain[: layout.n_skills])[layout.start_skill]
        moves = np.zeros(N_FORMS)
        for _ in range(_ROUNDS):
            hold = _starts_about(layout, hold, from_log_odds(known + np.tile(moves, layout.n_skills)))
            at = climb(tree, layout, hold, at, most_steps=most_steps, gain=_ROUGH).p
            moves = _moves(tree, layout, at, known, moves)
    return hold, climb(tree, layout, hold, at, most_steps=most_steps)


def how_items_differ(tree: Tree, layout: Layout, plain: Floats) -> ItemSpread:
    """Of a tree by item, as the plain fit sees it."""
    return item_spread(tree, layout, spread_out(layout, plain))


def spread_out(layout: Layout, plain: Floats) -> Floats:
    """Every number as its skill's."""
    at = np.empty(layout.n)
    for kind in layout.kinds:
        span = layout.of[kind]
        at[span] = _of(layout, plain, kind)[layout.owner[span]]
    return at


def _of(layout: Layout, plain: Floats, kind: str) -> Floats:
    """(n_skills,)"""
    return np.asarray(plain.reshape(-1, layout.n_skills)[layout.kinds.index(kind)])


def _held_out(layout: Layout, plain_held: Held) -> Held:
    a, b, cap = (spread_out(layout, column) for column in (plain_held.a, plain_held.b, plain_held.cap))
    return Held(a=a, b=b, cap=cap)


def _starts_about(layout: Layout, hold: Held, middle: Floats) -> Held:
    a, b, span = hold.a.copy(), hold.b.copy(), layout.of["known"]
    a[span], b[span] = touching(np.clip(middle, 0.01, 0.99), SPREAD_OF_STARTS**2)
    return replace(hold, a=a, b=b)


def _moves(tree: Tree, layout: Layout, p: Floats, known: Floats, moves: Floats) -> Floats:
    """How far each form moves starts over all skills: expected knowers = those that the move predicts."""
    seen = expect(tree, layout, p)
    hits, trials = (column[layout.of["known"]].reshape(-1, N_FORMS) for column in (seen.hits, seen.trials))
    middle, moved = known.reshape(-1, N_FORMS), moves.copy()
    for _ in range(_NEWTON_STEPS):
        expected = from_log_odds(middle + moved)
        curve = (trials * expected * (1 - expected)).sum(
            axis=0
        ) + 1.0  # one more: a form with no one stays put
        moved = moved + ((hits - trials * expected).sum(axis=0) - moved) / curve
    return np.asarray(np.clip(moved, -4.0, 4.0))
