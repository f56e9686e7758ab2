"""The E-step: at stated numbers, how often was each thing known, learned, guessed, slipped?

In:   the trees of the answers, the numbers of all skills.
Out:  the log-likelihood of every skill; for each number, in how many trials how many hits are expected.
Not here: better numbers (climb).

Formulas. r is the odds of "known" before an answer, L learn, F forget, k and u how likely the answer is if
known and if unknown:

    forward    after the answer    e = r k / u
               before the next     r' = (e (1 - F) + L) / (e F + 1 - L)
    backward   W = how many of those who pass were unknowing, given all their answers:
               W = S (1 - L) / (e F + 1 - L) + (m - S) L / (e (1 - F) + L) + (those who end here) / (1 + e)
               with S the W of the next answers together, m those who have one

In odds nothing rounds to certainty: 1 - 1e-17 is 1, odds of 1e17 are not. Without forgetting (F = 0) the
backward step needs r' alone, learned = unknowing at the start - unknowing at the end, and the log-likelihood
telescopes.
Source: Baum, Petrie, Soules & Weiss (1970), Annals of Mathematical Statistics 41, 164-171; the backward step
is the smoother of Rauch, Tung & Striebel (1965), AIAA Journal 3, 1445-1450, for two states.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing import deep
from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.numbers import Layout, sums

Floats = NDArray[np.float64]
# Odds beyond this are not told apart; far from where a product would leave the machine's range.
FARTHEST = 1e200
# A tree of so many nodes is walked by compiled code; what it costs to load the compiler is then small.
PAYS_TO_COMPILE = 2_000_000
_SAFE_LOG = 450.0  # log(FARTHEST) less room for a step


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """For each number of the layout: trials and hits. And what the answers of each skill are worth."""

    log_likelihood: Floats  # (n_skills,)
    hits: Floats  # (layout.n,)
    trials: Floats  # (layout.n,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What a node looks up by its code."""

    log_known: Floats  # (n_codes,) log P(answer | known)
    log_unknown: Floats
    ratio: Floats  # P(answer | known) / P(answer | unknown)
    learn: Floats  # by code
    forget: Floats | None
    start_odds: Floats  # (n_starts,)


def tables(tree: Tree, layout: Layout, p: Floats) -> Tables:
    guess, slip = p[layout.of["guess"]][:, None], p[layout.of["slip"]][:, None]
    worth = tree.values[None, :]
    # Partly right is part right, part wrong, as in core.learner.bkt.if_known.
    log_known = (worth * np.log1p(-slip) + (1 - worth) * np.log(slip)).ravel()
    log_unknown = (worth * np.log(guess) + (1 - worth) * np.log1p(-guess)).ravel()
    skill_of_code = np.repeat(layout.cell_skill, len(tree.values))
    known = p[layout.of["known"]]
    return Tables(
        log_known=log_known,
        log_unknown=log_unknown,
        ratio=np.exp(log_known - log_unknown),
        learn=p[layout.of["learn"]][skill_of_code],
        forget=p[layout.of["forget"]][skill_of_code] if layout.forgets else None,
        start_odds=known / (1 - known),
    )


def expect(tree: Tree, layout: Layout, p: Floats) -> Expected:
    """One forward and one backward walk over the levels."""
    look_up = tables(tree, layout, p)
    if tree.n_nodes > PAYS_TO_COMPILE:
        return compiled(tree, layout, look_up)
    return _plain(tree, layout, look_up) if look_up.forget is None else _forgetting(tree, layout, look_up)


def _plain(tree: Tree, layout: Layout, look_up: Tables) -> Expected:
    step, gain = look_up.ratio / (1 - look_up.learn), look_up.learn / (1 - look_up.learn)
    gains = gain[tree.code]
    after, cut = _forward_plain(tree, look_up.start_odds, step[tree.code], gains)
    # P(was unknown | known now, learned here); after is never 0, for gain is not.
    just_learned = gains / after
    ending = np.zeros(tree.n_nodes)
    last = tree.last
    ending[last] = tree.ends[last] / ((1 - look_up.learn[tree.code[last]]) * (1 + after[last]))
    unknowing = _backward(tree, 1 - just_learned, just_learned * tree.goes_on + ending)
    at_start = sums(tree.parents[0], unknowing[tree.spans[0]], len(tree.start_skill))
    of_skill = sums(layout.start_skill, at_start, layout.n_skills)
    at_end = sums(tree.skill[last], ending[last], layout.n_skills)
    by_code = sums(tree.code, unknowing, len(tree.answers))
    chances = _by_skill(tree, by_code, layout) - at_end
    if cut:
        log_likelihood = _answer_by_answer(tree, look_up, after, layout)
    else:
        log_likelihood = _telescoped(tree, look_up, after, layout)
    return _counted(
        tree,
        layout,
        by_code,
        at_start,
        {"learn": (np.maximum(of_skill - at_end, 0.0), chances)},
        log_likelihood,
    )


def _forward_plain(tree: Tree, start_odds: Floats, steps: Floats, gains: Floats) -> tuple[Floats, bool]:
    """The odds of "known" after each answer and the chance to learn. Was any cut off at the farthest?"""
    after, odds = np.empty(tree.n_nodes), start_odds
    highest, per_level = float(np.log(start_odds.max(initial=1.0))), float(np.log(steps.max(initial=1.0)))
    cut = False
    for span, parent in list(zip(tree.spans, tree.parents, strict=True))[: tree.deep_from]:
        here = after[span]
        odds.take(parent, out=here, mode="clip")  # "clip" lets numpy write in place; every place is there
        here *= steps[span]
        here += gains[span]
        highest = max(highest, 0.0) + max(per_level, 0.0) + 1.0
        if highest > _SAFE_LOG:
            np.minimum(here, FARTHEST, out=here)
            highest = float(np.log(here.max()))
            cut = cut or highest >= np.log(FARTHEST)
        odds = here
    if tree.deep:
        far = slice(tree.deep.first, None)
        into = odds[tree.parents[tree.deep_from]]
        after[far] = deep.forward(tree.deep, into, steps[far], gains[far], FARTHEST)
        cut = cut or bool((after[far] >= FARTHEST).any())
    return after, cut


def _backward(tree: Tree, of_next: Floats, own: Floats) -> Floats:
    """W = of_next x (the W of the next answers together) + own; ``own`` is written over."""
    spans, parents = tree.spans, tree.parents
    if tree.deep:
        far = slice(tree.deep.first, None)
        own[far] = deep.backward(tree.deep, of_next[far], own[far])
    for t in range(min(len(spans) - 1, tree.deep_from), 0, -1):
        span, above = spans[t], spans[t - 1]
        together = sums(parents[t], own[span], above.stop - above.start)
        together *= of_next[above]
        own[above] += together
    return own


def _forgetting(tree: Tree, layout: Layout, look_up: Tables) -> Expected:
    assert look_up.forget is not None  # noqa: S101  (for the type checker: expect chose)
    learn, forget, ratio = look_up.learn[tree.code], look_up.forget[tree.code], look_up.ratio[tree.code]
    evidence, odds = np.empty(tree.n_nodes), look_up.start_odds
    before = np.empty(tree.n_nodes)
    for span, parent in zip(tree.spans, tree.parents, strict=True):
        before[span] = odds[parent]
        e = evidence[span]
        np.multiply(before[span], ratio[span], out=e)
        odds = (e * (1 - forget[span]) + learn[span]) / (e * forget[span] + (1 - learn[span]))
    if_unknown_next = (1 - learn) / (evidence * forget + (1 - learn))
    if_known_next = learn / (evidence * (1 - forget) + learn)
    ending = tree.ends / (1 + evidence)
    own = if_known_next * tree.goes_on + ending
    unknowing = _backward(tree, if_unknown_next - if_known_next, own)
    unknown_next = sums(tree.above, unknowing[tree.levels[1] :], tree.n_nodes)
    learned = (tree.goes_on - unknown_next) * if_known_next
    forgot = unknown_next * (1 - if_unknown_next)
    at_start = sums(tree.parents[0], unknowing[tree.spans[0]], len(tree.start_skill))
    by_code = sums(tree.code, unknowing, len(tree.answers))
    at_end = sums(tree.skill, ending, layout.n_skills)
    chances = _by_skill(tree, by_code, layout) - at_end
    going_on = sums(tree.skill, tree.goes_on, layout.n_skills)
    changes = {
        "learn": (sums(tree.skill, learned, layout.n_skills), chances),
        "forget": (sums(tree.skill, forgot, layout.n_skills), going_on - chances),
    }
    each = np.log1p(evidence) - np.log1p(before)
    log_likelihood = sums(tree.skill, tree.n * each, layout.n_skills) + _if_all_unknown(tree, look_up, layout)
    return _counted(tree, layout, by_code, at_start, changes, log_likelihood)


def compiled(tree: Tree, layout: Layout, look_up: Tables) -> Expected:
    """The same walk, node by node in machine code: a third of the memory, and quicker on large trees."""
    from plainview.core.learner.tracing import kernels  # loads the compiler

    at_start, by_code, at_end, learned, forgot, going_on, beyond = kernels.forward_backward(
        tree.levels,
        tree.parent,
        tree.code,
        tree.passing,
        np.repeat(layout.cell_skill, len(tree.values)),
        layout.start_skill,
        look_up.ratio,
        look_up.learn,
        np.zeros_like(look_up.learn) if look_up.forget is None else look_up.forget,
        look_up.start_odds,
        layout.n_skills,
    )
    chances = _by_skill(tree, by_code, layout) - at_end
    changes = {"learn": (learned, chances)}
    if layout.forgets:
        changes["forget"] = (forgot, going_on - chances)
    return _counted(tree, layout, by_code, at_start, changes, beyond + _if_all_unknown(tree, look_up, layout))


def _by_skill(tree: Tree, by_code: Floats, layout: Layout) -> Floats:
    by_cell = by_code.reshape(-1, len(tree.values)).sum(axis=1)
    return sums(layout.cell_skill, by_cell, layout.n_skills)


def _if_all_unknown(tree: Tree, look_up: Tables, layout: Layout) -> Floats:
    return _by_skill(tree, tree.answers * look_up.log_unknown, layout)


def _telescoped(tree: Tree, look_up: Tables, after: Floats, layout: Layout) -> Floats:
    """P(answer) = u (1 - L) (1 + r') / (1 + r): from answer to answer all but the ends cancel."""
    last = tree.last
    of_last = sums(tree.skill[last], tree.ends[last] * np.log1p(after[last]), layout.n_skills)
    at_start = sums(layout.start_skill, tree.n_sequences * np.log1p(look_up.start_odds), layout.n_skills)
    stays = _by_skill(tree, tree.answers * np.log1p(-look_up.learn), layout)
    return np.asarray(of_last - at_start + stays + _if_all_unknown(tree, look_up, layout))


def _answer_by_answer(tree: Tree, look_up: Tables, after: Floats, layout: Layout) -> Floats:
    """The same, where odds were cut off and no longer cancel."""
    before = np.concatenate([look_up.start_odds[tree.parents[0]], after[tree.above]])
    each = np.log1p(before * look_up.ratio[tree.code]) - np.log1p(before)
    return np.asarray(
        sums(tree.skill, tree.n * each, layout.n_skills) + _if_all_unknown(tree, look_up, layout)
    )


def _counted(
    tree: Tree,
    layout: Layout,
    by_code: Floats,
    at_start: Floats,
    changes: dict[str, tuple[Floats, Floats]],
    log_likelihood: Floats,
) -> Expected:
    hits, trials = np.empty(layout.n), np.empty(layout.n)
    n_values = len(tree.values)
    unknown = by_code.reshape(-1, n_values)
    known = np.maximum(tree.answers - by_code, 0.0).reshape(-1, n_values)
    hits[layout.of["known"]] = np.maximum(tree.n_sequences - at_start, 0.0)
    trials[layout.of["known"]] = tree.n_sequences
    for kind, (changed, chances) in changes.items():
        hits[layout.of[kind]], trials[layout.of[kind]] = changed, chances
    hits[layout.of["guess"]], trials[layout.of["guess"]] = unknown @ tree.values, unknown.sum(axis=1)
    hits[layout.of["slip"]], trials[layout.of["slip"]] = known @ (1 - tree.values), known.sum(axis=1)
    return Expected(log_likelihood=log_likelihood, hits=hits, trials=trials)


def odds_before(tree: Tree, layout: Layout, p: Floats) -> Floats:
    """(n_nodes,) the odds of "known" before each answer: what there is to expect it from."""
    look_up = tables(tree, layout, p)
    ratio, learn = look_up.ratio[tree.code], look_up.learn[tree.code]
    forget = np.zeros(tree.n_nodes) if look_up.forget is None else look_up.forget[tree.code]
    before, odds = np.empty(tree.n_nodes), look_up.start_odds
    for span, parent in zip(tree.spans, tree.parents, strict=True):
        before[span] = odds[parent]
        e = before[span] * ratio[span]
        odds = np.minimum(
            (e * (1 - forget[span]) + learn[span]) / (e * forget[span] + (1 - learn[span])), FARTHEST
        )
    return before
