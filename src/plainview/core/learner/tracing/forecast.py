"""What to expect of every row of a log, one step ahead.

In:   a fit, any log.
Out:  P(right) of each row, from the same student's earlier rows alone.
Not here: what the fit found (fitted).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import PAYS_TO_COMPILE, PLACES, Tree, worth
from plainview.core.learner.tracing.arrange import N_FORMS, Arranged, Form, arrange, forms_of
from plainview.core.learner.tracing.expect import odds_before
from plainview.core.learner.tracing.numbers import Layout
from plainview.core.logs.coded import Coded, codes_in

if TYPE_CHECKING:
    from plainview.core.learner.tracing.fitted import Own, TracingFit

Floats = NDArray[np.float64]


def predict(fit: TracingFit, log: Coded) -> Floats:
    """(n_rows,) P(right)."""
    if log.n_pairs >= PAYS_TO_COMPILE and not (fit.variant.by_item or fit.variant.by_student):
        return in_order(fit, log)
    arranged = arrange(log, fit.variant, _form(fit, log))
    p = numbers_for(fit, log, arranged)
    expected = np.full(log.n_rows, fit.share_right)
    if log.n_pairs:
        right = _of_pairs(arranged, p)
        n_skills = np.diff(log.skill_from)
        total = np.bincount(arranged.told.row, right, log.n_rows)
        expected = np.where(n_skills > 0, total / np.maximum(n_skills, 1), expected)
    return expected


def in_order(fit: TracingFit, log: Coded) -> Floats:
    """The same, compiled and without sorting a row: for long logs. By skill alone."""
    from plainview.core.learner.tracing import kernels  # loads the compiler

    value, values = worth(log.correct)
    skill = codes_in(fit.skills, log.skills)
    of = {kind: fit.of_skills(kind)[skill] for kind in ("known", "learn", "forget", "guess", "slip")}
    ratio = values * np.log((1 - of["slip"]) / of["guess"])[:, None]
    ratio = np.exp(ratio + (1 - values) * np.log(of["slip"] / (1 - of["guess"]))[:, None])
    start, scale, gain = (
        of["known"] / (1 - of["known"]),
        1 / (1 - of["learn"]),
        of["learn"] / (1 - of["learn"]),
    )
    n_skills = np.diff(log.skill_from)
    expected = np.where(n_skills > 0, 0.0, fit.share_right)
    one_each = not fit.variant.forgets and bool((n_skills == 1).all())
    at_once = max(1, PLACES // 2 // max(log.n_students, 1))
    for first in range(0, log.n_skills, at_once):
        part = (log.n_students, len(values), first, min(first + at_once, log.n_skills))
        shows = (start, 1 - of["slip"], of["guess"], expected)
        if one_each:
            step = (ratio * scale[:, None]).ravel()
            stands = np.zeros(log.n_students * (part[3] - first))
            kernels.expected_plain(log.student, log.skill, value, *part, stands, step, gain, *shows)
        else:
            change = (ratio.ravel(), scale, gain, of["forget"] * scale)
            kernels.expected(log.student, log.skill, log.skill_from, value, *part, *change, *shows)
    return expected


def _of_pairs(arranged: Arranged, p: Floats) -> Floats:
    grown, layout = arranged.grow(places=True), arranged.layout
    assert grown.node is not None  # noqa: S101  (for the type checker: places were asked for)
    return _p_right(grown.tree, layout, p)[grown.node]


def _p_right(tree: Tree, layout: Layout, p: Floats) -> Floats:
    """(n_nodes,)"""
    odds = odds_before(tree, layout, p)
    cell = tree.code // len(tree.values)
    guess, slip = p[layout.of["guess"]][cell], p[layout.of["slip"]][cell]
    p_known = odds / (1 + odds)
    return np.asarray(guess + (1 - slip - guess) * p_known)


def numbers_for(fit: TracingFit, log: Coded, arranged: Arranged) -> Floats:
    """The fit's numbers, laid out for another log: skills and items are found by name."""
    layout, skill = arranged.layout, codes_in(fit.skills, log.skills)
    skill = skill if len(skill) else np.array([-1], dtype=np.int32)
    p = np.empty(layout.n)
    for kind in layout.kinds:
        p[layout.of[kind]] = fit.traced_with(kind)[_skill_of(layout, kind, skill)]
    if fit.own is None:
        return p
    if fit.variant.by_student:
        p[layout.of["known"]] = _known_by_form(fit, fit.own, skill).ravel()
    if fit.variant.by_item and arranged.cell_item is not None:
        items = codes_in(fit.items, log.items)
        seen = _cells(fit, fit.own, skill[layout.cell_skill], items[arranged.cell_item])
        for kind in ("guess", "slip"):
            mine, its = p[layout.of[kind]], fit.own.p[fit.own.layout.of[kind]]
            mine[seen >= 0] = its[seen[seen >= 0]]
    return p


def _skill_of(layout: Layout, kind: str, skill: NDArray[np.int32]) -> NDArray[np.int32]:
    return skill[layout.owner[layout.of[kind]]]


def _known_by_form(fit: TracingFit, own: Own, skill: NDArray[np.int32]) -> Floats:
    """(skills, N_FORMS); a skill that nobody has seen takes the middle skill's for each form."""
    by_form = own.p[own.layout.of["known"]].reshape(-1, N_FORMS)
    odds = np.log(by_form / (1 - by_form))[fit.answers_of > 0]
    unseen = 1 / (1 + np.exp(-np.median(odds, axis=0)))
    return np.vstack([by_form, unseen])[skill]


def _cells(fit: TracingFit, own: Own, skill: NDArray[np.int32], item: NDArray[np.int32]) -> NDArray[np.int64]:
    """The fit's cell of each skill and item; -1 where it has not seen the two together."""
    n_items = max(len(fit.items), 1)
    assert own.cell_item is not None  # noqa: S101  (for the type checker: the variant is by item)
    known = own.layout.cell_skill.astype(np.int64) * n_items + own.cell_item  # rising, as arrange made them
    asked = skill.astype(np.int64) * n_items + item
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where((skill >= 0) & (item >= 0) & (known[at] == asked), at, -1)


def _form(fit: TracingFit, log: Coded) -> Form | None:
    if fit.own is None or fit.own.form is None:
        return None
    rates = np.append(fit.own.form.rates, fit.share_right)
    return Form(rates=rates[codes_in(fit.skills, log.skills)], cuts=fit.own.form.cuts)


def guess_and_slip(fit: TracingFit, log: Coded, rows: list[int], skill: int) -> tuple[Floats, Floats]:
    """Of these rows, each by its item where items differ."""
    s = codes_in(fit.skills, (log.skills[skill],))
    guess, slip = (np.repeat(fit.of_skills(kind)[s], len(rows)) for kind in ("guess", "slip"))
    if fit.own is not None and fit.variant.by_item:
        items = codes_in(fit.items, [log.items[i] for i in log.item[rows]])
        seen = _cells(fit, fit.own, np.repeat(s, len(rows)), items)
        for kind, mine in (("guess", guess), ("slip", slip)):
            mine[seen >= 0] = fit.own.p[fit.own.layout.of[kind]][seen[seen >= 0]]
    return guess, slip


def known_at_start(fit: TracingFit, log: Coded, row: int, skill: int) -> float:
    """P(known) of a sequence that begins at ``row``."""
    s = codes_in(fit.skills, (log.skills[skill],))
    form = _form(fit, log)
    if form is None or fit.own is None:
        return float(fit.of_skills("known")[s][0])
    return float(_known_by_form(fit, fit.own, s)[0, forms_of(log, form)[row]])
