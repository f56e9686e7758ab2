"""What a fit expects of every answer, student by student, one step ahead.

In:   a fit; attempts of some students.
Out:  a row an attempt: whose, the how-manieth of hers, at which item, what came, and how likely it was.
Not here: the fit.
"""

from functools import partial
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded
from plainview.core.logs.door import open_log
from plainview.core.runners.job import Job

SCHEMA = pa.schema(
    [
        ("student", pa.string()),
        ("place", pa.int64()),  # from 0, in her own order
        ("item", pa.string()),
        ("correct", pa.float32()),
        ("p_right", pa.float64()),
    ]
)


class Predicts(Protocol):
    def predict(self, log: Coded) -> NDArray[np.float64]: ...


def expected(attempts: pa.Table, *, fit: Predicts) -> pa.Table:
    """Each attempt of some students, by student, with what was to be expected of it."""
    log = open_log(attempts).coded
    groups = log.by_student()
    rows, place = groups.order, groups.place()
    student = pa.array(log.students, pa.string()).take(pa.array(log.student[rows]))
    item = pa.array(log.items, pa.string()).take(pa.array(log.item[rows]))
    numbers = [place[rows].astype(np.int64), log.correct[rows], fit.predict(log)[rows]]
    place_, correct, p = map(pa.array, numbers)
    return pa.table([student, place_, item, correct, p], schema=SCHEMA)


def job(fit: Predicts, *, about: str) -> Job:
    """``about`` names the fit: parts of another are not put together."""
    return Job(
        name="student/1", each=partial(expected, fit=fit), schema=SCHEMA, together=as_they_are, about=about
    )


def as_they_are(parts: pa.Table) -> pa.Table:
    return parts
