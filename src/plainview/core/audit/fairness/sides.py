"""What the checks of this question share: which rows, which side against which.

In:   a dossier, the name of a check.
Out:  answers, one for each way of grouping students.
Not here: reading (rows), counting, words (say_items, say_curves, say_means).
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.fairness import say_means
from plainview.core.audit.fairness.gaps import Gap
from plainview.core.audit.fairness.rows import (
    Foretold,
    Grouping,
    crossed,
    foretold,
    groupings_of,
    logs,
)
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer
from plainview.core.logs.coded import Coded
from plainview.core.plural import counted

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
FEWEST, FEWEST_SHOWN = 20, 10
GROUPS = "a table of groups (exhibits/groups.csv): student, and a column for each way of grouping"
PREDICTIONS = "predictions.csv (student, predicted, came), or a log with estimate_before"
# Rows times groups; beyond it students are drawn, and the answer says so.
MOST_DRAWN, MOST_COUNTED = 4_000_000, 8_000_000
IN_TIME = "drawn, so that it can be counted in time."


def gap_said(found: tuple[Gap, ...], check: str, question: str, grouping: Grouping, **told: object) -> Answer:
    if not found:
        return cannot(
            f"{question.rstrip('?')}, by {grouping.name}?",
            "no two groups have 10 students with such rows",
            "two groups of at least 10 students",
            check,
        )
    return say_means.gap(check, f"{question.rstrip('?')}, by {grouping.name}?", grouping.name, found, **told)  # type: ignore[arg-type]


def predictions_of(
    dossier: Dossier, question: str, check: str, answers: list[Answer], *, crossings: bool = False
) -> Iterator[tuple[Foretold, Grouping]]:
    there = [one for one in foretold(dossier) if one.came is not None and one.predicted is not None]
    if not there:
        answers.append(
            cannot(question, "the dossier holds no predictions with what came", PREDICTIONS, check)
        )
    for one in there:
        if not one.groupings:
            answers.append(cannot(question, "nobody says who belongs to which group", GROUPS, check))
        for grouping in one.groupings:
            yield one, grouping
        if crossings and len(one.groupings) > 1:
            for n, first in enumerate(one.groupings[:3]):
                for second in one.groupings[n + 1 : 3]:
                    yield one, crossed(first, second)


def log_groupings(
    dossier: Dossier, question: str, check: str, answers: list[Answer]
) -> Iterator[tuple[str, Coded, Grouping]]:
    there = logs(dossier)
    if not there:
        answers.append(cannot(question, "the dossier holds no log", "a learning log", check))
    for exhibit, log in there:
        groupings = groupings_of(dossier, log.coded.students)
        if not groupings:
            answers.append(cannot(question, "nobody says who belongs to which group", GROUPS, check))
        for grouping in groupings:
            everyone = np.arange(len(grouping.of_student))
            large, _ = of_large_groups(everyone, grouping.of_student, grouping.of_student >= 0)
            of_student = np.where(large, grouping.of_student, -1)
            yield exhibit.file, log.coded, replace(grouping, of_student=of_student)


def rows_of(
    one: Foretold, grouping: Grouping, *, seed: int, most: int
) -> tuple[Floats, Floats, Ints, Ints, tuple[str, ...]]:
    """Rows with a group, a prediction and an answer; of more than about ``most``, those of drawn students."""
    if one.came is None or one.predicted is None:
        raise ValueError("predictions need both columns.")
    code = grouping.of_student[one.student]
    known = (code >= 0) & ~np.isnan(one.came) & ~np.isnan(one.predicted)
    large, told = of_large_groups(one.student, code, known)
    known &= large
    if known.sum() > most:
        share = most / int(known.sum())
        drawn = np.random.default_rng(seed).random(len(one.students)) < share
        known &= drawn[one.student]
        told.append(f"{100 * share:.0f} in 100 students were {IN_TIME}")
    return one.came[known], one.predicted[known], one.student[known], code[known], tuple(told)


def of_large_groups(student: Ints, code: Ints, known: Bools) -> tuple[Bools, list[str]]:
    """Rows of groups of ten students or more. Smaller ones are left out of "all others" too: else what they
    did could be worked out from the rest."""
    width = int(student.max()) + 1 if len(student) else 1
    pairs = np.unique(code[known] * width + student[known])
    groups, n = np.unique(pairs // width, return_counts=True)
    small = groups[n < FEWEST_SHOWN]
    n_small = counted(len(small), "group")
    said = [f"Left out: {n_small} of fewer than {FEWEST_SHOWN} students."] if len(small) else []
    return ~np.isin(code, small), said


def sides(grouping: Grouping) -> Iterator[tuple[int, str]]:
    """Each group of 20 students against all others; of two groups the smaller: they mirror each other."""
    n = np.bincount(grouping.of_student[grouping.of_student >= 0], minlength=len(grouping.groups))
    large = [g for g in range(len(grouping.groups)) if n[g] >= FEWEST and n.sum() - n[g] >= FEWEST]
    if len(large) == 2 and (n > 0).sum() == 2:
        large = [min(large, key=lambda g: (n[g], g))]
    for g in large:
        yield g, grouping.groups[g]


def sides_of_rows(code: Ints, student: Ints, grouping: Grouping) -> Iterator[tuple[int, str]]:
    """The same among the students who have rows."""
    of_student = np.full(len(grouping.of_student), -1)
    of_student[student] = code
    return sides(replace(grouping, of_student=of_student))


def cannot(question: str, reason: str, would_need: str, check: str) -> CannotSay:
    return CannotSay(question=question, reason=reason, would_need=would_need, check=check)
