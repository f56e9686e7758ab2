"""Ten million attempts through every check that a log can answer.

In:   what review_log makes up, ten times as large.
Out:  its figures, and how memory grew with the rows.
Not here: the making, and the checks.
"""

from collections.abc import Callable

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.review_log import LARGE, MOST_S_LARGE, figures

# Some twenty numbers of eight bytes for each row, beside what any review needs. A million may take as much.
MOST_MB = 4_000.0


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    return figures(LARGE // 10 if quick else LARGE, say, bars=None if quick else (MOST_S_LARGE, MOST_MB))
