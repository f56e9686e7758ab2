"""Some students of a long log, the same ones every time: evenly spaced, none drawn by chance.

In:   a log, about how many rows.
Out:  the log itself where it has no more, else the rows of evenly spaced students.
Not here: students drawn by a seed (learner.choose.folds).
"""

import numpy as np

from plainview.core.logs.coded import Coded


def some(log: Coded, most_rows: int, *, fewest: int = 2) -> Coded:
    """Evenly spaced students with about ``most_rows`` rows of theirs; codes of items and skills stay.

    Parameters
    ----------
    log : Coded
    most_rows : int
    fewest : int
        Students, however many rows each of them has.
    """
    if log.n_rows <= most_rows:
        return log
    n = max(fewest, round(log.n_students * most_rows / log.n_rows))
    return log.take(np.unique(np.linspace(0, log.n_students - 1, n).astype(np.int64)))
