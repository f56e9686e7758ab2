"""A virtual comparison group: for each student who got it, up to 51 records that started as she did.

In:   students who got it and a pool of records: start score, what must be equal (grade, subject, school's
      kind), which school.
Out:  who was matched with whom, and how much each record counts.
Not here: the effect (a weighted regression: cluster_robust), what the match leaves unseen (sensitivity).

A match is equal in all that must be equal, starts within the caliper, and is of a school that nobody who
got it attends. The nearest 51 are taken, the earlier row first where two are equally near. With fewer than 5
a student counts as lost. A record of k matches weighs 1/k for each student whose match it is.

Sources: RAND's and NWEA's virtual comparison groups: Ma & Cronin (2009), NWEA; Pane, Steiner, Baird &
Hamilton (2015), Continued Progress, RAND RR-1365. Stuart (2010), Statistical Science 25, 1-21.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.str_]
MOST, FEWEST = 51, 5
CALIPER = 0.1  # standard deviations of the start score


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matched:
    """Rows are those of the whole table."""

    student: Ints  # (n_pairs,) the row of a student who got it
    record: Ints  # (n_pairs,) the row of a match of hers, the nearest first
    weight: Floats  # (n_rows,) 1 for each matched student, the sum of 1/k for each record
    n_students: int  # who got it and have a start score
    n_lost: int  # of them, with fewer than 5 matches
    n_records: int  # different records used
    caliper: float  # in the score's own units

    @property
    def nearest(self) -> tuple[Ints, Ints]:
        """Pairs without a record used twice: each student's nearest that is still free."""
        taken, pairs = set[int](), dict[int, int]()
        for student, record in zip(self.student.tolist(), self.record.tolist(), strict=True):
            if student not in pairs and record not in taken:
                pairs[student] = record
                taken.add(record)
        return np.array(list(pairs), np.int64), np.array(list(pairs.values()), np.int64)


def virtual_group(
    *,
    treated: Bools,
    start: Floats,
    exact: Mapping[str, Names],
    school: Names | None = None,
    caliper: float = CALIPER,
    most: int = MOST,
    fewest: int = FEWEST,
) -> Matched:
    """Match.

    Parameters
    ----------
    treated : (n_rows,) bool
    start : (n_rows,) float
        NaN: not known; such a row is neither matched nor a match.
    exact : name -> (n_rows,) words
        What a match must have in common.
    school : (n_rows,) names, optional
        Schools of students who got it lend no records.
    caliper : float
        In standard deviations of the start score.
    """
    known = ~np.isnan(start)
    pool = ~treated & known
    if school is not None:
        pool &= ~np.isin(school, np.unique(school[treated]))
    reach = caliper * float(start[known].std(ddof=1)) if known.sum() > 1 else 0.0
    students, records, weight, lost = list[Ints](), list[Ints](), np.zeros(len(start)), 0
    for asked, there in _cells(exact, treated & known, pool):
        order = there[np.argsort(start[there], kind="stable")]
        for row in asked.tolist():
            found = _nearest(start[order], float(start[row]), reach, most)
            if len(found) < fewest:
                lost += 1
                continue
            students.append(np.full(len(found), row))
            records.append(order[found])
            weight[row] = 1.0
            weight[order[found]] += 1 / len(found)
    return Matched(
        student=np.concatenate([*students, np.empty(0, np.int64)]).astype(np.int64),
        record=np.concatenate([*records, np.empty(0, np.int64)]).astype(np.int64),
        weight=weight,
        n_students=int((treated & known).sum()),
        n_lost=lost,
        n_records=int(((weight > 0) & ~treated).sum()),
        caliper=reach,
    )


def _cells(exact: Mapping[str, Names], treated: Bools, pool: Bools) -> Iterator[tuple[Ints, Ints]]:
    """Rows that may be matched with each other: equal in all that must be equal."""
    code = np.zeros(len(treated), np.int64)
    for names in exact.values():
        more, part = np.unique(names, return_inverse=True)
        code = np.unique(code * len(more) + part.reshape(-1), return_inverse=True)[1].reshape(-1)
    for cell in np.unique(code[treated]).tolist():
        here = code == cell
        yield np.flatnonzero(here & treated), np.flatnonzero(here & pool)


def _nearest(sorted_start: Floats, at: float, reach: float, most: int) -> Ints:
    """Places of the nearest within reach, nearest first."""
    hair = 1e-12 * max(1.0, abs(at))
    low = int(np.searchsorted(sorted_start, at - reach - hair, side="left"))
    high = int(np.searchsorted(sorted_start, at + reach + hair, side="right"))
    away = np.abs(sorted_start[low:high] - at)
    found: Ints = low + np.argsort(away, kind="stable")[:most]
    return found
