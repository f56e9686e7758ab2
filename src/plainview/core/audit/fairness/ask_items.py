"""Items that favour a side, asked of a dossier.

In:   a dossier.
Out:  answers, one for each way of grouping students.
Not here: reading (rows), counting, words (say_items, say_curves, say_means).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.fairness import say_items, words
from plainview.core.audit.fairness.rows import (
    Grouping,
    groupings_of,
    logs,
    responses,
)
from plainview.core.audit.fairness.sides import (
    GROUPS,
    Floats,
    cannot,
    of_large_groups,
    sides,
)
from plainview.core.audit.fairness.theta import matchable
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer
from plainview.core.logs.coded import Coded
from plainview.core.measure.dif.item import Dif, ItemDif
from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel

_Grouped = tuple[Grouping, list[tuple[str, Dif, Dif | None]], list[str]]


def dif(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Do items favour a side, among students who know as much?"
    answers, n_asked = list[Answer](), 0
    for test in responses(dossier):
        n_asked += 1
        each = list[_Grouped]()
        for grouping in test.groupings:
            progress(0, 1, f"{test.file}, {grouping.name}")
            each.append(_of_test(test.scores, test.items, grouping))
        answers += _as_family(each)
    if not n_asked:
        for exhibit, log in logs(dossier):
            n_asked += 1
            answers += _of_log(log.coded, dossier, exhibit.file, progress)
    if not n_asked:
        answers.append(
            cannot(
                question, "the dossier holds no responses and no log", "responses.csv, or a log", words.DIF
            )
        )
    elif not answers:
        answers.append(cannot(question, "nobody says who belongs to which group", GROUPS, words.DIF))
    progress(1, 1, "")
    return tuple(answers)


def _as_family(each: Sequence[_Grouped]) -> list[Answer]:
    """Several ways of grouping ask the same items several times."""
    p = [say_items.p_of(asked) for _, asked, _ in each]
    return [
        _dif_said(*one, beside=[q for k, others in enumerate(p) if k != n for q in others])
        for n, one in enumerate(each)
    ]


def _of_test(scores: Floats, items: Sequence[str], grouping: Grouping) -> _Grouped:
    known = grouping.of_student >= 0
    large, said = of_large_groups(np.arange(len(known)), grouping.of_student, known)
    known &= large
    grouping = replace(grouping, of_student=np.where(known, grouping.of_student, -1))
    match = "total" if not np.isnan(scores[known]).any() else "share"
    asked = list[tuple[str, Dif, Dif | None]]()
    for code, group in sides(grouping):
        side = grouping.of_student[known] == code
        even = mantel_haenszel(scores[known], in_group=side, group=group, match=match, names=items)
        uneven = logistic(scores[known], in_group=side, group=group, match=match, names=items)
        if isinstance(even, Dif):
            asked.append((group, even, uneven if isinstance(uneven, Dif) else None))
    return grouping, asked, said


def _dif_said(
    grouping: Grouping,
    asked: list[tuple[str, Dif, Dif | None]],
    said: Sequence[str],
    *,
    beside: Sequence[float],
) -> Answer:
    if not asked:
        return cannot(
            f"Do items favour a side by {grouping.name}, among students who know as much?",
            "no two sides of 20 students could be matched",
            "at least 20 students on each side",
            words.DIF,
        )
    counted = [one for one in asked if any(isinstance(item, ItemDif) for item in one[1].items)]
    if not counted:
        return _nothing_tested(grouping, [item for _, even, _ in asked for item in even.items])
    return say_items.dif(grouping.name, counted, matched=counted[0][1].matched_on, said=said, beside=beside)


def _nothing_tested(grouping: Grouping, items: Sequence[ItemDif | CannotSay]) -> Answer:
    """To say of no item that it favours a side would sound like good news."""
    why = next((item for item in items if isinstance(item, CannotSay)), None)
    return cannot(
        f"Do items favour a side by {grouping.name}, among students who know as much?",
        "not one item could be tested" + (f": {why.reason}" if why else ""),
        why.would_need if why else "items that some of each side answer rightly and some wrongly",
        words.DIF,
    )


def _of_log(log: Coded, dossier: Dossier, file: str, progress: Progress) -> Iterator[Answer]:
    found = matchable(log, seed=dossier.plan.seed)
    groupings = groupings_of(dossier, log.students)
    if found is None and groupings:
        question = "Do items favour a side, among students who know as much?"
        yield cannot(
            question, "fewer than two items have 100 first answers", "items that 100 students met", words.DIF
        )
    if found is None:
        return
    names, each = [log.items[k] for k in found.items.tolist()], list[_Grouped]()
    for grouping in groupings:
        progress(0, 1, f"{file}, {grouping.name}")
        mine = grouping.of_student[found.students]
        large, said = of_large_groups(found.students, mine, mine >= 0)
        known = (mine >= 0) & large
        mine = np.where(known, mine, -1)
        asked = list[tuple[str, Dif, Dif | None]]()
        without = found.without(mine)[known]
        for code, group in sides(replace(grouping, of_student=mine)):
            shared = {
                "in_group": mine[known] == code,
                "group": group,
                "match": without,
                "names": names,
            }
            even = mantel_haenszel(found.scores[known], within=found.exposure[known], **shared)
            uneven = logistic(found.scores[known], **shared)
            if isinstance(even, Dif):
                asked.append((group, even, uneven if isinstance(uneven, Dif) else None))
        each.append((grouping, asked, said))
    yield from _as_family(each)
