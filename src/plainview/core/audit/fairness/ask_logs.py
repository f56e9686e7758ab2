"""What is given to whom, asked of a log by group.

In:   a dossier.
Out:  answers, one for each way of grouping students.
Not here: reading (rows), counting, words (say_items, say_curves, say_means).
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.fairness import words
from plainview.core.audit.fairness.family import Gaps, gaps_told
from plainview.core.audit.fairness.gaps import Gap, gap_at_equal_performance, gaps
from plainview.core.audit.fairness.practice import IN_A_ROW, Practised, practised
from plainview.core.audit.fairness.rows import (
    Grouping,
    grades,
)
from plainview.core.audit.fairness.sides import (
    Floats,
    cannot,
    gap_said,
    log_groupings,
)
from plainview.core.audit.fairness.theta import first_answers
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer
from plainview.core.logs.coded import Coded
from plainview.core.stats.interval import Interval


def over_practice(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Is every group kept practising as long after it has shown that it can?"
    bound = dossier.plan.bound("fairness.over_practice", "bound", 0.05)
    answers, asked = list[Answer](), list[tuple[Gaps, Callable[[Gaps], Answer]]]()
    for file, log, grouping in log_groupings(dossier, question, words.PRACTICE, answers):
        progress(0, 1, f"{file}, {grouping.name}")
        done = _practice(log)
        share = done.n_after / np.maximum(done.n_attempts, 1)
        code = grouping.of_student[done.student]
        found = gaps(
            np.where(done.reached, share, np.nan),
            student=done.student,
            group=code,
            names=grouping.groups,
            is_share=True,
        )
        tell = partial(
            gap_said,
            check=words.PRACTICE,
            question=question,
            grouping=grouping,
            bound=bound,
            what="attempts that came after the skill was shown",
            unit="share",
            cases="attempts",
            alike="students of every group go on about as long once they can",
            none_shown="no group was shown to go on longer than the rest once it can",
            more="is kept practising more once it can",
            less="is let go sooner once it can",
            said=(f"Shown is {IN_A_ROW} right answers in a row; skills never shown are left out.",),
            not_seen="Practice that was chosen by students or teachers.",
        )
        asked.append((found, tell))
    progress(1, 1, "")
    return (*answers, *gaps_told(asked))


def _practice(log: Coded) -> Practised:
    pairs = log.pair_row()
    if not log.n_pairs:
        every = np.zeros(log.n_rows, np.int64)
        return practised(student=log.student.astype(np.int64), skill=every, correct=log.correct)
    return practised(
        student=log.student[pairs].astype(np.int64),
        skill=log.skill.astype(np.int64),
        correct=log.correct[pairs],
    )


def below_grade(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    """The share of attempts at items below the student's grade, by group, and at equal performance."""
    question = "Is every group given as much work below its grade?"
    bound = dossier.plan.bound("fairness.below_grade", "bound", 0.05)
    answers, asked = list[Answer](), list[tuple[Gaps, Callable[[Gaps], Answer]]]()
    of_item, of_student = grades(dossier)
    for file, log, grouping in log_groupings(dossier, question, words.BELOW, answers):
        progress(0, 1, f"{file}, {grouping.name}")
        if not of_item or not of_student:
            need = "a column grade in items.csv and in groups.csv"
            answers.append(
                cannot(question, "the grades of items and of students are not said", need, words.BELOW)
            )
            break
        asked.append(_below(log, grouping, of_item, of_student, question, bound))
    progress(1, 1, "")
    return (*answers, *gaps_told(asked))


def _below(
    log: Coded,
    grouping: Grouping,
    of_item: dict[str, float],
    of_student: dict[str, float],
    question: str,
    bound: float,
) -> tuple[Gaps, Callable[[Gaps], Answer]]:
    item = np.array([of_item.get(name, np.nan) for name in log.items])
    own = np.array([of_student.get(name, np.nan) for name in log.students])
    apart = item[log.item] - own[log.student]
    below = np.where(np.isnan(apart), np.nan, apart < 0)
    code = grouping.of_student[log.student]
    found = gaps(below, student=log.student, group=code, names=grouping.groups, is_share=True)
    tell = partial(
        gap_said,
        check=words.BELOW,
        question=question,
        grouping=grouping,
        bound=bound,
        what="work below grade",
        unit="share",
        cases="attempts",
        alike="every group is given about as much work below its grade",
        none_shown="no group was shown to be given more work below its grade, or less",
        more="is given more work below its grade",
        less="is given less work below its grade",
        conditional=_at_equal(log, below, grouping, found),
        said=("Equal performance: bands of the share right on first answers.",),
        not_seen="Whether the work below grade was needed.",
    )
    return found, tell


def _at_equal(
    log: Coded, below: Floats, grouping: Grouping, found: Sequence[Gap]
) -> list[tuple[str, float, Interval, float]]:
    who, _, right = first_answers(log)
    n = np.bincount(who, minlength=log.n_students)
    share = np.bincount(who, weights=right, minlength=log.n_students) / np.maximum(n, 1)
    there = ~np.isnan(below)
    n_there = np.bincount(log.student[there], minlength=log.n_students)
    mean = np.bincount(log.student[there], weights=below[there], minlength=log.n_students) / np.maximum(
        n_there, 1
    )
    use = (n_there > 0) & (grouping.of_student >= 0)
    made = []
    for one in found:
        side = grouping.of_student[use] == grouping.groups.index(one.group)
        try:
            value, interval, p = gap_at_equal_performance(mean[use], performance=share[use], in_group=side)
        except ValueError:
            continue
        made.append((one.group, value, interval, p))
    return made
