"""Items and students that differ: numbers drawn in to their skill's.

In:   the trees of a variant, the plain fit.
Out:  what is held of each item's guess and slip and of each kind of student's start, and the climb.
Not here: the plain fit (fitting).

An item's guess and slip are held to lie about its skill's, with the spread in log-odds that the log's items
show (.7, as of two items more, is where it begins): with no answers an item is its skill, with many it is
itself, and where items do not differ the variant is nearly the plain model. A start is held to lie about its
skill's start, moved by what the student's form does to starts over all skills, with a spread of .5.
"""

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.arrange import N_FORMS
from plainview.core.learner.tracing.climb import Climbed, climb
from plainview.core.learner.tracing.expect import expect
from plainview.core.learner.tracing.numbers import Held, Layout, from_log_odds, log_odds

Floats = NDArray[np.float64]
SPREAD_OF_ITEMS = 0.7
STATED_COUNTS_AS = 2.0  # items
LEAST_SPREAD, MOST_SPREAD = 0.05, 2.0
ITEM_KINDS = ("guess", "slip")
SPREAD_OF_STARTS = 0.5
_ROUNDS = 8
_ROUGH = 1e-2
_NEWTON_STEPS = 8


def by_item_and_student(
    tree: Tree, layout: Layout, plain: Floats, plain_held: Held, most_steps: int
) -> tuple[Held, Climbed]:
    """``plain`` and ``plain_held`` have one number of each kind a skill, in the plain fit's layout."""
    at, hold = _spread_out(layout, plain, plain_held)
    if len(layout.start_skill) > layout.n_skills:
        known = log_odds(plain[: layout.n_skills])[layout.start_skill]
        moves = np.zeros(N_FORMS)
        for _ in range(_ROUNDS):
            hold = _starts_about(layout, hold, from_log_odds(known + np.tile(moves, layout.n_skills)))
            at = climb(tree, layout, hold, at, most_steps=most_steps, gain=_ROUGH).p
            moves = _moves(tree, layout, at, known, moves)
    if len(layout.cell_skill) > layout.n_skills:
        middle = {kind: plain.reshape(-1, layout.n_skills)[layout.kinds.index(kind)] for kind in ITEM_KINDS}
        for _ in range(_ROUNDS):
            at = climb(tree, layout, hold, at, most_steps=most_steps, gain=_ROUGH).p
            hold = _items_about(tree, layout, hold, at, middle)
    return hold, climb(tree, layout, hold, at, most_steps=most_steps)


def _items_about(tree: Tree, layout: Layout, hold: Held, p: Floats, middle: dict[str, Floats]) -> Held:
    """Items held about their skills with the spread that the log's items show (EM for a variance)."""
    trials, a, b = expect(tree, layout, p).trials, hold.a.copy(), hold.b.copy()
    for kind in ITEM_KINDS:
        span = layout.of[kind]
        about = np.minimum(middle[kind][layout.cell_skill], hold.cap[span] * 0.98)
        off = log_odds(p[span]) - log_odds(about)
        known = (trials[span] + a[span] + b[span] - 2) * p[span] * (1 - p[span])
        n, stated = len(off), STATED_COUNTS_AS * SPREAD_OF_ITEMS**2
        spread = np.sqrt((float((off**2 + 1 / known).sum()) + stated) / (n + STATED_COUNTS_AS))
        a[span], b[span] = _about(about, float(np.clip(spread, LEAST_SPREAD, MOST_SPREAD)))
    return Held(a=a, b=b, cap=hold.cap)


def _spread_out(layout: Layout, plain: Floats, plain_held: Held) -> tuple[Floats, Held]:
    """Every number starts as its skill's; items are held about it."""
    n = layout.n_skills
    by_kind = dict(zip(layout.kinds, plain.reshape(-1, n), strict=True))
    at, a, b, cap = (np.empty(layout.n) for _ in range(4))
    for place, kind in enumerate(layout.kinds):
        span, mine = layout.of[kind], slice(place * n, (place + 1) * n)
        owner = layout.owner[span]
        at[span] = by_kind[kind][owner]
        a[span], b[span], cap[span] = (
            column[mine][owner] for column in (plain_held.a, plain_held.b, plain_held.cap)
        )
        if kind in ("guess", "slip") and len(owner) > n:
            a[span], b[span] = _about(np.minimum(at[span], cap[span] * 0.98), SPREAD_OF_ITEMS)
    return at, Held(a=a, b=b, cap=cap)


def _starts_about(layout: Layout, hold: Held, middle: Floats) -> Held:
    a, b, span = hold.a.copy(), hold.b.copy(), layout.of["known"]
    a[span], b[span] = _about(np.clip(middle, 0.01, 0.99), SPREAD_OF_STARTS)
    return Held(a=a, b=b, cap=hold.cap)


def _about(middle: Floats, spread: float) -> tuple[Floats, Floats]:
    """Betas with these tops, and this spread in log-odds there."""
    weight = 1 / (spread**2 * middle * (1 - middle))
    return 1 + weight * middle, 1 + weight * (1 - middle)


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
