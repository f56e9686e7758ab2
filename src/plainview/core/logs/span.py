"""Whether a log's times can be right: a row of the year 1 or 9999 would decide where others stand.

In:   the first and the last time of a log.
Out:  nothing, or a sentence. The rows are kept: which of them is wrong, only whoever wrote them knows.
Not here: times that are no times; those are faults by line (cells).
"""

import numpy as np

# Learning logs are younger than the one, and no clock is read to say how old they may be.
EARLIEST, LATEST = (int(np.datetime64(day, "ms").astype(np.int64)) for day in ("1990-01-01", "2100-01-01"))


def doubted(first_ms: int, last_ms: int) -> list[str]:
    """Of a log whose times are milliseconds since 1970."""
    if first_ms >= EARLIEST and last_ms < LATEST:
        return []
    return [
        f"times run from {_day(first_ms)} to {_day(last_ms)}: those before 1990 or after 2099 cannot be "
        "right, and times decide the order"
    ]


def _day(ms: int) -> str:
    return str(np.datetime64(ms, "ms").astype("datetime64[D]"))
