"""A million small objects that all stay: Python's sweep for circles would go through them again and again.

In:   work that makes many objects and no circles.
Out:  the same, a third faster.
Not here: anything that runs for long; what is no longer named is freed at once all the same.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_sweeping() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
