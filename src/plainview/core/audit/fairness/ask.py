"""Predictions and decisions, asked of a dossier by group.

In:   a dossier.
Out:  answers, one for each way of grouping students.
Not here: reading (rows), counting, words (say_items, say_curves, say_means).
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.fairness import say_curves, say_means, words
from plainview.core.audit.fairness.abroca import Abroca
from plainview.core.audit.fairness.abroca import abroca as area
from plainview.core.audit.fairness.errors import errors_by_group as errors
from plainview.core.audit.fairness.family import Gaps, Groups, as_family, errors_told, gaps_told
from plainview.core.audit.fairness.gaps import gaps
from plainview.core.audit.fairness.parity import Parity, parity
from plainview.core.audit.fairness.rows import (
    Foretold,
    Grouping,
    foretold,
)
from plainview.core.audit.fairness.sides import (
    GROUPS,
    IN_TIME,
    MOST_COUNTED,
    MOST_DRAWN,
    Bools,
    Floats,
    Ints,
    cannot,
    gap_said,
    of_large_groups,
    predictions_of,
    rows_of,
    sides_of_rows,
)
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart
from plainview.core.charts.roc import roc_of_groups
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer

_Asked = tuple[list[float], Callable[[list[float]], Answer]]


def abroca(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Does the prediction tell right from wrong as well for every group?"
    answers, asked = list[Answer](), list[_Asked]()
    for one, grouping in predictions_of(dossier, question, words.ABROCA, answers):
        progress(0, 1, f"{one.file}, {grouping.name}")
        found = _areas(one, grouping, dossier)
        if isinstance(found, CannotSay):
            answers.append(found)
        else:
            asked.append(found)
    progress(1, 1, "")
    return (*answers, *_told(asked))


def _told(asked: Sequence[_Asked]) -> list[Answer]:
    family = as_family([p_values for p_values, _ in asked])
    return [tell(mine) for (_, tell), mine in zip(asked, family, strict=True)]


def _areas(one: Foretold, grouping: Grouping, dossier: Dossier) -> _Asked | CannotSay:
    came, said, student, code, told = rows_of(
        one, grouping, seed=dossier.plan.seed, most=MOST_DRAWN // len(grouping.groups)
    )
    found, last = list[tuple[str, Abroca]](), None
    for g, name in sides_of_rows(code, student, grouping):
        area_found = area(
            correct=came,
            predicted=said,
            student=student,
            in_group=code == g,
            group=name,
            n_draws=dossier.plan.draws,
            seed=dossier.plan.seed,
        )
        if isinstance(area_found, CannotSay):
            last = area_found
        else:
            found.append((name, area_found))
    if not found:
        question = f"Does the prediction tell right from wrong as well for every group of {grouping.name}?"
        return last or cannot(
            question, "no two groups have 20 students", "two groups of 20 students", words.ABROCA
        )
    worst = min(found, key=lambda one: (one[1].p_value, -one[1].value))[0]
    chart = _pair(came, said, student, code == grouping.groups.index(worst), worst)
    lines = (*one.told, *told)
    return [each.p_value for _, each in found], lambda p: say_curves.abroca(
        grouping.name, found, p, chart=chart, said=lines
    )


def _pair(came: Floats, said: Floats, student: Ints, side: Bools, group: str) -> Chart | None:
    low, high = float(said.min()), float(said.max())
    scaled = said if low >= 0 and high <= 1 else (said - low) / ((high - low) or 1.0)
    return roc_of_groups(
        correct=came, predicted=scaled, in_group=side, student=student, group=group, others="others"
    )


def errors_by_group(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Does the prediction err as often for every group?"
    answers, asked = list[Answer](), list[tuple[Groups, Callable[[Groups], Answer]]]()
    threshold = dossier.plan.bound("fairness.errors_by_group", "threshold", 0.5)
    bound = dossier.plan.bound("fairness.errors_by_group", "bound", 0.05)
    for one, grouping in predictions_of(dossier, question, words.ERRORS, answers, crossings=True):
        progress(0, 1, f"{one.file}, {grouping.name}")
        came, said, student, code, told = rows_of(
            one, grouping, seed=dossier.plan.seed, most=MOST_COUNTED // len(grouping.groups)
        )
        found = errors(
            correct=came,
            predicted=said,
            student=student,
            group=code,
            names=grouping.groups,
            threshold=threshold,
        )
        if isinstance(found, CannotSay):
            answers.append(found)
            continue
        tell = partial(
            say_curves.errors,
            grouping.name,
            threshold=threshold,
            bound=bound,
            said=(*one.told, *told, f"The product acts at {threshold:g}."),
            seed=_seed(told, dossier),
        )
        asked.append((found, tell))
    progress(1, 1, "")
    return (*answers, *errors_told(asked))


def _seed(told: tuple[str, ...], dossier: Dossier) -> int | None:
    """Chance was used only where students were drawn."""
    return dossier.plan.seed if any(line.endswith(IN_TIME) for line in told) else None


def learner_error(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    """How far the product's own estimate misses, by group: what came less what was said."""
    question = "Does the product's picture of a student miss by as much for every group?"
    answers, asked = list[Answer](), list[tuple[Gaps, Callable[[Gaps], Answer]]]()
    bound = dossier.plan.bound("fairness.learner_error", "bound", 0.03)
    for one, grouping in predictions_of(dossier, question, words.LEARNER, answers):
        progress(0, 1, f"{one.file}, {grouping.name}")
        came, said, student, code, told = rows_of(
            one, grouping, seed=dossier.plan.seed, most=MOST_COUNTED // len(grouping.groups)
        )
        found = gaps(came - said, student=student, group=code, names=grouping.groups)
        tell = partial(
            gap_said,
            check=words.LEARNER,
            question=question,
            grouping=grouping,
            bound=bound,
            what="right answers that came, less those foretold",
            unit="share",
            cases="answers",
            alike="what is foretold is about as near to what comes for every group",
            none_shown="no group was shown to do better or worse than foretold, next to the rest",
            more="does better than foretold, next to the rest",
            less="does worse than foretold, next to the rest",
            said=(*one.told, *told),
            seed=_seed(told, dossier),
            not_seen="Errors that cancel inside a group.",
        )
        asked.append((found, tell))
    progress(1, 1, "")
    return (*answers, *gaps_told(asked))


def decision_parity(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Are students who did as well decided upon alike?"
    need = "predictions.csv or decisions.csv with student, decided (1 or 0) and performance"
    bound = dossier.plan.bound("fairness.decision_parity", "bound", 0.90)
    answers, asked = list[Answer](), list[_Asked]()
    rows = [one for one in foretold(dossier) if one.decided is not None and one.performance is not None]
    if not rows:
        answers.append(
            cannot(
                question, "the dossier holds no decisions with how well each student did", need, words.PARITY
            )
        )
    for one in rows:
        if not one.groupings:
            answers.append(cannot(question, "nobody says who belongs to which group", GROUPS, words.PARITY))
        for grouping in one.groupings:
            progress(0, 1, f"{one.file}, {grouping.name}")
            found = _decisions(one, grouping, dossier, bound)
            if isinstance(found, CannotSay):
                answers.append(found)
            else:
                asked.append(found)
    progress(1, 1, "")
    return (*answers, *_told(asked))


def _decisions(one: Foretold, grouping: Grouping, dossier: Dossier, bound: float) -> _Asked | CannotSay:
    decided, performance = one.decided, one.performance
    if decided is None or performance is None:
        raise ValueError("decisions need both columns.")
    code = grouping.of_student[one.student]
    known = (code >= 0) & ~np.isnan(decided) & ~np.isnan(performance)
    large, told = of_large_groups(one.student, code, known)
    known &= large
    found, last = list[tuple[str, Parity]](), None
    for g, name in sides_of_rows(code[known], one.student[known], grouping):
        each = parity(
            decided=decided[known],
            performance=performance[known],
            in_group=code[known] == g,
            student=one.student[known],
            group=name,
            n_draws=dossier.plan.draws,
            seed=dossier.plan.seed,
        )
        if isinstance(each, CannotSay):
            last = each
        else:
            found.append((name, each))
    if not found:
        question = f"Are students who did as well decided upon alike, by {grouping.name}?"
        return last or cannot(
            question, "no two groups have 20 students", "two groups of 20 students", words.PARITY
        )
    lines = (*one.told, *told)
    return [each.p_value for _, each in found], lambda p: say_means.parity(
        grouping.name, found, p, bound=bound, seed=dossier.plan.seed, said=lines
    )
