"""One thread, said before anything that counts is loaded: on a busy machine more threads make sums slower.

In:   the environment of this process.
Out:  the same, with one thread for whatever has not been told otherwise.
Not here: `plainview each --threads`, which cuts the log itself.
"""

import os

# Read by numpy's linear algebra, by Arrow and by numba when they are loaded, and never again.
NAMES = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def unless_told() -> None:
    """Whoever has set one of them has a reason."""
    for name in NAMES:
        os.environ.setdefault(name, "1")
