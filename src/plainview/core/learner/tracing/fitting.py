"""The fit: all skills of a log at once, from the log to the numbers.

In:   a coded log, the variant, the priors.
Out:  a fitted model, or what the log would need.
Not here: one climb (climb), other tops (tops), the doubt (doubt), pooling (pool), variants (vary).

In this order: climb from one stated start with the stated priors; learn from all skills what skills of this
log are like (pool), and climb again with that; try the other stated starts and keep the highest top of every
skill; measure the curvature there, and with it what the top can still lack. Of a log of up to ``MOST_TO_ASK``
answers ask whether its items differ beyond chance; if so, they get guess and slip of their own (vary).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.bkt import Beta
from plainview.core.learner.tracing.alike import Sequences, Tree
from plainview.core.learner.tracing.arrange import (
    Arranged,
    Form,
    Variant,
    arrange,
    how_they_do,
    plain_layout,
    plain_tree,
)
from plainview.core.learner.tracing.climb import MOST_STEPS, Climbed, climb
from plainview.core.learner.tracing.doubt import Doubt, doubt
from plainview.core.learner.tracing.fitted import Own, TracingFit
from plainview.core.learner.tracing.items import ItemSpread
from plainview.core.learner.tracing.numbers import Held, Layout, held, sums
from plainview.core.learner.tracing.pool import pooled as pool
from plainview.core.learner.tracing.tops import STARTS, OtherTop, climb_from_all
from plainview.core.learner.tracing.tops import told as tell_tops
from plainview.core.learner.tracing.vary import by_item_and_student, how_items_differ
from plainview.core.logs.coded import Coded
from plainview.core.plural import counted
from plainview.core.stats.ended import Ended

CHECK = "learner.tracing/1"
FIRST_START = "the tops of the priors"
PRIORS: dict[str, Beta] = {
    "known": Beta(a=2, b=2),
    "learn": Beta(a=2, b=5),
    "forget": Beta(a=2, b=18, cap=0.5),
    "guess": Beta(a=2, b=4, cap=0.5),
    "slip": Beta(a=2, b=6, cap=0.5),
}
FEWEST_STUDENTS = 5  # four students tell four stories
FEWEST_ANSWERS = 20
# Below this many skills with answers, "skills of this log" is not yet a kind: the stated priors stay.
FEWEST_TO_POOL = 5
POOL_GAIN = 0.05  # near enough to a top to see what skills of this log are like
# Up to so many answers the log is asked by itself whether its items differ: that costs as much as the fit.
# Above, the four numbers of a skill rest on enough answers, and whoever wants items says by_item=True.
MOST_TO_ASK = 50_000
# What a top may still lack, in log-likelihood, and be called one.
MAY_LACK = 1e-4


def fit(
    log: Coded,
    *,
    forgets: bool = False,
    by_item: bool | None = None,
    by_student: bool = False,
    priors: dict[str, Beta] | None = None,
    pooled: bool = True,
    other_starts: tuple[str, ...] = tuple(STARTS),
    most_steps: int = MOST_STEPS,
) -> TracingFit | CannotSay:
    """Knowledge tracing: the four (or five) numbers of every skill of a log.

    Parameters
    ----------
    log : Coded
        Rows with no skill are left out of the fit.
    forgets, by_student : bool
        Published variants, alone or together: see ``arrange``.
    by_item : bool or None
        Whether each item has a guess and slip of its own. None: where a log of up to 50,000 answers shows
        that its items differ beyond chance (see ``items``); the fit says so in ``item_spread``.
    priors : by kind ("known", "learn", "forget", "guess", "slip")
        Beta(a, b) up to a cap; what is not named stays as ``PRIORS`` states it.
    pooled : bool
        Learn from the log's skills what its skills are like, where it has five or more.
    other_starts : names in ``tops.STARTS``
        Tried after the first one; () asks for one climb only.
    most_steps : int
        Of one climb. A skill that is still climbing then is reported as not converged.

    Returns
    -------
    TracingFit
        The numbers at the highest top found (posterior mode), their doubt, and how every skill ended.
    CannotSay
        If there are fewer than 5 students or 20 answers, no skills, or every answer is right, or wrong.

    Raises
    ------
    ValueError
        If a prior or a start has a name that is not known.

    Source
    ------
    Corbett & Anderson (1995), User Modeling and User-Adapted Interaction 4, 253-278.
    """
    cannot = _cannot(log)
    if cannot:
        return cannot
    stated = _stated(priors, other_starts)
    layout = plain_layout(log.n_skills, forgets=forgets)
    names = tuple(log.skills)
    plain = _plain(plain_tree(log, layout), names, layout, stated, pooled, other_starts, most_steps)
    apart = _by_item(log, forgets) if _is_asked(by_item, log) else None
    items = None if apart is None else how_items_differ(apart.tree, apart.arranged.layout, plain.climbed.p)
    differ = by_item is True or (items is not None and items.drawn_in > 0)
    variant = Variant(forgets=forgets, by_item=differ, by_student=by_student)
    fitted = _fitted(plain, layout, stated, names, other_starts)
    if differ or by_student:
        form = how_they_do(log) if by_student else None
        grown = _laid_out(arrange(log, variant, form)) if by_student or apart is None else apart
        fitted = _varied(fitted, plain, grown, form, items, most_steps)
    return replace(
        fitted,
        variant=variant,
        item_spread=items,
        n_students=log.n_students,
        n_rows=log.n_rows,
        items=tuple(log.items),
        share_right=float(log.correct.mean(dtype=np.float64)),
    )


def fit_told(
    told: Sequences,
    *,
    skills: tuple[str, ...],
    n_students: int,
    n_rows: int,
    share_right: float,
    forgets: bool = False,
    priors: dict[str, Beta] | None = None,
    pooled: bool = True,
    other_starts: tuple[str, ...] = tuple(STARTS),
    most_steps: int = MOST_STEPS,
) -> TracingFit | CannotSay:
    """The same from histories that were counted elsewhere, in pieces: no log is needed.

    Parameters
    ----------
    told : Sequences
        Skills by their place in ``skills``; ``times`` says how many students gave each.
    n_students, n_rows, share_right : of the log as a whole
    """
    stated = _stated(priors, other_starts)
    layout = plain_layout(len(skills), forgets=forgets)
    tree = Arranged(told=told, layout=layout, cell_item=None).grow().tree
    answers = np.unique(tree.code % len(tree.values)) if tree.n_nodes else np.empty(0, np.int64)
    alike = float(tree.values[answers[0]]) if len(answers) == 1 else None
    n_answers = int(tree.n_answers.sum())
    cannot = _refused(n_rows, n_students, n_answers, alike)
    if cannot:
        return cannot
    found = _plain(tree, skills, layout, stated, pooled, other_starts, most_steps)
    fitted = _fitted(found, layout, stated, skills, other_starts)
    variant = Variant(forgets=forgets)
    return replace(fitted, variant=variant, n_students=n_students, n_rows=n_rows, share_right=share_right)


def _fitted(
    found: "_Found",
    layout: Layout,
    stated: dict[str, Beta],
    names: tuple[str, ...],
    other_starts: tuple[str, ...],
) -> TracingFit:
    """What was found, of a log that has yet to be named."""
    return TracingFit(
        ended=_ended(names, found),
        variant=Variant(forgets=layout.forgets),
        n_students=0,
        n_rows=0,
        skills=names,
        items=(),
        stated_priors=stated,
        priors=found.priors,
        pooled=found.pooled,
        starts=(FIRST_START, *other_starts),
        layout=layout,
        p=found.climbed.p,
        se=found.doubt.se,
        low=found.doubt.low,
        high=found.doubt.high,
        at_cap=found.doubt.at_cap,
        own=None,
        item_spread=None,
        share_right=0.5,
        students_of=sums(layout.start_skill, found.tree.n_sequences, layout.n_skills).astype(np.int64),
        answers_of=found.tree.n_answers.astype(np.int64),
        right_of=_right_of(found.tree),
        log_likelihood_of=found.climbed.log_likelihood,
        objective_of=found.climbed.objective,
        converged_of=_converged(found),
        steps_of=found.climbed.n_steps,
        lacks_of=found.doubt.lacks,
        other_tops=found.other_tops,
    )


@dataclass(frozen=True, kw_only=True)
class _Found:
    tree: Tree
    climbed: Climbed
    doubt: Doubt
    held: Held
    priors: dict[str, Beta]
    pooled: bool
    other_tops: dict[str, tuple[OtherTop, ...]]


def _plain(
    tree: Tree,
    names: tuple[str, ...],
    layout: Layout,
    stated: dict[str, Beta],
    pooled: bool,
    other_starts: tuple[str, ...],
    most_steps: int,
) -> _Found:
    seen = tree.n_answers > 0
    priors, hold = stated, held(layout, stated)
    at = layout.filled({kind: top(prior) for kind, prior in stated.items()})
    pooled = pooled and int(seen.sum()) >= FEWEST_TO_POOL
    if pooled:
        rough = climb(tree, layout, hold, at, most_steps=most_steps, gain=POOL_GAIN)
        unsure = doubt(tree, layout, hold, rough.p, rough=True)
        priors = pool(layout, hold, rough.p, unsure, stated, seen)
        hold, at = held(layout, priors), rough.p
    climbed = climb(tree, layout, hold, at, most_steps=most_steps)
    climbed, others = climb_from_all(tree, layout, hold, climbed, other_starts)
    unseen = layout.filled({kind: top(prior) for kind, prior in priors.items()})
    climbed.p[~seen[layout.owner]] = unseen[~seen[layout.owner]]
    return _Found(
        tree=tree,
        climbed=climbed,
        doubt=doubt(tree, layout, hold, climbed.p),
        held=hold,
        priors=priors,
        pooled=pooled,
        other_tops=tell_tops(layout, names, climbed, others),
    )


def _is_asked(by_item: bool | None, log: Coded) -> bool:
    return log.n_rows <= MOST_TO_ASK if by_item is None else by_item


@dataclass(frozen=True, kw_only=True)
class _LaidOut:
    """A log as it is laid out for items or students of their own, and the tree of its histories."""

    arranged: Arranged
    tree: Tree


def _laid_out(arranged: Arranged) -> _LaidOut:
    return _LaidOut(arranged=arranged, tree=arranged.grow().tree)


def _by_item(log: Coded, forgets: bool) -> _LaidOut:
    return _laid_out(arrange(log, Variant(forgets=forgets, by_item=True)))


def _varied(
    fitted: TracingFit,
    plain: _Found,
    grown: _LaidOut,
    form: Form | None,
    items: ItemSpread | None,
    most_steps: int,
) -> TracingFit:
    """The skills' numbers stay the plain fit's; expectations rest on what items and students have."""
    tree, arranged, layout = grown.tree, grown.arranged, grown.arranged.layout
    about = None if arranged.cell_item is None else items
    hold, climbed = by_item_and_student(tree, layout, plain.climbed.p, plain.held, most_steps, about)
    lacks = doubt(tree, layout, hold, climbed.p, errors=False)
    ended = _ended(fitted.skills, replace(plain, tree=tree, climbed=climbed, held=hold, doubt=lacks))
    own = Own(ended=ended, layout=layout, p=climbed.p, cell_item=arranged.cell_item, form=form)
    if fitted.ended.converged and not ended.converged:
        fitted = replace(fitted, ended=replace(fitted.ended, converged=False, said=ended.said))
    return replace(fitted, own=own)


def top(prior: Beta) -> float:
    """Where the prior's density is highest: what is held of a skill that nobody has answered yet."""
    return (prior.a - 1) / (prior.a + prior.b - 2)


def _stated(priors: dict[str, Beta] | None, other_starts: tuple[str, ...]) -> dict[str, Beta]:
    odd = sorted(set(priors or {}) - set(PRIORS)) + sorted(set(other_starts) - set(STARTS))
    if odd:
        raise ValueError(
            f"not known: {', '.join(odd)}. Priors: {', '.join(PRIORS)}. Starts: {'; '.join(STARTS)}."
        )
    flat = [kind for kind, prior in (priors or {}).items() if prior.a + prior.b <= 2]
    if flat:
        raise ValueError(
            f"the prior of {', '.join(flat)} is flat: expected a + b above 2, so that it has a top."
        )
    return {**PRIORS, **(priors or {})}


def _cannot(log: Coded) -> CannotSay | None:
    answers = log.correct[np.diff(log.skill_from) > 0]
    alike = float(answers[0]) if len(answers) and (answers == answers[0]).all() else None
    return _refused(log.n_rows, log.n_students, len(answers), alike)


def _refused(n_rows: int, n_students: int, n_answers: int, alike: float | None) -> CannotSay | None:
    """``alike``: what all answers are worth, if all are worth the same."""
    reason, need = "", f"answers of at least {FEWEST_STUDENTS} students"
    if n_rows and not n_answers:
        reason, need = "no row of the log names a skill", "the skill that each item is about"
    elif n_students < FEWEST_STUDENTS:
        reason = f"the log holds {counted(n_students, 'student')}"
    elif n_answers < FEWEST_ANSWERS:
        reason, need = f"the log holds {counted(n_answers, 'answer')}", f"at least {FEWEST_ANSWERS} answers"
    elif alike is not None:
        word = {1.0: "right", 0.0: "wrong"}.get(alike, "alike")
        reason = (
            f"all {counted(n_answers, 'answer')} are {word}: nothing tells knowing from guessing or slipping"
        )
        need = "right and wrong answers"
    if not reason:
        return None
    return CannotSay(question="What do the students know?", reason=reason, would_need=need, check=CHECK)


def _right_of(tree: Tree) -> NDArray[np.float64]:
    worth = np.tile(tree.values, len(tree.cell_skill))
    by_cell = (tree.answers * worth).reshape(-1, len(tree.values)).sum(axis=1)
    return sums(tree.cell_skill, by_cell, tree.n_skills)


def _converged(found: _Found) -> NDArray[np.bool_]:
    sure = (found.doubt.lacks < MAY_LACK) | (found.tree.n_answers == 0)
    return np.asarray(found.climbed.arrived & sure)


def _ended(names: tuple[str, ...], found: _Found) -> Ended:
    done = _converged(found)
    n_steps = int(found.climbed.n_steps.max(initial=0))
    if done.all():
        said = f"all {counted(len(done), 'skill')} converged, the slowest after {n_steps} steps"
    else:
        odd = [names[s] for s in np.flatnonzero(~done)[:5].tolist()]
        more = ", ..." if (~done).sum() > 5 else ""
        said = f"{(~done).sum()} of {counted(len(done), 'skill')} did NOT converge: {', '.join(odd)}{more}"
    return Ended(
        converged=bool(done.all()),
        n_steps=n_steps,
        log_likelihood=float(found.climbed.log_likelihood.sum()),
        objective=float(found.climbed.objective.sum()),
        said=said,
    )
